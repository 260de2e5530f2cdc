import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { rankedTaskToStored } from "../../3-data/ranked-task.ts";
import { asShared, joinLists } from "../../3-data/row-lists.ts";
import { requestsToStored } from "../../3-data/split/stored-requests.ts";
import { storeLists } from "../../4-model/train/ranked-lists.ts";
import { type RankedSubject, rankingEvaluationStage } from "./ranking-evaluation-stage.ts";

const COUNT = 12;
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: COUNT }, (_, i) => make(i));

/** Twelve requests that each look for item 0. */
const requests = {
  count: COUNT,
  unit: Int32Array.from(each((i) => i)),
  moment: new Float64Array(COUNT).fill(100),
  history: asShared(joinLists(each(() => []))),
  relevant: joinLists(each(() => [0])),
  seenBefore: new Uint8Array(COUNT).fill(1),
};

/** Lists of three that have item 0 at a place, 0 at the top. */
function lists(set: string, place: number) {
  const order = [1, 2].toSpliced(place, 0, 0);
  return storeLists(set, { ...joinLists(each(() => order)), scores: new Float32Array(3 * COUNT) });
}

const SUBJECTS: readonly RankedSubject[] = [
  { subject: "baseline", stage: "train-baseline", role: "single" },
  { subject: "als", stage: "train-als", role: "single" },
  { subject: "two-stage", stage: "ranking", role: "system" },
  { subject: "leaking", stage: "leak", role: "cheat" },
];

/** Places of item 0 by stage, on the validation window and on the test. */
async function evaluate(
  places: Readonly<Record<string, readonly [validation: number, test: number]>>,
  options: Parameters<typeof rankingEvaluationStage>[5] = {},
) {
  const task = plantRanked([{ time: 1, unit: 0, item: 0 }], { units: COUNT, items: 3 });
  const results = new Map([
    ["task", stageResult(rankedTaskToStored(task))],
    [
      "split",
      stageResult({
        json: { validationStart: 50, testStart: 90, sets: [] },
        arrays: requestsToStored({ test: requests, "test-cold": requests, validation: requests }),
      }),
    ],
    ...Object.entries(places).map(
      ([name, [validation, test]]) =>
        [
          name,
          stageResult({
            arrays: { ...lists("validation", validation), ...lists("test", test), ...lists("test-cold", test) },
          }),
        ] as const,
    ),
  ]);
  const input = async (name: string) => results.get(name) ?? stageResult({});
  return rankingEvaluationStage("task", SUBJECTS, ["mrr"], [], "", options).execute({
    paths: {},
    input,
    random: createRandom(1),
    environment: sealedEnvironment,
  });
}

it("chooses the best on the validation window, whatever the test says, and never the one that cheats", async () => {
  const { json, figures, remarks } = await evaluate({
    "train-baseline": [2, 0],
    "train-als": [1, 2],
    ranking: [0, 1],
    leak: [0, 0],
  });
  expect(json).toMatchObject({ metric: "mrr", baseline: "baseline", chosen: "two-stage", rival: "als" });
  const value = (subject: string, against?: string) =>
    figures.find(
      (one) => [one.name, one.subject, one.against, one.slice].join() === ["mrr", subject, against, "all"].join(),
    )?.value;
  expect(value("baseline")).toBe(1);
  expect(value("two-stage")).toBe(0.5);
  expect(value("two-stage", "baseline")).toBe(-0.5);
  expect(value("two-stage", "als")).toBeCloseTo(1 / 2 - 1 / 3, 12);
  expect(value("leaking", "two-stage")).toBe(0.5);
  expect(figures.filter(({ role }) => role === "cheat").every(({ subject }) => subject === "leaking")).toBe(true);
  expect(remarks[0].text).toContain("Chosen on the validation window: **two-stage**");
  expect(remarks[0].text).toContain("a loss");
});

it("says that nothing beat the baseline where nothing did", async () => {
  const { json, remarks } = await evaluate({
    "train-baseline": [0, 0],
    "train-als": [1, 0],
    ranking: [2, 0],
    leak: [0, 0],
  });
  expect(json).toMatchObject({ chosen: "baseline", rival: null, served: "two-stage" });
  expect(remarks[0].text).toContain("nothing beat the baseline");
});

it("says of the first events after the cut that what was known before them is history", async () => {
  const { figures, remarks } = await evaluate({
    "train-baseline": [2, 1],
    "train-als": [2, 1],
    ranking: [0, 0],
    leak: [2, 1],
  });
  expect(figures.some(({ slice, subject }) => slice === "first events after the cut" && subject === "two-stage")).toBe(
    true,
  );
  const texts = remarks.map(({ text }) => text);
  expect(texts).toContainEqual(
    expect.stringMatching(
      /at their first event after the cut instead, with all that was known of them before it as history .*two-stage reaches 1 and the baseline 0\.5/u,
    ),
  );
  expect(texts).toContainEqual(expect.stringContaining("floor(0.5 × n) + 1"));
});

it("holds the recall of what is handed on against as many of the baseline's items", async () => {
  const places = {
    "train-baseline": [0, 0],
    "train-als": [1, 0],
    ranking: [2, 1],
    leak: [2, 1],
  } as const;
  const told = async (keep: number) => {
    const { figures } = await evaluate(places, { handsOn: { subject: "two-stage", keep } });
    return figures.flatMap(({ name, subject, against, value }) =>
      against === "baseline" && subject === "two-stage" && name.startsWith("recall") ? [`${name} ${value}`] : [],
    );
  };
  expect(await told(1)).toEqual(["recall@1 -1"]);
  expect(await told(2)).toEqual(["recall@2 0"]);
  // Of all three items nothing is left out.
  expect(await told(3)).toEqual([]);
});
