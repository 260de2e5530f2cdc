/** The stage that takes the user's own encoder, an ONNX file, in the place of a network that is trained here. */

import { z } from "zod";
import { figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import type { EncoderPlan } from "../onnx/encoder-plan.ts";
import { checkPhotosFit } from "./encoder-input.ts";
import { openEncoder } from "./encoder-session.ts";

export const ENCODER_STAGE = "encoder";

/** Under this name the stage finds its file, and keeps its bytes. */
const FILE = "model";

/** `fingerprint` is over what stands in the file: another file is another stage. */
export function encoderStage(plan: EncoderPlan, path: string, fingerprint: string): Stage {
  return stage<EncoderPlan>({
    name: ENCODER_STAGE,
    step: 4,
    title: `loading ${plan.file}`,
    inputs: [PICTURES_STAGE],
    data: { fingerprint, paths: { [FILE]: path } },
    plan,
    run: take,
  });
}

export interface StoredEncoder {
  readonly plan: EncoderPlan;
  /** The file. */
  readonly model: Uint8Array;
}

const planSchema = z.object({
  file: z.string(),
  input: z.string(),
  output: z.string(),
  layout: z.enum(["nchw", "nhwc"]),
  size: z.number(),
  channels: z.number(),
  colours: z.literal("bgr").optional(),
  mean: z.array(z.number()),
  deviation: z.array(z.number()),
  batch: z.number().nullable(),
  dimensions: z.number().nullable(),
  where: z.string(),
});

/** Undefined for the result of another stage. */
export function encoderFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): StoredEncoder | undefined {
  if (!isJsonObject(json) || json.encoder === undefined) return undefined;
  const model = arrays[FILE];
  if (!(model instanceof Uint8Array)) throw new Error("the kept encoder has no bytes");
  return { plan: planSchema.parse(json.encoder), model };
}

async function take(plan: EncoderPlan, { input, paths, environment }: StageContext): Promise<StageResult> {
  const { set } = picturesFromStored(await input(PICTURES_STAGE));
  checkPhotosFit(plan, set);
  const { files } = environment;
  const model = await files.head(paths[FILE], await files.size(paths[FILE]));
  const embedder = await openEncoder(plan, model, environment);
  const { dimensions } = embedder;
  await embedder.close();
  const { mean, deviation } = plan;
  return stageResult({
    json: { encoder: { ...plan, mean: [...mean], deviation: [...deviation], dimensions } },
    arrays: { [FILE]: model },
    figures: [
      figure({ step: 4, name: "bytes of the encoder's file", subject: "network", value: model.length, unit: "B" }),
      figure({ step: 4, name: "length of a vector", subject: "network", value: dimensions }),
    ],
    remarks: remarks(plan, dimensions, model.length),
  });
}

function remarks(
  { file, input, output, size, channels, layout, mean, deviation, batch }: EncoderPlan,
  dimensions: number,
  bytes: number,
): Remark[] {
  const numbers = (values: readonly number[]): string => values.map((value) => formatNumber(value)).join(", ");
  return [
    {
      kind: "answer",
      text: `Your own encoder stands in the network's place: ${file} (${formatValue({ value: bytes, unit: "B" })}) makes ${formatNumber(dimensions)} numbers, \`${output}\`, of a photo of ${size} x ${size} in ${channels === 1 ? "grey" : "colour"}, \`${input}\` in the order ${layout}, less mean ${numbers(mean)} over deviation ${numbers(deviation)}. Nothing is trained here; vectors are brought to length 1.`,
    },
    {
      kind: "assumption",
      text: `Whether ${file} was trained on some of these photos is not known here: if it was, the figures of step 5 are too high.`,
    },
    ...(batch === null || batch === 1
      ? []
      : [
          {
            kind: "warning" as const,
            text: `${file} takes ${batch} photos at a time: one that asks costs as much as ${batch}, and so it is timed. Export it with an open first dimension.`,
          },
        ]),
  ];
}
