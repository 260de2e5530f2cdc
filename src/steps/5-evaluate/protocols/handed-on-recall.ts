/** The recall of what a stage hands on to the next, held against as many of the baseline's items. */

import type { Figure } from "../../../core/figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import type { RankedLists } from "../../4-model/train/ranked-lists.ts";
import { LIST_DEPTH } from "../../4-model/train/recommender-stage.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { differenceFigures, measureLists, WHOLE } from "./measure-lists.ts";

/** Who hands on candidates, and how many. */
export type HandsOn = { readonly subject: string; readonly keep: number };

export interface Contender {
  readonly subject: string;
  readonly lists: RankedLists;
}

/** How much more of what is relevant is among the candidates than among as many of the baseline's list; nothing where all items are, or it is told already. */
export function handedOn(
  handsOn: HandsOn | null,
  { test, random }: { readonly test: readonly Contender[]; readonly random: Random },
  requests: StoredRequests,
  items: number,
  told: readonly Figure[],
): readonly Figure[] {
  if (handsOn === null || handsOn.keep >= Math.min(items, LIST_DEPTH)) return [];
  const metric = unwrap(parseMetric(`recall@${handsOn.keep}`));
  const [baseline, after] = [test[0], test.find(({ subject }) => subject === handsOn.subject)];
  if (after === undefined) return [];
  const isTold = told.some(
    ({ name, subject, against, slice }) =>
      name === metric.name && subject === after.subject && against === baseline.subject && slice === "all",
  );
  if (isTold) return [];
  const measured = ({ subject, lists }: Contender) => ({
    subject,
    measured: measureLists(requests, lists, [metric], WHOLE),
  });
  return differenceFigures(measured(baseline), measured(after), "all", [metric.name], random);
}
