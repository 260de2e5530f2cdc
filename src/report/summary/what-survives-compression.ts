/** The ledger's fourth question: which parts can be made smaller without a loss that the note forbids? */

import { shortSizeChange } from "../../core/size-change.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow, State } from "../../system/run-summary.ts";
import { findFigure, type RunAlert } from "../figures.ts";
import { unitWord } from "./better-than-baseline.ts";
import { clauseVerdict, clauseWords, limitValue, stateOfVerdict, whatSettles } from "./clause-words.ts";

const QUESTION = "What survives compression?";

/** A part that was made smaller, with what its clause came to. */
export interface Compressed {
  readonly alert: RunAlert;
  /** What it is called: `als int8`. */
  readonly subject: string;
  /** How many times smaller; undefined where sizes are not known. */
  readonly factor: number | undefined;
}

/** The name under which step 5 gives the size of a part as it would be shipped. */
const COMPACT_BYTES = "compact bytes";

/** Each acceptance clause of step 5, in the order of the note. */
export function compressedParts(run: MeasuredRun): Compressed[] {
  return run.alerts
    .filter(({ kind, step }) => kind === "acceptance" && step === 5)
    .map((alert) => {
      const at = alert.metric.indexOf(" of ");
      const subject = at < 0 ? alert.metric : alert.metric.slice(at + 4);
      return { alert, subject, factor: shrinking(run, subject) };
    });
}

function shrinking(run: MeasuredRun, subject: string): number | undefined {
  const after = findFigure(run, { step: 5, name: COMPACT_BYTES, subject })?.value;
  const sizes = run.figures.filter((one) => one.step === 5 && one.name === COMPACT_BYTES);
  // `als int8` was made of `als`: the longest name that it begins with.
  const before = sizes
    .filter((one) => one.subject !== subject && subject.startsWith(`${one.subject} `))
    .sort((a, b) => b.subject.length - a.subject.length)
    .at(0)?.value;
  return after === undefined || before === undefined || after <= 0 ? undefined : before / after;
}

/** Nothing was held against a clause: the note asks for nothing, or has no clause, or nothing could be made smaller here. */
function withoutClauses({ facts = {}, figures }: MeasuredRun): Pick<LedgerRow, "verdict" | "line"> {
  if (!Object.keys(facts).some((path) => path.startsWith("5.optimize[")))
    return { verdict: "not asked", line: "the note asks for no compression in step 5" };
  return figures.some(({ step, name }) => step === 5 && name === COMPACT_BYTES)
    ? { verdict: "not judged", line: "no `accept` of the note says what may be lost by it" }
    : { verdict: "not tried", line: "the note asks for it, and nothing was made smaller: step 5 says why" };
}

/** Whether there is anything to take it for: what is as large as before, or larger, is no smaller version. */
export function isSmaller({ factor }: Pick<Compressed, "factor">): boolean {
  return factor === undefined || factor > 1;
}

/** Kept to its clause, and smaller: what is as large as before keeps every clause. */
export function survives(part: Compressed): boolean {
  return part.alert.verdict === "kept" && isSmaller(part);
}

export function whatSurvivesCompression(run: MeasuredRun): LedgerRow {
  const parts = compressedParts(run);
  const empty = { step: 5, question: QUESTION, value: "", bounds: "", parts: [], drawing: null, detail: "", line: "" };
  if (parts.length === 0) return { ...empty, state: "none", ...withoutClauses(run) };
  const kept = parts.filter(survives);
  const best = [...kept].sort((a, b) => (b.factor ?? 0) - (a.factor ?? 0)).at(0);
  const marks = parts.flatMap(({ alert, subject }) =>
    alert.measured === null || alert.interval === null || alert.unit !== "share"
      ? []
      : [
          {
            label: subject,
            role: "system" as const,
            value: alert.measured,
            interval: alert.interval,
            limit: limitValue(alert.condition),
          },
        ],
  );
  return {
    ...empty,
    state: overall(parts),
    verdict: `${kept.length} of ${parts.length}`,
    value: best?.factor === undefined ? "" : `${best.factor.toFixed(1)}x`,
    bounds: best?.factor === undefined ? "" : best.subject,
    parts: parts.map(({ alert, subject, factor }) => ({
      name: subject,
      state: stateOfVerdict(alert.verdict),
      verdict: clauseVerdict(alert),
      size: factor === undefined ? "" : shortSizeChange(factor),
      words:
        alert.verdict === "kept"
          ? ""
          : [clauseWords(alert), settles(run, alert)].filter((one) => one !== "").join("; "),
    })),
    drawing: marks.length === parts.length ? { form: "differences", marks } : null,
  };
}

/** What would settle a clause that is open. */
function settles(run: MeasuredRun, alert: RunAlert): string {
  return alert.verdict === "not settled" ? whatSettles(alert, unitWord(run)) : "";
}

function overall(parts: readonly Compressed[]): State {
  const verdicts = parts.map(({ alert }) => alert.verdict);
  if (parts.every(survives)) return "ok";
  if (verdicts.every((one) => one === "not measured")) return "none";
  const isLost = ({ alert: { verdict } }: Compressed): boolean => ["loses", "broken", "kept"].includes(verdict);
  return parts.every((one) => isLost(one) && !survives(one)) ? "bad" : "open";
}
