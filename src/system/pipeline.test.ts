import { describe, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../test/sealed-environment.ts";
import { RunCancelled, runPipeline } from "./pipeline.ts";
import { createMemoryStore } from "./result-store.ts";
import { NO_FILES, type Stage, type StageData, stage, stageResult } from "./stage.ts";

/** Two stages: one counts its executions, the other adds a number of its own and a draw. */
function pipeline(counter: { runs: string[] }, plans: { first: number; second: number }): Stage[] {
  return [
    stage({
      name: "one",
      step: 3,
      title: "one",
      inputs: [],
      plan: plans.first,
      data: NO_FILES,
      async run(own) {
        counter.runs.push("one");
        return stageResult({ json: own });
      },
    }),
    stage({
      name: "two",
      step: 6,
      title: "two",
      inputs: ["one"],
      plan: plans.second,
      data: NO_FILES,
      async run(own, { input, random }) {
        counter.runs.push("two");
        return stageResult({ json: [own, (await input("one")).json, random.uniform()] });
      },
    }),
  ];
}

describe("a pipeline", () => {
  const options = () => ({ environment, store: createMemoryStore(), seed: 7, codeVersion: "a" });

  it("runs only what reads a changed fact, and what follows from it", async () => {
    const shared = options();
    const counter = { runs: [] };
    await runPipeline(pipeline(counter, { first: 1, second: 1 }), shared);
    await runPipeline(pipeline(counter, { first: 1, second: 2 }), shared);
    expect(counter.runs).toEqual(["one", "two", "two"]);
    await runPipeline(pipeline(counter, { first: 2, second: 2 }), shared);
    expect(counter.runs).toEqual(["one", "two", "two", "one", "two"]);
  });

  it("gives the same result for the same seed, and another for another seed or code", async () => {
    const counter = { runs: [] };
    const run = async (seed: number) =>
      (await runPipeline(pipeline(counter, { first: 1, second: 1 }), { ...options(), seed }))[1].result.json;
    expect(await run(7)).toEqual(await run(7));
    expect(await run(7)).not.toEqual(await run(8));
    const shared = options();
    await runPipeline(pipeline(counter, { first: 1, second: 1 }), shared);
    const again = await runPipeline(pipeline(counter, { first: 1, second: 1 }), { ...shared, codeVersion: "b" });
    expect(again.map(({ cached }) => cached)).toEqual([false, false]);
  });

  it("runs again for other files, and not for the same ones in another folder", async () => {
    const shared = options();
    const read = (data: StageData): Stage =>
      stage({
        name: "read",
        step: 3,
        title: "reading",
        inputs: [],
        data,
        plan: null,
        run: async (_, { paths }) => stageResult({ json: paths.source }),
      });
    const run = async (data: StageData) => (await runPipeline([read(data)], shared))[0].result.json;
    expect(await run({ fingerprint: "a", paths: { source: "/here/x.csv" } })).toBe("/here/x.csv");
    expect(await run({ fingerprint: "a", paths: { source: "/there/x.csv" } })).toBe("/here/x.csv");
    expect(await run({ fingerprint: "b", paths: { source: "/there/x.csv" } })).toBe("/there/x.csv");
  });

  it("runs a step again when asked to start from it", async () => {
    const shared = options();
    const counter = { runs: [] };
    await runPipeline(pipeline(counter, { first: 1, second: 1 }), shared);
    await runPipeline(pipeline(counter, { first: 1, second: 1 }), { ...shared, from: 6 });
    expect(counter.runs).toEqual(["one", "two", "two"]);
  });

  it("keeps what was finished when it is cancelled", async () => {
    const shared = options();
    const counter: { runs: string[] } = { runs: [] };
    const stages = pipeline(counter, { first: 1, second: 1 });
    await expect(runPipeline(stages, { ...shared, isCancelled: () => counter.runs.length === 1 })).rejects.toThrow(
      RunCancelled,
    );
    await runPipeline(stages, shared);
    expect(counter.runs).toEqual(["one", "two"]);
  });

  it("refuses an input that was not declared", async () => {
    const [one, two] = pipeline({ runs: [] }, { first: 1, second: 1 });
    await expect(runPipeline([one, { ...two, inputs: [] }], options())).rejects.toThrow("without declaring it");
  });
});
