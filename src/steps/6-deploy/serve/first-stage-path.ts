/** The serving path of a single first-stage model: fold in the history, score every title, keep the best. */

import { topK } from "../../../core/top-k.ts";
import { interactionsFromStored } from "../../3-data/interactions.ts";
import { listAt } from "../../3-data/row-lists.ts";
import { requestsFromStored } from "../../3-data/split/time-split-stage.ts";
import type { RecommenderChoice } from "../../4-model/models/recommenders.ts";
import { historyOf, type SignalWeights } from "../../4-model/train/interaction-matrix.ts";
import { recommenderFromStored } from "../../4-model/train/recommender-stage.ts";
import type { ServingPathSource } from "./serving-latency-stage.ts";

export interface FirstStage {
  /** The stage's name in the note, which budgets go by. */
  readonly name: string;
  readonly choice: RecommenderChoice;
  /** The training stage that holds the model. */
  readonly stage: string;
  readonly keep: number;
}

export function firstStagePath({ name, choice, stage, keep }: FirstStage, weights: SignalWeights): ServingPathSource {
  return {
    inputs: ["interactions", "split", stage],
    settings: JSON.stringify({ name, keep, weights }),
    async open(input) {
      const interactions = interactionsFromStored(await input("interactions"));
      const requests = requestsFromStored(await input("split"), "test");
      const model = recommenderFromStored(await input(stage), choice);
      const histories = Array.from({ length: requests.count }, (_, i) =>
        historyOf(interactions, listAt(requests.history, i), weights),
      );
      return {
        requests: requests.count,
        steps: [{ name, serve: (i) => void topK(model.score(histories[i]), keep, histories[i].indices) }],
      };
    },
  };
}
