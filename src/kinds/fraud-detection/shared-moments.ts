/** Payments that share their second, card and terminal with an earlier one: what only their ids tell apart. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import type { PaidMoment } from "./moment-print.ts";
import { isOfRow, unmarked } from "./row-ids.ts";

/** So many of them are kept before it is first looked whether they are still needed. */
const FIRST_LOOK = 1024;

/** Few payments do, so that only theirs are kept: the ids of all but the first, in the order in which they were taken. */
export class SharedMoments {
  readonly #isHeld: (moment: PaidMoment) => boolean;
  #later = new Map<string, string[]>();
  #nextLook = FIRST_LOOK;

  /** `isHeld` says whether a payment of that moment, card and terminal is still remembered. */
  constructor(isHeld: (moment: PaidMoment) => boolean) {
    this.#isHeld = isHeld;
  }

  /** How many payments that are remembered share the moment of one that is to be taken. */
  before(moment: PaidMoment): number {
    return this.#isHeld(moment) ? 1 + (this.#later.get(keyOf(moment))?.length ?? 0) : 0;
  }

  /** A payment was taken, which was preceded by so many. */
  taken(payment: PaidMoment & { readonly id: string | number }, before: number): void {
    if (before === 0) return;
    const key = keyOf(payment);
    const ids = this.#later.get(key) ?? [];
    this.#later.set(key, ids);
    ids.push(String(payment.id));
    if (this.#later.size >= this.#nextLook) this.#dropGone();
  }

  /** The clock was set back, and what lay beyond is gone. */
  setBack(): void {
    this.#dropGone();
  }

  /**
   * Which of those that share the moment is meant, from 0; undefined where there are several and no id says which. An id that is none of the later ones'
   * is taken for the first one's, where it `isKnown` or no later one is of the data without an id: then it may be any of those.
   */
  placeOf(moment: PaidMoment, id: string | number | undefined, isKnown: boolean): number | undefined {
    const ids = this.#later.size === 0 ? undefined : this.#later.get(keyOf(moment));
    if (ids === undefined) return 0;
    if (id === undefined) return undefined;
    const text = String(id);
    const at = ids.indexOf(text);
    if (at >= 0) return at + 1;
    if (isOfRow(text)) return ids.indexOf(unmarked(text)) + 1;
    return isKnown || !ids.some(isOfRow) ? 0 : undefined;
  }

  /** Removes what is kept of a customer; gives how many ids that were. */
  forget(customer: number): number {
    let gone = 0;
    for (const [key, ids] of this.#later)
      if (momentOf(key).customer === customer && this.#later.delete(key)) gone += ids.length;
    return gone;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#later.size);
    for (const [key, ids] of this.#later) {
      writer.text(key);
      writer.number(ids.length);
      for (const id of ids) writer.text(id);
    }
  }

  load(reader: ByteReader): void {
    this.#later = new Map();
    for (let left = reader.number(); left > 0; left--) {
      const key = reader.text();
      this.#later.set(
        key,
        Array.from({ length: reader.number() }, () => reader.text()),
      );
    }
    this.#nextLook = Math.max(FIRST_LOOK, 2 * this.#later.size);
  }

  #dropGone(): void {
    for (const key of [...this.#later.keys()]) if (!this.#isHeld(momentOf(key))) this.#later.delete(key);
    this.#nextLook = Math.max(FIRST_LOOK, 2 * this.#later.size);
  }
}

function keyOf({ time, customer, terminal }: PaidMoment): string {
  return `${time} ${customer} ${terminal}`;
}

function momentOf(key: string): PaidMoment {
  const [time, customer, terminal] = key.split(" ").map(Number);
  return { time, customer, terminal };
}
