/** The ledger's second question: does a request fit the latency that the note promises, and do the replicas carry the peak? */

import { DAY } from "../../core/day.ts";
import { wasQuiet } from "../../core/processor-share.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { figuresOf, findFigure } from "../figures.ts";
import { plain, roughShare, shareWords, statedTime } from "../numbers.ts";

const QUESTION = "Fast enough?";

/** Beyond this share of its time a replica makes requests wait (M/M/c: the knee of the queue). */
export const BUSY = 0.7;

export interface RequestLatency {
  readonly p50: number | null;
  readonly p99: number;
  /** What the note grants the way over the network; 0 where it grants none. */
  readonly network: number;
  readonly limit: number | null;
  readonly calls: number | null;
  /** Of the time on the clock, what this process had a processor for; null where that was not counted. */
  readonly processorShare: number | null;
}

/** The latency of a whole request; undefined where none was measured. */
export function requestLatency(run: MeasuredRun): RequestLatency | undefined {
  const p99 = findFigure(run, { step: 6, name: "latency p99", subject: "request" });
  if (p99 === undefined) return undefined;
  return {
    p50: findFigure(run, { step: 6, name: "latency p50", subject: "request" })?.value ?? null,
    p99: p99.value,
    network: run.context.stated.budgets.find(({ stage }) => stage === "network")?.seconds ?? 0,
    limit: run.context.stated.p99,
    calls: p99.n,
    processorShare: findFigure(run, { step: 6, name: "processor share", subject: "request" })?.value ?? null,
  };
}

export function fastEnough(run: MeasuredRun): LedgerRow {
  const latency = requestLatency(run);
  const empty = { step: 6, question: QUESTION, value: "", bounds: "", parts: [], drawing: null, detail: "" };
  if (latency === undefined)
    return { ...empty, state: "none", verdict: "not measured", line: "no request was served in this run" };
  const { p99, network, limit, calls, processorShare } = latency;
  const total = p99 + network;
  const seconds = (value: number): string => plain(value, "s");
  // One unit in a line, so that the parts add up before the reader's eyes.
  const unit = unitOf(seconds(total));
  const inOne = (value: number): string => plain(value / (TIMES.get(unit) ?? 1), "");
  const granted = limit === null ? "" : statedTime(limit);
  const of = unitOf(granted) === unit ? granted.replace(/ .*$/u, "") : granted;
  const split = network > 0 ? `: ${inOne(p99)} measured, ${inOne(network)} for the network` : " measured";
  const busy = findFigure(run, { step: 6, name: "utilization at peak" })?.value ?? null;
  const wasBusy = !wasQuiet(processorShare);
  const how = `${calls === null ? "" : `${calls.toLocaleString("en-US")} requests `}in process, one at a time, no queue.`;
  const peak = busy === null ? "" : ` At the peak the replicas are ${shareWords(busy)} busy.`;
  const over = stagesOverBudget(run);
  const row = {
    ...empty,
    line: `p99 ${seconds(total)}${limit === null ? "" : ` of ${of}`}${split}`,
    detail: `${how.charAt(0).toUpperCase()}${how.slice(1)}${peak}${over.length === 0 ? "" : ` Over what the note plans for it: ${over.join(", ")}.${wasBusy ? ` ${busyWords(processorShare)}` : ""}`}`,
    value: seconds(total),
    bounds: limit === null ? "no limit stated" : `of ${granted}`,
  };
  if (limit === null) return { ...row, state: "none", verdict: "no limit stated" };
  const drawing = { form: "share" as const, measured: p99, granted: network, limit };
  // Quick enough on a busy machine is quick enough; what is beyond a limit there may have waited for the machine.
  if (wasBusy && (total > limit || (busy !== null && busy > BUSY)))
    return {
      ...row,
      drawing,
      state: "open",
      verdict: "not settled",
      detail: `${row.detail} ${busyWords(processorShare)}`,
    };
  if (total > limit) return { ...row, drawing, state: "bad", verdict: "no" };
  if (busy !== null && busy > 1) return { ...row, drawing, state: "bad", verdict: "not at the peak" };
  if (busy !== null && busy > BUSY) return { ...row, drawing, state: "open", verdict: "close at the peak" };
  // On a busy machine no stage is shown to be over its budget: the detail says which seemed so, and why that is open.
  return { ...row, drawing, state: "ok", verdict: over.length === 0 || wasBusy ? "yes, in process" : AS_A_WHOLE };
}

/** The request keeps its limit, while a stage takes more than the note plans for it. */
export const AS_A_WHOLE = "yes, as a whole";

/** `candidates 25 ms of 20 ms` for each stage whose measured p99 is beyond its own budget. */
function stagesOverBudget(run: MeasuredRun): readonly string[] {
  const budgets = new Map(run.context.stated.budgets.map(({ stage, seconds }) => [stage, seconds]));
  return figuresOf(run, { step: 6, name: "latency p99", slice: "all" }).flatMap(({ subject, value, basis }) => {
    const budget = budgets.get(subject);
    return budget === undefined || basis === "granted" || value <= budget
      ? []
      : [`${subject} ${plain(value, "s")} of ${statedTime(budget)}`];
  });
}

/** The units of a time on the page, in seconds. */
const TIMES: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-9],
  ["µs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["min", 60],
  ["h", 3600],
  ["d", DAY],
]);

/** `ms` of `23.3 ms`. */
function unitOf(time: string): string {
  return time.slice(time.lastIndexOf(" ") + 1);
}

/** What a busy machine leaves of a time on the clock. */
export function busyWords(processorShare: number | null): string {
  return `Other programs had the processor too: this one ${roughShare(processorShare ?? 0)} of the time.`;
}
