/** Smaller embedding networks: rounded to 8 bits, filters pruned and trained on, or a student that learned from the whole one. */

import type { Random } from "../../../core/random.ts";
import type { Environment, OnnxRuntime } from "../../../system/environment.ts";
import type { PictureSet } from "../../3-data/pictures/picture-set.ts";
import { scaleInto } from "../../3-data/pictures/picture-set.ts";
import { openEmbeddingNetwork } from "../../4-model/convolution/embedding-network.ts";
import type { EmbeddingPlan } from "../../4-model/convolution/embedding-plan.ts";
import type { StoredNetwork } from "../../4-model/convolution/embedding-stages.ts";
import { initialNumbers } from "../../4-model/convolution/initial-numbers.ts";
import {
  layersOf,
  operationsOf,
  residualArchitecture,
  servedParameters,
} from "../../4-model/convolution/residual-network.ts";
import {
  type EmbeddingTraining,
  type LabelledPictures,
  type Teacher,
  trainEpoch,
} from "../../4-model/convolution/train-epoch.ts";
import { foldNetwork } from "../../4-model/onnx/folded-network.ts";
import { ONNX_INPUT, writeOnnx } from "../../4-model/onnx/onnx-network.ts";
import { calibrationPhotos } from "./calibration-photos.ts";
import { quantizedTensors, type TensorRanges, writeInt8Onnx } from "./onnx-int8.ts";
import { pruneFilters } from "./prune-filters.ts";
import { type CompressionEntry, USUAL_SHARE } from "./variant.ts";

export interface PhotoVariant {
  readonly subject: string;
  readonly model: Uint8Array;
  readonly parameters: number;
  /** Of one photo; those of 8 bits count like others. */
  readonly operations: number;
  readonly how: string;
}

export interface VariantGround {
  readonly network: StoredNetwork;
  readonly pictures: LabelledPictures;
  readonly rowsOf: (part: "train" | "validation") => Int32Array;
  readonly plan: EmbeddingPlan;
  readonly onnx: OnnxRuntime;
  readonly environment: Environment;
  readonly random: Random;
}

export function wholeVariant({ network }: Pick<VariantGround, "network">): PhotoVariant {
  return { ...sizes(network), subject: "network", model: writeOnnx(foldNetwork(network)), how: "" };
}

function sizes({ architecture }: StoredNetwork): Pick<PhotoVariant, "parameters" | "operations"> {
  return { parameters: servedParameters(architecture), operations: operationsOf(architecture) };
}

/** The variant that an entry asks for; a sentence where a run does not make it. */
export async function makeVariant(entry: CompressionEntry, ground: VariantGround): Promise<PhotoVariant | string> {
  if (entry.method === "pruning") return prune(entry.keep?.value ?? USUAL_SHARE, ground);
  if (entry.method === "distillation") return distil(entry, ground);
  if ((entry.precision ?? "int8") !== "int8") return `photos are run in int8; \`${entry.precision}\` is not made`;
  return quantize(entry, ground);
}

async function quantize(
  entry: CompressionEntry,
  { network, pictures, rowsOf, onnx, random }: VariantGround,
): Promise<PhotoVariant> {
  const calibration = calibrationPhotos(entry, rowsOf, random.fork("calibration"));
  const folded = foldNetwork(network);
  const names = quantizedTensors(folded);
  const session = await onnx.open(writeOnnx(folded, names));
  const ranges = new Map<string, [number, number]>();
  const widen = (name: string, values: Float32Array): void => {
    const [low, high] = ranges.get(name) ?? [0, 0];
    ranges.set(
      name,
      values.reduce<[number, number]>(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [low, high]),
    );
  };
  try {
    for (const row of calibration.rows) {
      const photo = scaledPhoto(pictures.set, row, network);
      widen(ONNX_INPUT, photo);
      const given = await session.run(photo, [1, folded.channels, folded.size, folded.size]);
      for (const name of names) widen(name, given[name]);
    }
  } finally {
    await session.close();
  }
  const model = writeInt8Onnx(folded, ranges satisfies TensorRanges);
  const how = `Ranges were found on ${calibration.words}; weights by filter in 7 of 8 bits, so that processors without VNNI give the same; zero point 0 after ReLU.`;
  return { ...sizes(network), subject: "network int8", model, how };
}

