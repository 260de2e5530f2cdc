/** Which card paid at which terminal at which moment, as long as a label of it may come: that both paid and were paid then does not say that it was each other. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { RecentPrints, TextPrint } from "../../steps/6-deploy/serve/recent-prints.ts";

interface Moment {
  readonly time: number;
  readonly customer: number;
  readonly terminal: number;
}

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
  taken(payment: Moment, before: number, newest: number): void {
    if (this.#since === Number.POSITIVE_INFINITY) this.#since = before;
    this.#met.add(printOf(payment), 0, newest);
  }

  setBack(newest: number): void {
    this.#met.setBack(newest);
  }

  /** Whether it is known that this card paid nothing at this terminal at this moment. */
  isNever(moment: Moment, newest: number): boolean {
    return (
      moment.time > this.#since && moment.time >= newest - this.#span && this.#met.get(printOf(moment)) === undefined
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

/** Of the last moment: many payments of a request are of one, whose decimals take longer than all else. */
const written = { time: Number.NaN, print: new TextPrint() };
const print = new TextPrint();

function printOf({ time, customer, terminal }: Moment): number {
  if (time !== written.time) {
    written.time = time;
    written.print = new TextPrint().add(`${time} `);
  }
  return print.become(written.print).add(String(customer)).add(" ").add(String(terminal)).value;
}
