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

export function picturesToStored({ set, label, item, classes }: LabelledSet): Pick<StageResult, "json" | "arrays"> {
  const { count, size, channels, pixels } = set;
  return { json: { count, size, channels }, arrays: { pixels, label, item, classes } };
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
