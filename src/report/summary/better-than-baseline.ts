/** The ledger's first question: is the system better than the baseline, by the metric that decides? */

import { capital } from "../../core/capital.ts";
import { compareSystems, type SystemVerdict } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow, State } from "../../system/run-summary.ts";
import { contestOf, differenceOf, findFigure, plainAbove } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { gapOf, joined, roughly } from "../numbers.ts";
import { onlyRepeats } from "./only-repeats.ts";

const QUESTION = "Better than the baseline?";

const WORDS: Readonly<Record<SystemVerdict, { readonly state: State; readonly verdict: string }>> = {
  better: { state: "ok", verdict: "yes" },
  worse: { state: "bad", verdict: "no, worse" },
  "not told apart": { state: "open", verdict: "not told apart" },
};

/** Above the baseline, and below another plain rule: nobody would take it for that. */
const BELOW_PLAIN = { state: "open", verdict: "below a plain rule" } as const;

/** The plain rule has the higher figure, and chance may have given it that. */
const LEVEL_WITH_PLAIN = { state: "open", verdict: "level with a plain rule" } as const;

/** Higher values of the deciding metric are taken to be better, as all metrics that a run decides by are. */
export function betterThanBaseline(run: MeasuredRun): LedgerRow {
  const contest = contestOf(run);
  const empty = { step: 5, question: QUESTION, value: "", bounds: "", parts: [], drawing: null, detail: "" };
  if (contest === undefined) {
    const isAlone = run.evaluation !== null && run.evaluation.contenders.length === 1;
    const line = isAlone
      ? "the note names one model and nothing to compare it with: a stage of rules or another model would be a baseline"
      : `there was no test request to compare on${onlyRepeats(run)}`;
    return { ...empty, state: "none", verdict: "not measured", line };
  }
  const { metric, baseline, system, isUnchosen, standsIn } = contest;
  const chosen = standsIn
    ? [`The baseline is ${baseline}, chosen on validation: the note names none that the run makes.`]
    : [];
  const base = findFigure(run, { step: 5, name: metric, subject: baseline });
  if (base === undefined)
    return {
      ...empty,
      state: "none",
      verdict: "not measured",
      line: `there was nothing to measure ${metric} on${onlyRepeats(run)}`,
    };
  if (isUnchosen) {
    const line = `there was nothing to measure ${metric} on before the test, so nothing was held against the baseline there; on the test its ${metric} is ${joined(levelOf(run, base))}`;
    return { ...empty, state: "none", verdict: "not measured", line };
  }
  if (system === baseline) {
    const line = `nothing beat the baseline on validation; on the test its ${metric} is ${joined(levelOf(run, base))}${base.interval === null ? `, too few ${unitWord(run)} for an interval` : ""}`;
    return { ...empty, state: "bad", verdict: "no", line, detail: chosen.join(" ") };
  }
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  const own = findFigure(run, { step: 5, name: metric, subject: system });
  if (difference === undefined || own === undefined)
    return { ...empty, state: "none", verdict: "not measured", line: `${metric} of ${system} was not measured` };
  const { verdict, units } = compareSystems(difference);
  const gap = gapOf(difference);
  const against = `${levelOf(run, own).value} against ${levelOf(run, base).value}`;
  const above = plainAbove(run);
  const higher = above === undefined ? "" : `; ${above.level.subject} reaches ${levelOf(run, above.level).value}`;
  return {
    ...empty,
    ...(verdict === "better" && above !== undefined
      ? above.isSettled
        ? BELOW_PLAIN
        : LEVEL_WITH_PLAIN
      : WORDS[verdict]),
    line: `${metric} ${joined(gap)}: ${against}${difference.interval === null ? ", no interval" : ""}${higher}`,
    detail: [
      ...chosen,
      ...(difference.interval === null ? [`Too few ${unitWord(run)} for an interval.`] : []),
      ...(units === null
        ? []
        : [`${capital(roughly(units))} ${unitWord(run)} would tell them apart at power 0.8, if the difference stays.`]),
      ...againstRival(run, contest),
      ...smallestGain(run, difference),
    ].join(" "),
    value: gap.value,
    bounds: gap.bounds,
    drawing: {
      form: "differences",
      marks: [
        { label: "baseline", role: "system", value: difference.value, interval: difference.interval, limit: null },
      ],
    },
  };
}

function againstRival(
  run: MeasuredRun,
  { metric, system, rival }: NonNullable<ReturnType<typeof contestOf>>,
): string[] {
  if (rival === undefined) return [];
  const difference = differenceOf(run, { step: 5, name: metric, before: rival, after: system });
  if (difference === undefined) return [];
  const { verdict } = compareSystems(difference);
  return [`Against ${rival}, the next best: ${joined(gapOf(difference))}, ${verdict}.`];
}

/** Whether the gain is one that pays, where the note says from where on it does. */
function smallestGain(run: MeasuredRun, difference: { readonly interval: readonly [number, number] | null }): string[] {
  const gain = run.context.stated.success?.gain ?? null;
  if (gain === null || difference.interval === null) return [];
  const [low, high] = difference.interval;
  if (low > 0 && high < gain) return [`Smaller than the ${gain} from which the note says that it pays.`];
  if (low > 0 && low <= gain) return [`Whether it reaches the ${gain} that pays is not settled.`];
  return [];
}

/** What the test consists of, as its intervals count it: requests, items of which there are photos, cases. */
export function unitWord(run: MeasuredRun): string {
  if (findFigure(run, { step: 3, name: "test requests" }) !== undefined) return "test requests";
  return findFigure(run, { step: 3, name: "test photos" }) === undefined ? "test cases" : "test items";
}
