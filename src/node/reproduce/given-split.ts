/** The protocol of a split that a paper ships: its training file is learned from, its test file looked for, and validation is taken out of the training file. */

import { FailureError } from "../../core/outcome.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { createHeldOutRequests } from "../../steps/3-data/split/held-out.ts";
import { splitStratified } from "../../steps/3-data/split/random.ts";
import { partCode, type Split } from "../../steps/3-data/split/split.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataOf } from "../../steps/4-model/train/interaction-matrix.ts";
import { checksumOfLines } from "./data-checksums.ts";
import { countsOf, type Listed, lineOf, readListed, taskOfLists } from "./listed-events.ts";
import { type RankedPhase, tryRanked } from "./ranked-trial.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";
import type { Workbench } from "./workbench.ts";

/** Of each person's training items, the share that settings are chosen on. */
const VALIDATION = 0.1;

export async function tryGivenSplit(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const [train, test] = [table.data.train, table.data.test].map((file) => readListed(bench.text(file), file));
  const known = new Map(train.map(({ person, items }) => [person, items]));
  const wanted = new Map(test.map(({ person, items }) => [person, items]));
  const people = [...new Set([...known.keys(), ...wanted.keys()])];
  const both = people.find((person) => known.get(person)?.some((item) => wanted.get(person)?.includes(item)));
  if (both !== undefined) {
    throw new FailureError({
      code: "split-overlaps",
      message: `person ${both} has an item in both files`,
      where: table.data.test,
      fix: "take both files of the split from one source",
    });
  }
  const lists = people.map((person) => [...(known.get(person) ?? []), ...(wanted.get(person) ?? [])]);
  bench.counted(countsOf(lists));
  bench.summed({ train: checksumOfSets(train), test: checksumOfSets(test) });
  const counts = people.map((person) => known.get(person)?.length ?? 0);
  return tryRanked(name, table, bench, (seed) => {
    const random = bench.random(seed);
    const placed = taskOfLists(lists, random.fork("numbers"));
    const isTest = placed.events.time.map((place, row) => Number(place >= counts[placed.events.unit[row]]));
    // The order within a file means nothing: all happens at one moment.
    const task = { ...placed, events: { ...placed.events, time: new Float64Array(placed.events.count) } };
    const { unit } = task.events;
    const inner = splitStratified(unit, people.length, { test: VALIDATION }, random.fork("validation"));
    const held = {
      description: "",
      part: inner.part.map((code, row) => (isTest[row] === 1 ? partCode("unused") : code)),
    };
    const given = {
      description: "as the files say",
      part: Uint8Array.from(isTest, (test) => partCode(test === 1 ? "test" : "train")),
    };
    return {
      seed,
      data: { people: people.length, items: task.items.count, events: task.events.count },
      choose: phaseOf(task, held),
      test: phaseOf(task, given),
      claimsTuned: false,
      variants: [],
    };
  });
}

/** The order of a person's items says nothing here. */
function checksumOfSets(listed: readonly Listed[]): string {
  return checksumOfLines(listed.map(({ person, items }) => lineOf({ person, items: items.toSorted((a, b) => a - b) })));
}

/** Learns from the training rows and looks for the test rows. */
export function phaseOf(task: RankedTask, split: Split): RankedPhase {
  const isTrain = (event: number): boolean => split.part[event] === partCode("train");
  const end = task.events.count === 0 ? 0 : task.events.time[task.events.count - 1] + 1;
  return {
    task,
    training: trainingDataOf(task, isTrain, end, DEFAULT_SIGNAL_WEIGHTS),
    requests: createHeldOutRequests(task.events, task.units, split),
  };
}
