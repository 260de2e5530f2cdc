/** What would run again, and why. */

import { expect, test } from "vitest";
import { plainText } from "./plain-data.ts";
import { type PlannedStage, pathAt, runsAgain, type StageMark } from "./runs-again.ts";

const mark = (plan: unknown): StageMark => ({ plan: plainText(plan, "plan"), data: "d", seed: 7, version: "1" });

function stage(name: string, inputs: readonly string[], change: Partial<PlannedStage> = {}): PlannedStage {
  return { name, step: 3, title: `making ${name}`, inputs, isKept: false, ...mark({ of: name }), ...change };
}

test("a stage that is kept does not run, and one that reads it may run for a reason of its own", () => {
  const split = { by: "time", shares: [70, 10, 20] };
  const stages = [
    stage("data", [], { isKept: true }),
    stage("split", ["data"], mark({ split: { ...split, by: "random" } })),
    stage("model", ["split"], { step: 4 }),
    stage("features", ["split"]),
    stage("judge", ["model"], { step: 5, seed: 8 }),
  ];
  const before = {
    data: mark({ of: "data" }),
    split: mark({ split }),
    model: mark({ of: "model" }),
    features: mark({ of: "features" }),
    judge: mark({ of: "judge" }),
  };
  expect(runsAgain(stages, before).map(({ again, why }) => (again ? why : "kept"))).toEqual([
    "kept",
    "`split.by` has changed",
    "with step 3",
    "with making split",
    "the seed has changed",
  ]);
});

test("what never ran, another program, other data and a result that is gone are told apart", () => {
  const why = (change: Partial<PlannedStage>, before?: StageMark): string =>
    runsAgain([stage("one", [], change)], before === undefined ? {} : { one: before })[0].why;
  const same = mark({ of: "one" });
  expect(why({})).toBe("no result of it is kept");
  expect(why({ version: "2" }, same)).toBe("the program has changed");
  expect(why({ data: "other" }, same)).toBe("the data have changed");
  // A mark may be of a run that was stopped before the stage had ended: whether a result ever was is not known.
  expect(why({}, same)).toBe("no result of it as it stands is kept");
  const factors = (count: number) => ({ choice: { name: "als", facts: { factors: count } } });
  expect(why(mark(factors(32)), mark(factors(64)))).toBe("`factors` has changed");
  expect(why(mark({ choice: "als" }), mark({ choice: "bpr" }))).toBe("what it reads of the note has changed");
});

test("a place in a plan is named by the keys above it, whatever its texts hold", () => {
  const text = plainText(
    { split: { by: "time", note: 'a "}" b', shares: [{ of: "train", share: 70 }] }, seed: undefined },
    "p",
  );
  expect(pathAt(text, text.indexOf("70"))).toBe("split.shares.share");
  expect(pathAt(text, text.indexOf("time"))).toBe("split.by");
  expect(pathAt(text, text.indexOf("undefined"))).toBe("seed");
  expect(pathAt(text, 0)).toBe("");
});
