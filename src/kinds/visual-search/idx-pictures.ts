/** Reads the photos of IDX files: grey squares with their labels, file after file. */

import { unwrap } from "../../core/outcome.ts";
import { readIdx } from "../../steps/3-data/pictures/read-idx.ts";
import type { NamedPictures } from "../../steps/3-data/pictures/stored-pictures.ts";
import type { PictureReader } from "../../system/environment.ts";
import { partIn } from "./given-parts.ts";
import { noPhotos } from "./no-photos.ts";

export async function readIdxPictures(
  { parts, given }: { readonly parts: readonly (readonly [string, string])[]; readonly given: boolean },
  folder: string,
  pictures: PictureReader,
): Promise<NamedPictures & { readonly repairs: readonly never[] }> {
  const sets = [];
  for (const [images, labels] of parts) {
    const [pixels, classes] = [images, labels].map(async (name) =>
      unwrap(readIdx(await pictures.bytes(`${folder}/${name}`), name)),
    );
    sets.push({ pixels: await pixels, classes: await classes, name: images });
  }
  const size = sets[0].pixels.sizes[1];
  for (const { pixels, classes, name } of sets)
    if (pixels.sizes[0] !== classes.sizes[0] || pixels.sizes[1] !== size || pixels.sizes[2] !== size)
      throw noPhotos(
        `${name}: ${pixels.sizes.join(" x ")} pixels do not fit ${classes.sizes[0]} labels and a side of ${size}`,
        "fetch the files again",
      );
  const label = Int32Array.from(sets.flatMap(({ classes }) => Array.from(classes.values)));
  const pixels = new Uint8Array(label.length * size * size);
  let at = 0;
  for (const { pixels: part } of sets) {
    pixels.set(part.values, at);
    at += part.values.length;
  }
  const count = label.length;
  const most = label.reduce((largest, one) => Math.max(largest, one), 0);
  return {
    set: { count, size, channels: 1, pixels },
    label,
    item: Int32Array.from({ length: count }, (_, row) => row),
    classes: Array.from({ length: most + 1 }, (_, one) => `class ${one}`),
    names: sets.flatMap(({ classes, name }) => Array.from(classes.values, (_, row) => `${name}, ${row + 1}`)),
    given: given
      ? Uint8Array.from(sets.flatMap(({ classes, name }) => Array.from(classes.values, () => partIn(name) ?? 0)))
      : null,
    repairs: [],
  };
}
