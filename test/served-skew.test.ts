import { describe, expect, it } from "vitest";
import { FEATURES_STAGE } from "../src/steps/3-data/features/features-stage.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../src/steps/3-data/split/late-label-split-stage.ts";
import type { StageContext } from "../src/system/stage.ts";
import { SERVED_KINDS, trainSystem } from "./served-systems.ts";

describe.each(SERVED_KINDS)("a served system of %s", (kind) => {
  it("reads every value of its test window as the run judged it, to the last bit", async () => {
    const trained = await trainSystem(kind);
    const count = await (await trained.open("test")).skew?.();
    expect(count?.requests).toBeGreaterThan(kind === "visual-search" ? 5 : 100);
    expect(count?.compared).toBeGreaterThan(count?.requests ?? 0);
    expect(count).toMatchObject({ differing: 0 });
    expect(count?.first).toBeUndefined();
  }, 120_000);
});

describe.each(["fraud-detection", "binary-classification"])("a served system of %s", (kind) => {
  it("counts each value that the run computed otherwise", async () => {
    const { open, input } = await trainSystem(kind);
    const { final } = roundsFromStored(await input(ROUNDS_STAGE));
    const wrong = new Set([final.test[0], final.test[10]]);
    const changed: StageContext["input"] = async (stage) => {
      const result = await input(stage);
      if (stage !== FEATURES_STAGE) return result;
      const from =
        typeof result.json === "object" && result.json !== null && "from" in result.json ? result.json.from : 0;
      const [[name, column]] = Object.entries(result.arrays);
      if (!(column instanceof Float64Array)) throw new Error(`${name} is no feature`);
      const other = Float64Array.from(column, (value, at) => (wrong.has(at + Number(from)) ? -9 : value));
      return { ...result, arrays: { ...result.arrays, [name]: other } };
    };
    const count = await (await open("test", false, changed)).skew?.();
    expect(count).toMatchObject({ differing: 2, first: { row: 0, batch: -9 } });
  }, 120_000);
});
