import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { kindCode, type RankedTask, rankedTaskToStored } from "../ranked-task.ts";
import { listAt, sharedListAt } from "../row-lists.ts";
import { drawOfUnits } from "./drawn-requests.ts";
import { requestsFromStored, type StoredRequests } from "./stored-requests.ts";
import { relevanceOf, timeSplitStage } from "./time-split-stage.ts";

const UNITS = 400;

/** Each unit rates some items on random days. */
function aTask(): RankedTask {
  const random = createRandom(3);
  const count = 6000;
  const words = { unit: "reader", units: "readers", item: "book", items: "books", vectors: "", since: "" };
  return {
    events: {
      count,
      unit: Int32Array.from({ length: count }, () => random.below(UNITS)),
      item: Int32Array.from({ length: count }, () => random.below(80)),
      time: Float64Array.from({ length: count }, () => random.below(100) * 86_400).sort(),
      kind: new Uint8Array(count).fill(kindCode("rating")),
      value: Float32Array.from({ length: count }, () => 1 + random.below(5)),
    },
    units: UNITS,
    items: {
      count: 80,
      vectors: { width: 0, values: new Float32Array(0) },
      groups: new Map(),
      attributes: new Map(),
    },
    attributes: new Map(),
    words,
  };
}

async function split(asked?: number) {
  const { json, arrays } = rankedTaskToStored(aTask());
  return timeSplitStage("task", {}, relevanceOf(undefined), { folds: 1, asked }).execute({
    paths: {},
    random: createRandom(9),
    input: async () => stageResult({ json, arrays }),
    environment: Object({}),
  });
}

/** What a request is, by its unit. */
function requestsOf({ count, unit, moment, history, relevant, seenBefore }: StoredRequests) {
  return new Map(
    Array.from({ length: count }, (_, at) => [
      unit[at],
      [moment[at], seenBefore[at], Array.from(sharedListAt(history, at)), Array.from(listAt(relevant, at))],
    ]),
  );
}

describe("requests of which some are drawn", () => {
  it("are those requests, as they were, in the order of units", async () => {
    const [all, some] = [await split(), await split(50)];
    for (const name of ["test", "test-cold", "validation", "validation-cold", "fold-1@50"]) {
      const [every, drawn] = [requestsFromStored(all, name), requestsFromStored(some, name)];
      expect(every.count).toBeGreaterThan(100);
      expect(drawn.count).toBe(50);
      expect(Array.from(drawn.unit)).toEqual(Array.from(drawn.unit).sort((a, b) => a - b));
      const before = requestsOf(every);
      for (const [unit, request] of requestsOf(drawn)) expect([unit, before.get(unit)]).toEqual([unit, request]);
    }
  });

  it("are said, and how many there were", async () => {
    const [all, some] = [await split(), await split(50)];
    const { count } = requestsFromStored(all, "test");
    const texts = some.remarks.map(({ text }) => text).join(" ");
    expect(texts).toContain(`Of ${count} readers who could ask in the test 50 were drawn at random`);
    expect(all.remarks.map(({ text }) => text).join(" ")).not.toContain("drawn at random");
    expect(some.figures.find(({ name }) => name === "test requests")?.value).toBe(50);
    expect(some.figures.find(({ name }) => name === "readers active in test")).toEqual(
      all.figures.find(({ name }) => name === "readers active in test"),
    );
  });

  it("are all of them where more are asked for than there are", async () => {
    const [all, most] = [await split(), await split(UNITS)];
    expect(requestsOf(requestsFromStored(most, "test"))).toEqual(requestsOf(requestsFromStored(all, "test")));
  });

  it("come from all units alike", () => {
    const first = new Int32Array(10);
    for (let seed = 0; seed < 2000; seed++) first[drawOfUnits(10, createRandom(seed)).indexOf(0)]++;
    for (const times of first) expect(Math.abs(times - 200)).toBeLessThan(60);
  });
});
