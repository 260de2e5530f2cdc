/** What each step answers, in one to three sentences: the first of the stages' own answers, and verdicts where the ledger has them. */

import { capital } from "../../core/capital.ts";
import { formatShare } from "../../core/format-figure.ts";
import { DRAWN_TO_ALL, movedMost, ONLY_GROWS } from "../../core/moved-most.ts";
import { compareSystems } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow, RunSummary } from "../../system/run-summary.ts";
import { contestOf, differenceOf, figuresOf, findFigure, plainAbove, statedBaseline } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { gapOf, joined, money, plain, statedTime } from "../numbers.ts";
import { remarkBlocks } from "../remark-blocks.ts";
import { experimentGains } from "./does-it-help-online.ts";
import { requestLatency } from "./fast-enough.ts";
import { onlyRepeats } from "./only-repeats.ts";
import { conditionsOf, trainedModels, valueAndLimit } from "./strip.ts";
import { successOf } from "./success.ts";

/** Longer than this an answer is no answer. */
const MOST_CHARACTERS = 260;

export function answersOf(run: MeasuredRun, ledger: readonly LedgerRow[]): RunSummary["answers"] {
  const texts = [
    requirements(run),
    framing(run),
    data(run),
    model(run),
    evaluation(run, ledger),
    deployment(run, ledger),
    monitoring(run),
  ];
  return texts.map((text, i) => ({ step: i + 1, text }));
}

