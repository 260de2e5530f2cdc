/** The stage that trains one first-stage recommender on what was known at the cuts, and ranks every item for every request. */

import { figure } from "../../../core/figure.ts";
import type { Random } from "../../../core/random.ts";
import type { Column } from "../../../core/table.ts";
import { topK } from "../../../core/top-k.ts";
import type { Environment } from "../../../system/environment.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { sharedListAt } from "../../3-data/row-lists.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../3-data/split/stored-requests.ts";
import type { TrainingWindow } from "../../3-data/split/training-window.ts";
import { itemKnn } from "../models/item-knn.ts";
import type { History, ModelArtefact, Recommender } from "../models/recommender.ts";
import { openRecommender, type RecommenderChoice } from "../models/recommenders.ts";
import { trainingThere } from "./engine-neighbours.ts";
import { createHistories, eventStrength, type SignalWeights, trainingDataWithin } from "./interaction-matrix.ts";
import { learner } from "./learn-recommender.ts";
import { createListWriter } from "./list-writer.ts";
import { createAlikeRanking } from "./rank-alike.ts";
import { type Askers, rankByVectors } from "./rank-by-vectors.ts";
import { type RankedLists, storeLists } from "./ranked-lists.ts";
import { openRankedSource, type RankedSource, rankedInputs } from "./ranked-source.ts";

/** Candidates kept per request: deep enough for recall@100 and for what a second stage reads. */
export const LIST_DEPTH = 200;

/** The stage's name for a subject: what later stages declare as their input. */
export function trainingStageName(subject: string): string {
  return `train-${subject}`;
}

/** `subject` is what figures call the model: `baseline`, `als`, `ease`. */
export function recommenderStage(
  source: RankedSource,
  subject: string,
  choice: RecommenderChoice,
  engine?: string,
): Stage {
  return stage({
    name: trainingStageName(subject),
    step: 4,
    title: engine === undefined ? `training ${subject}` : `training ${subject} on ${engine}`,
    inputs: [...rankedInputs(source), "split"],
    data: NO_FILES,
    plan: { source, subject, choice, ...(engine !== undefined && { engine }) },
    run: trainAndRank,
    ...(choice.name === itemKnn.name && {
      onEngine: (name: string) => recommenderStage(source, subject, choice, name),
    }),
  });
}

interface TrainingPlan {
  readonly source: RankedSource;
  readonly subject: string;
  readonly choice: RecommenderChoice;
  /** The name of an engine elsewhere that counts which items go together; this machine where absent. */
  readonly engine?: string;
}

async function trainAndRank(
  { source, subject, choice, engine }: TrainingPlan,
  { input, random, environment }: Pick<StageContext, "input" | "random" | "environment">,
): Promise<StageResult> {
  const { weights } = source;
  const { task, examination } = await openRankedSource(source, input);
  const split = await input("split");
  const { trainStart, testStart, sets } = cutsFromStored(split);
  const testCut = sets.find(({ name }) => name === "test")?.cut ?? testStart;
  const there =
    engine === undefined
      ? undefined
      : await trainingThere(
          { subject, choice, task, strengthOf: eventStrength(task, weights, examination) },
          environment,
        );
  const trainHere = trainerOf(choice, { task, weights, examination }, { environment, random });
  const train = (moment: number): Promise<Recommender> => {
    const window = { from: trainStart, until: moment };
    if (there === undefined) return trainHere(window);
    return there.train(window, trainingDataWithin(task, window, weights, examination), chanceAt(random, window));
  };
  const started = environment.stopwatch.now();
  const final = await train(testCut);
  const seconds = environment.stopwatch.now() - started;
  const lists: Record<string, Column> = {};
  for (const cut of new Set(sets.map((set) => set.cut))) {
    const model = cut === testCut ? final : await train(cut);
    for (const { name } of sets.filter((set) => set.cut === cut)) {
      const ranked = await rankAsked(model, { task, weights }, requestsFromStored(split, name), environment);
      Object.assign(lists, storeLists(name, ranked));
    }
  }
  const artefact = final.toArtefact();
  return stageResult({
    json: { model: artefact.model, meta: { ...artefact.meta } },
    arrays: {
      ...modelColumns(artefact),
      ...lists,
    },
    figures: [
      figure({ step: 4, name: "model bytes", subject, value: artefactBytes(artefact), unit: "B" }),
      figure({
        step: 4,
        name: "training time",
        subject,
        value: seconds,
        unit: "s",
        note: "measured once, on this machine",
      }),
    ],
    ...(there !== undefined && { remarks: [{ kind: "answer", text: there.says() }] }),
  });
}

