/** The run in two sentences: the verdicts of the first three rows, and the gravest doubt. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { type Advice, FIGURES_TOO_HIGH, type LedgerRow, type RunSummary } from "../../system/run-summary.ts";
import { AS_A_WHOLE } from "./fast-enough.ts";

const STOPPED = "its rollout is stopped";

export function headlineOf(
  run: Pick<MeasuredRun, "data">,
  ledger: readonly LedgerRow[],
  doubts: readonly Advice[],
): RunSummary["headline"] {
  const said = speed(ledger);
  // What has a `not` or a comma of its own would take the budget with it: it stands apart.
  const isPlain = !/,|\bnot\b/u.test(said);
  const parts = [gain(ledger), isPlain ? said : "", cost(ledger)].filter((one) => one !== "");
  const last = parts.at(-1) ?? "";
  const head = parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
  const facts = [
    head,
    ...(isPlain ? [] : [said]),
    ...unheld(ledger),
    ...(ledger.some(({ verdict }) => verdict === "stopped") ? [STOPPED] : []),
  ];
  return { verdict: `${head.charAt(0).toUpperCase()}${facts.join("; ").slice(1)}.`, doubt: doubtOf(run, doubts) };
}

function gain(ledger: readonly LedgerRow[]): string {
  const row = ledger.find(({ question }) => question === "Better than the baseline?");
  switch (row?.verdict) {
    case "yes":
      return "better than the baseline";
    case "no, worse":
      return "worse than the baseline";
    case "below a plain rule":
      return "above the baseline and below another plain rule";
    case "level with a plain rule":
      return "above the baseline and level with another plain rule";
    case "no":
      return "not better than the baseline";
    case "not told apart":
      return "not told apart from the baseline";
    default:
      return "not compared with a baseline";
  }
}

function speed(ledger: readonly LedgerRow[]): string {
  const row = ledger.find(({ question }) => question === "Fast enough?");
  if (row === undefined) return "";
  if (row.verdict === AS_A_WHOLE) return "fast enough as a whole, though not in every stage";
  if (row.state === "ok") return "fast enough";
  if (row.verdict === "not settled") return "not shown to be fast enough";
  if (row.verdict === "no") return "too slow";
  if (row.verdict === "not at the peak") return "too slow at the peak";
  if (row.verdict === "close at the peak") return "close to too slow at the peak";
  return "";
}

/** That a limit is missing is a fact beside the verdicts, and no verdict. */
function unheld(ledger: readonly LedgerRow[]): readonly string[] {
  const isAsked = ledger.some(({ question }) => question === "Fast enough?");
  return isAsked && speed(ledger) === "" ? ["no latency was held against a limit"] : [];
}

function cost(ledger: readonly LedgerRow[]): string {
  const row = ledger.find(({ question }) => question === "What does it cost?");
  return row?.state === "ok" || row?.state === "bad" ? row.verdict : "";
}

function doubtOf({ data }: Pick<MeasuredRun, "data">, doubts: readonly Advice[]): string {
  const first = doubts.at(0);
  if (first?.short === FIGURES_TOO_HIGH)
    return `${first.short}: ${first.text.charAt(0).toLowerCase()}${first.text.slice(1)}`;
  const isFalse = first?.short.startsWith("The note's figures, for") ?? false;
  if (data.simulated && !isFalse) return "In a simulated world, and nowhere else yet.";
  if (first !== undefined && isFalse) return `${first.short.replace("figures, for ", "own figures would be false: ")}.`;
  return first === undefined ? "" : `Not believed yet: ${first.short.charAt(0).toLowerCase()}${first.short.slice(1)}.`;
}
