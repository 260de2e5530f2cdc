/** Which id a payment was taken under, as long as its label may come: a label that names another one means another payment. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { RecentPrints } from "../../steps/6-deploy/serve/recent-prints.ts";
import { type PaidMoment, printOfMoment } from "./moment-print.ts";

/** What an id is the own of. */
interface Named extends PaidMoment {
  readonly id: string | number;
}

export class OwnIds {
  readonly #span: number;
  readonly #taken: RecentPrints;
  /** Of payments after this moment every id was noted here. */
  #since = Number.POSITIVE_INFINITY;

  /** Seconds of the payments' time that ids are kept, at least. */
  constructor(span: number) {
    this.#span = span;
    this.#taken = new RecentPrints(span);
  }

  /** `newest` is the newest moment after the payment was taken, `before` the one before it. */
  taken(payment: Named, before: number, newest: number): void {
    if (this.#since === Number.POSITIVE_INFINITY) this.#since = before;
    this.#taken.add(printOf(payment), 0, newest);
  }

  setBack(newest: number): void {
    this.#taken.setBack(newest);
  }

  /** Whether a payment of this moment, card and terminal is known to have this id. */
  has(label: Named): boolean {
    return this.#taken.get(printOf(label)) !== undefined;
  }

  /** Whether the payment of this moment, card and terminal is known to have had another id. */
  isAnothers(label: Named, newest: number): boolean {
    return (
      label.time > this.#since && label.time >= newest - this.#span && this.#taken.get(printOf(label)) === undefined
    );
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

function printOf(named: Named): number {
  return printOfMoment(named).add(" ").add(String(named.id)).value;
}
