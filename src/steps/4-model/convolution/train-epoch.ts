/** One pass over the training pictures: SGD with momentum under a cosine schedule. What it needs and leaves is all in its state. */

import type { Random } from "../../../core/random.ts";
import type { ChannelScaling, PictureSet } from "../../3-data/pictures/picture-set.ts";
import { type Augmentation, augmentInto } from "./augment.ts";
import { cosineSoftmax, throughUnit, unitRows } from "./cosine-softmax.ts";
import type { EmbeddingNetwork } from "./embedding-network.ts";
import { layersOf, type ResidualArchitecture } from "./residual-network.ts";
import { tripletLoss } from "./triplet-loss.ts";

export interface EmbeddingTraining {
  readonly epochs: number;
  readonly batch: number;
  /** The highest rate, after the warm-up. */
  readonly rate: number;
  readonly momentum: number;
  /** Pulls filters and the linear layer towards zero; scales, shifts and biases are left alone. */
  readonly decay: number;
  readonly smoothing: number;
  /** Weight of the triplet loss beside cross-entropy; 0 leaves it out. */
  readonly triplet: number;
  readonly augmentation: Augmentation;
}

/** All that an interrupted training needs to go on to the same end. */
export interface TrainingState {
  readonly numbers: Float32Array;
  readonly velocity: Float32Array;
}

export interface EpochReport {
  readonly loss: number;
  /** Share of augmented training pictures put into their class. */
  readonly accuracy: number;
}

/** Steps of the first epoch in which the rate rises to its height, as a share of all. */
const WARM_UP = 0.1;
const MARGIN = 0.2;

/** A trained network whose vectors a smaller one learns to give. */
export interface Teacher {
  readonly opened: EmbeddingNetwork;
  /** Of the squared distance between unit vectors, beside the loss on classes. */
  readonly weight: number;
}

/** Photos to learn from, with the class of each. */
export interface LabelledPictures {
  readonly set: PictureSet;
  readonly rows: Int32Array;
  /** By row of the set. */
  readonly labels: ArrayLike<number>;
  readonly scaling: ChannelScaling;
}

/** Epoch `epoch`, counted from 0; `random` must be this epoch's own. Writes into the state's arrays. */
export async function trainEpoch(
  opened: EmbeddingNetwork,
  architecture: ResidualArchitecture,
  { set, rows, labels, scaling }: LabelledPictures,
  training: EmbeddingTraining,
  epoch: number,
  { numbers, velocity }: TrainingState,
  random: Random,
  progress: (done: number, total: number) => void = () => undefined,
  teacher?: Teacher,
): Promise<EpochReport> {
  const order = random.shuffle(rows.slice());
  const steps = Math.max(1, Math.ceil(order.length / opened.batch));
  const classes = classSlice(architecture);
  const decayed = decayedNumbers(architecture);
  const step = set.size * set.size * set.channels;
  let [loss, right] = [0, 0];
  for (let s = 0; s < steps; s++) {
    const own = order.subarray(Math.floor((s * order.length) / steps), Math.floor(((s + 1) * order.length) / steps));
    await opened.load(numbers);
    for (const [n, row] of own.entries())
      augmentInto(set, row, scaling, training.augmentation, random, opened.pictures, n * step);
    const vectors = await opened.embed(own.length, true);
    opened.keepMoments(numbers);
    const truth = Array.from(own, (row) => labels[row]);
    const { dimensions } = architecture;
    const softmax = cosineSoftmax(
      vectors,
      truth,
      numbers.subarray(classes.at, classes.at + classes.length),
      dimensions,
      training.smoothing,
    );
    const slopes = softmax.vectors;
    loss += softmax.loss * own.length;
    right += softmax.right;
    if (training.triplet > 0) {
      const triplet = tripletLoss(vectors, truth, dimensions, MARGIN);
      loss += training.triplet * triplet.loss * own.length;
      for (let i = 0; i < slopes.length; i++) slopes[i] += training.triplet * triplet.vectors[i];
    }
    if (teacher !== undefined) loss += own.length * (await follow(teacher, opened, vectors, own.length, slopes));
    const gradient = await opened.back(own.length, slopes);
    gradient.set(softmax.classes, classes.at);
    const rate = rateAt(training, (epoch * steps + s) / (training.epochs * steps));
    for (let i = 0; i < gradient.length; i++) {
      velocity[i] =
        training.momentum * velocity[i] + gradient[i] + (decayed[i] === 1 ? training.decay * numbers[i] : 0);
      numbers[i] -= rate * velocity[i];
    }
    progress(s + 1, steps);
  }
  return { loss: loss / order.length, accuracy: right / order.length };
}

/** Adds the slopes of the mean squared distance between the student's unit vectors and the teacher's of the same changed photos. */
async function follow(
  { opened: teacher, weight }: Teacher,
  student: EmbeddingNetwork,
  vectors: Float64Array,
  count: number,
  slopes: Float64Array,
): Promise<number> {
  teacher.pictures.set(student.pictures.subarray(0, (student.pictures.length / student.batch) * count));
  const dimensions = vectors.length / count;
  const wanted = unitRows(await teacher.embed(count, false), dimensions).rows;
  const own = unitRows(vectors, dimensions);
  let loss = 0;
  const ofUnit = own.rows.map((value, i) => {
    loss += (weight * (value - wanted[i]) ** 2) / count;
    return (2 * weight * (value - wanted[i])) / count;
  });
  for (const [i, slope] of throughUnit(ofUnit, own, dimensions).entries()) slopes[i] += slope;
  return loss;
}

/** Rises in a line over the first tenth, then falls along a cosine to zero (Loshchilov and Hutter 2017). `done` from 0 to 1. */
function rateAt({ rate }: Pick<EmbeddingTraining, "rate">, done: number): number {
  if (done < WARM_UP) return (rate * (done + 0.01)) / (WARM_UP + 0.01);
  return 0.5 * rate * (1 + Math.cos((Math.PI * (done - WARM_UP)) / (1 - WARM_UP)));
}

function classSlice(architecture: ResidualArchitecture) {
  const found = layersOf(architecture).slices.find(({ what }) => what === "classes");
  if (found === undefined) throw new Error("a network has vectors of classes");
  return found;
}

function decayedNumbers(architecture: ResidualArchitecture): Uint8Array {
  const { slices, trained } = layersOf(architecture);
  const result = new Uint8Array(trained);
  for (const { what, at, length } of slices)
    if (what === "weights" || what === "linear") result.fill(1, at, at + length);
  return result;
}
