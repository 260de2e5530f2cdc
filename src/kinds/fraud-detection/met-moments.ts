/** Which card paid at which terminal at which moment, as long as a label of it may come: that both paid and were paid then does not say that it was each other. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { RecentPrints } from "../../steps/6-deploy/serve/recent-prints.ts";
import { type PaidMoment, printOfMoment } from "./moment-print.ts";

export class MetMoments {
  readonly #span: number;
  readonly #met: RecentPrints;
  /** Every payment after this moment was noted here. */
  #since = Number.POSITIVE_INFINITY;

  /** Seconds of the payments' time that they are kept, at least. */
  constructor(span: number) {
    this.#span = span;
    this.#met = new RecentPrints(span);
  }

  /** `newest` is the newest moment after the payment was taken, `before` the one before it. */
  taken(payment: PaidMoment, before: number, newest: number): void {
    if (this.#since === Number.POSITIVE_INFINITY) this.#since = before;
    this.#met.add(printOfMoment(payment).value, 0, newest);
  }

  setBack(newest: number): void {
    this.#met.setBack(newest);
  }

  /** Whether it is known that this card paid nothing at this terminal at this moment. */
  isNever(moment: PaidMoment, newest: number): boolean {
    return (
      moment.time > this.#since &&
      moment.time >= newest - this.#span &&
      this.#met.get(printOfMoment(moment).value) === undefined
    );
  }

  save(writer: ByteWriter): void {
    writer.number(this.#since);
    this.#met.save(writer);
  }

  load(reader: ByteReader): void {
    this.#since = reader.number();
    this.#met.load(reader);
  }
}
