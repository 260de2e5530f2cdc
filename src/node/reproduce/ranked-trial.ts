/** A ranking table tried: settings chosen on validation, the chosen judged on the test, and what other protocols would have said of the best. */

import { FailureError, unwrap } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { Column } from "../../core/table.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { listAt, sharedListAt } from "../../steps/3-data/row-lists.ts";
import type { StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { storedFloat64, storedInt32 } from "../../steps/3-data/stored-columns.ts";
import type { Recommender, TrainingData } from "../../steps/4-model/models/recommender.ts";
import { chooseRecommender, openRecommender, type RecommenderChoice } from "../../steps/4-model/models/recommenders.ts";
import { createHistories, DEFAULT_SIGNAL_WEIGHTS } from "../../steps/4-model/train/interaction-matrix.ts";
import { type RankedLists, rankAll } from "../../steps/4-model/train/ranked-lists.ts";
import { REQUEST_RANGE } from "../../steps/5-evaluate/metrics/metric.ts";
import { type ParsedMetric, parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { bootstrapMean, knownInterval } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import { type MeasuredLists, measureLists, WHOLE } from "../../steps/5-evaluate/protocols/measure-lists.ts";
import { type StageResult, stageResult } from "../../system/stage.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import { type PublishedTable, settingsOf, type TableSettings } from "./table.ts";
import type { Workbench } from "./workbench.ts";

/** What is learned from, and what is asked then. */
export interface RankedPhase {
  readonly task: RankedTask;
  readonly training: TrainingData;
  readonly requests: StoredRequests;
}

/** Another way of holding out, tried with the settings that were chosen. */
export interface RankedVariant {
  readonly name: string;
  readonly says: string;
  readonly isHonest: boolean;
  readonly phase: RankedPhase;
  /** Rank what is to be found among this many others, drawn by chance, in place of all. */
  readonly among?: number;
}

/** One seed's trial. Where both phases learn from the same data, a model is fitted once for both. */
export interface RankedTrial {
  readonly seed: number;
  readonly data: Readonly<Record<string, number>>;
  readonly choose: RankedPhase;
  readonly test: RankedPhase;
  readonly variants: readonly RankedVariant[];
  /** Whether to say what the best of all settings on the test would have claimed. Costs a fit for each where the phases differ. */
  readonly claimsTuned: boolean;
}

interface Attempt {
  readonly choice: RecommenderChoice;
  readonly settings: TableSettings;
}

interface Chosen extends Attempt {
  readonly tried: number;
  readonly validation: number;
}

/** Tries a table's models on the trials of all its seeds. */
export async function tryRanked(
  name: string,
  table: PublishedTable,
  bench: Workbench,
  trialOf: (seed: number) => RankedTrial,
): Promise<TableResult> {
  const metrics = table.metrics.map((metric) => unwrap(parseMetric(metric)));
  const attempts = table.models.map((model) => ({ name: model.model, attempts: attemptsOf(model) }));
  const perSeed: { chosen: Map<string, Chosen>; measured: Map<string, MeasuredLists> }[] = [];
  const others: { variant: RankedVariant; measured: MeasuredLists }[] = [];
  const tuned: MeasuredLists[] = [];
  let data: TableResult["data"] = {};
  for (const seed of table.seeds) {
    const trial = trialOf(seed);
    data = trial.data;
    const runner = openRunner(name, trial, metrics, bench);
    const chosen = new Map<string, Chosen>();
    const measured = new Map<string, MeasuredLists>();
    for (const { name: model, attempts: own } of attempts) {
      const best = await chooseSettings(own, table["chosen-by"], runner.validation);
      chosen.set(model, best);
      measured.set(model, await runner.test(best));
    }
    perSeed.push({ chosen, measured });
    const [, preferred] = bestOf(chosen);
    for (const variant of trial.variants) others.push({ variant, measured: await runner.variant(preferred, variant) });
    if (trial.claimsTuned) {
      const all: MeasuredLists[] = [];
      for (const attempt of attempts.flatMap((one) => one.attempts)) all.push(await runner.test(attempt));
      const value = (one: MeasuredLists): number => meanOf(one.values.get(table["chosen-by"]));
      tuned.push(all.reduce((best, one) => (value(one) > value(best) ? one : best)));
    }
  }
  const random = bench.random(table.seeds[0]).fork(`intervals of ${name}`);
  const measure = (lists: readonly MeasuredLists[], label: string): Record<string, Measured> =>
    Object.fromEntries(metrics.map((metric) => [metric.name, pooled(lists, metric.name, random.fork(label))]));
  const rows = attempts.map(({ name: model }): TableRow => {
    const lists = perSeed.flatMap((one) => one.measured.get(model) ?? []);
    const chosen = perSeed.flatMap((one) => one.chosen.get(model) ?? []);
    return {
      name: model,
      settings: { ...chosen[0].settings },
      tried: chosen[0].tried,
      validation: chosen.reduce((sum, one) => sum + one.validation, 0) / chosen.length,
      values: measure(lists, model),
      n: new Set(lists.flatMap((one) => [...one.units])).size,
    };
  });
  const best = rows.reduce((a, b) => ((b.validation ?? 0) > (a.validation ?? 0) ? b : a));
  const variants = [...new Map(others.map(({ variant }) => [variant.name, variant])).values()].map((variant) => ({
    isHonest: variant.isHonest,
    row: {
      name: variant.name,
      says: variant.says,
      values: measure(
        others.filter((one) => one.variant.name === variant.name).map((one) => one.measured),
        variant.name,
      ),
    },
  }));
  const claims = variants.filter((one) => !one.isHonest).map((one) => one.row);
  if (tuned.length > 0) {
    const count = attempts.reduce((sum, one) => sum + one.attempts.length, 0);
    claims.push({
      name: "settings chosen on the test",
      says: `the best of all ${count} settings by ${table["chosen-by"]} on the test itself`,
      values: measure(tuned, "tuned on the test"),
    });
  }
  return {
    table: name,
    seeds: table.seeds,
    data,
    rows,
    best: best.name,
    checks: variants.filter((one) => one.isHonest).map((one) => one.row),
    claims,
    seconds: await bench.seconds(),
  };
}

function attemptsOf(model: PublishedTable["models"][number]): readonly Attempt[] {
  return settingsOf(model).map((settings) => ({ choice: unwrap(chooseRecommender(model.model, settings)), settings }));
}

/** The settings with the largest value on validation; of equal ones the first. */
async function chooseSettings(
  attempts: readonly Attempt[],
  chosenBy: string,
  validationOf: (attempt: Attempt) => Promise<MeasuredLists>,
): Promise<Chosen> {
  let best: Chosen | undefined;
  for (const attempt of attempts) {
    const validation = meanOf((await validationOf(attempt)).values.get(chosenBy));
    if (best === undefined || validation > best.validation) best = { ...attempt, tried: attempts.length, validation };
  }
  if (best !== undefined) return best;
  throw new FailureError({
    code: "nothing-to-try",
    message: "a model of the table has no settings",
    fix: "give it one",
  });
}

function bestOf(chosen: ReadonlyMap<string, Chosen>): readonly [string, Chosen] {
  return [...chosen].reduce((a, b) => (b[1].validation > a[1].validation ? b : a));
}

interface Runner {
  validation(attempt: Attempt): Promise<MeasuredLists>;
  test(attempt: Attempt): Promise<MeasuredLists>;
  variant(attempt: Attempt, variant: RankedVariant): Promise<MeasuredLists>;
}

function openRunner(name: string, trial: RankedTrial, metrics: readonly ParsedMetric[], bench: Workbench): Runner {
  const random = bench.random(trial.seed);
  const train = ({ choice }: Attempt, { training }: RankedPhase): Promise<Recommender> =>
    openRecommender(choice).fit(training, { random: random.fork("fit"), pool: bench.pool });
  const facts = ({ choice }: Attempt, phase: string) => ({
    model: choice.name,
    settings: choice.settings,
    seed: trial.seed,
    phase,
    metrics: metrics.map((metric) => metric.name),
  });
  const part = async (attempt: Attempt, phase: string, make: () => Promise<MeasuredLists>): Promise<MeasuredLists> => {
    const what = `${name}: ${attempt.choice.name} ${JSON.stringify(attempt.settings)}, ${phase}`;
    return measuredFrom(await bench.part(what, facts(attempt, phase), async () => measuredTo(await make())), metrics);
  };
  const sharesFit = trial.choose.training === trial.test.training;
  const plain = (attempt: Attempt, wanted: "choose" | "test"): Promise<MeasuredLists> =>
    part(attempt, wanted, async () => {
      const model = await train(attempt, trial[wanted]);
      // The test of these settings is kept unread: it is asked for where they are chosen, or for what the test itself would choose.
      if (sharesFit && wanted === "choose")
        await part(attempt, "test", async () => measure(model, trial.test, metrics));
      return measure(model, trial[wanted], metrics);
    });
  return {
    validation: (attempt) => plain(attempt, "choose"),
    test: (attempt) => plain(attempt, "test"),
    variant: (attempt, { name: variant, phase, among }) =>
      part(attempt, variant, async () =>
        measure(await train(attempt, phase), phase, metrics, { among, random: random.fork(variant) }),
      ),
  };
}

function measure(
  model: Recommender,
  { task, requests }: RankedPhase,
  metrics: readonly ParsedMetric[],
  { among, random }: { readonly among?: number; readonly random?: Random } = {},
): MeasuredLists {
  const historyOf = createHistories(task, DEFAULT_SIGNAL_WEIGHTS);
  const histories = Array.from({ length: requests.count }, (_, i) => historyOf(sharedListAt(requests.history, i)));
  const score = (request: number): Float32Array => {
    const scores = model.score(histories[request]);
    if (among === undefined || random === undefined) return scores;
    return sampled(scores, listAt(requests.relevant, request), histories[request].indices, among, random);
  };
  const depth = Math.max(...metrics.map(({ k }) => k));
  const lists: RankedLists = rankAll(requests.count, depth, score, (i) => histories[i].indices);
  return measureLists(requests, lists, metrics, WHOLE);
}

/** The scores of the wanted and of `among` other unseen items drawn without replacement; all others are out. */
function sampled(
  scores: Float32Array,
  wanted: Int32Array,
  seen: Int32Array,
  among: number,
  random: Random,
): Float32Array {
  const drawn = new Set<number>(wanted);
  const out = new Set<number>([...seen, ...wanted]);
  const room = Math.min(among, scores.length - out.size);
  while (drawn.size < wanted.length + room) {
    const item = random.below(scores.length);
    if (!out.has(item)) drawn.add(item);
  }
  const kept = new Float32Array(scores.length).fill(Number.NEGATIVE_INFINITY);
  for (const item of drawn) kept[item] = scores[item];
  return kept;
}

function measuredTo({ units, values }: MeasuredLists): StageResult {
  const arrays: Record<string, Column> = { units };
  for (const [metric, perRequest] of values) arrays[`values.${metric}`] = perRequest;
  return stageResult({ arrays });
}

function measuredFrom({ arrays }: StageResult, metrics: readonly ParsedMetric[]): MeasuredLists {
  const values = new Map(metrics.map(({ name }) => [name, storedFloat64(arrays, `values.${name}`)]));
  return { units: storedInt32(arrays, "units"), values };
}

function meanOf(values: Float64Array | undefined): number {
  if (values === undefined || values.length === 0) return Number.NEGATIVE_INFINITY;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over the requests of all seeds, with an interval by unit: one person's requests of several seeds are not independent. */
function pooled(lists: readonly MeasuredLists[], metric: string, random: Random): Measured {
  const values = Float64Array.from(lists.flatMap((one) => [...(one.values.get(metric) ?? [])]));
  const units = Int32Array.from(lists.flatMap((one) => [...one.units]));
  const level = bootstrapMean(values, { random: random.fork(metric), units, range: REQUEST_RANGE });
  const interval = knownInterval(level);
  return { value: level.mean, interval: interval === null ? null : [...interval] };
}
