/** The photos in folders of classes, and what else lies there and is read by nobody. */

import { isPictureName } from "../../steps/3-data/pictures/picture-names.ts";
import type { InputFiles } from "../../system/environment.ts";

/** Class and file of a photo, and the folder of its part above the class; empty where the split is drawn. */
export type FolderPhoto = readonly [string, string, string];

/** What was repaired or left out, how often, and where for instance. Plain JSON: it is part of a stage's key. */
export type LeftOut = {
  readonly count: number;
  /** What is counted; photos where absent. */
  readonly unit?: "file" | "folder" | "row";
  readonly what: string;
  readonly example: string;
};

/** What systems and people hide. */
const HIDDEN = /^\./u;

/** `parts` are the folders that hold the classes, below `path`; an empty name is `path` itself. */
export async function findInFolder(
  path: string,
  parts: readonly string[],
  files: InputFiles,
): Promise<{ readonly photos: readonly FolderPhoto[]; readonly others: readonly LeftOut[] }> {
  const photos: FolderPhoto[] = [];
  const others = countLeftOut();
  for (const part of parts) {
    const folder = part === "" ? path : `${path}/${part}`;
    const below = part === "" ? "" : `${part}/`;
    for (const name of ((await files.list(folder)) ?? []).filter((one) => !HIDDEN.test(one))) {
      const inside = await files.list(`${folder}/${name}`);
      if (inside === undefined) {
        if (isPictureName(name)) others.add("left out: it lies in no folder of a class", `${below}${name}`);
        continue;
      }
      if (name.startsWith("_")) {
        others.add("left out: its name begins with `_`", `${below}${name}`, "folder");
        continue;
      }
      for (const file of inside.filter((one) => !HIDDEN.test(one))) {
        const place = `${below}${name}/${file}`;
        if (isPictureName(file)) photos.push([name, file, part]);
        else if ((await files.list(`${folder}/${name}/${file}`)) !== undefined)
          others.add("left out: it lies inside a class, whose own photos alone are read", place, "folder");
        else others.add("left out: by its ending it is no photo", place, "file");
      }
    }
  }
  return { photos, others: others.all() };
}

/** Below the folder: `train/shirt/1.jpg`, or `shirt/1.jpg`. */
export function placeOf([label, file, part]: FolderPhoto): string {
  return `${part === "" ? "" : `${part}/`}${label}/${file}`;
}

/** Counts what is left out by its reason, with the first place as the example. */
export function countLeftOut() {
  const found = new Map<string, LeftOut>();
  return {
    add(what: string, example: string, unit?: LeftOut["unit"]): void {
      const known = found.get(what) ?? { count: 0, ...(unit === undefined ? {} : { unit }), what, example };
      found.set(what, { ...known, count: known.count + 1 });
    },
    all: (): LeftOut[] => [...found.values()],
  };
}
