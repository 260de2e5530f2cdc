/** What a run ranks as a table that any engine can read: the first stage's candidates of every request, and which of them the ranker learns from. */

import type { Random } from "../../../core/random.ts";
import { createTable, type Table } from "../../../core/table.ts";
import type { StageContext } from "../../../system/stage.ts";
import type { RankedWords } from "../../3-data/ranked-task.ts";
import { requestSets } from "../../3-data/split/request-sets.ts";
import { keyColumn } from "../../3-data/sql/feature-tables.ts";
import { KEPT, SET_NUMBER } from "../../3-data/sql/ranked-script.ts";
import { askedBy, chooseRows } from "./ranking-rows.ts";
import { openRankingSet, type RankingSource, samplingOf } from "./ranking-stage.ts";

/** `random` is the ranking stage's own: the draw of the others is the run's. */
export async function rankedPairs(
  { sources, folds }: { readonly sources: readonly RankingSource[]; readonly folds: number },
  { unit, item }: Pick<RankedWords, "unit" | "item">,
  { input, random }: { readonly input: StageContext["input"]; readonly random: Random },
): Promise<Table> {
  const parts: Pairs[] = [];
  for (const [number, { name }] of requestSets(folds).entries()) {
    const set = await openRankingSet(name, sources, input);
    const all = chooseRows(set, undefined);
    const sampling = samplingOf(name, random);
    const kept = keptRows(all, sampling === undefined ? undefined : chooseRows(set, sampling));
    const { unit: who, item: what } = askedBy(set, all);
    parts.push({ number: new Int32Array(what.length).fill(number), who, what, kept });
  }
  const rows = parts.reduce((sum, { what }) => sum + what.length, 0);
  const join = (column: keyof Pairs): Int32Array => {
    const joined = new Int32Array(rows);
    let next = 0;
    for (const part of parts) {
      joined.set(part[column], next);
      next += part[column].length;
    }
    return joined;
  };
  return createTable({
    [SET_NUMBER]: join("number"),
    [keyColumn(unit)]: join("who"),
    [keyColumn(item)]: join("what"),
    [KEPT]: join("kept"),
  });
}

interface Pairs {
  readonly number: Int32Array;
  readonly who: Int32Array;
  readonly what: Int32Array;
  readonly kept: Uint8Array;
}

type Rows = Pick<ReturnType<typeof chooseRows>, "request" | "item">;

/** 1 where a row is one of the chosen ones, which stand in the same order. */
function keptRows(all: Rows, chosen: Rows | undefined): Uint8Array {
  const kept = new Uint8Array(all.item.length);
  if (chosen === undefined) return kept;
  let next = 0;
  for (let row = 0; row < kept.length; row++) {
    if (all.request[row] !== chosen.request[next] || all.item[row] !== chosen.item[next]) continue;
    kept[row] = 1;
    next++;
  }
  return kept;
}