/** One photo as the network reads it. */
export function scaledPhoto(set: PictureSet, row: number, { scaling }: Pick<StoredNetwork, "scaling">): Float32Array {
  const photo = new Float32Array(set.size * set.size * set.channels);
  scaleInto(set, row, scaling, photo, 0);
  return photo;
}

/** Epochs after pruning, and the share of the first rate that they begin with. */
const TUNING = { epochs: 2, share: 0.4 };

async function prune(keep: number, ground: VariantGround): Promise<PhotoVariant> {
  const pruned = pruneFilters(ground.network, keep);
  const training = { ...ground.plan.training, epochs: TUNING.epochs, rate: TUNING.share * ground.plan.training.rate };
  const tuned = await train(pruned, training, ground, "pruning");
  const how = `${Math.round(keep * 100)}% of each block's inner filters stay, the largest; ${TUNING.epochs} epochs of training after.`;
  return {
    ...sizes(tuned),
    subject: `network pruned to ${Math.round(keep * 100)}%`,
    model: writeOnnx(foldNetwork(tuned)),
    how,
  };
}

async function distil({ student }: CompressionEntry, ground: VariantGround): Promise<PhotoVariant> {
  const { architecture, scaling } = ground.network;
  const { size, channels, classes, dimensions } = architecture;
  const { width, first } =
    student?.width === undefined
      ? studentOf(architecture.stem.filters)
      : { width: student.width, first: student.width };
  const small = residualArchitecture({ size, channels, width, first, classes, dimensions });
  const start = { architecture: small, scaling, numbers: initialNumbers(small, ground.random.fork("student")) };
  const opened = openEmbeddingNetwork(architecture, {
    batch: ground.plan.training.batch,
    learning: false,
    pool: ground.environment.pool,
  });
  try {
    await opened.load(ground.network.numbers);
    const learned = await train(start, ground.plan.training, ground, "student", { opened, weight: 2 });
    const within = first === width ? "" : `, ${first} in its first block,`;
    const how = `A network of width ${width}${within} learned the whole one's vectors and the classes on the same training photos.`;
    return { ...sizes(learned), subject: "network student", model: writeOnnx(foldNetwork(learned)), how };
  } finally {
    opened.close();
  }
}

/** Filters that processors compute together: 12 of them take the time of 16. */
const FILTER_BLOCK = 8;

interface StudentShape {
  readonly width: number;
  readonly first: number;
}

/**
 * Half the filters of every layer, which are a quarter of the products. The stem and the first block, whose pictures are the largest,
 * get whole blocks of filters: no lane is idle where most of the time goes.
 */
export function studentOf(width: number): StudentShape {
  const half = Math.max(1, Math.round(width / 2));
  return { width: half, first: half < FILTER_BLOCK ? half : half - (half % FILTER_BLOCK) };
}

async function train(
  start: StoredNetwork,
  training: EmbeddingTraining,
  { pictures, environment, random }: VariantGround,
  name: string,
  teacher?: Teacher,
): Promise<StoredNetwork> {
  const opened = openEmbeddingNetwork(start.architecture, {
    batch: training.batch,
    learning: true,
    pool: environment.pool,
  });
  const state = { numbers: start.numbers, velocity: new Float32Array(layersOf(start.architecture).trained) };
  try {
    for (let epoch = 0; epoch < training.epochs; epoch++) {
      environment.progress(name, epoch, training.epochs);
      await trainEpoch(
        opened,
        start.architecture,
        pictures,
        training,
        epoch,
        state,
        random.fork(`${name} ${epoch}`),
        undefined,
        teacher,
      );
    }
    return { ...start, numbers: state.numbers };
  } finally {
    opened.close();
  }
}
