/** The stage that reads the photos: how many, of which classes and items, and what had to be repaired or left out. */

import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { plural } from "../../core/plural.ts";
import { PICTURES_STAGE, picturesToStored } from "../../steps/3-data/pictures/stored-pictures.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type FoundSource, type PictureSource, type ReadPictures, readPictures } from "./picture-source.ts";

export function picturesStage({ source, places, description }: FoundSource, fingerprint: string): Stage {
  return stage<PictureSource>({
    name: PICTURES_STAGE,
    step: 3,
    title: `reading ${description}`,
    inputs: [],
    data: { fingerprint, paths: places },
    plan: source,
    run: read,
  });
}

async function read(source: PictureSource, { paths, environment, random }: StageContext): Promise<StageResult> {
  const pictures = await readPictures(source, paths, environment, random);
  return stageResult({
    ...picturesToStored(pictures),
    figures: figures(pictures),
    remarks: remarks(pictures),
  });
}

function figures({ set, item, classes, label }: ReadPictures): Figure[] {
  const add = (name: string, value: number, unit: string): Figure =>
    figure({ step: 3, name, subject: "data", value, unit });
  const sizes = classes.map((_, one) => label.reduce((sum, own) => sum + (own === one ? 1 : 0), 0));
  return [
    { ...add("photos", set.count, "photos"), role: "size" },
    {
      ...add("items", new Set(item).size, "items"),
      role: "size",
      stated: "items",
      ...(new Set(item).size === set.count && {
        note: "each photo counts as an item: the data does not say which show the same",
      }),
    },
    { ...add("classes", classes.length, "classes"), role: "size" },
    add("photos of the smallest class", Math.min(...sizes), "photos"),
    add("photos of the largest class", Math.max(...sizes), "photos"),
    add("raw bytes", set.pixels.length, "B"),
  ];
}

function wereDrawn(count: number, one: string, many: string): string {
  return `${count === 0 ? "none" : formatNumber(count)} ${count <= 1 ? one : many}`;
}

function remarks({ set, item, classes, repairs, planted }: ReadPictures): Remark[] {
  const size = `${set.size} x ${set.size}`;
  const items = new Set(item).size;
  // Where no two photos show one item, the data does not know of items.
  const shown = items === set.count ? "" : ` of ${plural(items, "item")}`;
  const text = `${plural(set.count, "photo")}${shown} in ${plural(classes.length, "class", "classes")}, decoded once to ${size} and kept raw.`;
  return [
    {
      kind: "answer",
      text:
        planted === undefined
          ? text
          : `A simulated catalogue: ${text} Of its items ${wereDrawn(planted.mislabelled, "bears a wrong class", "bear a wrong class")} and ${wereDrawn(planted.listedAgain, "is another one listed again", "are others listed again")}; nothing here says anything about real clothes.`,
    },
    ...repairs.map(
      ({ count, unit = "photo", what, example }): Remark => ({
        kind: "repair",
        text: `${plural(count, unit)} ${what}; such as ${example}`,
      }),
    ),
  ];
}
