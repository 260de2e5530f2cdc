import { expect, it } from "vitest";
import { DAY } from "../../../core/day.ts";
import { isDrawnToAll } from "./drawn-to-all.ts";

const rate = { aggregate: { kind: "rate", measure: "fraud" }, window: 7 * DAY, smoothing: 10 } as const;

it("a smoothed rate of some days is drawn towards that of all in them; over all of the past, or as it is, none is", () => {
  expect(isDrawnToAll(rate)).toBe(true);
  expect(isDrawnToAll({ ...rate, aggregate: { kind: "mean", measure: "amount" } })).toBe(true);
  expect(isDrawnToAll({ ...rate, window: Number.POSITIVE_INFINITY })).toBe(false);
  expect(isDrawnToAll({ ...rate, smoothing: 0 })).toBe(false);
  expect(isDrawnToAll({ ...rate, aggregate: { kind: "count", measure: undefined } })).toBe(false);
});
