/** What features of payments may be about. */

import type { Vocabulary } from "../../steps/6-deploy/serve/state-layout.ts";
import { TRANSACTION } from "./transaction-stream.ts";
import { LABEL } from "./transactions.ts";

/** Numbers of cards and terminals are below this; memory grows with those that occur, not with this. */
export const KEYS = 2 ** 26;

const NO_ROWS = { rows: new Int32Array(0) };

/** `own` holds the values of the payment that is asked about. */
export function paymentVocabulary(own: Readonly<Record<string, Float64Array>>): Vocabulary {
  return {
    entities: new Map([
      ["customer", { count: KEYS, ...NO_ROWS }],
      ["terminal", { count: KEYS, ...NO_ROWS }],
      [TRANSACTION, { count: 1, ...NO_ROWS }],
    ]),
    measures: new Map([
      ["amount", { values: new Float64Array(0) }],
      [LABEL, { values: new Float64Array(0), isBinary: true }],
    ]),
    attributes: new Map([[TRANSACTION, new Map(Object.entries(own))]]),
  };
}

export function isKey(key: number): boolean {
  return Number.isInteger(key) && key >= 0 && key < KEYS;
}
