/** The stage that answers real requests in process, stage by stage, and holds their latency against the note's budget. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatShare, formatValue } from "../../../core/format-figure.ts";
import { wasQuiet } from "../../../core/processor-share.ts";
import type { Plain } from "../../../system/plain-data.ts";
import {
  type AlertOutcome,
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  type StageRun,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { ClarifyFacts } from "../../1-clarify/schema.ts";
import { type Latency, measurePath } from "../../5-evaluate/protocols/measure-latency.ts";
import { loadAt, USUAL_SLOTS } from "../capacity.ts";
import type { DeployFacts } from "../schema.ts";

/** One stage of serving: does its part of request i, and leaves what the next one needs. */
export interface ServingStep {
  readonly name: string;
  readonly serve: (request: number) => void;
}

/** The whole path of a request, in order, and how many different requests there are. */
export interface ServingPath {
  readonly requests: number;
  readonly steps: readonly ServingStep[];
}

/** A path that can be opened in a run; `Path` is what of the design decides about it. */
export interface ServingPathSource<Path> {
  readonly inputs: readonly string[];
  readonly path: Path;
  /** `measureServing` with what opens the path. */
  readonly run: StageRun<ServingPlan<Path>>;
}

export interface ServingPlan<Path> extends ServingBudget {
  readonly path: Path;
}

/** What is asked of a path. */
interface ServingBudget {
  /** Seconds by stage, as the note plans them. */
  readonly budget: Readonly<Record<string, number>>;
  readonly p99: number | null;
  readonly peak: number | null;
  readonly replicas: number | null;
  /** Requests that a replica serves at once; null where the note does not say. */
  readonly concurrency: number | null;
}

/** Why a time beyond its limit settles nothing. */
export function busyMachine(processorShare: number): string {
  return `other programs had the processor too (this one ${formatShare(processorShare, 2)} of the time)`;
}

/** Figures of the whole path carry this subject. */
const WHOLE_PATH = "request";

const CALLS = 1000;

export function servingLatencyStage<Path>(
  source: ServingPathSource<Path> & { readonly path: Plain<Path> },
  clarify: ClarifyFacts,
  deploy: DeployFacts,
  peak: number | null,
): Stage {
  const budget = Object.entries(deploy.serving?.budget ?? {}).map(([name, { value }]): [string, number] => [
    name,
    value,
  ]);
  return stage<ServingPlan<Path>>({
    name: "serving",
    step: 6,
    title: "serving requests in process",
    inputs: source.inputs,
    data: NO_FILES,
    plan: {
      path: source.path,
      budget: Object.fromEntries(budget),
      p99: clarify.latency?.p99?.value ?? null,
      peak,
      replicas: deploy.serving?.replicas ?? null,
      concurrency: deploy.serving?.concurrency ?? null,
    },
    run: source.run,
  });
}

/** Opens the path, and measures it. */
export async function measureServing<Path>(
  plan: ServingPlan<Path>,
  { input, environment }: Pick<StageContext, "input" | "environment">,
  open: (path: Path, input: StageContext["input"]) => Promise<ServingPath>,
): Promise<StageResult> {
  const path = await open(plan.path, input);
  if (path.requests === 0)
    return stageResult({ remarks: [{ kind: "warning", text: "there was no test request to serve" }] });
  const { whole, parts } = measurePath(
    CALLS,
    path.steps.map(
      ({ serve }) =>
        (i) =>
          serve(i % path.requests),
    ),
    environment.stopwatch,
  );
  const steps = path.steps.map(({ name }, at) => ({ name, latency: parts[at] }));
  return stageResult({
    json: {
      mean: whole.mean,
      p50: whole.p50,
      p90: whole.p90,
      p95: whole.p95,
      p99: whole.p99,
      "p99.9": whole.p999,
      failedShare: whole.failed / whole.calls,
      busyShare: peakLoad(whole.mean, plan)?.busyShare ?? null,
      processorShare: whole.processorShare,
    },
    figures: latencyFigures([...steps, { name: WHOLE_PATH, latency: whole }], plan),
    alerts: budgetAlerts(steps, whole, plan),
    remarks: latencyRemarks(whole, plan),
    charts: [latencyChart(steps, plan)],
  });
}

interface MeasuredStep {
  readonly name: string;
  readonly latency: Latency;
}

const MEASURED = "in process, one request at a time, warm, on this machine; without network";

