/** The seven steps, each in a state and a few words. */

import { plural } from "../../core/plural.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow, RunSummary, State } from "../../system/run-summary.ts";
import { contestOf, findFigure, type RunFigure, statedBaseline } from "../figures.ts";
import { factorWords, plain, roughShare } from "../numbers.ts";
import { requestLatency } from "./fast-enough.ts";
import { successOf } from "./success.ts";

type Cell = { readonly state: State; readonly words: string };

const STEP_NAMES = ["Requirements", "Framing", "Data", "Model", "Evaluation", "Deployment", "Monitoring"] as const;

export function stripOf(run: MeasuredRun, ledger: readonly LedgerRow[]): RunSummary["strip"] {
  const cells = [
    requirements(run),
    framing(run),
    data(run),
    model(run),
    evaluation(ledger),
    deployment(ledger),
    monitoring(run),
  ];
  return cells.map((cell, i) => ({ step: i + 1, name: STEP_NAMES[i], ...cell }));
}

/** How much of what the note asks for this run has tried. */
export interface Tried {
  readonly what: string;
  readonly tried: number;
  readonly asked: number;
}

/** The counts of step 3 that the note gives a number for. */
export function triedOf(run: MeasuredRun): Tried[] {
  const { users, items } = run.context.stated;
  const count = (stated: RunFigure["stated"]): number | undefined =>
    run.figures.find((one) => one.step === 3 && one.stated === stated)?.value;
  const pairs: readonly (readonly [string, number | undefined, number | null])[] = [
    ["people", count("users"), users],
    ["items", count("items"), items],
  ];
  return pairs.flatMap(([what, tried, asked]) =>
    tried === undefined || asked === null || asked <= 0 ? [] : [{ what, tried, asked }],
  );
}

function requirements(run: MeasuredRun): Cell {
  const open = findFigure(run, { step: 1, name: "open questions", subject: "design" })?.value ?? 0;
  if (open > 0) return { state: "open", words: open === 1 ? "one question open" : `${open} questions open` };
  if (run.context.stated.goal === null) return { state: "open", words: "no goal stated" };
  const doubts = run.remarks.filter(({ step, kind }) => step === 1 && kind === "warning").length;
  if (doubts > 0) return { state: "open", words: doubts === 1 ? "one warning" : `${doubts} warnings` };
  const items = triedOf(run).find(({ what }) => what === "items");
  if (items === undefined) return { state: "ok", words: "as the note states" };
  const share = items.tried / items.asked;
  return share < 0.95
    ? { state: "open", words: `tried on ${roughShare(share)} of the items` }
    : { state: "ok", words: "tried on all items" };
}

function framing(run: MeasuredRun): Cell {
  const contest = contestOf(run);
  const stated = statedBaseline(run);
  const base =
    contest === undefined ? undefined : findFigure(run, { step: 5, name: contest.metric, subject: contest.baseline });
  const success = successOf(run);
  if (success?.verdict === "missed")
    return { state: "bad", words: `success missed: ${success.pair.value} of ${success.from}` };
  if (stated === null) return { state: "open", words: "no baseline named" };
  if (contest?.standsIn === true) return { state: "open", words: `${contest.baseline} stands in for the baseline` };
  if (stated.value === null || base?.interval == null || (stated.metric !== "" && stated.metric !== contest?.metric))
    return { state: "ok", words: `baseline: ${stated.rule === "" ? "as named" : stated.rule}` };
  const [low, high] = base.interval;
  if (stated.value >= low && stated.value <= high) return { state: "ok", words: "baseline as written" };
  const factor = base.value / stated.value;
  if (factor < 1) return { state: "open", words: "baseline lower than written" };
  return {
    state: "open",
    words: `baseline ${factor < 1.15 ? "higher than" : `${factorWords(factor)} what is`} written`,
  };
}

function data(run: MeasuredRun): Cell {
  const errors = run.findings.filter(({ code, severity }) => /^HP3/u.test(code) && severity === "error");
  if (errors.length > 0) {
    // What is only not stated is open; what is wrong comes first.
    const wrong = errors.filter(({ name }) => !name.startsWith("missing-"));
    const [first] = wrong.length === 0 ? errors : wrong;
    const more = errors.length > 1 ? `, ${errors.length - 1} more` : "";
    return { state: wrong.length === 0 ? "open" : "bad", words: `${first.name.replaceAll("-", " ")}${more}` };
  }
  const doubts = run.remarks.filter(({ step, kind }) => step === 3 && kind === "warning").length;
  if (doubts > 0) return { state: "open", words: doubts === 1 ? "one warning" : `${doubts} warnings` };
  // Without a cut in time there is no future that could be looked into.
  const isCut = findFigure(run, { step: 3, name: "test from" }) !== undefined;
  return { state: "ok", words: isCut ? "nothing from the future" : "no fault found" };
}