/** Trains at the end of a window as this stage does: whoever gives it the stage's chance has the stage's very model. */
export function trainerOf(
  choice: RecommenderChoice,
  material: Parameters<typeof learner>[1],
  { environment, random }: { readonly environment: Environment; readonly random: Random },
): (window: TrainingWindow) => Promise<Recommender> {
  const learn = learner(choice, material, environment);
  return (window) => learn(window, chanceAt(random, window));
}

function chanceAt(random: Random, { until }: TrainingWindow): Random {
  return random.fork(`at ${until}`);
}

/** The lists of this stage for all requests of a set. */
export async function rankAsked(
  model: Recommender,
  { task, weights }: { readonly task: RankedTask; readonly weights: SignalWeights },
  requests: StoredRequests,
  { pool }: Pick<Environment, "pool">,
): Promise<RankedLists> {
  const asked = askersOf(task, requests, weights);
  return (await rankByVectors(model, asked, { depth: LIST_DEPTH, pool })) ?? rankOneByOne(model, asked);
}

/** Lists for all requests of a set; what a unit already has is not offered again. */
export function rankRequests(
  model: Recommender,
  task: RankedTask,
  requests: StoredRequests,
  weights: SignalWeights,
): RankedLists {
  return rankOneByOne(model, askersOf(task, requests, weights));
}

function askersOf(task: RankedTask, { count, history }: StoredRequests, weights: SignalWeights): Askers {
  const historyOf = createHistories(task, weights);
  return { count, history: (request) => historyOf(sharedListAt(history, request)) };
}

function rankOneByOne(model: Recommender, { count, history }: Askers): RankedLists {
  const writer = createListWriter(count);
  const shared = model.alike === true ? model.score(NOTHING) : undefined;
  const ranked = shared && createAlikeRanking(shared, LIST_DEPTH);
  for (let request = 0; request < count; request++) {
    const own = history(request);
    const scores = shared ?? model.score(own);
    const best = ranked?.(own.indices) ?? topK(scores, LIST_DEPTH, own.indices);
    writer.add(
      best,
      Float32Array.from(best, (item) => scores[item]),
    );
  }
  return writer.lists();
}

const NOTHING: History = { indices: new Int32Array(0), values: new Float32Array(0) };

const MODEL_PREFIX = "model.";

function modelColumns({ arrays }: ModelArtefact): Record<string, Column> {
  return Object.fromEntries(Object.entries(arrays).map(([name, column]) => [`${MODEL_PREFIX}${name}`, column]));
}

/** The trained model of a stored training stage. */
export function recommenderFromStored({ json, arrays }: StageResult, choice: RecommenderChoice): Recommender {
  const meta: Record<string, number | string | boolean> = {};
  if (
    typeof json === "object" &&
    json !== null &&
    "meta" in json &&
    typeof json.meta === "object" &&
    json.meta !== null
  ) {
    for (const [name, value] of Object.entries(json.meta)) {
      if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") meta[name] = value;
    }
  }
  const columns: Record<string, Float32Array | Int32Array> = {};
  for (const name of Object.keys(arrays)) {
    if (!name.startsWith(MODEL_PREFIX)) continue;
    const column = arrays[name];
    if (column instanceof Float32Array || column instanceof Int32Array)
      columns[name.slice(MODEL_PREFIX.length)] = column;
  }
  return openRecommender(choice).fromArtefact({ model: choice.name, meta, arrays: columns });
}

function artefactBytes({ arrays }: Pick<ModelArtefact, "arrays">): number {
  return Object.values(arrays).reduce((sum, column) => sum + column.byteLength, 0);
}
