/** The serving path of a fraud decision: features out of the state, then trees, calibration and threshold. Each step is timed apart. */

import { isJsonObject } from "../../../system/canonical-json.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { replayPayments } from "../../3-data/features/replay-payments.ts";
import { TRANSACTIONS_STAGE } from "../../3-data/sources/transactions-stage.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { transactionsFromStored } from "../../3-data/transactions.ts";
import { treesFromJson } from "../../4-model/models/classifier.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { classifierStageName } from "../../4-model/train/classifier-stage.ts";
import { probabilityOf } from "../../5-evaluate/optimize/calibrate-scores.ts";
import type { ServingPathSource } from "./serving-latency-stage.ts";

/** `subject` is the stage of the trees: what decides while serving. */
export function paymentPath(declarations: readonly FeatureDeclaration[], subject: string): ServingPathSource {
  return {
    inputs: [TRANSACTIONS_STAGE, ROUNDS_STAGE, classifierStageName(subject)],
    settings: JSON.stringify({ declarations, subject }),
    async open(input) {
      const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
      const { final } = roundsFromStored(await input(ROUNDS_STAGE));
      const { json } = await input(classifierStageName(subject));
      const trees = treesFromJson(isJsonObject(json) ? json.classifier : null);
      const scorer = createTreesScorer(trees);
      const replay = replayPayments(declarations, transactions);
      replay.advance(final.test[0]);
      const features = new Float64Array(declarations.length);
      const order = trees.features.map(({ name }) => replay.state.features.indexOf(name));
      const row = new Float64Array(order.length);
      return {
        requests: final.test.length,
        steps: [
          { name: "features", serve: (request) => replay.state.read(replay.open(final.test[request]), features) },
          {
            name: subject,
            serve() {
              for (let at = 0; at < order.length; at++) row[at] = features[order[at]];
              probabilityOf({ method: "none" }, scorer.margin(row));
            },
          },
        ],
      };
    },
  };
}
