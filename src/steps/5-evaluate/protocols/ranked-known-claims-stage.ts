/** The stage that says what lists would have claimed had events counted from when they happened, before anybody knew of them. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { createRandom } from "../../../core/random.ts";
import { topK } from "../../../core/top-k.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { type RankedEvents, type RankedTask, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { listAt, sharedListAt } from "../../3-data/row-lists.ts";
import { createRequests, type RelevanceFacts } from "../../3-data/split/request-time.ts";
import { cutsFromStored } from "../../3-data/split/stored-requests.ts";
import type { TrainingWindow } from "../../3-data/split/training-window.ts";
import { itemKnn } from "../../4-model/models/item-knn.ts";
import { createHistories, type SignalWeights, trainingDataWithin } from "../../4-model/train/interaction-matrix.ts";
import { dcg } from "../metrics/ndcg.ts";

interface ClaimsPlan {
  readonly task: string;
  readonly weights: SignalWeights;
  readonly relevant: RelevanceFacts;
}

const K = 10;

/** Undefined where the source does not say when events became known. */
export function rankedKnownClaimsStage(
  task: string,
  weights: SignalWeights,
  relevant: RelevanceFacts,
  isKnownSaid: boolean,
): Stage | undefined {
  if (!isKnownSaid) return undefined;
  return stage({
    name: "known-claims",
    step: 3,
    title: "measuring what events that were not known yet would have claimed",
    inputs: [task, "split"],
    data: NO_FILES,
    plan: { task, weights, relevant },
    run: measureClaims,
  });
}

async function measureClaims(
  { task: name, weights, relevant }: ClaimsPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const task = rankedTaskFromStored(await input(name));
  const { trainStart, testStart, sets } = cutsFromStored(await input("split"));
  const cut = sets.find((set) => set.name === "test")?.cut ?? testStart;
  const late = countLate(task.events, cut);
  const window = { from: trainStart, until: cut };
  const honest = await neighboursAt(task, window, testStart, weights, relevant);
  const hasty = await neighboursAt({ ...task, events: asHappened(task.events) }, window, testStart, weights, relevant);
  const add = (called: string, value: number, unit: string, note: string) =>
    figure({ step: 3, name: called, subject: "known", value, unit, note, n: honest.requests });
  return stageResult({
    figures: [
      add("events not known at the cut", late, "events", "they had happened, and nobody knew of them yet"),
      add(`ndcg@${K} of item neighbours`, honest.ndcg, "", "events count from when they were known"),
      add(
        `ndcg@${K} of item neighbours, events taken for known at once`,
        hasty.ndcg,
        "",
        "a claim that could not be kept: these events were not there yet",
      ),
    ],
    remarks: [
      {
        kind: "answer",
        text: `Events count from when they were known. At the cut ${formatNumber(late)} had happened that nobody knew of. Taken for known at once, lists of item neighbours would have claimed ndcg@${K} ${formatNumber(hasty.ndcg, 3)} for ${formatNumber(honest.ndcg, 3)} on ${formatNumber(honest.requests)} requests.`,
      },
    ],
  });
}

function countLate({ time, happened = time }: RankedEvents, cut: number): number {
  let count = 0;
  for (let row = 0; row < time.length; row++) if (happened[row] < cut && time[row] >= cut) count++;
  return count;
}

/** The events as one would have them who takes each for known when it happened. */
function asHappened(events: RankedEvents): RankedEvents {
  const { happened, position, judged, strength } = events;
  if (happened === undefined) return events;
  const order = Int32Array.from(happened.keys()).sort((one, other) => happened[one] - happened[other] || one - other);
  return {
    count: events.count,
    ...(events.kinds === undefined ? {} : { kinds: events.kinds }),
    unit: order.map((row) => events.unit[row]),
    item: order.map((row) => events.item[row]),
    time: Float64Array.from(order, (row) => happened[row]),
    kind: Uint8Array.from(order, (row) => events.kind[row]),
    value: Float32Array.from(order, (row) => events.value[row]),
    ...(position === undefined ? {} : { position: order.map((row) => position[row]) }),
    ...(judged === undefined ? {} : { judged: Int8Array.from(order, (row) => judged[row]) }),
    ...(strength === undefined ? {} : { strength: Float32Array.from(order, (row) => strength[row]) }),
  };
}

/** Mean ndcg@10 over the requests after `testStart` of item neighbours that learned from the window. */
async function neighboursAt(
  task: RankedTask,
  window: TrainingWindow,
  testStart: number,
  weights: SignalWeights,
  relevant: RelevanceFacts,
): Promise<{ readonly ndcg: number; readonly requests: number }> {
  const model = await itemKnn.fit(trainingDataWithin(task, window, weights), itemKnn.defaults, {
    random: createRandom(7),
  });
  const requests = createRequests(task.events, task.units, { from: testStart, relevant });
  const historyOf = createHistories(task, weights);
  let sum = 0;
  for (let one = 0; one < requests.count; one++) {
    const history = historyOf(sharedListAt(requests.history, one));
    const wanted = new Set(listAt(requests.relevant, one));
    const shown = topK(model.score(history), K, history.indices);
    const ideal = dcg(new Float64Array(Math.min(K, wanted.size)).fill(1), K);
    sum +=
      dcg(
        Float64Array.from(shown, (item) => (wanted.has(item) ? 1 : 0)),
        K,
      ) / ideal;
  }
  return { ndcg: requests.count === 0 ? 0 : sum / requests.count, requests: requests.count };
}