/** What step 4 trained, cheats aside. */
export function trainedModels(run: MeasuredRun): RunFigure[] {
  return run.figures.filter(
    ({ step, name, slice, role }) => step === 4 && name === "model bytes" && slice === "all" && role !== "cheat",
  );
}

/** What answers requests, in bytes: the one model that is served, or all of a system's, which is made of them. */
export function servedBytes(run: MeasuredRun): number | undefined {
  const all = trainedModels(run);
  const own = all.filter(({ subject }) => subject === run.evaluation?.served);
  return all.length === 0 ? undefined : (own.length > 0 ? own : all).reduce((sum, { value }) => sum + value, 0);
}

function model(run: MeasuredRun): Cell {
  const bytes = servedBytes(run);
  const p50 = requestLatency(run)?.p50 ?? null;
  const parts = [
    ...(bytes === undefined ? [] : [plain(bytes, "B")]),
    ...(p50 === null ? [] : [`${plain(p50, "s")} at the median`]),
  ];
  return parts.length === 0 ? { state: "none", words: "not measured" } : { state: "ok", words: parts.join(", ") };
}

function evaluation(ledger: readonly LedgerRow[]): Cell {
  const row = ledger.find(({ question }) => question === "Better than the baseline?");
  const small = ledger.find(({ question }) => question === "What survives compression?");
  const gain: Readonly<Record<string, string>> = {
    yes: "a gain",
    no: "nothing beat the baseline",
    "no, worse": "a loss",
    "not told apart": "no gain shown",
  };
  const words = gain[row?.verdict ?? ""] ?? row?.verdict ?? "not measured";
  if (small === undefined || small.parts.length === 0) return { state: row?.state ?? "none", words };
  const states = [row?.state ?? "none", small.state];
  return {
    state: row?.state === "bad" ? "bad" : states.every((one) => one === "ok") ? "ok" : "open",
    words: `${words}; ${small.verdict} smaller parts kept`,
  };
}

function deployment(ledger: readonly LedgerRow[]): Cell {
  const rows = ledger.filter(({ step }) => step === 6);
  const broken = rows.find(({ state }) => state === "bad");
  if (broken !== undefined)
    return {
      state: "bad",
      words: broken.question === "Fast enough?" ? valueAndLimit(broken) : broken.verdict,
    };
  const fast = rows.find(({ question }) => question === "Fast enough?");
  return fast === undefined || fast.value === ""
    ? { state: "none", words: "not measured" }
    : { state: fast.state, words: valueAndLimit(fast) };
}

/** `23.8 ms of 100 ms`; without a limit the two are no one phrase. */
export function valueAndLimit({ value, bounds }: Pick<LedgerRow, "value" | "bounds">, quantile = ""): string {
  const at = quantile === "" ? "" : ` ${quantile}`;
  return bounds.startsWith("of ") ? `${value} ${bounds}${at}` : `${value}${at}, ${bounds}`;
}

/** The note's conditions of step 7, counted once. */
export function conditionsOf(run: MeasuredRun): {
  readonly fires: number;
  readonly open: number;
  readonly unmeasured: number;
  readonly all: number;
} {
  const conditions = run.alerts.filter(({ step, kind }) => step === 7 && kind === "alert");
  const count = (verdict: string): number => conditions.filter((one) => one.verdict === verdict).length;
  return {
    fires: count("fires"),
    open: count("not settled"),
    unmeasured: count("not measured"),
    all: conditions.length,
  };
}

function monitoring(run: MeasuredRun): Cell {
  const { fires, open, unmeasured, all } = conditionsOf(run);
  if (all === 0) return { state: "none", words: "no conditions" };
  if (fires > 0)
    return { state: "bad", words: `${fires} of ${plural(all, "condition")} ${fires === 1 ? "fires" : "fire"}` };
  if (open > 0) return { state: "open", words: `${open} of ${plural(all, "condition")} not settled` };
  const counted = plural(all, "condition");
  if (unmeasured === all) return { state: "none", words: `${counted} not measured` };
  const quiet = all - unmeasured;
  return { state: "ok", words: unmeasured === 0 ? `${counted} quiet` : `${quiet} quiet, ${unmeasured} not measured` };
}
