/** The clock of a state that takes events: how far the newest one may move it, who has to agree, and how it is set back. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";

/** Times are in seconds. */
export interface StateClockOptions {
  readonly lateness: number;
  readonly jump: number;
  readonly step: number;
  readonly leeway: number;
  readonly confirmations: number;
}

interface Ahead {
  readonly time: number;
  readonly count: number;
  readonly witnesses: readonly number[];
}

const NOBODY: Ahead = { time: 0, count: 0, witnesses: [] };

/** Different witnesses that move the clock further than one may, and not as far as a jump. */
const AGREEING = 3;

/**
 * Without the receiver's own clock, later times are believed by how many different witnesses say so: any number that collude can move it. With
 * the moment of arrival nobody can, however many they are: what lies ahead of it is refused and is no witness of anything.
 */
export class StateClock {
  /** Time of the newest event taken, or where the clock was set back to; -Infinity before the first. */
  newest = Number.NEGATIVE_INFINITY;
  readonly #options: StateClockOptions;
  /** The last event refused for its clock, within the jump, beyond it and behind, and how many in a row agree with it; of each witness only once. */
  #near = NOBODY;
  #far = NOBODY;
  #back = NOBODY;
  /** Who moved the clock last, -1 for nobody, and how far all others had come. */
  #lead = { witness: -1, others: Number.NEGATIVE_INFINITY };

  constructor(options: StateClockOptions) {
    this.#options = options;
  }

  /** Whether an event of this moment is believed. Absent `who`: each event is a witness of its own. */
  believes(time: number, who: number | undefined, arrived: number | undefined): boolean {
    const { lateness, jump, step, leeway, confirmations } = this.#options;
    if (arrived !== undefined && time > arrived + leeway) return false;
    const reached = who !== undefined && who === this.#lead.witness ? this.#lead.others : this.newest;
    if (this.newest === Number.NEGATIVE_INFINITY || time <= Math.max(this.newest, reached + step)) return true;
    if (arrived !== undefined && time >= arrived - lateness) return true;
    const isNear = time <= this.newest + jump;
    const agreed = agreeing(isNear ? this.#near : this.#far, time, isNear ? step : jump, who);
    if (isNear) this.#near = agreed;
    else this.#far = agreed;
    return agreed.count >= (isNear ? Math.min(AGREEING, confirmations) : confirmations);
  }

  /**
   * Where the clock has to go back to, once enough different witnesses in a row agree with the receiver's clock that it stands too far ahead.
   * Both are needed: a receiver that wakes in 1970 moves nothing alone, and neither do they.
   */
  wayBack(time: number, who: number | undefined, arrived: number | undefined): number | undefined {
    const { lateness, leeway, confirmations } = this.#options;
    if (arrived === undefined || time > arrived + leeway || time < arrived - lateness) return undefined;
    if (time >= this.newest - lateness) return undefined;
    this.#back = agreeing(this.#back, time, lateness + leeway, who);
    return this.#back.count >= confirmations ? arrived + leeway : undefined;
  }

  setBack(to: number): void {
    this.newest = to;
    this.#lead = { witness: -1, others: Number.NEGATIVE_INFINITY };
  }

  /** An event is taken. */
  follow(time: number, who: number | undefined): void {
    [this.#near, this.#far, this.#back] = [NOBODY, NOBODY, NOBODY];
    if (who !== undefined) {
      if (time <= this.newest) {
        if (who !== this.#lead.witness) this.#lead.others = Math.max(this.#lead.others, time);
      } else if (who !== this.#lead.witness) {
        this.#lead = { witness: who, others: this.newest === Number.NEGATIVE_INFINITY ? time : this.newest };
      }
    }
    this.newest = Math.max(this.newest, time);
  }

  save(writer: ByteWriter): void {
    for (const number of [this.newest, this.#lead.witness, this.#lead.others]) writer.number(number);
    for (const { time, count, witnesses } of [this.#near, this.#far, this.#back])
      for (const number of [time, count, witnesses.length, ...witnesses]) writer.number(number);
  }

  load(reader: ByteReader): void {
    this.newest = reader.number();
    this.#lead = { witness: reader.number(), others: reader.number() };
    const read = (): Ahead => {
      const [time, count] = [reader.number(), reader.number()];
      return { time, count, witnesses: Array.from({ length: reader.number() }, () => reader.number()) };
    };
    [this.#near, this.#far, this.#back] = [read(), read(), read()];
  }
}

/** The row of those that agree, with one more; a new row where this one says something else. */
function agreeing(known: Ahead, time: number, within: number, who: number | undefined): Ahead {
  const agreed = Math.abs(time - known.time) <= within ? known : NOBODY;
  if (who === undefined) return { time, count: agreed.count + 1, witnesses: agreed.witnesses };
  if (agreed.witnesses.includes(who)) return { ...agreed, time };
  return { time, count: agreed.count + 1, witnesses: [...agreed.witnesses, who] };
}
