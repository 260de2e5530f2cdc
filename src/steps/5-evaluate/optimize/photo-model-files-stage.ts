/** The stage that writes the trained network, and what was made smaller of it, as files that any ONNX runtime loads. */

import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { networkFromStored, type StoredNetwork } from "../../4-model/convolution/embedding-stages.ts";
import { foldNetwork } from "../../4-model/onnx/folded-network.ts";
import { withMetadata } from "../../4-model/onnx/onnx-file.ts";
import { ONNX_INPUT, ONNX_OUTPUT, writeOnnx } from "../../4-model/onnx/onnx-network.ts";

const PHOTO_MODEL_FILES_STAGE = "model-files";

interface ModelFilesPlan {
  readonly trained: string;
  /** The stage of smaller networks; null where the note asks for none. */
  readonly smaller: string | null;
}

export function photoModelFilesStage(trained: string, smaller: string | null): Stage {
  return stage<ModelFilesPlan>({
    name: PHOTO_MODEL_FILES_STAGE,
    step: 5,
    title: "writing the network as ONNX",
    inputs: [PICTURES_STAGE, trained, ...(smaller === null ? [] : [smaller])],
    data: NO_FILES,
    plan: { trained, smaller },
    run: write,
  });
}

async function write({ trained, smaller }: ModelFilesPlan, { input }: StageContext): Promise<StageResult> {
  const network = networkFromStored(await input(trained));
  const { classes } = picturesFromStored(await input(PICTURES_STAGE));
  const words = preprocessing(network, classes);
  const made = smaller === null ? {} : (await input(smaller)).arrays;
  const others = Object.entries(made).flatMap(([name, column]): [string, Uint8Array][] =>
    name.endsWith(ENDING) && name !== `network${ENDING}` && column instanceof Uint8Array
      ? [[fileName(name), column]]
      : [],
  );
  const files = [["model.onnx", writeOnnx(foldNetwork(network))] as const, ...others].map(
    ([name, model]) => [name, withMetadata(model, words)] as const,
  );
  return stageResult({ arrays: Object.fromEntries(files), remarks: [remark(network, files)] });
}

const ENDING = ".onnx";

/** `network pruned to 50%.onnx` as `model-pruned-to-50.onnx`. */
function fileName(subject: string): string {
  const words = subject.slice(0, -ENDING.length).replace(/^network/u, "model");
  return `${words.replaceAll(/[^\da-z]+/gu, "-").replace(/-$/u, "")}${ENDING}`;
}

/** What a file has to be fed with, kept inside it. */
function preprocessing(
  { architecture: { size, channels, dimensions }, scaling: { mean, deviation } }: StoredNetwork,
  classes: readonly string[],
): Readonly<Record<string, string>> {
  return {
    "heptad.size": String(size),
    "heptad.channels": String(channels),
    "heptad.layout": "nchw",
    "heptad.mean": JSON.stringify(mean),
    "heptad.std": JSON.stringify(deviation),
    "heptad.dimensions": String(dimensions),
    "heptad.classes": JSON.stringify(classes),
  };
}

function remark(
  { architecture: { size, channels, dimensions }, scaling: { mean, deviation } }: StoredNetwork,
  files: readonly (readonly [string, Uint8Array])[],
): Remark {
  const named = files.map(([name, { length }]) => `\`${name}\` (${formatValue({ value: length, unit: "B" })})`);
  const numbers = (values: readonly number[]): string => values.map((value) => value.toPrecision(8)).join(", ");
  return {
    kind: "answer",
    text: `Written beside this report: ${named.join(", ")}. ${files.length === 1 ? "It takes" : "Each takes"} \`${ONNX_INPUT}\` [n, ${channels}, ${size}, ${size}] and gives \`${ONNX_OUTPUT}\` [n, ${formatNumber(dimensions)}] of length 1; a photo is resized, divided by 255, less the mean, over the deviation. In a note: \`model: { onnx: model.onnx, mean: [${numbers(mean)}], std: [${numbers(deviation)}] }\`; the same numbers stand in the file's metadata.`,
  };
}
