/** AUC ROC and average precision of ten million scores, one thread, beside scikit-learn. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { aucRocOf } from "../src/steps/5-evaluate/metrics/auc-roc.ts";
import { averagePrecisionOf } from "../src/steps/5-evaluate/metrics/average-precision.ts";
import { groupByScore } from "../src/steps/5-evaluate/metrics/score-groups.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const ROWS = 10_000_000;

export const benchmark: Benchmark = {
  name: "metrics",
  about: "AUC ROC and average precision together of 10M scores, one thread, against scikit-learn",
  async *cases({ startPeer, workFolder }) {
    const peer = startPeer("metrics.py");
    for (const kind of ["distinct", "rounded to 3 digits"]) {
      const scoresFile = join(workFolder, `scores ${kind}.f64`);
      const labelsFile = join(workFolder, `labels ${kind}.u8`);
      if (!existsSync(scoresFile)) writeRows(scoresFile, labelsFile, kind === "distinct");
      const scores = new Float64Array(new Uint8Array(readFileSync(scoresFile)).buffer);
      const labels = new Uint8Array(readFileSync(labelsFile));
      await peer.ask("load", { scores: scoresFile, labels: labelsFile });
      let auc = 0;
      let precision = 0;
      yield {
        case: kind,
        unit: "s",
        peerName: "scikit-learn",
        target: "<= 1.5 s",
        ours: () =>
          timed(() => {
            const groups = groupByScore(labels, scores);
            if (groups === undefined) throw new Error("broken scores");
            auc = aucRocOf(groups);
            precision = averagePrecisionOf(groups);
          }),
        peer: async () => {
          const reply = await peer.ask("measure");
          if (Math.abs(reply.auc - auc) > 1e-12 || Math.abs(reply.average_precision - precision) > 1e-12)
            throw new Error(
              `scikit-learn says ${reply.auc} and ${reply.average_precision}, not ${auc} and ${precision}`,
            );
          return reply.seconds;
        },
      };
    }
  },
};

/** Probabilities of a model with some skill: a tenth of the rows is positive and scores higher. */
function writeRows(scoresFile: string, labelsFile: string, distinct: boolean): void {
  const random = createRandom(1);
  const scores = new Float64Array(ROWS);
  const labels = new Uint8Array(ROWS);
  for (let i = 0; i < ROWS; i++) {
    labels[i] = random.uniform() < 0.1 ? 1 : 0;
    const probability = 1 / (1 + Math.exp(2.2 - labels[i] - random.normal()));
    scores[i] = distinct ? probability : Math.round(probability * 1000) / 1000;
  }
  writeFileSync(scoresFile, new Uint8Array(scores.buffer));
  writeFileSync(labelsFile, labels);
}
