/** Chooses the settings of a note's first-stage model on its validation window, within minutes, and reads the test once at the end. */

import { failureOf } from "../../core/failure-of.ts";
import { type Failure, FailureError, unwrap } from "../../core/outcome.ts";
import { createRandom, type Random } from "../../core/random.ts";
import type { TrainedSubject } from "../../steps/4-model/train/two-stage-plan.ts";
import { DIFFERENCE_RANGE, REQUEST_RANGE } from "../../steps/5-evaluate/metrics/metric.ts";
import { bootstrapMean, knownInterval, pairedBootstrap } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import type { MeasuredLists } from "../../steps/5-evaluate/protocols/measure-lists.ts";
import { halveSuccessively } from "../../steps/5-evaluate/protocols/successive-halving.ts";
import { combineVariants, type SweptKey, type Variant } from "../../system/variants.ts";
import { ownFolder } from "../own-folder.ts";
import { cacheFolder, cacheLimit, projectRoot } from "../project-folder.ts";
import { createDiskStore } from "../result-store.ts";
import { readDesign } from "../run-design.ts";
import { openEnvironment } from "../run-environment.ts";
import { measured } from "./attempt-values.ts";
import { firstStageOf, heard, spaceOf, withSetting } from "./first-stage.ts";
import { type Data, LEAST_REQUESTS, openData, refusedFor, type Tools } from "./tuned-data.ts";

export interface TuneRequest {
  readonly path: string;
  readonly dataPath?: string;
  readonly seed?: number;
  readonly threads?: number;
  /** How long new settings are begun. */
  readonly minutes: number;
  /** Keys and the values they take; the space of the note's model where there are none. */
  readonly keys: readonly SweptKey[];
  readonly onAttempt?: (variant: Variant, requests: number) => void;
  /** A setting that cannot be measured, and why; the search goes on without it. */
  readonly onLeftOut?: (variant: Variant, failure: Failure) => void;
}

