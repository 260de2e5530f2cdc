/** What looks like a photo in a finished run: the file is decoded, scaled and embedded as the photos of the run were, and all of them are compared. */

import { FailureError } from "../../core/outcome.ts";
import type { PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import { namesFromStored, PICTURES_STAGE, picturesFromStored } from "../../steps/3-data/pictures/stored-pictures.ts";
import { openPhotoEmbedder } from "../../steps/4-model/convolution/photo-embedder.ts";
import { PHOTO_VECTORS_STAGE, vectorsFromStored } from "../../steps/4-model/convolution/photo-vectors-stage.ts";
import type { PhotoAnswer, PhotoQuery } from "../kind.ts";

/** `trained` is the stage whose result makes vectors. */
export async function findByPhoto(
  trained: string,
  { input, environment, photo, top }: Omit<PhotoQuery, "design">,
): Promise<PhotoAnswer> {
  const stored = await input(PICTURES_STAGE);
  const { set, label, classes } = picturesFromStored(stored);
  const { vectors, dimensions } = vectorsFromStored(await input(PHOTO_VECTORS_STAGE), "network");
  if (environment.pictures === undefined)
    throw new FailureError({
      code: "no-picture-reader",
      message: "photos cannot be decoded here",
      fix: "ask with `heptad query`",
    });
  const read = await environment.pictures.decode(photo, set.size);
  if (!read.ok)
    throw new FailureError({
      code: "bad-picture",
      message: `${photo}: ${read.reason}`,
      where: "--photo",
      fix: "give another photo, or this one copied anew or made smaller, as JPEG, PNG, WebP, GIF or TIFF",
    });
  const embedder = await openPhotoEmbedder(await input(trained), environment, { alone: true });
  const asked = askedPicture(set, read.pixels);
  const vector = await embedder.embed(asked, [0]).finally(() => embedder.close());
  const distances = Float64Array.from({ length: set.count }, (_, row) => {
    let cosine = 0;
    for (let d = 0; d < dimensions; d++) cosine += vector[d] * vectors[row * dimensions + d];
    return Math.max(0, 1 - cosine);
  });
  const order = Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b);
  const names = namesFromStored(stored);
  return {
    neighbours: order
      .slice(0, top)
      .map((row) => ({ distance: distances[row], label: classes[label[row]], name: names[row] })),
    searched: set.count,
    repairs: read.repairs,
    vector,
  };
}

/** A decoded photo as one of the set's. */
export function askedPicture(set: PictureSet, pixels: Uint8Array): PictureSet {
  return { ...set, count: 1, pixels: set.channels === 1 ? grey(pixels) : pixels };
}

/** Lightness by ITU-R BT.601; a grey photo keeps its bytes. */
function grey(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 3 }, (_, place) => {
    const [red, green, blue] = pixels.subarray(3 * place, 3 * place + 3);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
}
