import { expect, it } from "vitest";
import { AS_DECLARED, driftRemarks } from "./drift-remarks.ts";

const signal = (name: string, onlyGrows: boolean, definition = "events so far", psi = 1) => ({
  name,
  definition,
  onlyGrows,
  psi,
});
const advice = (...given: Parameters<typeof driftRemarks>) =>
  driftRemarks(...given).flatMap((one) => (one.kind === "next" ? [one.text] : []));

it("advises no window for what the note neither declares nor watches: there is nothing in it to change", () => {
  const own = [signal("unit history", true), signal("rating", false)];
  expect(advice(own, [])).toEqual([]);
  expect(advice(own, [{ of: "" }])).toEqual([]);
  expect(driftRemarks(own, [])[0]).toMatchObject({ kind: "answer" });
});

it("speaks of one thing as one, and of several as several", () => {
  const one = [signal("orders", true, AS_DECLARED), signal("unit history", true)];
  expect(advice(one, [])).toEqual([
    "`orders` can only grow, so a threshold on it fires sooner or later whatever happens.",
  ]);
  expect(advice(one, [{ of: "unit history" }])).toEqual([
    "`orders`, `unit history` can only grow, so a threshold on them fires sooner or later whatever happens.",
  ]);
});
