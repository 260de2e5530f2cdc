/** The data of a note as a search reads it: the task, and the requests of its validation and test windows, by the very stages of a run. */

import { dirname, isAbsolute, join } from "node:path";
import { type Failure, FailureError, unwrap } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import type { PlanRequest } from "../../kinds/kind.ts";
import { INTERACTIONS_STAGE } from "../../kinds/recommendation/interactions-stage.ts";
import { POSITION_BIAS_STAGE } from "../../kinds/recommendation/position-bias-stage.ts";
import { findKind } from "../../kinds/registry.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import type { Examination } from "../../steps/4-model/train/examination.ts";
import { type SignalWeights, signalWeights } from "../../steps/4-model/train/interaction-matrix.ts";
import { openRankedSource } from "../../steps/4-model/train/ranked-source.ts";
import { type ParsedMetric, parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import type { Design } from "../../steps/design.ts";
import type { Environment } from "../../system/environment.ts";
import { runPipeline } from "../../system/pipeline.ts";
import type { ResultStore } from "../../system/result-store.ts";
import type { Stage } from "../../system/stage.ts";
import { resultVersion } from "../code-version.ts";

/** Fewer validation requests than this compare nothing. */
export const LEAST_REQUESTS = 100;

export interface Data {
  readonly task: RankedTask;
  readonly weights: SignalWeights;
  readonly examination: Examination;
  readonly metric: ParsedMetric;
  readonly validation: Window;
  readonly test: Window;
  /** What the data is known by. */
  readonly key: string;
}

/** Requests of one window, and the moments between which models that answer them have learned. */
export interface Window {
  readonly name: string;
  readonly from: number;
  readonly cut: number;
  readonly requests: StoredRequests;
}

/** What a search works with. */
export interface Tools {
  readonly environment: Environment;
  readonly store: ResultStore;
  readonly seed: number;
}

interface Wanted {
  readonly path: string;
  readonly dataPath?: string;
}

/** Task, cuts and requests, by the very stages of a run. */
export async function openData(request: Wanted, design: Design, { environment, store, seed }: Tools): Promise<Data> {
  const kind = unwrap(findKind(design.front.system));
  const plan = unwrap(await kind.plan(planRequest(request, design, environment)));
  const isUnbiased = design.model["position-bias"]?.method === "ips";
  const wanted = ["split", ...(isUnbiased ? [POSITION_BIAS_STAGE] : [])];
  const outcomes = await runPipeline(neededFor(wanted, plan.stages), {
    environment,
    store,
    seed,
    codeVersion: resultVersion(),
  });
  const resultOf = (name: string) => {
    const outcome = outcomes.find(({ stage }) => stage.name === name);
    if (outcome === undefined) throw new Error(`no stage ${name} was run`);
    return outcome;
  };
  const split = resultOf("split");
  const window = (name: string): Window => {
    const { trainStart: from, sets } = cutsFromStored(split.result);
    const set = sets.find((one) => one.name === name);
    if (set === undefined) throw new FailureError(noWindow(name));
    return { name, from, cut: set.cut, requests: requestsFromStored(split.result, name) };
  };
  const validation = window("validation");
  if (validation.requests.count < LEAST_REQUESTS) {
    throw new FailureError({
      code: "too-few-requests",
      message: `the validation window has ${plural(validation.requests.count, "request")}, and fewer than ${LEAST_REQUESTS} tell no settings apart`,
      where: "section 3, split",
      fix: "make `validation` longer",
    });
  }
  const weights = signalWeights(design.frame.signals?.weights);
  const source = { task: INTERACTIONS_STAGE, weights, examination: isUnbiased ? POSITION_BIAS_STAGE : null };
  return {
    ...(await openRankedSource(source, async (name) => resultOf(name).result)),
    weights,
    metric: headlineOf(design),
    validation,
    test: window("test"),
    key: split.key,
  };
}

function planRequest({ path, dataPath }: Wanted, design: Design, { files, sql }: Environment): PlanRequest {
  return { design, dataPath, resolve: (one) => (isAbsolute(one) ? one : join(dirname(path), one)), files, sql };
}

/** Why a run of this design would be refused for what its data does not say. */
export async function refusedFor(
  request: Wanted,
  design: Design,
  environment: Environment,
): Promise<Failure | undefined> {
  const kind = unwrap(findKind(design.front.system));
  return (await kind.missing?.(planRequest(request, design, environment)))?.refusal;
}

function noWindow(name: string) {
  return {
    code: "no-window",
    message: `the note's split has no ${name} window`,
    where: "section 3, split",
    fix: "write it like `split: { by: time, train: 70%, validation: 10%, test: 20% }`",
  };
}

/** The note's first metric that is measured for each request. */
function headlineOf({ frame }: Design): ParsedMetric {
  for (const written of frame.metrics?.offline ?? []) {
    const metric = parseMetric(written.metric);
    if (metric.ok && metric.value.definition.over === "requests") return metric.value;
  }
  return unwrap(parseMetric("ndcg@10"));
}

/** The stages that these need, in their order. */
function neededFor(names: readonly string[], stages: readonly Stage[]): readonly Stage[] {
  const needed = new Set(names);
  for (const stage of stages.toReversed())
    if (needed.has(stage.name)) for (const input of stage.inputs) needed.add(input);
  return stages.filter((stage) => needed.has(stage.name));
}
