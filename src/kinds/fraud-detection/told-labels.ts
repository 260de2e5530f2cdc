/** What was told of a payment last, as long as its label may come: the same again is no news, and a first "no fraud" is. */

import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { printOfText, RecentPrints } from "../../steps/6-deploy/serve/recent-prints.ts";

/** Which payment, by its place among those of one moment, card and terminal. */
interface Labelled {
  readonly time: number;
  readonly customer: number;
  readonly terminal: number;
  readonly fraud: boolean;
}

export class ToldLabels {
  readonly #told: RecentPrints;

  /** Seconds of the payments' time that a label is kept, at least. */
  constructor(span: number) {
    this.#told = new RecentPrints(span);
  }

  /**
   * Whether a label that was taken is news. `isChanged` says whether it changed what features see: what was never told here may be known all the same, of
   * the data; nothing is known there of a payment that was none.
   */
  isNews({ time, customer, terminal, fraud }: Labelled, place: number, isChanged: boolean, newest: number): boolean {
    const print = printOfText(`${time} ${customer} ${terminal} ${place}`);
    const before = this.#told.get(print);
    this.#told.add(print, fraud ? 1 : 0, newest);
    return before === undefined ? isChanged || !fraud : (before === 1) !== fraud;
  }

  setBack(newest: number): void {
    this.#told.setBack(newest);
  }

  save(writer: ByteWriter): void {
    this.#told.save(writer);
  }

  load(reader: ByteReader): void {
    this.#told.load(reader);
  }
}
