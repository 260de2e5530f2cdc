/** The protocol of next items: each list's last item is the test, the one before it validation, every item not seen before is ranked. */

import type { Random } from "../../core/random.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { splitLeaveOneOut } from "../../steps/3-data/split/by-time-per-unit.ts";
import { createHeldOutRequests } from "../../steps/3-data/split/held-out.ts";
import { type Part, partCode, type Split } from "../../steps/3-data/split/split.ts";
import type { TrainingData } from "../../steps/4-model/models/recommender.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataOf } from "../../steps/4-model/train/interaction-matrix.ts";
import { checksumOfLines } from "./data-checksums.ts";
import { countsOf, lineOf, readListed, taskOfLists } from "./listed-events.ts";
import { type RankedPhase, type RankedTrial, tryRanked } from "./ranked-trial.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";
import type { Workbench } from "./workbench.ts";

export async function tryNextItem(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const listed = readListed(bench.text(table.data.lists), table.data.lists);
  const lists = listed.map(({ items }) => items);
  bench.counted(countsOf(lists));
  bench.summed({ lists: checksumOfLines(listed.map(lineOf)) });
  return tryRanked(name, table, bench, (seed) => nextItemTrial(lists, seed, bench.random(seed)));
}

/** How many others a sampled protocol ranks the wanted item among. */
const SAMPLED = 99;

/** The trial of these lists; settings are chosen, and the test answered, by models that learned from neither of the two last items. */
export function nextItemTrial(lists: readonly (readonly number[])[], seed: number, random: Random): RankedTrial {
  const task = taskOfLists(lists, random.fork("numbers"));
  const split = splitLeaveOneOut(task.events.time, task.events.unit, task.units, task.words.unit);
  const training = learn(task, split, ["train"]);
  const choose = { task, training, requests: ask(task, split, "validation", ["train"]) };
  const test = { task, training, requests: ask(task, split, "test", ["train", "validation"]) };
  const shuffled = taskOfLists(
    lists.map((list) => shuffleBefore(list, random.fork("order"))),
    random.fork("numbers"),
  );
  const anywhere = splitAnywhere(task, random.fork("anywhere"));
  return {
    seed,
    data: { people: lists.length, items: task.items.count, events: task.events.count },
    choose,
    test,
    claimsTuned: true,
    variants: [
      {
        name: "without order",
        says: "the same settings where every list but its last item is shuffled: what order does not explain",
        isHonest: true,
        phase: {
          task: shuffled,
          training: learn(shuffled, split, ["train"]),
          requests: ask(shuffled, split, "test", ["train", "validation"]),
        },
      },
      {
        name: "trained on the validation item too",
        says: "the same settings, learned again with the item before the last, as a service would",
        isHonest: true,
        phase: { ...test, training: learn(task, split, ["train", "validation"]) },
      },
      {
        name: "sampled candidates",
        says: `the item to be found ranked among ${SAMPLED} others drawn by chance, in place of all`,
        isHonest: false,
        phase: test,
        among: SAMPLED,
      },
      {
        name: "random split",
        says: "any item of a list held out in place of the last: what came later is known",
        isHonest: false,
        phase: {
          task,
          training: learn(task, anywhere, ["train"]),
          requests: ask(task, anywhere, "test", ["train"]),
        },
      },
    ],
  };
}

function learn(task: RankedTask, { part }: Split, parts: readonly Part[]): TrainingData {
  const codes = new Set(parts.map(partCode));
  const end = task.events.time.reduce((latest, time) => Math.max(latest, time), 0) + 1;
  return trainingDataOf(task, (event) => codes.has(part[event]), end, DEFAULT_SIGNAL_WEIGHTS);
}

/** Items that a list holds a second time are looked for, and never found: every list counts, as in the published tables. */
function ask(
  task: RankedTask,
  split: Split,
  part: "validation" | "test",
  history: readonly Part[],
): RankedPhase["requests"] {
  return createHeldOutRequests(task.events, task.units, split, { part, history, repeats: "miss" });
}

function shuffleBefore(list: readonly number[], random: Random): readonly number[] {
  return [...random.shuffle(Int32Array.from(list.slice(0, -1))), ...list.slice(-1)];
}

/** One event of each unit that has three, drawn by chance, is the test. */
function splitAnywhere({ events, units }: RankedTask, random: Random): Split {
  const rows: number[][] = Array.from({ length: units }, () => []);
  events.unit.forEach((unit, row) => {
    rows[unit].push(row);
  });
  const part = new Uint8Array(events.count).fill(partCode("train"));
  for (const own of rows) if (own.length >= 3) part[own[random.below(own.length)]] = partCode("test");
  return { description: "an event of each person, drawn by chance", part };
}
