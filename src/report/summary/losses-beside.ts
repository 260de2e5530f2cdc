/** What is lost beside the metric that decides: another metric, or a slice, on which the system is certainly worse than the baseline. */

import { compareSystems } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, differenceOf, type RunFigure } from "../figures.ts";
import { gapOf, joined } from "../numbers.ts";
import { FIRST_VISIT } from "./advice-on-quality.ts";
import { doubt, type Remark } from "./advice-remark.ts";

/** One sentence names so many; the table of step 5 has them all. */
const MOST_NAMED = 2;

/** Only where the system is better by the metric that decides: elsewhere the advice is to keep the baseline already. */
export function onLossesBeside(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  if (contest === undefined) return [];
  const { metric, baseline, system } = contest;
  const gain = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  if (gain === undefined || compareSystems(gain).verdict !== "better") return [];
  // Of first visits, the advice on newcomers speaks.
  const beside = run.figures.filter(
    (one) =>
      one.step === 5 &&
      one.subject === system &&
      one.against === baseline &&
      one !== gain &&
      !(one.name === metric && one.slice === FIRST_VISIT),
  );
  const lost = beside.filter((one) => compareSystems(one).verdict === "worse");
  if (lost.length === 0) return [];
  const named = lost.slice(0, MOST_NAMED).map(words);
  const rest = lost.length - named.length;
  const against = baseline === "baseline" ? "the baseline" : `the baseline, ${baseline}`;
  const more = rest > 0 ? ` and ${rest} more` : "";
  const looked =
    beside.length === 1 ? "the only other difference" : `${lost.length} of ${beside.length} other differences`;
  return [doubt(5, 4, "That nothing is lost for it", `Worse than ${against}: ${named.join(", ")}${more}; ${looked}.`)];
}

function words(difference: RunFigure): string {
  const where = difference.slice === "all" ? "" : ` on ${difference.slice}`;
  return `${difference.name}${where} ${joined(gapOf(difference))}`;
}
