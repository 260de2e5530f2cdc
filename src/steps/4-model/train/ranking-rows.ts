/** The rows a ranker reads: one per request and candidate, with first-stage scores made before the fact and features as of the request. */

import type { Random } from "../../../core/random.ts";
import { type Column, createTable, type Table } from "../../../core/table.ts";
import { buildFeatures } from "../../3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { planFeatures } from "../../3-data/features/feature-plan.ts";
import { pairRequests, rankedStream } from "../../3-data/features/ranked-stream.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { listAt, sharedLength } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import { type RankedLists, rankedItems } from "./ranked-lists.ts";

/** Requests with their candidates and what each first-stage model said of them. All of one request set. */
export interface RankingSet {
  readonly requests: StoredRequests;
  readonly candidates: RankedLists;
  /** By name of the source. */
  readonly sources: ReadonlyMap<string, RankedLists>;
}

export interface RankingRows {
  /** Index of the request in its set, ascending: rows of one request stand together. */
  readonly request: Int32Array;
  readonly item: Int32Array;
  /** 1 where the item is relevant. */
  readonly label: Uint8Array;
  /** `<source>_score`, `<source>_place`, `history_` with the plural of the items and the declared features. */
  readonly features: Table;
}

/** Which rows of a request are kept; all of them where it is absent. */
export interface RowSampling {
  /** Candidates that are not relevant, per request. */
  readonly negatives: number;
  readonly random: Random;
}

/**
 * One row per candidate. `leads` lets a feature read so many seconds past its request: a leak, for showing what it does. With `sampling`, requests without a relevant candidate are left out (a ranking loss learns nothing from
 * them) and each other one keeps its relevant candidates and a sample of the rest.
 */
export function rankingRows(
  set: RankingSet,
  task: RankedTask,
  declarations: readonly FeatureDeclaration[],
  leads: Readonly<Record<string, number>> = {},
  sampling?: RowSampling,
): RankingRows {
  const chosen = chooseRows(set, sampling);
  const { unit, item, moment } = askedBy(set, chosen);
  const stream = rankedStream(task);
  const plans = planFeatures(declarations, stream);
  const declared = new Map<string, Float64Array>();
  for (const lead of new Set(declarations.map(({ name }) => leads[name] ?? 0))) {
    const wanted = plans.filter(({ name }) => (leads[name] ?? 0) === lead);
    const at = lead === 0 ? moment : moment.map((time) => time + lead);
    for (const [name, column] of buildFeatures(wanted, stream, pairRequests(unit, item, at, task)))
      declared.set(name, column);
  }
  return rowsWith(set, task, chosen, declared);
}

/** Which rows a set gives, before anything is known of them. */
export type ChosenRows = Omit<RankingRows, "features">;

/** Who asks about which item, and when, of each row. */
export function askedBy({ requests }: RankingSet, { request, item }: ChosenRows) {
  return {
    unit: request.map((one) => requests.unit[one]),
    item,
    moment: Float64Array.from(request, (one) => requests.moment[one]),
  };
}

/** Rows with all that a ranker reads: what the first stage said of them, and the declared features, one number a row each. */
export function rowsWith(
  set: RankingSet,
  task: RankedTask,
  { request, item, label }: ChosenRows,
  declared: ReadonlyMap<string, Float64Array>,
): RankingRows {
  const { requests } = set;
  const columns: Record<string, Column> = {
    [`history_${task.words.items}`]: Float64Array.from(request, (one) => sharedLength(requests.history, one)),
  };
  for (const [name, lists] of set.sources) Object.assign(columns, sourceColumns(name, lists, request, item));
  for (const [name, column] of declared) columns[name] = column;
  return { request, item, label, features: createTable(columns) };
}

/** The rows that are kept of a set. */
export function chooseRows({ requests, candidates }: RankingSet, sampling: RowSampling | undefined): ChosenRows {
  const request: number[] = [];
  const item: number[] = [];
  const label: number[] = [];
  for (let one = 0; one < requests.count; one++) {
    const relevant = new Set(listAt(requests.relevant, one));
    const items = rankedItems(candidates, one);
    for (const candidate of sampling === undefined ? items : sample(items, relevant, sampling)) {
      request.push(one);
      item.push(candidate);
      label.push(relevant.has(candidate) ? 1 : 0);
    }
  }
  return { request: Int32Array.from(request), item: Int32Array.from(item), label: Uint8Array.from(label) };
}

/** The relevant items and some of the others, in their order. None where nothing is relevant. */
function sample(
  items: Int32Array,
  relevant: ReadonlySet<number>,
  { negatives, random }: RowSampling,
): ArrayLike<number> & Iterable<number> {
  const others = items.filter((item) => !relevant.has(item));
  if (others.length === items.length) return [];
  const kept = new Set(random.shuffle(others).subarray(0, negatives));
  return items.filter((item) => relevant.has(item) || kept.has(item));
}

/** Score and place of each row's item in the source's list; missing where the source did not name it. */
function sourceColumns(
  name: string,
  lists: RankedLists,
  request: Int32Array,
  item: Int32Array,
): Record<string, Float64Array> {
  const score = new Float64Array(request.length).fill(Number.NaN);
  const place = new Float64Array(request.length).fill(Number.NaN);
  let current = -1;
  const places = new Map<number, number>();
  for (let row = 0; row < request.length; row++) {
    if (request[row] !== current) {
      current = request[row];
      places.clear();
      rankedItems(lists, current).forEach((one, at) => {
        places.set(one, at);
      });
    }
    const at = places.get(item[row]);
    if (at === undefined) continue;
    place[row] = at;
    score[row] = lists.scores[lists.offsets[current] + at];
  }
  return { [`${name}_score`]: score, [`${name}_place`]: place };
}

/** Several sets one below the other, with the queries of a ranking loss: no two requests share one. */
export function stackRows(parts: readonly RankingRows[]): {
  readonly features: Table;
  readonly labels: Float64Array;
  readonly queries: Float64Array;
} {
  const rows = parts.reduce((sum, { label }) => sum + label.length, 0);
  const labels = new Float64Array(rows);
  const queries = new Float64Array(rows);
  const names = parts.length === 0 ? [] : [...parts[0].features.columns.keys()];
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]));
  let at = 0;
  let query = 0;
  for (const { request, label, features } of parts) {
    labels.set(label, at);
    for (let row = 0; row < request.length; row++) {
      if (row === 0 || request[row] !== request[row - 1]) query++;
      queries[at + row] = query;
    }
    for (const name of names) columns[name].set(numericColumn(features, name), at);
    at += label.length;
  }
  return { features: createTable(columns), labels, queries };
}

function numericColumn(table: Table, name: string): ArrayLike<number> {
  const column = table.columns.get(name);
  if (column === undefined || !ArrayBuffer.isView(column)) throw new Error(`${name} is no numeric column`);
  return column;
}
