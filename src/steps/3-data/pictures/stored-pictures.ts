/** Photos as a stage keeps them: raw bytes, class and item of each. */

import { numbers, texts } from "../../../core/table.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import type { StageResult } from "../../../system/stage.ts";
import type { PictureSet } from "./picture-set.ts";

export const PICTURES_STAGE = "pictures";

export interface LabelledSet {
  readonly set: PictureSet;
  /** By photo: the place of its class in `classes`. */
  readonly label: Int32Array;
  readonly item: Int32Array;
  readonly classes: readonly string[];
}

/** Photos as they are kept: `names` says where in the data each stands. */
export interface NamedPictures extends LabelledSet {
  readonly names: readonly string[];
  /** By photo: 0 train, 1 validation, 2 test, as the data says it; null where it was not asked. */
  readonly given: Uint8Array | null;
}

export function picturesToStored({
  set,
  label,
  item,
  classes,
  names,
  given,
}: NamedPictures): Pick<StageResult, "json" | "arrays"> {
  const { count, size, channels, pixels } = set;
  const parts: StageResult["arrays"] = given === null ? {} : { given };
  return { json: { count, size, channels }, arrays: { pixels, label, item, classes, names, ...parts } };
}

/** Throws where the result is not one of photos: a fault of the caller. */
export function picturesFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): LabelledSet {
  if (!isJsonObject(json)) throw new Error("no photos are kept here");
  const table = { rows: 0, columns: new Map(Object.entries(arrays)) };
  const pixels = table.columns.get("pixels");
  if (!(pixels instanceof Uint8Array)) throw new Error("the kept photos have no pixels");
  return {
    set: { count: Number(json.count), size: Number(json.size), channels: Number(json.channels), pixels },
    label: Int32Array.from(numbers(table, "label")),
    item: Int32Array.from(numbers(table, "item")),
    classes: texts(table, "classes"),
  };
}

/** Where each photo stands in the data: its file below the folder, or its place. */
export function namesFromStored({ arrays }: Pick<StageResult, "arrays">): readonly string[] {
  return texts({ rows: 0, columns: new Map(Object.entries(arrays)) }, "names");
}

/** The part of each photo as the data says it; null where it was not asked. */
export function givenPartsFromStored({ arrays }: Pick<StageResult, "arrays">): Uint8Array | null {
  const { given } = arrays;
  return given instanceof Uint8Array ? given : null;
}
