/** Counts values that serving reads otherwise than the batch did, to the last bit, and says of which features. */

import type { SkewCount } from "../../../system/served-system.ts";
import { isSameValue } from "./same-value.ts";

export interface SkewTally {
  /** Row `row` of the batch: `columns` are the batch's, `served` one value each. */
  compare(row: number, served: ArrayLike<number>): void;
  readonly count: SkewCount;
  /** Rows with at least one value that is not the same. */
  readonly differingRows: number;
  /** Names of the features that differ in any row, in their order. */
  readonly differingFeatures: readonly string[];
}

/** A column of each feature, in the order in which values are served. */
export function openSkewTally(names: readonly string[], columns: readonly ArrayLike<number>[]): SkewTally {
  let [requests, differing, differingRows] = [0, 0, 0];
  const differs = new Uint8Array(names.length);
  let first: SkewCount["first"];
  return {
    compare(row, served) {
      requests++;
      const before = differing;
      for (let at = 0; at < columns.length; at++) {
        const batch = columns[at][row];
        if (isSameValue(batch, served[at])) continue;
        differing++;
        differs[at] = 1;
        first ??= { row, feature: names[at], batch, served: served[at] };
      }
      if (differing > before) differingRows++;
    },
    get count() {
      return { requests, compared: requests * columns.length, differing, ...(first === undefined ? {} : { first }) };
    },
    get differingRows() {
      return differingRows;
    },
    get differingFeatures() {
      return names.filter((_, at) => differs[at] === 1);
    },
  };
}
