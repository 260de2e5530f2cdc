/** Runs stages in order, reusing every result whose key is known: the hash of the plan, the inputs, the data, the seed and the code. */

import type { StepNumber } from "../core/figure.ts";
import { createRandom, type Random } from "../core/random.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Environment } from "./environment.ts";
import type { ResultStore } from "./result-store.ts";
import type { Stage, StageResult } from "./stage.ts";

export interface PipelineOptions {
  readonly environment: Environment;
  readonly store: ResultStore;
  readonly seed: number;
  /** Changes whenever the code of any stage, a package that it calls or the engine it runs on may have changed. */
  readonly codeVersion: string;
  /** Stages of this step and later ones run even where their results are known. */
  readonly from?: StepNumber;
  /** Called before a stage whose result is not known. */
  readonly onStart?: (stage: Stage) => void;
  /** Called after each stage. */
  readonly onStage?: (outcome: StageOutcome) => void;
  /** Asked before each stage; true ends the run there with what is finished kept. */
  readonly isCancelled?: () => boolean;
}

export interface StageOutcome {
  readonly stage: Stage;
  readonly key: string;
  readonly result: StageResult;
  readonly cached: boolean;
  /** Wall time of this run's execution or look-up. */
  readonly seconds: number;
  /** Largest memory of the process up to the end of this stage, in bytes. */
  readonly peakBytes: number;
}

/** The run was asked to stop; everything finished is stored. */
export class RunCancelled extends Error {
  constructor() {
    super("the run was cancelled");
    this.name = "RunCancelled";
  }
}

/** Executes the stages in the order given. Throws `RunCancelled`, or whatever a stage throws; finished results stay stored. */
export async function runPipeline(
  stages: readonly Stage[],
  options: PipelineOptions,
): Promise<readonly StageOutcome[]> {
  const outcomes = new Map<string, StageOutcome>();
  for (const stage of stages) {
    if (options.isCancelled?.()) throw new RunCancelled();
    if (outcomes.has(stage.name)) throw new Error(`two stages are called ${stage.name}`);
    const inputKeys = stage.inputs.map((name) => requireOutcome(outcomes, stage, name).key);
    const key = await keyOf(stage, inputKeys, options);
    const outcome = await runStage(stage, key, outcomes, options);
    outcomes.set(stage.name, outcome);
    options.onStage?.(outcome);
  }
  return [...outcomes.values()];
}

async function runStage(
  stage: Stage,
  key: string,
  outcomes: ReadonlyMap<string, StageOutcome>,
  { environment, store, seed, from, onStart }: PipelineOptions,
): Promise<StageOutcome> {
  const started = environment.stopwatch.now();
  const forced = from !== undefined && stage.step >= from;
  const known = forced ? undefined : await store.read(key);
  if (known === undefined) {
    onStart?.(stage);
    environment.progress(stage.title);
  }
  const result = known ?? (await execute());
  if (known === undefined) await store.write(key, result);
  const seconds = environment.stopwatch.now() - started;
  return { stage, key, result, cached: known !== undefined, seconds, peakBytes: environment.peakMemory() };

  function execute(): Promise<StageResult> {
    return stage.execute({
      paths: stage.data.paths,
      input: async (name) => {
        if (!stage.inputs.includes(name)) throw new Error(`${stage.name} reads ${name} without declaring it`);
        return requireOutcome(outcomes, stage, name).result;
      },
      random: chanceOf(seed, stage.name),
      environment,
    });
  }
}

/** The chance that a stage of that name is given in a run with the seed. */
export function chanceOf(seed: number, stage: string): Random {
  return createRandom(seed, stage);
}

/** The key of every stage by its name, as a run would have it; nothing is run. */
export async function keysOf(
  stages: readonly Stage[],
  options: Pick<PipelineOptions, "environment" | "seed" | "codeVersion">,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const stage of stages) {
    const inputs = stage.inputs.map((name) => {
      const key = keys.get(name);
      if (key === undefined) throw new Error(`${stage.name} reads ${name}, which is no earlier stage`);
      return key;
    });
    keys.set(stage.name, await keyOf(stage, inputs, options));
  }
  return keys;
}

function keyOf(
  stage: Stage,
  inputKeys: readonly string[],
  { environment, seed, codeVersion }: Pick<PipelineOptions, "environment" | "seed" | "codeVersion">,
): Promise<string> {
  const { name, plan, data } = stage;
  return environment.digest(
    canonicalJson({ name, plan, data: data.fingerprint, inputs: inputKeys, seed, codeVersion }),
  );
}

function requireOutcome(outcomes: ReadonlyMap<string, StageOutcome>, stage: Stage, name: string): StageOutcome {
  const outcome = outcomes.get(name);
  if (outcome === undefined) throw new Error(`${stage.name} reads ${name}, which is no earlier stage`);
  return outcome;
}
