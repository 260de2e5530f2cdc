/** What learns from a week of payments and judges another, by the names that tables give: trees, networks, and what is done about rare positives. */

import { FailureError, unwrap } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { type Column, createTable, pickRows, type Table } from "../../core/table.ts";
import type { KernelPool } from "../../kernels/pool.ts";
import {
  type ClassifierChoice,
  type ClassifierRows,
  fitClassifier,
  scoreRows,
} from "../../steps/4-model/models/classifier.ts";
import { createPerceptronScorer, trainPerceptron } from "../../steps/4-model/models/multilayer-perceptron.ts";
import { drawKept } from "../../steps/4-model/train/handle-imbalance.ts";
import { openReconstruction } from "./reconstruction-error.ts";
import { withSyntheticPositives } from "./synthetic-positives.ts";
import type { TableSettings } from "./table.ts";
import { treesSettings } from "./trees-settings.ts";

/** A week to learn from and one to judge. */
export interface FraudWeeks {
  readonly learn: Int32Array;
  /** Labels of `learn`. */
  readonly labels: Uint8Array;
  readonly judge: Int32Array;
  /** The features of rows; missing in a row that is -1. */
  readonly featuresOf: (rows: Int32Array) => Table;
  /** The row of the payment that the same card made before; -1 where there is none. */
  readonly before: Int32Array;
}

export interface FraudLearner {
  /** All that its scores hang on besides the weeks. */
  readonly key: string;
  /** One score a judged row, higher is more suspicious. Throws a `FailureError` where nothing can be learned. */
  score(weeks: FraudWeeks, environment: { readonly random: Random; readonly pool?: KernelPool }): Promise<Float64Array>;
}

/** Throws a `FailureError` for a name that none has. */
export function fraudLearner(model: string, settings: TableSettings, features: readonly string[]): FraudLearner {
  const { "positive-weight": weight = 1, "positive-share": share = 1, factors = 4, regularization } = settings;
  const trees: ClassifierChoice = {
    model: "gbdt",
    options: { objective: "log-loss", binning: "tails", ...treesSettings(settings) },
  };
  const network = (open: (weeks: FraudWeeks) => (rows: Int32Array) => Table): FraudLearner => ({
    key: JSON.stringify({ model, settings }),
    async score(weeks, { random }) {
      const inputs = open(weeks);
      const rows = { features: inputs(weeks.learn), labels: Float64Array.from(weeks.labels) };
      const options = { objective: "log-loss" as const, batch: 64, ...networkSettings(settings) };
      const { model: fitted } = unwrap(trainPerceptron(rows, options, random));
      return createPerceptronScorer(fitted).margins(inputs(weeks.judge));
    },
  });
  const known = (choice: ClassifierChoice, handle: Handling = asIs): FraudLearner => ({
    key: handle === asIs ? JSON.stringify(choice) : JSON.stringify({ model, choice, settings }),
    async score({ learn, labels, judge, featuresOf }, { random, pool }) {
      const rows = handle({ features: featuresOf(learn), labels }, random.fork(model));
      return scoreRows(unwrap(await fitClassifier(choice, rows, { random, pool })), featuresOf(judge));
    },
  });
  switch (model) {
    case "logistic-regression":
      return known({ model, features, l2: regularization ?? 1 });
    case "gbdt":
      return known(trees);
    case "gbdt, positives weighed":
      return known(trees, (rows) => ({
        ...rows,
        weights: Float64Array.from(rows.labels, (one) => (one === 1 ? weight : 1)),
      }));
    case "gbdt, negatives left out":
      return known(trees, (rows, random) => undersampled(rows, share, random));
    case "gbdt, positives made up":
      return known(trees, ({ features: columns, labels }, random) =>
        withSyntheticPositives(columns, labels, share, random),
      );
    case "network":
      return network(({ featuresOf }) => featuresOf);
    case "network with reconstruction error":
      return network(({ featuresOf, learn }) => {
        const errorOf = openReconstruction(featuresOf(learn), factors);
        return (rows) => {
          const table = featuresOf(rows);
          return createTable({ ...Object.fromEntries(table.columns), "reconstruction error": errorOf(table) });
        };
      });
    case "network of five payments":
      return network((weeks) => (rows) => withEarlier(weeks, rows));
    default:
      throw new FailureError({
        code: "unknown-classifier",
        message: `there is no classifier \`${model}\` in this protocol`,
        fix: "use logistic-regression, gbdt or network; fraud-learners.ts lists the others",
      });
  }
}

type Handling = (rows: ClassifierRows, random: Random) => ClassifierRows;

const asIs: Handling = (rows) => rows;

function networkSettings({ width = 64, epochs = 10, "learning-rate": learningRate = 0.001 }: TableSettings) {
  return { hidden: [width], epochs, learningRate };
}

/** Negatives left out by chance until there are `share` positives a negative; all rows where positives are that frequent already. */
function undersampled({ features, labels }: ClassifierRows, share: number, random: Random): ClassifierRows {
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const [negatives, wanted] = [labels.length - positives, Math.round(positives / share)];
  if (wanted >= negatives) return { features, labels };
  const kept = drawKept(labels, wanted, negatives, random);
  const rows = Int32Array.from(labels.keys()).filter((row) => kept[row] === 1);
  const columns = [...features.columns].map(([name, column]) => [name, pickRows(column, rows)] as const);
  return { features: createTable(Object.fromEntries(columns)), labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/** Payments that the networks of sequences see: the one that is judged, and the four that the card made before. */
const PAYMENTS = 5;

function withEarlier({ featuresOf, before }: FraudWeeks, rows: Int32Array): Table {
  const columns: Record<string, Column> = {};
  let at = rows;
  for (let back = 0; back < PAYMENTS; back++) {
    for (const [name, column] of featuresOf(at).columns)
      columns[back === 0 ? name : `${name}, ${back} before`] = column;
    at = at.map((row) => (row < 0 ? -1 : before[row]));
  }
  return createTable(columns);
}
