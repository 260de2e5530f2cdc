/** A classifier of rows, whichever of the models it is: fitted, stored as JSON, opened again, and asked for a score. */

import { type Outcome, succeed, unwrap } from "../../../core/outcome.ts";
import { numbers, type Table } from "../../../core/table.ts";
import { isJsonObject, plainJson } from "../../../system/canonical-json.ts";
import type { Json } from "../../../system/stage.ts";
import type { TreesOptions } from "../train/trees-options.ts";
import { type TreesEnvironment, trainTrees } from "./gradient-boosted-trees.ts";
import { type IsolationForest, isolationScores, trainIsolationForest } from "./isolation-forest.ts";
import { type LogisticModel, logisticMargins, trainLogisticRegression } from "./logistic-regression.ts";
import { openRules, type RuleList } from "./rule-list.ts";
import { treesFromFile, treesToFile } from "./trees-json.ts";
import type { TreesModel } from "./trees-model.ts";
import { createTreesScorer } from "./trees-scorer.ts";

/** Which model, with its settings. */
export type ClassifierChoice =
  | { readonly model: "rules"; readonly rules: readonly string[] }
  | { readonly model: "logistic-regression"; readonly features: readonly string[]; readonly l2: number }
  | { readonly model: "gbdt"; readonly options: TreesOptions }
  | { readonly model: "isolation-forest"; readonly features: readonly string[]; readonly trees: number };

export type Classifier =
  | { readonly model: "rules"; readonly rules: RuleList }
  | { readonly model: "logistic-regression"; readonly logistic: LogisticModel }
  | { readonly model: "gbdt"; readonly trees: TreesModel }
  | { readonly model: "isolation-forest"; readonly forest: IsolationForest };

export interface ClassifierRows {
  readonly features: Table;
  readonly labels: Uint8Array;
  readonly weights?: Float64Array;
}

/** Fits the model; fails as the model's own training does. Rules are not fitted, and an isolation forest does not see the labels. */
export async function fitClassifier(
  choice: ClassifierChoice,
  rows: ClassifierRows,
  { random, pool, machine, scratch }: Pick<TreesEnvironment, "random" | "pool" | "machine" | "scratch">,
): Promise<Outcome<Classifier>> {
  switch (choice.model) {
    case "rules":
      return succeed({ model: "rules", rules: { format: "heptad rule list", version: 1, rules: choice.rules } });
    case "logistic-regression": {
      const fitted = trainLogisticRegression(rows, { features: choice.features, l2: choice.l2 });
      return fitted.ok ? succeed({ model: "logistic-regression", logistic: fitted.value }) : fitted;
    }
    case "gbdt": {
      const fitted = await trainTrees(rows, choice.options, { random, pool, machine, scratch });
      return fitted.ok ? succeed({ model: "gbdt", trees: fitted.value.model }) : fitted;
    }
    case "isolation-forest": {
      const { features, trees } = choice;
      const fitted = trainIsolationForest(rows.features, { features, trees }, random);
      return fitted.ok ? succeed({ model: "isolation-forest", forest: fitted.value }) : fitted;
    }
    default:
      return choice satisfies never;
  }
}

/** One score a row, higher is more suspicious: log-odds of the trees and of the regression, the anomaly score, the place of the rule. */
export function scoreRows(classifier: Classifier, features: Table): Float64Array {
  switch (classifier.model) {
    case "rules": {
      const rules = unwrap(openRules(classifier.rules, [...features.columns.keys()]));
      const columns = new Map(rules.features.map((name) => [name, numbers(features, name)]));
      return Float64Array.from({ length: features.rows }, (_, row) =>
        rules.score((name) => columns.get(name)?.[row] ?? Number.NaN),
      );
    }
    case "logistic-regression":
      return logisticMargins(classifier.logistic, features);
    case "gbdt":
      return createTreesScorer(classifier.trees).margins(features);
    case "isolation-forest":
      return isolationScores(classifier.forest, features);
    default:
      return classifier satisfies never;
  }
}

/** The same classifier with log-odds higher by `lift`: what takes back weights and sampling. Scores that are no log-odds stay. */
export function liftLogOdds(classifier: Classifier, lift: number): Classifier {
  switch (classifier.model) {
    case "logistic-regression": {
      const { logistic } = classifier;
      return { ...classifier, logistic: { ...logistic, intercept: logistic.intercept + lift } };
    }
    case "gbdt": {
      const { trees } = classifier;
      return { ...classifier, trees: { ...trees, baseScore: trees.baseScore + lift } };
    }
    default:
      return classifier;
  }
}

/** All that a stage has to keep of a classifier to score with it again. */
export function classifierToJson(classifier: Classifier): Json {
  if (classifier.model !== "gbdt") return plainJson(classifier);
  return { model: "gbdt", trees: plainJson(treesToFile(classifier.trees)) };
}

/** The trees that a stage kept. Throws where it kept another model. */
export function treesFromJson(json: Json): TreesModel {
  return unwrap(treesFromFile(isJsonObject(json) ? json.trees : null));
}

/** The regression that a stage of training kept. Throws where it kept another model. */
export function logisticFromJson(json: Json): LogisticModel {
  const kept = isJsonObject(json) && isJsonObject(json.classifier) ? json.classifier.logistic : null;
  if (!isJsonObject(kept) || !Array.isArray(kept.features)) throw new Error("the stage kept no logistic regression");
  return {
    format: "heptad logistic regression",
    version: 1,
    intercept: Number(kept.intercept),
    features: kept.features.map((feature: Json) => {
      const { name, mean, deviation, coefficient } = isJsonObject(feature) ? feature : { name: "" };
      return {
        name: String(name),
        mean: Number(mean),
        deviation: Number(deviation),
        coefficient: Number(coefficient),
      };
    }),
  };
}
