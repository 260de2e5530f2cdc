import { expect, it } from "vitest";
import { pairedWords } from "./paired-words.ts";

const difference = (value: number, interval: readonly [number, number] | null, n: number | null = 494, note = "") => ({
  value,
  interval,
  unit: "",
  n,
  note,
});

it("calls the same only what no request tells apart: both ends and the middle are nothing", () => {
  expect(pairedWords(difference(0, [0, 0], 494, "on all 494 requests"))).toMatchObject({
    verdict: "the same",
    restsOn: "on all 494 requests",
  });
  for (const [value, interval] of [
    [0, null],
    [0, [0, 0.1]],
    [0, [-0.1, 0]],
    [0.1, [0, 0]],
  ] as const)
    expect(pairedWords(difference(value, interval)).verdict).toBe("not told apart");
});

it("gives the verdict of the interval with what it rests on", () => {
  expect(pairedWords(difference(0.02, [0.01, 0.03], 1200))).toEqual({
    value: "+0.020",
    bounds: "[0.010, 0.030]",
    verdict: "better",
    restsOn: "n 1,200",
  });
  expect(pairedWords(difference(-0.02, [-0.03, -0.01], null))).toMatchObject({ verdict: "worse", restsOn: "" });
});
