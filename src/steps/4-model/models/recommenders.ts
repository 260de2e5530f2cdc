/** Every first-stage recommender by the name a note gives it, with the facts of the stage turned into its options. */

import { nearest } from "../../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { checkNeeds } from "../../../system/need.ts";
import type { StageFacts } from "../schema.ts";
import { als } from "./als.ts";
import { contentBased } from "./content-based.ts";
import { ease } from "./ease.ts";
import { easeAls } from "./ease-als.ts";
import { graphFilter } from "./graph-filter.ts";
import { itemKnn } from "./item-knn.ts";
import { itemTransitions } from "./item-transitions.ts";
import { mostPopular } from "./most-popular.ts";
import type {
  BlockedTrainingData,
  ModelArtefact,
  ModelEnvironment,
  PassingTrainingData,
  Recommender,
  RecommenderModel,
  TrainingData,
} from "./recommender.ts";
import { recommenderNeed, type TrainingSize } from "./recommender-needs.ts";
import { sequenceEase } from "./sequence-ease.ts";
import { sequenceKnn } from "./sequence-knn.ts";
import { twoTower } from "./two-tower.ts";

/** Which model a note asks for, as plain data: what a stage is planned with. `openRecommender` makes the model of it. */
export interface RecommenderChoice {
  readonly name: string;
  readonly facts: RecommenderFacts;
  /** All options, the model's own defaults included: equal for two choices that train the same model. */
  readonly settings: string;
}

/** A model with its options settled. */
export interface OpenRecommender {
  readonly settings: string;
  fit(data: TrainingData, environment: ModelEnvironment): Promise<Recommender>;
  /** Absent where the model needs all of its data at once. */
  readonly fitBlocks?: (data: BlockedTrainingData, environment: ModelEnvironment) => Promise<Recommender>;
  /** Absent where the model has to keep its data. */
  readonly fitPassing?: (data: PassingTrainingData, environment: ModelEnvironment) => Promise<Recommender>;
  fromArtefact(artefact: ModelArtefact): Recommender;
}

/** What a stage may say about its model: the facts that decide about options. */
export type RecommenderFacts = Pick<
  StageFacts,
  | "factors"
  | "iterations"
  | "regularization"
  | "dropout"
  | "confidence"
  | "neighbours"
  | "shrinkage"
  | "window"
  | "hidden"
  | "epochs"
  | "learning-rate"
  | "decay"
  | "recency"
  | "backward"
  | "damping"
  | "smoothing"
>;

const MODELS: Readonly<Record<string, (facts: RecommenderFacts) => OpenRecommender>> = {
  als: ({ factors, iterations, regularization, confidence }) =>
    settle(als, { factors, iterations, regularization, alpha: confidence }),
  ease: ({ regularization, dropout }) => settle(ease, { regularization, dropout }),
  "ease-als": ({ regularization, dropout, factors, smoothing }) =>
    settle(easeAls, { regularization, dropout, factors, smoothing }),
  "item-knn": ({ neighbours, shrinkage }) => settle(itemKnn, { neighbours, shrinkage }),
  "item-transitions": ({ decay, recency, shrinkage, neighbours }) =>
    settle(itemTransitions, { decay, recency, shrinkage, neighbours }),
  "sequence-knn": ({ decay, recency, backward, damping, shrinkage, neighbours }) =>
    settle(sequenceKnn, { decay, recency, backward, damping, shrinkage, neighbours }),
  "sequence-ease": ({ regularization, dropout, decay, recency }) =>
    settle(sequenceEase, { regularization, dropout, decay, recency }),
  "graph-filter": ({ factors, smoothing, neighbours, recency }) =>
    settle(graphFilter, { factors, smoothing, neighbours, recency }),
  "most-popular": ({ window }) => settle(mostPopular, { window: window?.value }),
  "two-tower": ({ factors, hidden, epochs, "learning-rate": learningRate }) =>
    settle(twoTower, { factors, hidden, epochs, learningRate }),
  content: () => settle(contentBased, {}),
};

export const RECOMMENDER_NAMES: readonly string[] = Object.keys(MODELS);

