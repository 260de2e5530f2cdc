/** The features of cases as of their moments: labels from when they were known, words by their earlier rate of positives, what is missing as missing. */

import type { ScoredTask } from "../scored-task.ts";
import { buildFeatures } from "./build-features.ts";
import type { EventStream } from "./event-stream.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { planFeatures } from "./feature-plan.ts";
import { caseRequests, scoredStream } from "./scored-stream.ts";

/** Weight, in cases, of the rate over all words that a word's own rate is drawn towards. */
const WORD_SMOOTHING = 20;

/** One column a declaration, one value a row. Throws a `FailureError` for a name that the task does not have. */
export function scoredFeatures(
  declarations: readonly FeatureDeclaration[],
  task: ScoredTask,
  rows: Int32Array,
): ReadonlyMap<string, Float64Array> {
  const written = declarations.map((one) => wordsByRate(one, task));
  const stream: EventStream = {
    ...scoredStream(task),
    ...(task.knownAt === undefined ? {} : { arrival: { measure: task.words.positive, knownAt: task.knownAt } }),
  };
  const built = buildFeatures(planFeatures(written, stream), stream, caseRequests(task, rows));
  for (const { name, entity } of written) {
    const column = built.get(name);
    for (const key of entity) if (column !== undefined) leaveMissing(column, task.entities.get(key)?.rows, rows);
  }
  return built;
}

/**
 * `value(country)`, where the column holds words: the share of positives among the earlier cases with that word whose labels were known, drawn
 * towards the share among all of them (ordered target statistics, Prokhorenkova et al. 2018, section 3.2, with time as the order).
 */
export function wordsByRate(
  declaration: FeatureDeclaration,
  {
    entities,
    values,
    words,
  }: {
    readonly entities: ReadonlyMap<string, unknown>;
    readonly values: ReadonlyMap<string, unknown>;
    readonly words: Pick<ScoredTask["words"], "row" | "positive">;
  },
): FeatureDeclaration {
  const { aggregate, entity } = declaration;
  if (aggregate.kind !== "value" || entity[0] !== words.row) return declaration;
  if (values.has(aggregate.column) || !entities.has(aggregate.column)) return declaration;
  return {
    ...declaration,
    entity: [aggregate.column],
    aggregate: { kind: "rate", measure: words.positive },
    window: Number.POSITIVE_INFINITY,
    smoothing: WORD_SMOOTHING,
  };
}

/** A case without a key is about nobody: its value is missing, not that of everybody. */
function leaveMissing(column: Float64Array, keys: Int32Array | undefined, rows: Int32Array): void {
  if (keys === undefined) return;
  for (let at = 0; at < rows.length; at++) if (keys[rows[at]] < 0) column[at] = Number.NaN;
}
