/** A small student that learns a classifier's probabilities: a logistic regression, a few trees or one that can be read, a small network. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { leafOf } from "../../../kernels/tree-scoring.scalar.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import { compactTrees } from "../../4-model/models/compact-trees.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { logisticMargin, logisticMargins, trainLogisticRegression } from "../../4-model/models/logistic-regression.ts";
import { createPerceptronScorer, trainPerceptron } from "../../4-model/models/multilayer-perceptron.ts";
import { treeText } from "../../4-model/models/tree-text.ts";
import { encodeRows, type TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { JudgedTables } from "./compress-classifier.ts";
import { describeStudent, type Student } from "./student.ts";
import type { ScoredPart } from "./variant.ts";

/** One round's teacher, the rows that it learned from, and the probabilities that it gives them; their own labels are not used. */
export interface Lesson {
  readonly teacher: TreesModel;
  readonly rows: Table;
  readonly labels: Float64Array;
}

export function openLesson(teacher: TreesModel, rows: Table): Lesson {
  return { teacher, rows, labels: createTreesScorer(teacher).margins(rows).map(sigmoid) };
}

export interface DistillationInput {
  readonly subject: string;
  /** Earlier rounds first, the final one last. */
  readonly lessons: readonly Lesson[];
  readonly judged: JudgedTables;
  readonly random: Random;
  readonly pool: KernelPool | undefined;
}

export interface DistilledClassifier {
  readonly part: ScoredPart;
  /** The splits of a student of one tree as text; undefined for other students. */
  readonly text: string | undefined;
}

/**
 * Trains one student a round on the round's own teacher and training rows, its labels the teacher's probabilities (Hinton, Vinyals and
 * Dean 2015). Fails for a student that nothing trains, and as its training fails.
 */
export async function distillClassifier(
  student: Student,
  { subject, lessons, judged, random, pool }: DistillationInput,
): Promise<Outcome<DistilledClassifier>> {
  const fitted: FittedStudent[] = [];
  for (const lesson of lessons) {
    const outcome = await fitStudent(student, lesson, { random: random.fork("fit"), pool });
    if (!outcome.ok) return outcome;
    fitted.push(outcome.value);
  }
  const last = fitted[fitted.length - 1];
  const { teacher } = lessons[lessons.length - 1];
  const width = teacher.features.length;
  const values = encodeRows(teacher, judged[judged.length - 1]);
  return succeed({
    text: last.text,
    part: {
      subject: `${subject} as ${describeStudent(student)}`,
      bytes: last.bytes,
      scores: judged.map((table, round) => fitted[round].margins(table)),
      serve: (row) => void last.margin(values.subarray(row * width, (row + 1) * width)),
    },
  });
}

interface FittedStudent {
  readonly bytes: number;
  margins(rows: Table): Float64Array;
  /** Of one row, its values in the order of the teacher's features. */
  margin(values: Float64Array): number;
  readonly text?: string;
}

interface Fitting {
  readonly random: Random;
  readonly pool: KernelPool | undefined;
}

const EPOCHS = 12;

async function fitStudent(student: Student, lesson: Lesson, fitting: Fitting): Promise<Outcome<FittedStudent>> {
  const { teacher, rows, labels } = lesson;
  const features = teacher.features.map(({ name }) => name);
  switch (student.model) {
    case "logistic-regression": {
      const trained = trainLogisticRegression({ features: rows, labels }, { features, softLabels: true });
      if (!trained.ok) return trained;
      const model = trained.value;
      return succeed({
        // A mean, a deviation and a coefficient each, and the intercept.
        bytes: 4 * (3 * features.length + 1),
        margins: (table) => logisticMargins(model, table),
        margin: (values) => logisticMargin(model, values),
      });
    }
    case "mlp": {
      const options = { objective: "log-loss" as const, features, hidden: student.hidden, epochs: EPOCHS };
      const trained = trainPerceptron({ features: rows, labels }, options, fitting.random);
      if (!trained.ok) return trained;
      const { layers } = trained.value.model;
      const weights = layers.reduce((sum, layer) => sum + layer.weights.length + layer.biases.length, 0);
      return succeed({
        bytes: 4 * (weights + 2 * features.length),
        ...createPerceptronScorer(trained.value.model),
      });
    }
    case "gbdt":
      return fitTrees(student, lesson, fitting);
    default:
      return fail({
        code: "unknown-student",
        message: `trees cannot be distilled into \`${student.model}\`; logistic-regression, gbdt and mlp can be`,
      });
  }
}

/** Steps of a few trees are long, or they would not arrive. */
function learningRateOf(trees: number): number {
  return Math.max(0.1, 1 / Math.sqrt(trees));
}

/** Held back, because a Newton step from a base rate of a percent overshoots. */
const L2 = 5;

async function fitTrees(
  { trees, leaves }: Student,
  { teacher, rows, labels }: Lesson,
  fitting: Fitting,
): Promise<Outcome<FittedStudent>> {
  const monotone = teacher.features.flatMap(({ name, monotone: way }): [string, 1 | -1][] =>
    way === 0 ? [] : [[name, way]],
  );
  const shape = {
    binning: "tails" as const,
    features: teacher.features.map(({ name }) => name),
    monotone: Object.fromEntries(monotone),
    trees,
    leaves,
  };
  const isSingle = trees === 1;
  const trained = isSingle
    ? await trainTrees({ features: rows, labels: labels.map(steadied) }, { ...shape, ...SINGLE }, fitting)
    : await trainTrees(
        { features: rows, labels },
        { ...shape, objective: "log-loss", softLabels: true, learningRate: learningRateOf(trees), l2: L2 },
        fitting,
      );
  if (!trained.ok) return trained;
  const model = isSingle ? withMeanLeaves(trained.value.model, rows, labels) : trained.value.model;
  const { margins, margin } = createTreesScorer(model);
  return succeed({
    bytes: compactTrees(model, "float32").bytes,
    margins,
    margin,
    ...(model.trees.length === 1 ? { text: treeText(model) } : {}),
  });
}

const SINGLE = { objective: "squared-error" as const, learningRate: 1 };

/**
 * The arcsine of the root of a probability: the variance of a share is the same everywhere on this scale (Bartlett 1947), so that a single
 * tree sees the step from 1% to 5% as well as that from 50% to 60%.
 */
function steadied(probability: number): number {
  return Math.asin(Math.sqrt(probability));
}

/** The tree with the leaves of least log loss: the log-odds of the mean label of the rows in each. */
function withMeanLeaves(model: TreesModel, rows: Table, labels: Float64Array): TreesModel {
  const width = model.features.length;
  const values = encodeRows(model, rows);
  const trees = model.trees.map((tree) => {
    const sums = new Float64Array(tree.feature.length);
    const counts = new Float64Array(tree.feature.length);
    for (let row = 0; row < labels.length; row++) {
      const leaf = leafOf(tree, values, row * width);
      sums[leaf] += labels[row];
      counts[leaf]++;
    }
    return {
      ...tree,
      rows: counts,
      value: sums.map((sum, node) => (counts[node] === 0 ? tree.value[node] : logOdds(sum / counts[node]))),
    };
  });
  // Where no split saves anything there is no tree, and the base rate is all there is to say.
  const rate = labels.reduce((sum, one) => sum + one, 0) / labels.length;
  return { ...model, objective: "log-loss", baseScore: trees.length === 0 ? logOdds(rate) : 0, trees };
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}
