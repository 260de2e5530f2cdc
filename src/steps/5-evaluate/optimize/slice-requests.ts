/** Cuts a table of candidates into one small table per request: what a server scores at a time. */

import { createTable, type Table } from "../../../core/table.ts";
import { rowStarts } from "../../3-data/row-lists.ts";
import type { RankingRows } from "../../4-model/train/ranking-rows.ts";

export function sliceRequests({ request, features }: RankingRows, requests: number): Table[] {
  const starts = rowStarts(request, requests);
  return Array.from({ length: requests }, (_, i) =>
    createTable(
      Object.fromEntries([...features.columns].map(([name, column]) => [name, column.slice(starts[i], starts[i + 1])])),
    ),
  );
}
