/** Cases that were predicted and whose labels have not all come: by id, the newest ones, and the newest labelled ones with what was said of them. */

import { averagePrecision } from "../../5-evaluate/metrics/average-precision.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import type { KeptCase } from "./case-state.ts";

export interface PendingCase extends KeptCase {
  /** NaN where the system did not answer itself. */
  readonly probability: number;
  /** -1 until the label comes. */
  readonly label: number;
}

/** An answer whose label is as good as certain. */
export interface GradedCase extends PendingCase {
  readonly id: string;
}

/** Cases kept at most; the oldest goes first, and its label is not taken any more. */
const MOST_PENDING = 2 ** 21;
/** Graded answers that quality is read from, and how few say nothing yet. */
const WINDOW = 2000;
const LEAST = 200;
const LEAST_POSITIVES = 20;

/** What is read from them. */
export const LIVE_METRICS: readonly string[] = ["average precision", "log loss"];

export class PendingCases {
  readonly #wait: number;
  readonly #isTold: boolean;
  #cases = new Map<string, PendingCase>();
  /** Ids of answers that are not graded yet, in their order; those before `#head` are. */
  #waiting: string[] = [];
  #head = 0;
  #judged: { readonly probability: number; readonly label: number }[] = [];

  /**
   * `wait` is how long after a case its answer is graded, in seconds: one outcome may be told long before the other, and grades of what comes
   * first would be of that outcome alone. `isTold` says whether both outcomes are told; what is not told is none otherwise.
   */
  constructor(wait: number, isTold: boolean) {
    this.#wait = wait;
    this.#isTold = isTold;
  }

  get size(): number {
    return this.#cases.size;
  }

  get(id: string): PendingCase | undefined {
    return this.#cases.get(id);
  }

  add(id: string, one: PendingCase): void {
    this.#cases.set(id, one);
    if (!Number.isNaN(one.probability)) this.#waiting.push(id);
    if (this.#cases.size <= MOST_PENDING) return;
    for (const oldest of this.#cases.keys()) {
      this.#cases.delete(oldest);
      return;
    }
  }

  label(id: string, label: 0 | 1): void {
    const one = this.#cases.get(id);
    if (one !== undefined) this.#cases.set(id, { ...one, label });
  }

  /** Grades the answers that have waited long enough at `moment`; what no label came for is left out. */
  grade(moment: number): readonly GradedCase[] {
    const graded: GradedCase[] = [];
    for (; this.#head < this.#waiting.length; this.#head++) {
      const id = this.#waiting[this.#head];
      const one = this.#cases.get(id);
      if (one === undefined || Number.isNaN(one.probability)) continue;
      if (one.time > moment - this.#wait) break;
      if (one.label < 0 && this.#isTold) continue;
      const label = Math.max(0, one.label);
      graded.push({ ...one, id, label });
      this.#judged.push({ probability: one.probability, label });
      if (this.#judged.length > WINDOW) this.#judged.shift();
      // All has been said of it. What was not told may still be.
      if (one.label >= 0) this.#cases.delete(id);
      else this.#cases.set(id, { ...one, probability: Number.NaN });
    }
    if (this.#head > 1000 && 2 * this.#head > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return graded;
  }

  /** Removes the cases about somebody; gives how many. */
  forget(isAbout: (one: KeptCase) => boolean): number {
    let gone = 0;
    for (const [id, one] of this.#cases) if (isAbout(one) && this.#cases.delete(id)) gone++;
    return gone;
  }

  /** What the newest labelled answers were worth; empty until there are labels enough. */
  quality(): readonly { readonly metric: string; readonly value: number; readonly n: number }[] {
    const n = this.#judged.length;
    const labels = Uint8Array.from(this.#judged, ({ label }) => label);
    const probabilities = Float64Array.from(this.#judged, ({ probability }) => probability);
    const positives = labels.reduce((sum, one) => sum + one, 0);
    if (n < LEAST || positives < LEAST_POSITIVES || positives > n - LEAST_POSITIVES) return [];
    return qualityOf(labels, probabilities).map((one) => ({ ...one, n }));
  }

  /** Labels that come later say nothing of these answers. */
  disown(): void {
    for (const [id, one] of this.#cases) this.#cases.set(id, { ...one, probability: Number.NaN });
    this.#waiting = [];
    this.#head = 0;
    this.#judged = [];
  }

  save(writer: ByteWriter): void {
    writer.number(this.#cases.size);
    writer.texts([...this.#cases.keys()]);
    for (const { own, time, keys, amounts, probability, label } of this.#cases.values()) {
      for (const value of [own, time, probability, label, keys.length, ...keys, amounts.length, ...amounts])
        writer.number(value);
    }
    writer.number(this.#judged.length);
    for (const { probability, label } of this.#judged) {
      writer.number(probability);
      writer.number(label);
    }
  }

  load(reader: ByteReader): void {
    const list = (): number[] => Array.from({ length: reader.number() }, () => reader.number());
    const ids = reader.texts(reader.number());
    this.#cases = new Map(
      ids.map((id) => {
        const [own, time, probability, label] = Array.from({ length: 4 }, () => reader.number());
        return [id, { own, time, probability, label, keys: list(), amounts: list() }];
      }),
    );
    this.#waiting = [...this.#cases].flatMap(([id, { probability }]) => (Number.isNaN(probability) ? [] : [id]));
    this.#head = 0;
    this.#judged = Array.from({ length: reader.number() }, () => ({
      probability: reader.number(),
      label: reader.number(),
    }));
  }
}

/** Average precision, and the log loss in nats of a case. */
export function qualityOf(
  labels: Uint8Array,
  probabilities: Float64Array,
): readonly { readonly metric: string; readonly value: number }[] {
  return [
    { metric: "average precision", value: averagePrecision(labels, probabilities) },
    {
      metric: "log loss",
      value: probabilities.reduce((sum, one, at) => sum + caseLoss(labels[at], one), 0) / labels.length,
    },
  ];
}

/** Log loss of one case; a probability of 0 or 1 counts as one that a double can still tell from it. */
export function caseLoss(label: number, probability: number): number {
  const given = Math.min(1 - 1e-15, Math.max(1e-15, probability));
  return -Math.log(label === 1 ? given : 1 - given);
}
