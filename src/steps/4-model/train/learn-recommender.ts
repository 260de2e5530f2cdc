/** Trains a first-stage recommender on what lies in a window: from one matrix where that fits, else from blocks on disk, to the same model. */

import type { Random } from "../../../core/random.ts";
import type { Environment } from "../../../system/environment.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { liesIn, type TrainingWindow } from "../../3-data/split/training-window.ts";
import type { Recommender } from "../models/recommender.ts";
import { openRecommender, type RecommenderChoice } from "../models/recommenders.ts";
import type { Examination } from "./examination.ts";
import { trainingBlocksWithin } from "./interaction-blocks.ts";
import { passingDataWithin, type SignalWeights, trainingDataWithin } from "./interaction-matrix.ts";

/**
 * What training from one matrix holds of an event: place, item, strength and time, confidence, the same by items, and both once more in the
 * kernel's memory.
 */
const EVENT_BYTES = 44;
/** The rest is for the log's own columns, which stay, for queries, other programs and what comes of the training. */
const SHARE = 1 / 4;
/** 64 MiB in the kernel's memory, of which two lie beside the factors. */
const BLOCK_PAIRS = 2 ** 23;

type Material = { readonly task: RankedTask; readonly weights: SignalWeights; readonly examination: Examination };

export function learner(
  choice: RecommenderChoice,
  { task, weights, examination }: Material,
  { pool, machine, scratch, progress }: Pick<Environment, "pool" | "machine" | "scratch" | "progress">,
): (window: TrainingWindow, random: Random) => Promise<Recommender> {
  const model = openRecommender(choice);
  const { fitBlocks, fitPassing } = model;
  const budget = machine === undefined ? Number.POSITIVE_INFINITY : machine.memory * SHARE;
  return async (window, random) => {
    const environment = { random, pool, machine };
    if (fitPassing !== undefined) return fitPassing(passingDataWithin(task, window, weights, examination), environment);
    if (fitBlocks === undefined || scratch === undefined || fits(task, window, budget))
      return model.fit(trainingDataWithin(task, window, weights, examination), environment);
    progress("writing pairs by blocks: they do not fit beside the log");
    const blocks = await trainingBlocksWithin(task, window, weights, examination, { scratch, most: BLOCK_PAIRS });
    try {
      return await fitBlocks(blocks, environment);
    } finally {
      await blocks.close();
    }
  };
}

function fits({ events }: RankedTask, window: TrainingWindow, budget: number): boolean {
  if (events.count * EVENT_BYTES <= budget) return true;
  const within = liesIn(events, window);
  let count = 0;
  for (let event = 0; event < events.count; event++) if (within(event)) count++;
  return count * EVENT_BYTES <= budget;
}
