/** Rows to learn from: features, labels, weights and queries, checked before anything is computed. */

import type { Failure } from "../../../core/outcome.ts";
import type { NumericColumn, Table } from "../../../core/table.ts";
import type { Loss, Target } from "../losses/loss.ts";

export interface TrainingRows {
  readonly features: Table;
  readonly labels: NumericColumn;
  /** How much each row counts: above 0 for some row, never negative. Default: all the same. */
  readonly weights?: NumericColumn;
  /** For ranking: the query of each row. Rows of one query stand together. */
  readonly queries?: NumericColumn;
}

/** Rows as a loss reads them, or why they cannot be learned from. */
export function readTarget(rows: TrainingRows, loss: Loss, what: string): Target | Failure {
  const { features, labels, weights, queries } = rows;
  const count = features.rows;
  if (count === 0) return failure("no-rows", `the ${what} rows are empty`, "widen the window or relax the filter");
  for (const [name, column] of Object.entries({ labels, weights, queries })) {
    if (column === undefined || column.length === count) continue;
    return failure("length-mismatch", `${column.length} ${name} for ${count} ${what} rows`, "give one for each row");
  }
  for (let row = 0; row < count; row++) {
    const why = loss.rejectLabel(labels[row]);
    if (why === undefined) continue;
    return failure("bad-label", `label ${labels[row]} of ${what} row ${row} ${why}`, `${loss.name} needs other labels`);
  }
  const weight = weights === undefined ? null : Float64Array.from(weights);
  const fault = weight === null ? undefined : rejectWeights(weight, what);
  if (fault !== undefined) return fault;
  const starts = loss.needsQueries ? findQueries(queries, what) : null;
  if (starts !== null && "code" in starts) return starts;
  return { labels: Float64Array.from(labels), weights: weight, queryStarts: starts };
}

/** Whether reading ended in a failure. */
export function isFailure(result: Target | Failure): result is Failure {
  return "code" in result;
}

/** Why labels 0 and 1 cannot be told apart: all that count are the same. Undefined when they can. */
export function rejectOneClass({ labels, weights }: Target): Failure | undefined {
  let first = Number.NaN;
  for (let row = 0; row < labels.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    if (Number.isNaN(first)) first = labels[row];
    else if (labels[row] !== first) return undefined;
  }
  const message = `every training row that counts has label ${first}: there is nothing to tell apart`;
  return failure("one-class", message, "train on a window with both classes");
}

function rejectWeights(weights: Float64Array, what: string): Failure | undefined {
  let total = 0;
  for (let row = 0; row < weights.length; row++) {
    if (!(weights[row] >= 0 && weights[row] < Number.POSITIVE_INFINITY)) {
      return failure(
        "bad-weight",
        `weight ${weights[row]} of ${what} row ${row}`,
        "weights are finite and not negative",
      );
    }
    total += weights[row];
  }
  return total > 0 ? undefined : failure("bad-weight", `all ${what} weights are 0`, "leave the weights out");
}

function findQueries(queries: NumericColumn | undefined, what: string): Uint32Array | Failure {
  if (queries === undefined)
    return failure("no-queries", `the ${what} rows name no queries`, "give each row its query");
  const starts = [0];
  const seen = new Set<number>();
  for (let row = 1; row < queries.length; row++) {
    if (queries[row] === queries[row - 1]) continue;
    seen.add(queries[row - 1]);
    if (seen.has(queries[row])) {
      return failure("scattered-query", `query ${queries[row]} comes back at ${what} row ${row}`, "sort rows by query");
    }
    starts.push(row);
  }
  return Uint32Array.from([...starts, queries.length]);
}

function failure(code: string, message: string, fix: string): Failure {
  return { code, message, fix };
}
