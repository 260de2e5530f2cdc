/** The SQL of item neighbours: what each unit chose in a window, which items were chosen together, and the most alike of each. */

import type { TrainingWindow } from "../../3-data/split/training-window.ts";
import { MOMENT } from "../../3-data/sql/feature-tables.ts";
import { HAPPENED } from "../../3-data/sql/ranked-split-query.ts";
import type { Statement } from "../../3-data/sql/script.ts";
import { double, fromUnits, unitsOf } from "../../3-data/sql/sql-dialect.ts";
import type { NeighbourOptions } from "../models/cosine-neighbours.ts";

/** Events as signs of preference: one row each. */
const SIGNS = "heptad_signs";
/** The last view: `item`, `other` and how alike they are. */
export const NEIGHBOURS = "heptad_neighbours";

/** Columns of the signs besides moments: the event's number, by which later ones are told, and what the note says of it. */
export const SIGN = {
  event: "event_number",
  unit: "unit",
  item: "item",
  judged: "judged",
  strength: "strength",
} as const;

export interface NeighbourQuery extends NeighbourOptions {
  /** The query that gives the signs: numbers of event, unit and item, moments, `judged` (-1 unwanted) and `strength`. */
  readonly source: string;
  readonly window: TrainingWindow;
}

/** The views, in the order in which they are made: what `cosineNeighbours` keeps, to the last bit. */
export function neighbourScript({ source, window, neighbours, shrinkage }: NeighbourQuery): readonly Statement[] {
  const { from = Number.NEGATIVE_INFINITY, until } = window;
  const { event, unit, item, judged, strength } = SIGN;
  const within = [
    `(${judged} = -1 OR ${strength} > 0e0)`,
    ...(Number.isFinite(from) ? [`${HAPPENED} >= ${double(from)}`] : []),
    ...(Number.isFinite(until) ? [`${MOMENT} < ${double(until)}`] : []),
  ];
  return [
    {
      view: SIGNS,
      says: "What says something of a preference, and was known in the window.",
      query: `SELECT ${unit}, ${item}, ${event}, ${judged}, ${strength} FROM (${source}) s WHERE ${within.join(" AND ")}`,
    },
    {
      view: "heptad_chosen",
      says: "What each unit chose, by its strongest sign since it last took the item back.",
      query: `SELECT s.${unit}, s.${item}, max(s.${strength}) AS ${strength}
FROM ${SIGNS} s LEFT JOIN (SELECT ${unit}, ${item}, max(${event}) AS last FROM ${SIGNS} WHERE ${judged} = -1 GROUP BY ${unit}, ${item}) b
  ON b.${unit} = s.${unit} AND b.${item} = s.${item}
WHERE s.${judged} <> -1 AND (b.last IS NULL OR s.${event} > b.last)
GROUP BY s.${unit}, s.${item}`,
      isKept: true,
    },
    {
      view: "heptad_together",
      says: "How strongly two items were chosen by the same units, in whole units of 2^-20; each pair once.",
      query: `SELECT a.${item} AS item, b.${item} AS other, CAST(sum(CAST(${product("a", "b")} AS BIGINT)) AS DOUBLE) AS units
FROM heptad_chosen a JOIN heptad_chosen b ON b.${unit} = a.${unit} AND b.${item} > a.${item}
GROUP BY a.${item}, b.${item}`,
      isKept: true,
    },
    {
      view: "heptad_norms",
      says: "The length of each item's row of strengths.",
      query: `SELECT ${item} AS item, sqrt(${fromUnits(`sum(CAST(${product("c", "c")} AS BIGINT))`)}) AS norm FROM heptad_chosen c GROUP BY ${item}`,
      isKept: true,
    },
    {
      view: NEIGHBOURS,
      says: `The ${neighbours} most alike of each item; of equals those with the smaller numbers.`,
      // Both directions of a pair from one reading of it: a view that is read twice is made twice.
      query: `WITH pairs AS (SELECT CASE WHEN f.flip = 0 THEN t.item ELSE t.other END AS item, CASE WHEN f.flip = 0 THEN t.other ELSE t.item END AS other, t.units
  FROM heptad_together t CROSS JOIN (SELECT 0 AS flip UNION ALL SELECT 1 AS flip) f WHERE t.units > 0e0),
alike AS (SELECT p.item, p.other, (p.units / ${double(2 ** 20)}) / (n.norm * m.norm + ${double(shrinkage)}) AS similarity
  FROM pairs p JOIN heptad_norms n ON n.item = p.item JOIN heptad_norms m ON m.item = p.other),
placed AS (SELECT item, other, similarity, row_number() OVER (PARTITION BY item ORDER BY similarity DESC, other) AS place FROM alike)
SELECT item, other, similarity FROM placed WHERE place <= ${neighbours}`,
    },
  ];
}

/** The product of two strengths in whole units. */
function product(one: string, other: string): string {
  return unitsOf(`${one}.${SIGN.strength} * ${other}.${SIGN.strength}`);
}
