/** Splits at random, over all rows or within each stratum: by unit it is the stratified protocol of published tables. */

import type { Random } from "../../../core/random.ts";
import { groupRows, listAt } from "../row-lists.ts";
import { partCode, type Split } from "./split.ts";

/** Shares of the rows; training gets what is left. */
export interface Shares {
  /** Default 0. */
  readonly validation?: number;
  /** Default 0.25. */
  readonly test?: number;
}

/** Every row goes anywhere. Where events have times, the model learns from later events than it is tested on: the review objects. */
export function splitRandom(rows: number, shares: Shares, random: Random): Split {
  const split = splitStratified(new Int32Array(rows), 1, shares, random);
  return { ...split, description: "at random: a row may be trained on that happened after a row tested on" };
}

/**
 * Each stratum (a unit, a class) is shuffled and cut by itself, so that every part has its share of each. Of n rows,
 * round(n × (1 - validation - test)) are trained on and round(n × test), or what then remains, tested on.
 */
export function splitStratified(strata: Int32Array, strataCount: number, shares: Shares, random: Random): Split {
  const { validation = 0, test = 0.25 } = shares;
  const part = new Uint8Array(strata.length).fill(partCode("validation"));
  const groups = groupRows(strata, strataCount);
  for (let stratum = 0; stratum < strataCount; stratum++) {
    const rows = random.shuffle(listAt(groups, stratum));
    const trained = Math.round(rows.length * (1 - validation - test));
    const tested =
      validation === 0 ? rows.length - trained : Math.min(Math.round(rows.length * test), rows.length - trained);
    for (let at = 0; at < trained; at++) part[rows[at]] = partCode("train");
    for (let at = rows.length - tested; at < rows.length; at++) part[rows[at]] = partCode("test");
  }
  return { description: "at random within each stratum", part };
}
