import { describe, expect, it } from "vitest";
import { plantRanked, plantScored } from "../../../../test/planted-tasks.ts";
import { DAY } from "../../../core/day.ts";
import { createRandom } from "../../../core/random.ts";
import { type StageResult, stageResult } from "../../../system/stage.ts";
import { rankedTaskToStored } from "../ranked-task.ts";
import { scoredTaskToStored } from "../scored-task.ts";
import { lateLabelSplitStage } from "./late-label-split-stage.ts";
import { partMoments } from "./part-moments.ts";
import { rowsOf, type Split } from "./split.ts";
import { timeSplitStage } from "./time-split-stage.ts";

/** Ten events on each of a hundred days, at midnight: nothing lies between two days. */
const DAYS = Array.from({ length: 1000 }, (_, at) => (100 + Math.floor(at / 10)) * DAY);

const momentsOf = ({ figures }: StageResult) =>
  Object.fromEntries(figures.flatMap(({ name, unit, value }) => (unit === "time" ? [[name, value / DAY]] : [])));

describe("from when to when a part goes", () => {
  it("is said of its first and its last row, and of a part without rows not at all", () => {
    const made = partMoments([
      ["train", 5, 9],
      ["validation", Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      ["test", undefined, undefined],
    ]);
    expect(made.map(({ name, value, note }) => [name, value, note])).toEqual([
      ["train from", 5, "the first one in it"],
      ["train until", 9, "the last one in it"],
    ]);
  });

  it("is when its events happened, not when they were known", async () => {
    const task = plantRanked(DAYS.map((time, at) => ({ time, unit: at % 7, item: at % 11 })));
    const happened = Float64Array.from(DAYS, (time) => time - DAY / 2);
    const made = await timeSplitStage("task", {}, { kind: "rating", atLeast: 4 }, { folds: 0 }).execute({
      paths: {},
      random: createRandom(1),
      input: async () => stageResult(rankedTaskToStored({ ...task, events: { ...task.events, happened } })),
      environment: Object({}),
    });
    expect(momentsOf(made)).toMatchObject({ "data from": 99.5, "data until": 198.5, "test until": 198.5 });
  });

  it("is told by its first and last event, where events are parted by their order", async () => {
    const task = plantRanked(DAYS.map((time, at) => ({ time, unit: at % 7, item: at % 11 })));
    const made = await timeSplitStage("task", {}, { kind: "rating", atLeast: 4 }, { folds: 0 }).execute({
      paths: {},
      random: createRandom(1),
      input: async () => stageResult(rankedTaskToStored(task)),
      environment: Object({}),
    });
    const moments = momentsOf(made);
    const part: unknown = made.arrays.part;
    if (!(part instanceof Uint8Array)) throw new Error("no parts");
    const split: Split = { description: "", part };
    for (const name of ["train", "validation", "test"] as const) {
      const rows = rowsOf(split, name);
      expect([moments[`${name} from`], moments[`${name} until`]], name).toEqual([
        DAYS[rows[0]] / DAY,
        DAYS[rows[rows.length - 1]] / DAY,
      ]);
    }
    expect(moments["data until"]).toBe(199);
    // No day is in two parts.
    expect(moments["validation from"]).toBe(moments["train until"] + 1);
    expect(moments["test from"]).toBe(moments["validation until"] + 1);
  });

  it("is told the same way where whole days are judged", async () => {
    const task = plantScored(DAYS.map((time, at) => ({ day: time / DAY, unit: at % 7, label: at % 3 === 0 ? 1 : 0 })));
    const made = await lateLabelSplitStage("task", {}).execute({
      paths: {},
      random: createRandom(1),
      input: async () => stageResult(scoredTaskToStored(task)),
      environment: Object({}),
    });
    const days = Object.entries(momentsOf(made)).map(([name, value]) => [name, Math.floor(value)]);
    expect(Object.fromEntries(days)).toMatchObject({
      "data from": 100,
      "data until": 199,
      "test from": 193,
      "test until": 199,
    });
  });
});