/** A measured value with its 95 % interval by unit, null where units are too few. */
export interface TunedValue {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

export interface Tuned {
  readonly metric: string;
  readonly model: string;
  readonly seed: number;
  /** Settings that were measured, of how many there are; the note's own among them. */
  readonly tried: number;
  readonly settings: number;
  readonly isComplete: boolean;
  readonly rungs: readonly {
    readonly requests: number;
    readonly values: readonly { readonly settings: string; readonly value: number; readonly isOwn: boolean }[];
  }[];
  /** Settings that could not be measured, and why. */
  readonly leftOut: readonly (Pick<Failure, "code" | "message" | "fix"> & { readonly setting: Variant })[];
  /** Facts that the best sets; empty where the note's own are the best. */
  readonly chosen: Variant;
  /** On the test, read once: what the note says, the chosen, and their difference on the same requests. Null where nothing is to be changed. */
  readonly test: {
    readonly before: TunedValue;
    readonly after: TunedValue;
    readonly difference: TunedValue;
    readonly n: number;
  } | null;
  /** The note with the chosen facts. */
  readonly text: string;
  /** Facts of the stage that its new model does not have: the text holds them no more. */
  readonly removed: readonly string[];
}

const DEFAULT_SEED = 7;
/** Throws a `FailureError` for anything the user can mend. What was measured is kept: a search that was stopped goes on. */
export async function tuneDesign(request: TuneRequest): Promise<Tuned> {
  const design = readDesign(request.path);
  const model = firstStageOf(design);
  const keys = request.keys.length > 0 ? request.keys : spaceOf(design, model);
  const variants: readonly Variant[] = [[], ...unwrap(combineVariants(keys))];
  const attempts = distinct(
    variants.map((variant) => {
      const made = withSetting(design.text, variant, (text) => readDesign(request.path, text));
      const { text, removed, subject, choice } = made;
      return { variant: heard(variant, made), text, removed, subject, choice };
    }),
  );
  const seed = request.seed ?? design.evaluate.seed ?? DEFAULT_SEED;
  const root = projectRoot(request.path);
  ownFolder(root, ".heptad");
  const store = createDiskStore(cacheFolder(root), { limitBytes: cacheLimit(root) });
  const { environment, close } = await openEnvironment({ threads: request.threads });
  try {
    const data = await openData(request, design, { environment, store, seed });
    const refusalOf = async ({ text }: Attempt): Promise<Failure | undefined> =>
      await refusedFor(request, readDesign(request.path, text), environment);
    return await search(request, attempts, { ...data, environment, store, seed, model: model.name, refusalOf });
  } finally {
    await close();
  }
}

interface Attempt extends TrainedSubject {
  readonly variant: Variant;
  readonly text: string;
  readonly removed: readonly string[];
}

async function search(
  { minutes, onAttempt, onLeftOut }: TuneRequest,
  attempts: readonly Attempt[],
  data: Data & Tools & { readonly model: string; refusalOf(attempt: Attempt): Promise<Failure | undefined> },
): Promise<Tuned> {
  const { validation, test, metric, environment, seed } = data;
  const random = createRandom(seed).fork("tune");
  const order = random
    .fork("order of requests")
    .shuffle(Int32Array.from({ length: validation.requests.count }, (_, at) => at));
  const until = environment.stopwatch.now() + minutes * 60;
  const [incumbent] = attempts;
  const leftOut: Tuned["leftOut"][number][] = [];
  const worthOf = async (attempt: Attempt, count: number): Promise<number> => {
    const refusal = await data.refusalOf(attempt);
    if (refusal !== undefined) throw new FailureError(refusal);
    const { values } = await measured(attempt, validation, order.slice(0, count).sort(), data);
    return mean(values.get(metric.name));
  };
  const others = random.fork("order of settings").shuffle(Int32Array.from(attempts.slice(1), (_, at) => at + 1));
  const found = await halveSuccessively({
    settings: [incumbent, ...Array.from(others, (at) => attempts[at])],
    incumbent,
    requests: order.length,
    least: LEAST_REQUESTS,
    isOver: () => environment.stopwatch.now() > until,
    worthOf: async (attempt, count) => {
      onAttempt?.(attempt.variant, count);
      try {
        return await worthOf(attempt, count);
      } catch (error) {
        // Without the note's own there is nothing to hold the others against.
        if (attempt === incumbent) throw error;
        const { code, message, fix } = failureOf(error);
        leftOut.push({ setting: attempt.variant, code, message, fix });
        onLeftOut?.(attempt.variant, { code, message, fix });
        return undefined;
      }
    },
  });
  const changed = found.best !== incumbent;
  const all = Int32Array.from({ length: test.requests.count }, (_, at) => at);
  const compared = changed
    ? await Promise.all([incumbent, found.best].map((attempt) => measured(attempt, test, all, data)))
    : undefined;
  return {
    metric: metric.name,
    model: data.model,
    seed,
    tried: found.tried,
    settings: attempts.length,
    isComplete: found.isComplete,
    rungs: found.rungs.map(({ requests, values }) => ({
      requests,
      values: values.map(({ setting, value }) => ({
        settings: `${setting.choice.name} ${setting.choice.settings}`,
        value,
        isOwn: setting === incumbent,
      })),
    })),
    leftOut,
    chosen: found.best.variant,
    test: compared === undefined ? null : compare(compared[0], compared[1], metric.name, random),
    text: found.best.text,
    removed: found.best.removed,
  };
}

function compare(before: MeasuredLists, after: MeasuredLists, metric: string, random: Random): Tuned["test"] {
  const [a, b] = [before, after].map((one) => one.values.get(metric) ?? new Float64Array(0));
  const { units } = before;
  const own = (values: Float64Array, label: string): TunedValue => {
    const level = bootstrapMean(values, { random: random.fork(label), units, range: REQUEST_RANGE });
    return { value: level.mean, interval: knownInterval(level) };
  };
  const options = { random: random.fork("difference"), units, range: DIFFERENCE_RANGE };
  const difference = pairedBootstrap(b, a, options);
  return {
    before: own(a, "before"),
    after: own(b, "after"),
    difference: { value: difference.mean, interval: knownInterval(difference) },
    n: difference.n,
  };
}

/** One attempt for each model that they make; the note's own comes first. Throws where no key changes the first-stage model. */
function distinct(attempts: readonly Attempt[]): readonly Attempt[] {
  const all = new Map<string, Attempt>();
  for (const attempt of attempts) {
    const id = `${attempt.choice.name} ${attempt.choice.settings}`;
    if (!all.has(id)) all.set(id, attempt);
  }
  if (all.size > 1) return [...all.values()];
  throw new FailureError({
    code: "nothing-to-tune",
    message: "none of the values changes the first-stage model",
    where: "--set",
    fix: "name facts of the retrieval stage, such as 4.stages.candidates.factors=32,64",
  });
}

function mean(values: Float64Array | undefined): number {
  if (values === undefined || values.length === 0) return Number.NEGATIVE_INFINITY;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
