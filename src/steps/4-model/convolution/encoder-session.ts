/** The user's own encoder at work in onnxruntime: photos in, vectors of unit length out. */

import { FailureError } from "../../../core/outcome.ts";
import type { Environment, OnnxRuntime } from "../../../system/environment.ts";
import type { PictureSet } from "../../3-data/pictures/picture-set.ts";
import type { EncoderPlan } from "../onnx/encoder-plan.ts";
import { toUnitLength } from "./embed-pictures.ts";
import { encoderInput } from "./encoder-input.ts";

/** Makes vectors of photos, whatever network does it. */
export interface PhotoEmbedder {
  readonly dimensions: number;
  /** Unit vectors of the set's photos at these rows, one after the other. A photo's vector does not depend on its neighbours. */
  embed(set: PictureSet, rows: ArrayLike<number>): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The file, loaded and tried. Throws a `FailureError` where no runtime is at hand, or where the file does not give what it promises. */
export async function openEncoder(
  plan: EncoderPlan,
  model: Uint8Array,
  { onnx, progress }: Pick<Environment, "onnx" | "progress">,
): Promise<PhotoEmbedder> {
  const session = await runtimeOf(plan, onnx)
    .open(model)
    .catch((error: unknown) => {
      throw error instanceof FailureError ? new FailureError({ ...error.failure, where: plan.where }) : error;
    });
  // Never more at once than the file asks for: a photo alone and one among others then take the same way through the runtime.
  const together = plan.batch ?? 1;
  const { channels, size, layout } = plan;
  const shape = layout === "nchw" ? [channels, size, size] : [size, size, channels];
  const step = channels * size * size;
  const call = async (set: PictureSet, rows: readonly number[]): Promise<Float32Array> => {
    const input = new Float32Array(together * step);
    for (const [at, row] of rows.entries()) encoderInput(plan, set, row, input, at * step);
    const given = (await session.run(input, [together, ...shape]))[plan.output] ?? new Float32Array();
    if (given.length === 0 || given.length % together !== 0)
      throw wrong(plan, `its output \`${plan.output}\` gave ${given.length} numbers for ${together} photos`);
    return given.subarray(0, (given.length / together) * rows.length);
  };
  try {
    const black = { count: 1, size, channels, pixels: new Uint8Array(step) };
    const dimensions = (await call(black, [0])).length;
    if (plan.dimensions !== null && plan.dimensions !== dimensions)
      throw wrong(plan, `its vectors have ${dimensions} numbers, and ${plan.dimensions} were expected`);
    return {
      dimensions,
      async embed(set, rows) {
        const result = new Float32Array(rows.length * dimensions);
        const all = Array.from(rows);
        for (let begin = 0; begin < all.length; begin += together) {
          if (begin % (100 * together) === 0 && all.length > together) progress("photos", begin, all.length);
          result.set(await call(set, all.slice(begin, begin + together)), begin * dimensions);
        }
        if (!result.every(Number.isFinite)) throw wrong(plan, "the vector of a photo holds what is no number");
        toUnitLength(result, dimensions);
        return result;
      },
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

function runtimeOf({ file, where }: EncoderPlan, onnx: OnnxRuntime | undefined): OnnxRuntime {
  if (onnx !== undefined) return onnx;
  throw new FailureError({
    code: "no-onnx-runtime",
    message: `${file} is run by onnxruntime, which is not at hand here`,
    where,
    fix: "run it with `heptad run`, beside `npm install onnxruntime-node --ignore-scripts`",
  });
}

function wrong({ file, where }: EncoderPlan, what: string): FailureError {
  return new FailureError({
    code: "encoder-does-not-fit",
    message: `${file}: ${what}`,
    where,
    fix: "run the file on one photo where it was made, and compare",
  });
}
