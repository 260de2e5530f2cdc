/** What a payment is recognised by, as a print: its moment, card and terminal. */

import { TextPrint } from "../../steps/6-deploy/serve/recent-prints.ts";

export interface PaidMoment {
  readonly time: number;
  readonly customer: number;
  readonly terminal: number;
}

/** Of the last moment: many payments of a request are of one, whose decimals take longer than all else. */
const written = { time: Number.NaN, print: new TextPrint() };
const print = new TextPrint();

/** The same one each time: it may be added to, and is another's at the next call. */
export function printOfMoment({ time, customer, terminal }: PaidMoment): TextPrint {
  if (time !== written.time) {
    written.time = time;
    written.print = new TextPrint().add(`${time} `);
  }
  return print.become(written.print).add(String(customer)).add(" ").add(String(terminal));
}
