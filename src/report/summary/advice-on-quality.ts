/** What to do next about the quality that was measured: the gain, what is made smaller, the ceiling, and who comes without a history. */

import { capital } from "../../core/capital.ts";
import { compareSystems, halfWidth, unitsForHalfWidth } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { FIGURES_TOO_HIGH, NOTHING_TO_TEST_ON } from "../../system/run-summary.ts";
import { contestOf, differenceOf, findFigure, plainAbove, type RunFigure } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { gapOf, joined, plain, roughly } from "../numbers.ts";
import { doubt, next, type Remark, sentence } from "./advice-remark.ts";
import { unitWord } from "./better-than-baseline.ts";
import { clauseFigures, clauseWords, whatSettles } from "./clause-words.ts";
import { ASK_FOR_REPEATS, onlyRepeats } from "./only-repeats.ts";
import { successOf } from "./success.ts";
import { compressedParts, isSmaller, survives } from "./what-survives-compression.ts";

export function onTheGain(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  if (contest === undefined) return [];
  const { metric, baseline, system, isUnchosen } = contest;
  const nothing = (part: "test" | "validation"): Remark[] => {
    const why = onlyRepeats(run, part);
    return why === ""
      ? []
      : [
          next(
            5,
            2,
            "Ask for repeats in another way",
            `There was nothing to measure ${metric} on${why}. ${ASK_FOR_REPEATS}`,
          ),
        ];
  };
  if (findFigure(run, { step: 5, name: metric, subject: baseline }) === undefined) {
    const repeats = nothing("test");
    if (repeats.length > 0) return repeats;
    const isOfRequests = findFigure(run, { step: 3, name: "test requests" }) !== undefined;
    const mend = isOfRequests
      ? "more people, more wanted events, or a longer test"
      : "the test has no case, or only cases of one answer: more cases, or a longer test";
    return [next(5, 2, NOTHING_TO_TEST_ON, `There was nothing to measure ${metric} on: ${mend}.`)];
  }
  if (isUnchosen) {
    const repeats = nothing("validation");
    if (repeats.length > 0) return repeats;
    return [
      next(
        5,
        2,
        "Find something to choose on",
        `There was nothing to measure ${metric} on before the test, so nothing could be chosen over the baseline: a longer history, or a shorter test.`,
      ),
    ];
  }
  if (system === baseline)
    return [
      next(
        5,
        2,
        "Keep the baseline",
        `Nothing beat it on validation, so nothing else was chosen.${sentence(servedInstead(run))}`,
      ),
    ];
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  if (difference === undefined) return [];
  const { verdict, units } = compareSystems(difference);
  const served = servedInstead(run);
  const remarks: Remark[] =
    served === ""
      ? []
      : [next(5, 2, `Mind that ${system} is not what a service answers with`, `The run chose ${system}. ${served}`)];
  const size = `${metric} ${joined(gapOf(difference))}`;
  if (verdict === "not told apart") {
    const more =
      units === null
        ? ""
        : ` ${roughly(units)} ${unitWord(run)} would tell them apart at power 0.8, if the difference stays.`;
    remarks.push(next(5, 2, "Keep the baseline", `No gain is shown: ${size}.${sentence(more)}`));
    const why = difference.interval === null ? `too few ${unitWord(run)} for an interval` : "zero lies inside";
    remarks.push(doubt(5, 3, "That anything is gained", `${size}: ${why}.`));
  }
  if (verdict === "worse") remarks.push(next(5, 2, "Keep the baseline", `The system is worse: ${size}.`));
  const above = plainAbove(run);
  if (verdict === "better" && above !== undefined)
    remarks.push(
      next(
        5,
        2,
        `Hold it against ${above.level.subject}`,
        `On the test ${above.level.subject} reaches ${metric} ${levelOf(run, above.level).value}, ${above.isSettled ? "more than the system" : "no less than the system, from which it is not told apart"}: a gain over ${baseline} pays for nothing that this plain rule does not give.`,
      ),
    );
  const asked = run.context.stated.halfWidth;
  const half = halfWidth(difference.interval);
  if (asked !== null && half !== null && half > asked) {
    const wanted = unitsForHalfWidth(difference, asked);
    remarks.push(
      doubt(
        5,
        12,
        "The gain's second digit",
        `It is known to ±${plain(Number(half.toPrecision(2)), "")}; section 5 asks for ±${asked}.${wanted === null ? "" : ` That takes ${roughly(wanted)} ${unitWord(run)}.`}`,
      ),
    );
  }
  return remarks;
}

/** Better than a weak baseline is not yet what the note set out for. */
export function onSuccess(run: MeasuredRun): Remark[] {
  const success = successOf(run);
  if (success === undefined || success.verdict === "reached") return [];
  const { metric, from, pair, verdict } = success;
  const text = `${metric} is ${joined(pair)}; the note counts from ${from}.`;
  return verdict === "missed"
    ? [doubt(2, 3, "That this is a success", text)]
    : [doubt(2, 9, "Whether it is a success", `${text.slice(0, -1)}: not settled.`)];
}

/**
 * A part that was kept may be taken; one that was not may not. Nothing is taken for a system that gains nothing, nor where the run's own
 * figures are those of a leak: a drop of them is no drop of what the system can do.
 */
