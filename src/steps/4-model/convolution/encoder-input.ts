/** Writes a photo as the user's own encoder reads it: scaled by the note's numbers, in the file's order. Evaluation, serving and queries share this file. */

import { FailureError } from "../../../core/outcome.ts";
import { type PictureSet, scaleInto } from "../../3-data/pictures/picture-set.ts";
import type { EncoderPlan } from "../onnx/encoder-plan.ts";

/** Writes from `at`. Grey photos fill all channels of an encoder of colours, as they do when a file is decoded. */
export function encoderInput(
  plan: Pick<EncoderPlan, "layout" | "channels" | "colours" | "mean" | "deviation">,
  set: PictureSet,
  row: number,
  to: Float32Array,
  at: number,
): void {
  const { layout, channels, colours } = plan;
  // Photos are red, green, blue; the note's numbers are in the file's order.
  const isTurned = colours === "bgr";
  const [mean, deviation] = isTurned
    ? [plan.mean.toReversed(), plan.deviation.toReversed()]
    : [plan.mean, plan.deviation];
  const places = set.size * set.size;
  const planes = new Float32Array(channels * places);
  if (set.channels === channels) scaleInto(set, row, { mean, deviation }, planes, 0);
  else
    for (let c = 0; c < channels; c++)
      scaleInto(set, row, { mean: [mean[c]], deviation: [deviation[c]] }, planes, c * places);
  for (let c = 0; c < channels; c++) {
    const from = (isTurned ? channels - 1 - c : c) * places;
    if (layout === "nchw") to.set(planes.subarray(from, from + places), at + c * places);
    else for (let p = 0; p < places; p++) to[at + p * channels + c] = planes[from + p];
  }
}

/** Throws a `FailureError` for photos that the encoder cannot take. */
export function checkPhotosFit(
  { file, size, channels, where }: EncoderPlan,
  set: Pick<PictureSet, "size" | "channels">,
): void {
  const refuse = (message: string, fix: string): FailureError =>
    new FailureError({ code: "encoder-does-not-fit", message, where, fix });
  if (set.size !== size)
    throw refuse(
      `these photos are ${set.size} x ${set.size} and are not resized; ${file} takes ${size} x ${size}`,
      "export the encoder for that side, or name photos as files, which are resized",
    );
  if (set.channels !== channels && set.channels !== 1)
    throw refuse(
      `these photos have ${set.channels} channels, and ${file} takes ${channels}`,
      "export the encoder for photos in colour",
    );
}
