import { describe, expect, it } from "vitest";
import type { RunLoad } from "../kinds/run-load.ts";
import { describeLoad, isWorthSaying, renderPlan } from "./render-run-plan.ts";

const MACHINE = { memory: 24e9, cores: 2 };
const NEED = { part: "", bytes: 0, bytesSum: "", operations: 0, operationsSum: "", where: "", fix: "" };

function load(rows: number, parts: Partial<RunLoad> = {}): RunLoad {
  return {
    source: { files: 1, bytes: 1.4e9, rows, isCounted: true, isPacked: false },
    ...{ bytes: 5.26e9, bytesEach: 300, seconds: 840, need: NEED, fix: "take less", ...parts },
  };
}

describe("what a run says before it begins", () => {
  it("is rows and bytes as they were found, and memory and minutes as estimates", () => {
    expect(describeLoad(load(1_754_155), MACHINE)).toEqual([
      "reads   1,754,155 rows in 1 file of 1.4 GB, as they say themselves",
      "takes   about 5.3 GB of the 24 GB of memory here, and about 14 min: by what was measured a row, each within a factor of three",
    ]);
  });

  it("says which rows are an estimate, and of packed text by which ratio", () => {
    const source = { files: 3, bytes: 2e6, rows: 123_456, isCounted: false, isPacked: true };
    expect(describeLoad(load(0, { source }), MACHINE)[0]).toBe(
      "reads   about 120,000 rows in 3 files of 2 MB, estimated from their beginning, packed 4 to 1",
    );
  });

  it("warns of more memory than there is, and is silent of what takes seconds", () => {
    // Of 40 GB the rows take 30: the other 10 are there whatever the rows are, and leave room for 14 of the 24.
    expect(describeLoad(load(1e8, { bytes: 40e9 }), MACHINE)[2]).toBe(
      "beware  that is more memory than there is, where about 47,000,000 rows would fit: take less",
    );
    expect(describeLoad(load(1e8, { bytes: 60e9 }), MACHINE)[2]).toBe(
      "beware  that is more memory than there is: take less",
    );
    for (const [seconds, said] of [
      [0.94, "940 ms"],
      [61.2, "61 s"],
      [320, "5.3 min"],
      [7000, "2 h"],
      [12_345, "3.4 h"],
    ] as const)
      expect(describeLoad(load(1, { seconds }), MACHINE)[1]).toContain(`and about ${said}:`);
    expect(isWorthSaying(load(999_999, { bytes: 1e9 }), MACHINE)).toBe(false);
    expect(isWorthSaying(load(1_000_000, { bytes: 1e9 }), MACHINE)).toBe(true);
    expect(isWorthSaying(load(10, { bytes: 6.1e9 }), MACHINE)).toBe(true);
  });

  it("lists every stage with why it would run, or that its result is kept", () => {
    const stages = [
      { name: "a", step: 3, title: "reading", again: false, why: "" },
      { name: "b", step: 4, title: "training als", again: true, why: "`factors` has changed" },
    ] as const;
    const paint = (_: string, text: string): string => text;
    expect(renderPlan({ stages, seconds: 12.4, load: load(10), machine: MACHINE }, { paint }).split("\n")).toEqual([
      "1 of 2 stages would run, 12 s the last time",
      expect.stringMatching(/^reads {3}10 rows/u),
      expect.stringMatching(/^takes/u),
      "3  reading       kept",
      "4  training als  `factors` has changed",
    ]);
    const kept = { stages: stages.slice(0, 1), seconds: 0, load: undefined, machine: MACHINE };
    expect(renderPlan(kept, { paint }).split("\n")[0]).toBe("nothing would run: all results are kept");
  });
});
