import { expect, it } from "vitest";
import { takenLoad } from "./taken-load.ts";

const load = { source: { files: 1, rows: 50, bytes: 900, isCounted: true, isPacked: false }, bytes: 1000, seconds: 20 };
const ran = (peakBytes: number) => ({ cached: false, peakBytes });

it("sets what was said beside the widest place and the seconds of all stages", () => {
  expect(takenLoad(load, [ran(700), ran(1500), ran(1400)], 31, 600).load).toEqual({
    ...{ rows: 50, counted: true },
    ...{ bytes: { said: 1000, taken: 1500 }, seconds: { said: 20, taken: 31 } },
  });
});

it("leaves memory out where the process had held more before, whoever held it", () => {
  expect(takenLoad(load, [ran(1500)], 31, 1001).load).not.toHaveProperty("bytes");
  expect(takenLoad(load, [ran(1500)], 31, 1000).load).toHaveProperty("bytes");
});

it("says nothing of a run that kept a stage, ran none or was said nothing of", () => {
  expect(takenLoad(load, [ran(700), { cached: true, peakBytes: 1 }], 31, 0)).toEqual({});
  expect(takenLoad(load, [], 31, 0)).toEqual({});
  expect(takenLoad(undefined, [ran(700)], 31, 0)).toEqual({});
});
