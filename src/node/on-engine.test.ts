import { expect, it } from "vitest";
import { FEATURES_STAGE } from "../steps/3-data/features/features-stage.ts";
import { preferencesOf } from "../steps/3-data/preferences.ts";
import { writtenPeriods } from "../steps/3-data/split/written-periods.ts";
import { NO_FILES, type Stage, stage, stageResult } from "../system/stage.ts";
import { onEngine } from "./on-engine.ts";

const here = (name: string, where = "here"): Stage =>
  stage({ name, step: 3, title: "", inputs: [], data: NO_FILES, plan: { where }, run: async () => stageResult({}) });

const PERIODS = { train: 7, delay: 7, test: 7, testStart: null, earlier: 0 };

it("lets an engine compute the features of cases, and every other stage as it was", () => {
  const stages = [here("cases"), here(FEATURES_STAGE), here("model")];
  const made = onEngine(
    stages,
    () => ({ form: "scored", task: "cases", declarations: [], periods: PERIODS }),
    "sc://far",
  );
  expect(made.map(({ name }) => name)).toEqual(["cases", FEATURES_STAGE, "model"]);
  expect([made[0], made[2]]).toEqual([stages[0], stages[2]]);
  expect(made[1].title).toBe("computing features on sc://far");
});

it("asks nobody what is declared where stages say themselves what an engine does for them", () => {
  const there = here("neighbours", "there");
  const stages = [here("events"), { ...here("neighbours"), onEngine: () => there }];
  const asked = (): never => {
    throw new Error("asked");
  };
  expect(onEngine(stages, asked, "sc://far")).toEqual([stages[0], there]);
});

it("refuses an engine for a ranking of which it can compute nothing", () => {
  const ranked = () => ({
    form: "ranked" as const,
    task: "events",
    declared: {
      declarations: [],
      preferences: preferencesOf({}),
      split: writtenPeriods(undefined),
      folds: 0,
    },
  });
  expect(() => onEngine([here("events")], ranked, "sc://far")).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: "nothing-for-engine", where: "--engine" }) }),
  );
});
