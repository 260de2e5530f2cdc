import { expect, it } from "vitest";
import { countedKindOf, countedOutcome } from "./counted-events.ts";

const KINDS = ["rating", "view", "click", "impression", "Purchase"];

it.each([
  ["click-through rate", "click"],
  ["CTR", "click"],
  ["clicks per member", "click"],
  ["purchase rate", "Purchase"],
  ["view minutes", undefined],
  ["mean rating", undefined],
  ["ratings per member", undefined],
  ["day-7 retention", undefined],
  [undefined, undefined],
])("of the metric %s counts %s", (metric, kind) => {
  expect(countedKindOf(metric, KINDS)).toBe(kind);
});

it("says whether what is counted is the metric's or stands in its place", () => {
  expect(countedOutcome("click", "rating >= 4")).toEqual({ says: "click events", isMetric: true });
  expect(countedOutcome(undefined, "rating >= 4")).toEqual({
    says: "events that the note wants (rating >= 4)",
    isMetric: false,
  });
});
