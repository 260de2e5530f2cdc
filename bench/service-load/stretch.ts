/** Stretches of open-loop load, and the highest rate at which a limit of the 99th percentile holds. */

import { createRandom } from "../../src/core/random.ts";
import { poissonArrivals } from "../../src/service/load/arrivals.ts";
import { drive } from "../../src/service/load/drive.ts";
import { findRate, type LoadReading } from "../../src/service/load/find-rate.ts";

/** What is asked, and what else is sent while it is. */
export interface Traffic {
  readonly path: string;
  /** Request `at` since the traffic began: never the same number twice. */
  body(at: number): unknown;
  /** One message after every so many requests. */
  readonly beside?: { readonly path: string; readonly every: number; body(at: number): unknown };
}

/** More of a stretch than this answered in part, shed or failed, and its rate is none that holds. */
const MOST_LESSENED = 0.01;
/** So many requests leave five beyond the 99th percentile; where the rate is so low that they take longer than this, fewer have to do. */
const LEAST_REQUESTS = 500;
const LONGEST = 5;

/** Sends traffic in stretches, numbered on from one to the next. */
export class Loader {
  readonly #url: string;
  readonly #traffic: Traffic;
  #sent = 0;
  #stretches = 0;

  constructor(url: string, traffic: Traffic) {
    this.#url = url;
    this.#traffic = traffic;
  }

  /** One stretch; longer than `seconds` where it would hold too few requests for a 99th percentile. */
  async stretch(rate: number, seconds: number): Promise<LoadReading> {
    const lasting = Math.max(seconds, Math.min(LONGEST, LEAST_REQUESTS / rate));
    const arrivals = poissonArrivals(rate, lasting, createRandom(15, `stretch ${this.#stretches++}`));
    const first = this.#sent;
    this.#sent += arrivals.length;
    const { path, body, beside } = this.#traffic;
    const shared = { url: this.#url, headers: {}, rate };
    const json = (value: unknown): { readonly type: string; readonly bytes: string } => ({
      type: "application/json",
      bytes: JSON.stringify(value),
    });
    const asked = drive({ ...shared, path, arrivals, body: (at) => json(body(first + at)) });
    if (beside === undefined) return lessened(await asked);
    const skipped = (beside.every - (first % beside.every)) % beside.every;
    const told = drive({
      ...{ ...shared, path: beside.path },
      arrivals: arrivals.filter((_, at) => at % beside.every === skipped),
      body: (at) => json(beside.body(Math.ceil(first / beside.every) + at)),
    });
    const [reading, besides] = await Promise.all([asked, told]);
    if (besides.failed > 0) throw new Error(`${besides.failed} of ${besides.sent} to ${beside.path} failed`);
    // What was not told makes the lists of those who ask next cheaper.
    return lessened(reading, besides.shed / Math.max(1, besides.sent));
  }

  /** One request after the other, so that none waits and none is sent away. */
  async inTurn(count: number): Promise<void> {
    const { path, body, beside } = this.#traffic;
    for (const last = this.#sent + count; this.#sent < last; this.#sent++) {
      if (beside !== undefined && this.#sent % beside.every === 0)
        await this.#ask(beside.path, beside.body(this.#sent / beside.every));
      await this.#ask(path, body(this.#sent));
    }
  }

  /** The same, with the seconds that the slowest of them took. */
  async slowestInTurn(count: number): Promise<number> {
    let slowest = 0;
    for (let one = 0; one < count; one++) {
      const began = performance.now();
      await this.inTurn(1);
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
    }
    return slowest;
  }

  async #ask(path: string, body: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.#url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.text();
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${told}`);
  }

  /** 0 where not even a sixty-fourth of `start` holds. */
  async highest(limit: number, start: number, seconds: number): Promise<number> {
    const { held } = await findRate({ limit, start, most: 64 * start, measure: (rate) => this.stretch(rate, seconds) });
    return held?.rate ?? 0;
  }
}

/** A rate at which lists are cut short, or events sent away, is not one that holds. */
function lessened(reading: LoadReading, untold = 0): LoadReading {
  const part = (reading.shed + reading.failed + reading.degraded) / reading.sent;
  return Math.max(part, untold) > MOST_LESSENED ? { ...reading, p99: Number.POSITIVE_INFINITY } : reading;
}
