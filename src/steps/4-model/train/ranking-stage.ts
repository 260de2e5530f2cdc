/** The stage that learns to order candidates: boosted trees on earlier windows' requests, stopped on the validation window. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Column, Table } from "../../../core/table.ts";
import { plainJson } from "../../../system/canonical-json.ts";
import type { Environment } from "../../../system/environment.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { type RankedTask, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import { cutsFromStored, requestsFromStored } from "../../3-data/split/stored-requests.ts";
import { trainTrees } from "../models/gradient-boosted-trees.ts";
import { treesToFile } from "../models/trees-json.ts";
import type { TreesModel } from "../models/trees-model.ts";
import { createTreesScorer } from "../models/trees-scorer.ts";
import { CANDIDATES_STAGE } from "./candidates-stage.ts";
import { engineRankingRows, type WantedRows } from "./engine-ranking-rows.ts";
import { listsFromStored, type RankedLists, storeLists } from "./ranked-lists.ts";
import { type RankingRows, type RankingSet, type RowSampling, rankingRows, stackRows } from "./ranking-rows.ts";
import type { TreesOptions } from "./trees-options.ts";

export const RANKING_STAGE = "ranking";

/** First-stage models whose scores the ranker reads: name in the features, and training stage. */
export type RankingSource = { readonly name: string; readonly stage: string };

export interface RankingPlan {
  /** The stage that stored the ranked task. */
  readonly task: string;
  /** The stage's name; a ranker that cheats stands beside the honest one. */
  readonly name: string;
  readonly sources: readonly RankingSource[];
  readonly declarations: readonly FeatureDeclaration[];
  readonly options: TreesOptions;
  /** Seconds by which a feature reads past the request, as the note says of it; empty for an honest ranker. */
  readonly leads: Readonly<Record<string, number>>;
  /** The name of an engine elsewhere that computes the declared features; this machine where absent. */
  readonly engine?: string;
}

/** Not-relevant candidates of a training request: enough for the loss to see what stands above the relevant ones. */
const NEGATIVES = 60;

