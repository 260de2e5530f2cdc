/** A small student that learns the ranker's own scores: what a large model knows, at the price of a small one. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { compactTrees } from "../../4-model/models/compact-trees.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import {
  createPerceptronScorer,
  type Perceptron,
  trainPerceptron,
} from "../../4-model/models/multilayer-perceptron.ts";
import type { TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { orderCandidates } from "../../4-model/train/ranking-stage.ts";
import type { RankerTraffic } from "./compress-ranker.ts";
import { sliceRequests } from "./slice-requests.ts";
import { describeStudent, type Student } from "./student.ts";
import type { RankedPart } from "./variant.ts";

export interface DistillationInput {
  readonly teacher: TreesModel;
  /** Rows of earlier windows, the ones the teacher learned from; their labels are not used. */
  readonly rows: Table;
  readonly traffic: RankerTraffic;
  readonly random: Random;
  readonly pool: KernelPool | undefined;
}

const EPOCHS = 12;

/** Trains the student on the teacher's margins (Hinton, Vinyals and Dean 2015, for scores: Ba and Caruana 2014). */
export async function distillRanker(student: Student, input: DistillationInput): Promise<Outcome<RankedPart>> {
  const { teacher, rows, random, pool } = input;
  const labels = createTreesScorer(teacher).margins(rows);
  const features = teacher.features.map(({ name }) => name);
  if (student.model === "mlp") {
    const options = { objective: "squared-error" as const, features, hidden: student.hidden, epochs: EPOCHS };
    const trained = trainPerceptron({ features: rows, labels }, options, random);
    return trained.ok ? succeed(perceptronPart(trained.value.model, student, input)) : trained;
  }
  if (student.model === "gbdt") {
    const options = { objective: "squared-error" as const, features, trees: student.trees, leaves: student.leaves };
    const trained = await trainTrees({ features: rows, labels }, options, { random, pool });
    return trained.ok ? succeed(treesPart(trained.value.model, student, input)) : trained;
  }
  return fail({
    code: "unknown-student",
    message: `the ranker cannot be distilled into \`${student.model}\`; mlp and gbdt can be`,
  });
}

function perceptronPart(model: Perceptron, student: Student, { traffic }: DistillationInput): RankedPart {
  const scorer = createPerceptronScorer(model);
  const weights = model.layers.reduce((sum, layer) => sum + layer.weights.length + layer.biases.length, 0);
  return studentPart(student, 4 * weights, scorer.margins, traffic);
}

function treesPart(model: TreesModel, student: Student, { traffic }: DistillationInput): RankedPart {
  const bytes = compactTrees(model, "float32").bytes;
  return studentPart(student, bytes, createTreesScorer(model).margins, traffic);
}

function studentPart(
  student: Student,
  bytes: number,
  score: (features: Table) => Float64Array,
  { rows, requests, keepsOrder }: RankerTraffic,
): RankedPart {
  const batches = sliceRequests(rows, requests);
  return {
    subject: `ranking as ${describeStudent(student)}`,
    bytes,
    lists: orderCandidates(score, rows, requests, keepsOrder),
    serve: (i) => void score(batches[i]),
  };
}