export function onCompression(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  const parts = compressedParts(run);
  const isLeaky = run.remarks.some(({ kind, short }) => kind === "doubt" && short === FIGURES_TOO_HIGH);
  const gained = !isLeaky && contest !== undefined && contest.system !== contest.baseline && isGain(run, contest);
  const kept = parts.filter(survives);
  const open = parts.filter((one) => one.alert.verdict === "not settled" && isSmaller(one));
  const remarks: Remark[] = [];
  const smallest = [...kept].sort((a, b) => (b.factor ?? 0) - (a.factor ?? 0)).at(0);
  if (gained && smallest !== undefined) {
    const settle = open
      .filter(({ alert: { unitsToSettle, n } }) => unitsToSettle !== null && n !== null && unitsToSettle <= 100 * n)
      .map(({ alert, subject }) => `${capital(whatSettles(alert, unitWord(run), subject))}.`)
      .at(0);
    // `The rest` is what was not kept: where others keep theirs too, they are named.
    const leave = kept.length === parts.length || kept.length > 1 ? "" : "; leave the rest";
    const others = kept.filter((one) => one !== smallest).map(({ subject }) => subject);
    const also = others.length === 0 ? "" : `; so does ${others.join(", so does ")}`;
    const why = `It keeps its clause with all of its interval: ${clauseWords(smallest.alert)}${also}.`;
    remarks.push(next(5, 5, `Take ${smallest.subject}${leave}`, settle ?? why));
  } else if (open.length > 0) {
    const [{ alert, subject }] = open;
    const settle = whatSettles(alert, unitWord(run));
    if (settle !== "") remarks.push(next(5, 20, `Test ${subject} on more`, `${sentence(settle).trim()}.`));
  }
  for (const { alert, subject } of open.slice(0, 1))
    remarks.push(
      doubt(
        5,
        10,
        `That ${subject} keeps to its limit`,
        `Drop of ${alert.metric.split(" of ")[0]} ${clauseFigures(alert)}: not settled.`,
      ),
    );
  return remarks;
}

/** What answers requests where that is not what was chosen; empty where it is. */
function servedInstead({ evaluation }: MeasuredRun): string {
  if (evaluation === null || evaluation.served === evaluation.chosen) return "";
  return `A service of this note answers with ${evaluation.served} all the same.`;
}

function isGain(run: MeasuredRun, { metric, baseline, system }: NonNullable<ReturnType<typeof contestOf>>): boolean {
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  return difference !== undefined && compareSystems(difference).verdict === "better" && plainAbove(run) === undefined;
}

/**
 * Where quality is lost: in what is found, or in its order. What finds less than as many of the baseline's would is worked on first, whatever
 * another order would allow. No stage is named, for a plan may order in the stage that finds.
 */
export function onTheCeiling(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  const ceiling = run.figures.find((one) => one.step === 5 && one.name === `${contest?.metric} ceiling`);
  if (ceiling === undefined || contest === undefined) return [];
  const ordered = orderedCandidates(run, contest);
  const own = findFigure(run, { step: 5, name: contest.metric, subject: ordered });
  if (own === undefined) return [];
  const recall = recallOverBaseline(run, ceiling.subject, contest.baseline);
  const found = recall === undefined ? undefined : compareSystems(recall).verdict;
  const unused = ceiling.value - own.value;
  const lost = 1 - ceiling.value;
  const reach = ordered === ceiling.subject ? "as they come they reach" : `${ordered} reaches`;
  const allowed = `The candidates would allow ${contest.metric} ${levelOf(run, ceiling).value}; ${reach} ${levelOf(run, own).value}.`;
  const text =
    recall === undefined
      ? allowed
      : `${allowed} Against as many of the baseline's their ${recall.name} is ${joined(gapOf(recall))}, ${found}.`;
  return [
    found !== "worse" && unused >= lost
      ? next(4, 15, "Work on the order of the candidates, not on finding more", text)
      : next(4, 15, "Work on finding candidates, not on their order", text),
  ];
}

/** What was made of the candidates: the system where it is one, else what would be served, for the baseline takes none of them. */
function orderedCandidates({ evaluation }: MeasuredRun, { system }: NonNullable<ReturnType<typeof contestOf>>): string {
  const isMade = evaluation?.contenders.some(({ subject, role }) => subject === system && role === "system");
  return isMade === true ? system : (evaluation?.served ?? system);
}

/** The paired difference of the recall of what is handed on; the first recall of the candidates is the one at as many as they are. */
function recallOverBaseline(run: MeasuredRun, candidates: string, baseline: string): RunFigure | undefined {
  const recall = run.figures.find(
    ({ step, subject, against, name }) =>
      step === 5 && subject === candidates && against === undefined && /^recall@\d+$/u.test(name),
  );
  if (recall === undefined) return undefined;
  return differenceOf(run, { step: 5, name: recall.name, before: baseline, after: candidates });
}

/** The slice of requests of which no model knows anything: a member's first visit. */
export const FIRST_VISIT = "no history at all";

/** What to serve before a first event, from that slice and from no other. Nothing is said where both lists are the same. */
export function onColdStart(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  if (contest === undefined || !isGain(run, contest)) return [];
  const { metric, baseline, system } = contest;
  const first = differenceOf(run, { step: 5, name: metric, before: baseline, after: system, slice: FIRST_VISIT });
  if (first?.interval == null || first.n === null || (first.interval[0] === 0 && first.interval[1] === 0)) return [];
  const size = `Without any history, ${first.n.toLocaleString("en-US")} requests: ${metric} ${joined(gapOf(first))}`;
  const { verdict, units } = compareSystems(first);
  if (verdict === "better")
    return [next(5, 22, "Serve newcomers the system too", `${size}, better than the baseline.`)];
  if (verdict === "worse") return [next(5, 7, "Serve newcomers the baseline", `${size}, worse than the baseline.`)];
  const more = units === null ? "" : ` ${capital(roughly(units))} would tell at power 0.8.`;
  return [next(5, 22, "Serve newcomers whatever is cheaper", `${size}, not told apart.${more}`)];
}