export function rankingStage(plan: RankingPlan): Stage {
  const { task, name, sources, declarations, options, leads, engine } = plan;
  // A ranker that reads past its requests is shown to be seen through, here.
  const isHonest = Object.keys(leads).length === 0 && declarations.length > 0;
  return stage({
    name,
    step: 4,
    title: name === RANKING_STAGE ? "training the ranker" : "training a ranker that reads the future",
    inputs: [task, "split", CANDIDATES_STAGE, ...sources.map((source) => source.stage)],
    data: NO_FILES,
    plan: { task, name, sources, declarations, options, leads, ...(engine !== undefined && { engine }) },
    run: trainRanker,
    ...(isHonest && { onEngine: (name: string) => rankingStage({ ...plan, engine: name }) }),
  });
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

/** Opens a request set with its candidates and sources. */
export async function openRankingSet(
  name: string,
  sources: readonly RankingSource[],
  input: Access["input"],
): Promise<RankingSet> {
  const split = await input("split");
  const lists = await Promise.all(
    sources.map(async (source) => [source.name, listsFromStored((await input(source.stage)).arrays, name)] as const),
  );
  return {
    requests: requestsFromStored(split, name),
    candidates: listsFromStored((await input(CANDIDATES_STAGE)).arrays, name),
    sources: new Map(lists),
  };
}

async function trainRanker(plan: RankingPlan, { input, random, environment }: Access): Promise<StageResult> {
  const task = rankedTaskFromStored(await input(plan.task));
  const names = cutsFromStored(await input("split")).sets.map((set) => set.name);
  const open = (name: string): Promise<RankingSet> => openRankingSet(name, plan.sources, input);
  const learned = [...names.filter(isFold), "validation", "validation-cold"];
  const ranked = names.filter((name) => !isFold(name));
  const there =
    plan.engine === undefined
      ? undefined
      : await rowsThere({ plan, task, learned, ranked, open }, { random, environment });
  const sampled = async (name: string): Promise<RankingRows> =>
    there?.learned.get(name) ??
    rankingRows(await open(name), task, plan.declarations, plan.leads, samplingOf(name, random));
  const folds: RankingRows[] = [];
  for (const name of names.filter(isFold)) folds.push(await sampled(name));
  const held = [await sampled("validation"), await sampled("validation-cold")];
  const training = stackRows(folds);
  const stopped = await fitTrees(training, plan.options, random, environment, stackRows(held));
  // The validation window is the nearest past: with the number of trees settled, it joins the training rows.
  const final = await fitTrees(
    stackRows([...folds, ...held]),
    { ...plan.options, trees: Math.max(1, stopped.trees.length) },
    random,
    environment,
  );
  const lists: Record<string, Column> = {};
  for (const name of ranked) {
    const set = await open(name);
    const scorer = createTreesScorer(name.startsWith("test") ? final : stopped);
    // Without any history there is nothing to rank by: the cold-start source's order stands.
    const isCold = (request: number): boolean => sharedLength(set.requests.history, request) === 0;
    const rows = there?.ranked.get(name) ?? rankingRows(set, task, plan.declarations, plan.leads);
    Object.assign(lists, storeLists(name, orderCandidates(scorer.margins, rows, set.requests.count, isCold)));
  }
  const file = treesToFile(final);
  // A ranker that reads past the request is shown only to be seen through.
  const of = {
    step: 4,
    subject: plan.name,
    ...(Object.keys(plan.leads).length > 0 && { role: "cheat" as const }),
  } as const;
  return stageResult({
    json: { model: plainJson(file) },
    arrays: lists,
    figures: [
      figure({
        name: "training rows",
        ...of,
        value: training.labels.length,
        unit: "rows",
        note: "requests of earlier windows with their candidates",
      }),
      figure({
        name: "trees",
        ...of,
        value: final.trees.length,
        unit: "trees",
        note: "stopped on the validation window",
      }),
      figure({
        name: "model bytes",
        ...of,
        value: JSON.stringify(file).length,
        unit: "B",
        note: "as JSON",
      }),
    ],
    remarks: [{ kind: "answer", text: `${rankerSentence(final, training.labels.length)}${there?.says ?? ""}` }],
  });
}

function isFold(name: string): boolean {
  return name.startsWith("fold-");
}

/** Which rows of a set the ranker learns from, drawn with the stage's `random`; undefined for a set that it is only asked about. */
export function samplingOf(name: string, random: Random): RowSampling | undefined {
  return isFold(name) || name.startsWith("validation")
    ? { negatives: NEGATIVES, random: random.fork(name) }
    : undefined;
}

interface RowsThere {
  readonly learned: ReadonlyMap<string, RankingRows>;
  readonly ranked: ReadonlyMap<string, RankingRows>;
  readonly says: string;
}

/** All rows that the stage needs, their declared features computed by the plan's engine at once. */
async function rowsThere(
  {
    plan,
    task,
    learned,
    ranked,
    open,
  }: {
    readonly plan: RankingPlan;
    readonly task: RankedTask;
    readonly learned: readonly string[];
    readonly ranked: readonly string[];
    open(name: string): Promise<RankingSet>;
  },
  { random, environment }: Pick<Access, "random" | "environment">,
): Promise<RowsThere> {
  const { engine, progress } = environment;
  if (engine === undefined) throw new Error("a stage for an engine was planned, and no engine was opened");
  const wanted: WantedRows[] = [];
  for (const name of learned) wanted.push({ set: await open(name), sampling: samplingOf(name, random) });
  for (const name of ranked) wanted.push({ set: await open(name) });
  const { rows, checked } = await engineRankingRows(wanted, task, plan.declarations, {
    engine,
    random: random.fork("engine"),
    progress,
  });
  const count = rows.reduce((sum, one) => sum + one.item.length, 0);
  const many = (one: number): string => one.toLocaleString("en-US");
  return {
    learned: new Map(learned.map((name, at) => [name, rows[at]])),
    ranked: new Map(ranked.map((name, at) => [name, rows[learned.length + at]])),
    says: ` The declared features of ${many(count)} rows were computed on ${engine.name}; ${many(checked)} of them, drawn at random, were computed here too and are equal to the last bit.`,
  };
}

async function fitTrees(
  rows: { readonly features: Table; readonly labels: Float64Array; readonly queries: Float64Array },
  options: TreesOptions,
  random: Random,
  environment: Environment,
  validation?: { readonly features: Table; readonly labels: Float64Array; readonly queries: Float64Array },
): Promise<TreesModel> {
  environment.progress("training the ranker");
  const trained = unwrap(await trainTrees(rows, options, { ...environment, random: random.fork("trees") }, validation));
  return trained.model;
}

/** Candidates of each request in the order of the ranker's scores; ties, and requests that keep their order, stay as they came. */
export function orderCandidates(
  score: (features: Table) => Float64Array,
  { request, item, features }: RankingRows,
  requests: number,
  keepsOrder: (request: number) => boolean,
): RankedLists {
  const margins = score(features);
  const offsets = new Int32Array(requests + 1);
  for (const one of request) offsets[one + 1]++;
  for (let i = 0; i < requests; i++) offsets[i + 1] += offsets[i];
  const order = Int32Array.from(item, (_, row) => row);
  const items = new Int32Array(item.length);
  const scores = new Float32Array(item.length);
  for (let one = 0; one < requests; one++) {
    const rows = order.subarray(offsets[one], offsets[one + 1]);
    if (!keepsOrder(one)) rows.sort((a, b) => margins[b] - margins[a] || a - b);
    rows.forEach((row, place) => {
      items[offsets[one] + place] = item[row];
      scores[offsets[one] + place] = keepsOrder(one) ? -place : margins[row];
    });
  }
  return { offsets, items, scores };
}

function rankerSentence(model: TreesModel, rows: number): string {
  const names = model.features.map(({ name }) => `\`${name}\``);
  return `The ranker learned from ${formatNumber(rows)} candidates of earlier windows, where the first stage had seen nothing of the outcome; it reads ${names.length} features: ${names.join(", ")}.`;
}
