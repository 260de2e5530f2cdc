/** Twelve windowed features of every card payment in 1.75M (customer spending, terminal risk after a week), one thread, beside pandas and NumPy. */

import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { type Benchmark, timed } from "./benchmark.ts";
import { HANDBOOK_FEATURES, readPayments, TRANSACTIONS } from "./payments.ts";

export const benchmark: Benchmark = {
  name: "features",
  about: "12 point-in-time window features of 1,754,155 payments, one thread, against pandas rolling windows and NumPy",
  async *cases({ startPeer }) {
    const stream = await readPayments();
    const build = () => buildFeatures(planFeatures(HANDBOOK_FEATURES, stream), stream, stream);
    const ours = total(build());
    const peer = startPeer("features.py");
    await peer.ask("load", { path: TRANSACTIONS });
    const ask = (command: string) => async () => {
      const { seconds, total: theirs } = await peer.ask(command);
      if (Math.abs(theirs / ours - 1) > 1e-9) throw new Error(`${command} adds up to ${theirs}, ours to ${ours}`);
      return seconds;
    };
    const shared = { unit: "s", ours: () => timed(build) };
    yield { case: "NumPy, sort and search", peerName: "NumPy", target: "<= 1.3", ...shared, peer: ask("numpy") };
    yield { case: "pandas rolling", peerName: "pandas", runs: 1, target: "<= 0.2", ...shared, peer: ask("pandas") };
  },
};

/** All values added up, the unknown ones as 0: enough to see that both sides computed the same. */
function total(features: ReadonlyMap<string, Float64Array>): number {
  let sum = 0;
  for (const column of features.values()) for (const value of column) if (!Number.isNaN(value)) sum += value;
  return sum;
}
