/** EASE on MovieLens 100k (1,682 titles), one thread, beside NumPy's inverse in double precision. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { ease } from "../src/steps/4-model/models/ease.ts";
import type { Recommender } from "../src/steps/4-model/models/recommender.ts";
import { type Benchmark, timed } from "./benchmark.ts";
import { writeMatrix } from "./interactions.ts";
import { movielens } from "./movielens.ts";

const REGULARIZATION = 400;

export const benchmark: Benchmark = {
  name: "ease",
  about: "EASE's closed form on MovieLens 100k, one thread, against NumPy and LAPACK (OpenBLAS, one thread, float64)",
  async *cases({ startPeer, workFolder }) {
    const interactions = movielens(() => 1);
    if (interactions === undefined) return;
    const peer = startPeer("ease.py");
    const name = join(workFolder, "ease");
    writeMatrix(name, interactions);
    await peer.ask("load", { name, members: interactions.rows, titles: interactions.columns });
    let fitted: Recommender | undefined;
    yield {
      case: "training",
      unit: "s",
      peerName: "NumPy",
      target: "<= 1",
      ours: () =>
        timed(async () => {
          const options = { ...ease.defaults, regularization: REGULARIZATION };
          fitted = await ease.fit({ interactions }, options, { random: createRandom(1) });
        }),
      peer: async () => (await peer.ask("fit", { regularization: REGULARIZATION })).seconds,
    };
    yield {
      case: "largest error of a weight, against the largest weight",
      unit: "",
      peerName: "NumPy float64",
      runs: 1,
      target: "<= 1e-4",
      ours: async () => {
        const file = join(workFolder, "ease-weights.f32");
        if (fitted !== undefined) writeFileSync(file, new Uint8Array(fitted.toArtefact().arrays.weights.buffer));
        return (await peer.ask("difference", { weights: file })).largest;
      },
      peer: async () => (await peer.ask("difference", { weights: join(workFolder, "ease-weights.f32") })).size,
    };
  },
};