/** The facts that decide about a model's options, in the order in which it reads them; none for a model that there is not. */
export function factsReadBy(name: string): readonly string[] {
  const read: string[] = [];
  if (!Object.hasOwn(MODELS, name)) return read;
  const watched = new Proxy<RecommenderFacts>(
    {},
    {
      get(_, fact) {
        if (typeof fact === "string") read.push(fact);
        return undefined;
      },
    },
  );
  MODELS[name](watched);
  return read;
}

/** The recommender of that name with the options of these facts; the model's own defaults fill the rest. */
export function chooseRecommender(name: string, facts: RecommenderFacts = {}): Outcome<RecommenderChoice> {
  const open = Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
  if (open !== undefined) {
    const told = optionFacts(facts);
    return succeed({ name, facts: told, settings: open(told).settings });
  }
  const suggestion = nearest(name, RECOMMENDER_NAMES);
  return fail({
    code: "unknown-model",
    message: `there is no first-stage model \`${name}\``,
    fix: suggestion === undefined ? `use one of ${RECOMMENDER_NAMES.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}

/** The model that was chosen, ready to be trained or read back. `fit` throws a `FailureError` for what the machine cannot hold. */
export function openRecommender({ name, facts }: RecommenderChoice): OpenRecommender {
  const open = MODELS[name](facts);
  const { fitBlocks, fitPassing } = open;
  const check = (size: TrainingSize, { machine }: ModelEnvironment): void =>
    checkNeeds([recommenderNeed(name, open.settings, size)], machine);
  return {
    ...open,
    fit: async (data, environment) => {
      const { rows: units, columns: items, indices } = data.interactions;
      check({ units, items, pairs: indices.length }, environment);
      return open.fit(data, environment);
    },
    ...(fitBlocks === undefined
      ? {}
      : {
          fitBlocks: async (data: BlockedTrainingData, environment: ModelEnvironment) => {
            const { rows: units, columns: items, indptr } = data.byUnit;
            check({ units, items, pairs: indptr[units], byBlocks: true }, environment);
            return fitBlocks(data, environment);
          },
        }),
    ...(fitPassing === undefined
      ? {}
      : {
          fitPassing: async (data: PassingTrainingData, environment: ModelEnvironment) => {
            check({ units: data.units, items: data.items, pairs: data.most }, environment);
            return fitPassing(data, environment);
          },
        }),
  };
}

/** A stage says more than what decides about options, and none of that may make its model be trained again. */
function optionFacts(facts: RecommenderFacts): RecommenderFacts {
  const { factors, iterations, regularization, dropout, confidence, neighbours, shrinkage, window, hidden, epochs } =
    facts;
  const { decay, recency, backward, damping, smoothing } = facts;
  return {
    factors,
    iterations,
    regularization,
    dropout,
    confidence,
    neighbours,
    shrinkage,
    window,
    hidden,
    epochs,
    "learning-rate": facts["learning-rate"],
    decay,
    recency,
    backward,
    damping,
    smoothing,
  };
}

function settle<Options extends object>(model: RecommenderModel<Options>, written: Partial<Options>): OpenRecommender {
  const options: Options = { ...model.defaults, ...definedOnly(written) };
  const { fitBlocks, fitPassing } = model;
  return {
    settings: JSON.stringify(options, (_, value) => (value === Number.POSITIVE_INFINITY ? "all" : value)),
    fit: (data, environment) => model.fit(data, options, environment),
    ...(fitBlocks === undefined ? {} : { fitBlocks: (data, environment) => fitBlocks(data, options, environment) }),
    ...(fitPassing === undefined ? {} : { fitPassing: (data) => fitPassing(data, options) }),
    fromArtefact: (artefact) => model.fromArtefact(artefact),
  };
}

/** Keys that are undefined must not hide the defaults. */
function definedOnly<T extends object>(written: T): T {
  const copy = { ...written };
  for (const key of Object.keys(copy)) if (Reflect.get(copy, key) === undefined) Reflect.deleteProperty(copy, key);
  return copy;
}
