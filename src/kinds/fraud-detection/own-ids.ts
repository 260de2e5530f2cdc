/** Which id a payment was taken under, of the newest ones: a label that names another one means another payment. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { RecentIds } from "../../steps/6-deploy/serve/recent-ids.ts";

/** What an id is the own of. */
interface Named {
  readonly id: string | number;
  readonly time: number;
  readonly customer: number;
  readonly terminal: number;
}

export class OwnIds {
  readonly #span: number;
  readonly #taken: RecentIds;
  /** Of payments after this moment every id was noted here. */
  #since = Number.POSITIVE_INFINITY;

  /** Seconds of the payments' time that ids are kept, at least. */
  constructor(span: number) {
    this.#span = span;
    this.#taken = new RecentIds(span);
  }

  /** `newest` is the newest moment after the payment was taken, `before` the one before it. */
  taken(payment: Named, before: number, newest: number): void {
    if (this.#since === Number.POSITIVE_INFINITY) this.#since = before;
    this.#taken.add(printOf(payment), newest);
  }

  setBack(newest: number): void {
    this.#taken.setBack(newest);
  }

  /** Whether the payment of this moment, card and terminal is known to have had another id. */
  isAnothers(label: Named, newest: number): boolean {
    return label.time > this.#since && label.time >= newest - this.#span && !this.#taken.has(printOf(label));
  }

  save(writer: ByteWriter): void {
    writer.number(this.#since);
    this.#taken.save(writer);
  }

  load(reader: ByteReader): void {
    this.#since = reader.number();
    this.#taken.load(reader);
  }
}

function printOf({ id, time, customer, terminal }: Named): number {
  return hashOf(`${time} ${customer} ${terminal} ${id}`);
}

/** FNV-1a (Fowler, Noll, Vo 1991) from two beginnings, as a whole number of 53 bits. */
function hashOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(at), 0x01000193);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