/** The stages' own answers, as many whole sentences as fit. */
function stageAnswer(run: MeasuredRun, step: number): string {
  const texts = run.remarks
    .filter((remark) => remark.step === step && remark.kind === "answer")
    .map(({ text }) => text);
  const sentences = texts
    .flatMap((text) => remarkBlocks(text).filter(({ kind }) => kind === "prose"))
    .flatMap(({ text }) => text.replaceAll(/\*\*/gu, "").split(/(?<=[.!?])\s+(?=[A-Z0-9“"`])/u));
  let answer = "";
  for (const sentence of sentences) {
    if (answer !== "" && answer.length + sentence.length > MOST_CHARACTERS) break;
    answer = answer === "" ? sentence : `${answer} ${sentence}`;
  }
  return answer.length > 2 * MOST_CHARACTERS
    ? `${answer.slice(0, 2 * MOST_CHARACTERS).replace(/\s+\S*$/u, "")} …`
    : answer;
}

function requirements(run: MeasuredRun): string {
  const { users, peak, p99, budgetPerMonth } = run.context.stated;
  const parts = [
    ...(users === null ? [] : [`For ${plain(users, "").replace(/^(\d+),000,000$/u, "$1 million")} people a day`]),
    ...(peak === null ? [] : [`${plain(peak, "")} requests a second at the peak`]),
    ...(p99 === null ? [] : [`within ${statedTime(p99)} at p99`]),
    ...(budgetPerMonth === null ? [] : [`for at most ${money(budgetPerMonth)} a month`]),
  ];
  if (parts.length > 0) return capital(`${parts.join(", ")}.`);
  return stageAnswer(run, 1) || "The note does not state yet what is asked for.";
}

function framing(run: MeasuredRun): string {
  const own = stageAnswer(run, 2).split(/(?<=\.)\s/u, 1)[0];
  const contest = contestOf(run);
  const base =
    contest === undefined ? undefined : findFigure(run, { step: 5, name: contest.metric, subject: contest.baseline });
  if (contest === undefined || base === undefined) return own;
  const stated = statedBaseline(run)?.value;
  const success = successOf(run);
  const isAsked = stated != null && (run.context.stated.baseline?.metric ?? "") === contest.metric;
  return `${own} The bar is the baseline's ${contest.metric} of ${joined(levelOf(run, base))}${isAsked ? `; the note says ${stated}` : ""}.${success === undefined ? "" : ` Success is from ${success.from}: ${success.verdict}.`}`;
}

/** How much there is, and how it was parted. */
function data(run: MeasuredRun): string {
  const sizes = run.figures.filter(({ step, role, subject }) => step === 3 && role === "size" && subject !== "split");
  const sentences = run.remarks
    .filter(({ step, kind }) => step === 3 && kind === "answer")
    .flatMap(({ text }) => text.split(/(?<=\.)\s+(?=[A-Z])/u));
  const parted = ["Split|Trained", "Of [\\d,]+ .*? are (?:trained on or judged|in a part)"]
    .flatMap((begin) => sentences.find((sentence) => new RegExp(`^(?:${begin})`, "u").test(sentence)) ?? [])
    .join(" ");
  if (sizes.length === 0) return capital(stageAnswer(run, 3));
  const counts = sizes.slice(0, 3).map((one) => plain(one.value, one.unit === "" ? one.name : one.unit));
  const last = counts.at(-1) ?? "";
  return `${counts.length > 1 ? `${counts.slice(0, -1).join(", ")} and ${last}` : last}. ${parted ?? ""}`.trim();
}

function model(run: MeasuredRun): string {
  const parts = trainedModels(run);
  const p50 = requestLatency(run)?.p50 ?? null;
  if (parts.length === 0) return stageAnswer(run, 4);
  const bytes = parts.reduce((sum, { value }) => sum + value, 0);
  const largest = parts.reduce((a, b) => (b.value > a.value ? b : a));
  const served = parts.find(({ subject }) => subject === run.evaluation?.served);
  const answers =
    served === undefined || parts.length === 1
      ? ""
      : ` ${capital(served.subject)} is served, ${plain(served.value, "B")}.`;
  const count = parts.length === 1 ? "1 model" : `${parts.length} models`;
  return `${count}, ${plain(bytes, "B")}${parts.length === 1 ? "" : " in all"}${p50 === null ? "" : `, ${plain(p50, "s")} for a request at the median`}.${answers}${parts.length === 1 ? "" : ` ${capital(largest.subject)} takes ${formatShare(largest.value / bytes, 2)} of the memory.`}`;
}

function evaluation(run: MeasuredRun, ledger: readonly LedgerRow[]): string {
  const contest = contestOf(run);
  if (contest === undefined) return `There was no test request to compare on${onlyRepeats(run)}.`;
  const { metric, baseline, system, rival } = contest;
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  if (findFigure(run, { step: 5, name: metric, subject: baseline }) === undefined)
    return `There was nothing to measure ${metric} on${onlyRepeats(run)}.`;
  if (contest.isUnchosen)
    return `There was nothing to measure ${metric} on before the test, so nothing could be chosen over the baseline.`;
  if (system === baseline) return "Nothing beat the baseline on validation, so nothing else was chosen.";
  if (difference === undefined) return `${capital(metric)} of ${system} was not measured.`;
  const { verdict } = compareSystems(difference);
  const gap = joined(gapOf(difference));
  const above = plainAbove(run);
  const heads = {
    better:
      above === undefined
        ? `Better by ${gap.replace(/^\+/u, "")} ${metric} than the baseline`
        : `Above the baseline by ${gap.replace(/^\+/u, "")} ${metric}, and ${above.isSettled ? "below" : "level with"} ${above.level.subject}`,
    worse: `Worse than the baseline: ${metric} ${gap}`,
    "not told apart": `Not told apart from the baseline: ${metric} ${gap}`,
  };
  const other =
    rival === undefined ? undefined : differenceOf(run, { step: 5, name: metric, before: rival, after: system });
  const against =
    other === undefined
      ? ""
      : compareSystems(other).verdict === "better"
        ? `, by ${joined(gapOf(other)).replace(/^\+/u, "")} than ${rival}, the next best`
        : `; from ${rival}, the next best, ${compareSystems(other).verdict === "worse" ? "it loses" : "not told apart"}`;
  const small = ledger.find(({ question }) => question === "What survives compression?");
  const kept = small?.parts.filter(({ verdict: one }) => one === "kept").map(({ name }) => name) ?? [];
  const compression =
    small === undefined || small.parts.length === 0
      ? ""
      : ` Of ${small.parts.length} ways to make it smaller ${kept.length === 0 ? "none is shown to keep its clause" : `${kept.length === 1 ? "one keeps its clause" : `${kept.length} keep their clauses`}: ${kept.join(", ")}`}.`;
  return `${heads[verdict]}${against}.${compression}`;
}

function deployment(run: MeasuredRun, ledger: readonly LedgerRow[]): string {
  const fast = ledger.find(({ question }) => question === "Fast enough?");
  const last = ledger.filter(({ step }) => step === 6).at(-1);
  const latency = requestLatency(run);
  const granted = latency !== undefined && latency.network > latency.p99 ? ", most of it granted to the network" : "";
  const speed = fast === undefined || fast.value === "" ? "" : `${valueAndLimit(fast, "at p99")}${granted}.`;
  const gains = experimentGains(run);
  if (gains !== undefined)
    return `${speed} In a simulated test ${gains.metric} changed by ${joined(gapOf(gains.online))}.`.trim();
  const tail = last === undefined || last === fast ? "" : `${capital(last.verdict)}: ${last.line}.`;
  return `${speed} ${tail}`.trim();
}

function monitoring(run: MeasuredRun): string {
  const { fires, open, unmeasured, all } = conditionsOf(run);
  const drift = movedWords(run);
  if (all === 0) return `${drift}The note states no condition.`;
  const quiet = all - fires - open - unmeasured;
  const parts = [
    `${fires === 0 ? "none" : fires} would fire`,
    ...(open === 0 ? [] : [`${open} ${open === 1 ? "is" : "are"} not settled`]),
    `${quiet} ${quiet === 1 ? "stays" : "stay"} quiet`,
    ...(unmeasured === 0 ? [] : [`${unmeasured} cannot be measured offline`]),
  ];
  return `${drift}Of ${all} conditions ${parts.slice(0, -1).join(", ")}${parts.length > 1 ? " and " : ""}${parts.at(-1)}.`;
}

function movedWords(run: MeasuredRun): string {
  const chance = new Map(figuresOf(run, { step: 7, name: "psi by chance" }).map((one) => [one.subject, one.value]));
  const most = movedMost(
    figuresOf(run, { step: 7, name: "psi" }).map(({ subject, value, note }) => ({
      name: subject,
      psi: value,
      chance: chance.get(subject),
      onlyGrows: note.includes(ONLY_GROWS),
    })),
  );
  if (most === undefined) return "";
  const { signal, isBeyondChance } = most;
  const isDrawn = figuresOf(run, { step: 7, name: "psi", subject: signal.name }).some(({ note }) =>
    note.includes(DRAWN_TO_ALL),
  );
  return isBeyondChance
    ? `Most moved from training to test: ${signal.name}, PSI ${plain(signal.psi, "")}${isDrawn ? ` (${DRAWN_TO_ALL})` : ""}. `
    : "Nothing moved beyond chance from training to test. ";
}