function latencyFigures(steps: readonly MeasuredStep[], plan: ServingBudget): Figure[] {
  const figures = steps.flatMap(({ name, latency }) => [
    figure({
      step: 6,
      name: "latency p50",
      subject: name,
      value: latency.p50,
      unit: "s",
      n: latency.calls,
      note: MEASURED,
    }),
    figure({
      step: 6,
      name: "latency p99",
      subject: name,
      value: latency.p99,
      unit: "s",
      n: latency.calls,
      note: MEASURED,
    }),
  ]);
  figures.push(...processorFigure(steps.at(-1)?.latency.processorShare ?? null));
  const mean = steps.at(-1)?.latency.mean ?? Number.NaN;
  if (plan.peak !== null && Number.isFinite(mean))
    figures.push(
      figure({
        step: 6,
        name: "busy cores at peak",
        subject: "design",
        value: plan.peak * mean,
        unit: "cores",
        note: "peak rate times mean service time (Little's law)",
      }),
    );
  const load = peakLoad(mean, plan);
  if (load !== null)
    figures.push(
      figure({
        step: 6,
        name: "utilization at peak",
        subject: "design",
        value: load.busyShare,
        unit: "share",
        note: `of the requests that the replicas serve at once, ${load.slots} each${plan.concurrency === null ? " (assumed)" : ""}: the estimate's formula with the measured time`,
      }),
    );
  const { network } = plan.budget;
  if (network !== undefined)
    figures.push(
      figure({
        step: 6,
        name: "latency p99",
        subject: "network",
        value: network,
        unit: "s",
        note: "granted by the note, not measured",
        basis: "granted",
      }),
    );
  return figures;
}

/** What of the measured time was the code's own, where that was counted. */
export function processorFigure(share: number | null): Figure[] {
  if (share === null) return [];
  const note = "of the time on the clock, this process had a processor; the rest went to other programs";
  return [figure({ step: 6, name: "processor share", subject: WHOLE_PATH, value: share, unit: "share", note })];
}

/** As the estimate counts it, with the measured mean in place of the stated one; null where the note says too little. */
function peakLoad(mean: number, { peak, replicas, concurrency }: ServingBudget) {
  if (peak === null || replicas === null || replicas <= 0 || !Number.isFinite(mean)) return null;
  const slots = concurrency ?? USUAL_SLOTS;
  return { ...loadAt(peak, mean, replicas, slots), slots };
}

function budgetAlerts(steps: readonly MeasuredStep[], whole: Latency, { budget, p99 }: ServingBudget): AlertOutcome[] {
  const alert = (
    metric: string,
    limit: number,
    measured: number | null,
    note: string,
    processorShare: number | null,
  ): AlertOutcome => {
    const isBeyond = measured === null ? null : measured > limit;
    // A request that is quick enough on a busy machine is quick enough; one that is not may have waited for the machine.
    const isOpen = isBeyond === true && !wasQuiet(processorShare);
    return {
      step: 6,
      kind: "budget",
      metric,
      condition: `<= ${formatValue({ value: limit, unit: "s" })}`,
      measured,
      unit: "s",
      fires: isOpen ? false : isBeyond,
      ...(isOpen ? { verdict: "not settled" as const } : {}),
      owner: "",
      action: "",
      note: isOpen ? `${note}; ${busyMachine(processorShare ?? 0)}` : note,
    };
  };
  const known = new Map(steps.map(({ name, latency }) => [name, latency]));
  const byStage = Object.entries(budget).map(([name, limit]) => {
    const { p99: measured, processorShare } = known.get(name) ?? { p99: null, processorShare: null };
    const note = measured === null ? "not part of an in-process run" : MEASURED;
    return alert(`latency p99 of ${name}`, limit, measured, note, processorShare);
  });
  if (p99 === null) return byStage;
  const network = budget.network ?? 0;
  const note =
    network > 0
      ? `measured in process, with the ${formatValue({ value: network, unit: "s" })} that the note gives the network`
      : MEASURED;
  return [...byStage, alert("latency p99 of the request", p99, whole.p99 + network, note, whole.processorShare)];
}

function latencyRemarks(whole: Latency, { budget, p99 }: ServingBudget): Remark[] {
  const remarks: Remark[] = [];
  const seconds = (value: number): string => formatValue({ value, unit: "s" });
  remarks.push({
    kind: "answer",
    text: `A request takes ${seconds(whole.p50)} in the middle and **${seconds(whole.p99)}** at p99, in process and without network.`,
  });
  const planned = Object.values(budget).reduce((sum, value) => sum + value, 0);
  if (p99 !== null && planned > 0) {
    const text = `The stages' budgets add up to ${seconds(planned)} of the ${seconds(p99)} that step 1 allows`;
    remarks.push(
      planned > p99 ? { kind: "warning", text: `${text}: they do not fit` } : { kind: "answer", text: `${text}.` },
    );
  }
  return remarks;
}

function latencyChart(steps: readonly MeasuredStep[], { budget }: ServingBudget): Chart {
  const points = steps.flatMap(({ name, latency }) => {
    const measured = [{ x: name, y: latency.p99 * 1000, series: "measured p99" }];
    return name in budget ? [...measured, { x: name, y: budget[name] * 1000, series: "budget" }] : measured;
  });
  return {
    form: "bars",
    title: "Latency by stage, against its budget",
    caption:
      "Measured in process on this machine, one request at a time; a budget also pays for queues, network and a colder cache.",
    xLabel: "stage",
    yLabel: "ms",
    points,
  };
}
