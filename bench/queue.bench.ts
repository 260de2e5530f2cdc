/** A simulated queue of 12 servers, requests a second on one thread, beside the same in Python with heapq and NumPy's random numbers. */

import { createRandom } from "../src/core/random.ts";
import { simulateQueue } from "../src/estimate/simulate-queue.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const REQUESTS = 2_000_000;
const RATE = 90;
const SERVICE = 0.1;
const SERVERS = 12;

export const benchmark: Benchmark = {
  name: "queue",
  about: "M/M/12 at 75 % load, first come first served, one thread, against Python (heapq, NumPy random numbers)",
  *cases({ startPeer }) {
    const python = startPeer("queue_simulation.py");
    let seed = 0;
    const simulate = () => {
      const random = createRandom(seed++);
      return simulateQueue({ rate: RATE, servers: SERVERS, stages: [{ mean: SERVICE }], requests: REQUESTS, random });
    };
    simulate();
    yield {
      case: "requests simulated",
      unit: "M requests/s",
      peerName: "Python heapq",
      target: "ours >= 5",
      ours: async () => REQUESTS / (await timed(simulate)) / 1e6,
      peer: async () =>
        (await python.ask("simulate", { requests: 500_000, rate: RATE, service: SERVICE, servers: SERVERS }))
          .per_second / 1e6,
    };
  },
};
