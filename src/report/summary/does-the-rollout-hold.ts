/** The ledger's last question, for a system that is let in by steps: did a guardrail stop it when the rollout was replayed? */

import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import type { RunAlert } from "../figures.ts";
import { joined, pairOf } from "../numbers.ts";
import { notTried } from "./does-it-help-online.ts";

const QUESTION = "Does the rollout go through?";

/** The guardrails that a replayed rollout was held against. */
function guardrails(run: MeasuredRun): RunAlert[] {
  return run.alerts.filter(
    ({ kind, step, condition }) => kind === "budget" && step === 6 && condition.startsWith("no certain rise"),
  );
}

export function doesTheRolloutHold(run: MeasuredRun): LedgerRow {
  const held = guardrails(run);
  if (held.length === 0) return notTried(run, QUESTION, "no rollout was replayed: step 6 says what that takes");
  const empty = { step: 6, question: QUESTION, value: "", bounds: "", parts: [], drawing: null };
  const stopped = held.find(({ fires }) => fires === true);
  const unread = held.filter(({ measured }) => measured === null);
  const never = unread.length === 0 ? "" : `Never read: ${unread.map(({ metric }) => metric).join(", ")}.`;
  if (stopped !== undefined && stopped.measured !== null) {
    const limit = stopped.condition.replace(/^no certain rise beyond /u, "");
    const pair = pairOf({ value: stopped.measured, interval: stopped.interval, unit: "" });
    return {
      ...empty,
      state: "bad",
      verdict: "stopped",
      line: `${stopped.metric} rises by ${joined(pair)} points; ${limit} are allowed`,
      detail: [`Replayed on what came after the test: ${stopped.note}.`, never].filter((one) => one !== "").join(" "),
      value: `+${pair.value}`,
      bounds: pair.bounds === "" ? "points" : `${pair.bounds} points`,
    };
  }
  return {
    ...empty,
    state: unread.length === 0 ? "ok" : "open",
    verdict: "no harm shown",
    line: `${held.length - unread.length} of ${held.length} guardrails read, none shows harm`,
    detail: ["No harm shown is no proof of none.", never].filter((one) => one !== "").join(" "),
    value: `${held.length - unread.length}`,
    bounds: `of ${held.length} guardrails`,
  };
}
