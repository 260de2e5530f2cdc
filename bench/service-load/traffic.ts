/** What the benchmarks of services ask: drawn by numbers, so that the same request is the same each time. */

import { createRandom } from "../../src/core/random.ts";
import type { Traffic } from "./stretch.ts";

export const TITLES = Number(process.env.HEPTAD_BENCH_HNSW_ROWS ?? 1_000_000);
/** Of MovieLens 100k. */
const MEMBERS = 943;
const MOVIES = 1682;
/** Events that travel in one message. */
const TOGETHER = 50;
/** Of the simulated payments that the note is trained on. */
const CUSTOMERS = 1500;
const TERMINALS = 3000;
/** Payments in a request of many. */
export const MANY = 500;

/** Tells the ids of one run of a benchmark from those of another. */
const RUN = `${process.pid}.${Date.now().toString(36)}`;

/** Members ask one after the other, and do nothing in between: a service may keep what it found for them. */
export function memberAsks(): Traffic {
  return { path: "/recommend", body: (at) => ({ member: memberOf(at) }) };
}

/** Members ask one after the other; whoever asked has rated something by the time of asking again, so that no list of before serves. */
export function memberActs(name: string): Traffic {
  const titleOf = (at: number): number => 1 + createRandom(1, `title ${at}`).below(MOVIES);
  return {
    path: "/recommend",
    body: (at) => ({ member: memberOf(at) }),
    beside: {
      path: "/events",
      every: TOGETHER,
      body: (at) => ({
        events: Array.from({ length: TOGETHER }, (_, one) => ({
          id: `${name}.${RUN}.${at}.${one}`,
          // Those who asked before this message.
          member: memberOf(at * TOGETHER + one),
          title: String(titleOf(at * TOGETHER + one)),
          event: "rating",
          value: 1 + ((at + one) % 5),
        })),
      }),
    },
  };
}

function memberOf(at: number): string {
  return String(1 + (at % MEMBERS));
}

export function payments(): Traffic {
  return { path: "/decide", body: (at) => payment(at, "one") };
}

export function titleTraffic(path: string): Traffic {
  return { path, body: (at) => ({ member: String((at * 7919) % 20_000) }) };
}

function payment(at: number, series: string): unknown {
  const random = createRandom(2, `${series} ${at}`);
  return {
    id: `${RUN}.${series}.${at}`,
    customer: random.below(CUSTOMERS),
    terminal: random.below(TERMINALS),
    amount: (1 + random.below(20_000)) / 100,
  };
}

let batches = 0;

/** One request of many payments; no payment twice. */
function batch(): string {
  const first = batches++ * MANY;
  return JSON.stringify({ payments: Array.from({ length: MANY }, (_, one) => payment(first + one, "many")) });
}

/** Decisions a second over two connections that each wait for their answer. */
export async function manyDecisions(url: string, seconds: number): Promise<number> {
  // Made before the clock runs: they are not the service's work.
  const ready = Array.from({ length: Math.ceil((200 * seconds) / 2) }, batch);
  const started = performance.now();
  const passed = (): number => (performance.now() - started) / 1000;
  let answered = 0;
  const ask = async (): Promise<void> => {
    for (let body = ready.pop(); body !== undefined && passed() < seconds; body = ready.pop()) {
      await sendMany(url, body);
      answered += MANY;
    }
  };
  await Promise.all([ask(), ask()]);
  return answered / passed();
}

/** Enough payments for the service to make a snapshot soon. */
export async function sendBatches(url: string, count: number): Promise<void> {
  for (let one = 0; one < count; one++) await sendMany(url, batch());
}

/** Sent again while the service is busy, as a caller would: the time goes on. */
async function sendMany(url: string, body: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  for (;;) {
    const answer = await fetch(`${url}/decide/many`, { method: "POST", headers, body });
    const told = await answer.text();
    if (answer.ok) return;
    if (answer.status !== 503) throw new Error(`/decide/many answers ${answer.status}: ${told}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
