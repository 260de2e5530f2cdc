/** What the note estimates of its service beside what was measured under load, stage by stage, and why the two differ. */

import { formatNumber, formatShare, formatValue } from "../../core/format-figure.ts";
import { capacityOf } from "../../steps/6-deploy/capacity.ts";
import type { Design } from "../../steps/design.ts";
import type { FoundRate, LoadReading } from "./find-rate.ts";

/** Of a stage, over the stretch at the rate that held. */
export interface StageTime {
  readonly stage: string;
  /** Seconds. */
  readonly mean: number;
  /** An upper bound. */
  readonly p99: number;
}

export interface MeasuredLoad {
  readonly found: FoundRate;
  readonly stages: readonly StageTime[];
  /** Seconds of the whole inside the service, from arrival to answer. */
  readonly request: { readonly mean: number };
  /** CPU seconds of the service for an answer. */
  readonly cpu: number;
  /** Processors of the machine, which the generator uses too. */
  readonly processors: number;
  /** Processes that wanted a processor, over the last minute. */
  readonly busy: number;
}

/** What is read of a run's figures. */
export interface RunFigure {
  readonly step: number;
  readonly name: string;
  readonly subject: string;
  readonly value: number;
}

export interface ComparedRow {
  readonly what: string;
  readonly note: string;
  readonly run: string;
  readonly load: string;
}

export interface ComparedLoad {
  readonly rows: readonly ComparedRow[];
  readonly reasons: readonly string[];
}

export function compareLoad(design: Design, figures: readonly RunFigure[], measured: MeasuredLoad): ComparedLoad {
  const { found, stages, request } = measured;
  const budget = design.deploy.serving?.budget ?? {};
  const limit = design.clarify.latency?.p99?.value;
  const ofRun = (subject: string): number | undefined =>
    figures.find((one) => one.step === 6 && one.name === "latency p99" && one.subject === subject)?.value;
  const seconds = (value: number | undefined): string =>
    value === undefined ? "-" : formatValue({ value, unit: "s" });
  const rows: ComparedRow[] = stages.map(({ stage, mean, p99 }) => ({
    what: stage,
    note: seconds(budget[stage]?.value),
    run: seconds(ofRun(stage)),
    load: `mean ${seconds(mean)}, p99 ${atMost(p99)}`,
  }));
  const inStages = stages.reduce((sum, { mean }) => sum + mean, 0);
  const others = Object.entries(budget).filter(([name]) => stages.every(({ stage }) => stage !== name));
  rows.push(
    {
      what: "waiting, HTTP and the rest",
      note: others.length === 0 ? "-" : others.map(([name, { value }]) => `${name} ${seconds(value)}`).join(", "),
      run: "-",
      load: found.held === undefined ? "-" : `mean ${seconds(Math.max(0, request.mean - inStages))}`,
    },
    {
      what: "whole request, p99",
      note: seconds(limit),
      run: seconds(ofRun("request")),
      load: found.held === undefined ? "-" : `${seconds(found.held.p99)} from when it should have left`,
    },
    {
      what: "requests/s of one copy",
      note: copyRate(design),
      run: "-",
      load: found.held === undefined ? "none held" : formatNumber(found.held.rate),
    },
  );
  return { rows, reasons: reasonsOf(design, measured, inStages) };
}

function copyRate(design: Design): string {
  const capacity = capacityOf(design);
  if ("missing" in capacity) return `needs ${capacity.missing.join(", ")}`;
  const { concurrency, utilization, serviceTime, utilizationAssumed } = capacity;
  const rate = (concurrency * utilization) / serviceTime;
  return `${formatNumber(rate)} (${concurrency} at once, ${formatShare(utilization, 4)} busy${utilizationAssumed ? ", assumed" : ""})`;
}

/** Each with its numbers; none is a guess. */
function reasonsOf(design: Design, measured: MeasuredLoad, inStages: number): readonly string[] {
  const { found, cpu, request, processors, busy, stages } = measured;
  const { held, broke } = found;
  const reasons: string[] = [];
  const capacity = capacityOf(design);
  const time = (value: number): string => formatValue({ value, unit: "s" });
  if (!("missing" in capacity)) {
    const { concurrency, serviceTime, peak, replicas } = capacity;
    if (concurrency > 1)
      reasons.push(
        `the note counts on ${concurrency} requests at once in a copy; one process answers one after the other, so its bound is 1 / CPU time: ${formatNumber(1 / cpu)}/s`,
      );
    reasons.push(
      `a request takes ${time(cpu)} of CPU; the note plans with ${time(serviceTime)}, ${formatNumber(serviceTime / cpu)} times as much`,
    );
    if (held !== undefined)
      reasons.push(
        `the peak of ${formatNumber(peak)}/s needs ${Math.ceil(peak / held.rate)} such copies, by this rate; the note has ${replicas}`,
      );
  }
  for (const { stage, p99 } of stages) {
    const planned = design.deploy.serving?.budget?.[stage]?.value;
    if (planned !== undefined && p99 > planned)
      reasons.push(`${stage} passed its budget of ${time(planned)} in more than one request of a hundred`);
  }
  if (held !== undefined && request.mean > 0)
    reasons.push(
      `${formatShare(Math.max(0, 1 - inStages / request.mean), 4)} of a request's time in the service is waiting and HTTP, ${formatShare(held.rate * cpu, 4)} of a processor is used at this rate`,
    );
  if (busy > processors)
    reasons.push(
      `${formatNumber(busy)} processes wanted the ${processors} processors of this machine during the last minute: with fewer beside it, more would hold`,
    );
  const late = [held, broke].filter((one): one is LoadReading => one !== undefined && one.lateness > 0.001);
  if (late.length > 0)
    reasons.push(
      `the generator shares the machine: it was itself up to ${time(Math.max(...late.map(({ lateness }) => lateness)))} late with one request in a hundred, which is counted`,
    );
  if (broke !== undefined)
    reasons.push(
      `at ${formatNumber(broke.rate)}/s it broke: p99 ${Number.isFinite(broke.p99) ? time(broke.p99) : "without end"}, ${broke.shed} shed, ${broke.failed} failed of ${broke.sent}`,
    );
  reasons.push("loopback has no network: what the note grants it was not measured");
  return reasons;
}

function atMost(value: number): string {
  if (Number.isNaN(value)) return "none";
  return Number.isFinite(value) ? `<= ${formatValue({ value, unit: "s" })}` : "> 2.5 s";
}
