import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { sharedListAt } from "../../steps/3-data/row-lists.ts";
import { itemTransitions } from "../../steps/4-model/models/item-transitions.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { readListed, taskOfLists } from "./listed-events.ts";
import { nextItemTrial } from "./next-item.ts";
import { tryRanked } from "./ranked-trial.ts";
import { type PublishedTable, tableSchema } from "./table.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** Walks along a ring of 12 items with a jump now and then; two lists end on an item that they had before. */
function walks(people: number): readonly (readonly number[])[] {
  const random = createRandom(5);
  const lists = Array.from({ length: people }, () => {
    let item = random.below(12);
    return Array.from({ length: 4 + random.below(4) }, () => {
      item = random.uniform() < 0.2 ? random.below(12) : (item + 5) % 12;
      return item + 1;
    });
  });
  return [...lists, [1, 2, 3, 1], [4, 5, 4, 5]];
}

const TABLE: PublishedTable = tableSchema.parse({
  title: "walks",
  counts: {},
  checksums: {},
  protocol: "next-item",
  data: {},
  about: "",
  "as-published": "",
  metrics: ["hit rate@3", "ndcg@3"],
  "chosen-by": "ndcg@3",
  published: [],
  models: [{ model: "most-popular" }, { model: "item-transitions", settings: { decay: [0.5, 1], recency: [0.2, 1] } }],
});

function bench(): Workbench {
  return openWorkbench({ folder: ".", store: createMemoryStore(), version: "1", now: () => 0 }, {});
}

it("measures what ranks counted by hand give: over all items but the seen, repeats as misses", async () => {
  const lists = walks(40);
  const trial = nextItemTrial(lists, 7, createRandom(7));
  const result = await tryRanked("walks", TABLE, bench(), () => trial);
  const row = result.rows[1];
  const { task } = trial.test;
  // The lists in the trial's own numbers, by unit and then by time.
  const own = lists.map((_, unit) =>
    Array.from({ length: task.events.count }, (_, event) => event)
      .filter((event) => task.events.unit[event] === unit)
      .sort((a, b) => task.events.time[a] - task.events.time[b])
      .map((event) => task.events.item[event]),
  );
  const fitted = await itemTransitions.fit(
    trial.test.training,
    { ...itemTransitions.defaults, ...row.settings },
    { random: createRandom(1) },
  );
  let hits = 0;
  let gain = 0;
  for (const list of own) {
    const target = list[list.length - 1];
    const history = list.slice(0, -1);
    const last = new Map(history.map((item, at) => [item, at]));
    const seen = [...last.keys()].sort((a, b) => a - b);
    const scores = fitted.score({
      indices: Int32Array.from(seen),
      values: new Float32Array(seen.length).fill(1),
      times: Float64Array.from(seen, (item) => last.get(item) ?? 0),
    });
    if (last.has(target)) continue;
    let rank = 1;
    for (let item = 0; item < scores.length; item++)
      if (!last.has(item) && (scores[item] > scores[target] || (scores[item] === scores[target] && item < target)))
        rank++;
    if (rank <= 3) {
      hits++;
      gain += 1 / Math.log2(rank + 1);
    }
  }
  expect(row.n).toBe(42);
  expect(row.values["hit rate@3"].value).toBeCloseTo(hits / 42, 12);
  expect(row.values["ndcg@3"].value).toBeCloseTo(gain / 42, 12);
  expect(hits).toBeGreaterThan(15);
});

it("lets models learn from neither of the two last items, and asks the test with all but the last", () => {
  const lists = [[1, 2, 3, 4, 5], ...walks(5)];
  const { choose, test } = nextItemTrial(lists, 7, createRandom(7));
  const { indptr } = test.training.interactions;
  expect(indptr[1] - indptr[0]).toBe(3);
  expect(choose.training).toBe(test.training);
  const itemsOf = (rows: Int32Array) => [...rows].map((row) => test.task.events.time[row]);
  expect(itemsOf(sharedListAt(choose.requests.history, 0))).toEqual([0, 1, 2]);
  expect(itemsOf(sharedListAt(test.requests.history, 0))).toEqual([0, 1, 2, 3]);
});

it("chooses on validation and never by the test, and says what the test itself would have chosen", async () => {
  const result = await tryRanked("walks", TABLE, bench(), (seed) => nextItemTrial(walks(60), seed, createRandom(seed)));
  const tuned = result.claims.find(({ name }) => name === "settings chosen on the test");
  const best = result.rows.find(({ name }) => name === result.best);
  expect(result.rows.map(({ tried }) => tried)).toEqual([1, 4]);
  expect(best?.validation).toBe(Math.max(...result.rows.map(({ validation }) => validation ?? 0)));
  expect(tuned?.values["ndcg@3"].value).toBeGreaterThanOrEqual(best?.values["ndcg@3"].value ?? 1);
  // The wanted items of the test exchanged for others: what was chosen stays.
  const other = await tryRanked("walks", TABLE, bench(), (seed) => {
    const trial = nextItemTrial(walks(60), seed, createRandom(seed));
    const { relevant } = trial.test.requests;
    const items = relevant.items.map((item) => (item + 1) % 12);
    return {
      ...trial,
      test: { ...trial.test, requests: { ...trial.test.requests, relevant: { ...relevant, items } } },
    };
  });
  expect(other.rows.map(({ settings }) => settings)).toEqual(result.rows.map(({ settings }) => settings));
  expect(other.rows[1].values["ndcg@3"].value).toBeLessThan(result.rows[1].values["ndcg@3"].value);
});

it("shows that order explains a walk, and that few candidates flatter", async () => {
  const result = await tryRanked("walks", TABLE, bench(), (seed) => nextItemTrial(walks(80), seed, createRandom(seed)));
  const of = (rows: typeof result.claims, name: string) =>
    rows.find((row) => row.name === name)?.values["ndcg@3"].value ?? Number.NaN;
  const honest = result.rows[1].values["ndcg@3"].value;
  expect(of(result.checks, "without order")).toBeLessThan(honest - 0.1);
  expect(of(result.claims, "sampled candidates")).toBeGreaterThanOrEqual(honest);
  expect(result.checks.map(({ name }) => name)).toEqual(["without order", "trained on the validation item too"]);
});

it("numbers items anew, as many as occur, and keeps who chose what in which order", () => {
  const task = taskOfLists(
    [
      [7, 9],
      [9, 3, 3],
    ],
    createRandom(2),
  );
  expect(task.items.count).toBe(3);
  expect([...task.events.unit]).toEqual([0, 1, 0, 1, 1]);
  expect([...task.events.time]).toEqual([0, 0, 1, 1, 2]);
  expect(task.events.item[1]).toBe(task.events.item[2]);
  expect(task.events.item[3]).toBe(task.events.item[4]);
  expect(new Set(task.events.item)).toEqual(new Set([0, 1, 2]));
});

it("refuses a line that is no list, with its place", () => {
  expect(() => readListed("1 2 3\n2 x\n", "a.txt")).toThrow(/whole numbers/u);
  try {
    readListed("1 2 3\n\n2 x\n", "a.txt");
  } catch (error) {
    expect(error).toMatchObject({ failure: { where: "a.txt:3" } });
  }
});
