/** The stage that asks what the first stage lets through: its recall, and the best ranking that any second stage could make of it. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { listAt } from "../../3-data/row-lists.ts";
import { requestsFromStored, type StoredRequests } from "../../3-data/split/stored-requests.ts";
import { CANDIDATES_STAGE } from "../../4-model/train/candidates-stage.ts";
import { listsFromStored, type RankedLists, rankedItems } from "../../4-model/train/ranked-lists.ts";
import { REQUEST_RANGE } from "../metrics/metric.ts";
import { ndcg } from "../metrics/ndcg.ts";
import { rankedRequest } from "../metrics/ranked-request.ts";
import { bootstrapMean, knownInterval } from "./bootstrap.ts";

const CUTOFF = 10;

export function candidateCeilingStage(task: string, keep: number): Stage {
  return stage({
    name: "ceiling",
    step: 5,
    title: "measuring what the first stage lets through",
    inputs: [task, "split", CANDIDATES_STAGE],
    data: NO_FILES,
    plan: { task, keep },
    run: measureCeiling,
  });
}

async function measureCeiling(
  { task, keep }: { readonly task: string; readonly keep: number },
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const { words, items } = rankedTaskFromStored(await input(task));
  const requests = requestsFromStored(await input("split"), "test");
  const lists = listsFromStored((await input(CANDIDATES_STAGE)).arrays, "test");
  if (requests.count === 0)
    return stageResult({
      remarks: [{ kind: "warning", text: "there was no test request to measure candidates on" }],
    });
  const found = hitsOf(requests, lists);
  const interval = (name: string, values: Float64Array, note: string): Figure => {
    const estimate = bootstrapMean(values, { random: random.fork(name), units: requests.unit, range: REQUEST_RANGE });
    return figure({
      step: 5,
      name,
      subject: "candidates",
      value: estimate.mean,
      interval: knownInterval(estimate),
      n: estimate.n,
      note,
    });
  };
  const recall = interval(`recall@${keep}`, found.recall, `share of the relevant ${words.items} among the candidates`);
  // Of all items any order can be made: that is no merit of the first stage, and no hint where to work.
  if (keep >= items.count)
    return stageResult({
      figures: [recall],
      remarks: [
        {
          kind: "answer",
          text: `The first stage hands on all ${formatNumber(items.count)} ${words.items}: it sets no ceiling, and how good it is shows in its own order alone.`,
        },
      ],
    });
  const ceiling = interval(
    `ndcg@${CUTOFF} ceiling`,
    found.ceiling,
    "if the second stage put every relevant candidate on top",
  );
  return stageResult({
    figures: [recall, ceiling],
    remarks: [
      {
        kind: "answer",
        text: `The first stage lets through ${formatShare(recall.value)} of what ${words.units} went on to like; no second stage can bring ndcg@${CUTOFF} above **${formatNumber(ceiling.value)}**.`,
      },
    ],
  });
}

function hitsOf(
  requests: StoredRequests,
  lists: RankedLists,
): { readonly recall: Float64Array; readonly ceiling: Float64Array } {
  const recall = new Float64Array(requests.count);
  const ceiling = new Float64Array(requests.count);
  for (let request = 0; request < requests.count; request++) {
    const relevant = new Set(listAt(requests.relevant, request));
    const hits = [...rankedItems(lists, request)].filter((item) => relevant.has(item));
    recall[request] = hits.length / relevant.size;
    ceiling[request] = ndcg.measure(rankedRequest(hits, relevant), CUTOFF, ndcg.variants[0]);
  }
  return { recall, ceiling };
}
