import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { stageResult } from "../system/stage.ts";
import { judgedBy, servedInstead } from "./model-manifest.ts";
import { alreadyBuilt, type BuiltModel, openModelRegistry } from "./model-registry.ts";

const KEY = "a".repeat(64);

function built(note: string): BuiltModel {
  return {
    kind: "recommendation",
    title: "Sums",
    version: "1",
    seed: 7,
    commit: null,
    data: { source: "none", fingerprint: "" },
    metrics: [{ name: "ndcg@10", subject: "system", value: 0.5, unit: "" }],
    stages: { ranking: KEY },
    note,
    results: new Map([["ranking", stageResult({ json: { note }, arrays: { weights: Float64Array.of(1, 2) } })]]),
  };
}

/** A registry whose clock goes on by a second with every look. */
function registry(folder = join(temporaryFolder(), "models")) {
  let seconds = 0;
  return { folder, models: openModelRegistry(folder, () => new Date(1_700_000_000_000 + 1000 * seconds++)) };
}

describe("the registry of models", () => {
  it("keeps what was built, once, and gives it back", async () => {
    const { models } = registry();
    const [a, b, again] = [await models.add(built("a")), await models.add(built("b")), await models.add(built("a"))];
    expect(again).toBe(a);
    expect(models.list().map(({ id }) => id)).toEqual([b, a]);
    const result = await models.open(a)("ranking");
    expect(result.json).toEqual({ note: "a" });
    expect(result.arrays.weights).toEqual(Float64Array.of(1, 2));
    expect(models.find(a.slice(0, 6)).bytes).toBeGreaterThan(16);
  });

  it("knows what a run built before: the same note of the same kind, by the same version, from the same results", async () => {
    const { models } = registry();
    const stages = { ranking: KEY, rounds: "b".repeat(64) };
    const results = new Map(Object.keys(stages).map((stage) => [stage, stageResult({ json: stage })]));
    const [a, b] = [await models.add(built("a")), await models.add({ ...built("b"), stages, results })];
    const run = { kind: "recommendation", note: "b", version: "1" };
    const keys: Readonly<Record<string, string>> = { ...stages, other: "c".repeat(64) };
    const find = (changed: Partial<typeof run>, other: Readonly<Record<string, string>> = {}) =>
      alreadyBuilt(models.list(), { ...run, ...changed }, (stage) => ({ ...keys, ...other })[stage])?.id;
    expect([find({}), find({ note: "a" })]).toEqual([b, a]);
    for (const changed of [{ kind: "fraud-detection" }, { note: "c" }, { version: "2" }])
      expect(find(changed)).toBeUndefined();
    expect(find({}, { rounds: KEY })).toBeUndefined();
    expect(find({}, { other: KEY })).toBe(b);
  });

  it("says what answers requests where the run chose another, and nothing where it chose that", async () => {
    const { models } = registry();
    const judged = { name: "average precision", subject: "model" };
    const said = async (note: string, chosen?: string) =>
      servedInstead(models.find(await models.add({ ...built(note), judged: { ...judged, chosen } })));
    expect(await said("a", "baseline")).toBe("model answers requests, and not baseline, which the run chose");
    expect([await said("b"), servedInstead(built("c"))]).toEqual([undefined, undefined]);
  });

  it("says what each was judged by: the deciding metric of what is served, of no other and of no smaller form of it", async () => {
    const { models } = registry();
    const metrics = [
      { name: "recall@10", subject: "system", value: 0.3, unit: "" },
      { name: "ndcg@10", subject: "baseline", value: 0.1, unit: "" },
      { name: "ndcg@10", subject: "system", value: 0.5, unit: "" },
      { name: "compact bytes", subject: "system int8", value: 2948, unit: "B" },
    ];
    const kept = { ...built("a"), metrics };
    const judged = await models.add({ ...kept, judged: { name: "ndcg@10", subject: "system" } });
    expect(judgedBy(models.find(judged))).toEqual(metrics[2]);
    const [other, silent] = [{ name: "ndcg@10", subject: "gone" }, undefined];
    for (const [i, one] of [other, silent].entries())
      expect(judgedBy(models.find(await models.add({ ...kept, note: `n${i}`, judged: one })))).toBeUndefined();
  });

  it("remembers over restarts what serves, and the way back", async () => {
    const { models, folder } = registry();
    const [a, b] = [await models.add(built("a")), await models.add(built("b"))];
    expect(models.current).toBeUndefined();
    await models.promote(a);
    await expect(models.rollback()).rejects.toThrow("no model served before");
    await models.promote(b.slice(0, 8));
    await models.promote(b);
    expect(openModelRegistry(folder).current).toBe(b);
    expect(await models.rollback()).toBe(a);
    expect(openModelRegistry(folder).current).toBe(a);
    expect(models.served.left.map(({ id }) => id)).toEqual([b]);
  });

  it("goes on with the others where one cannot be read: lists, promotes and goes back, and names it with the way out", async () => {
    const { models, folder } = registry();
    const [a, b, c] = [await models.add(built("a")), await models.add(built("b")), await models.add(built("c"))];
    for (const id of [a, b, c]) await models.promote(id);
    const broken = join(folder, c, "model.json");
    writeFileSync(broken, readFileSync(broken, "utf8").slice(0, 100));
    expect(models.list().map(({ id }) => id)).toEqual([b, a]);
    expect(models.unreadable()).toMatchObject([{ id: c, failure: { code: "damaged-model", where: broken } }]);
    await expect(models.promote(c)).rejects.toThrow(`model \`${c}\` is not what was written`);
    expect(await models.rollback()).toBe(b);
    await models.promote(a);
    expect([models.current, models.find(b).id]).toEqual([a, b]);
    // What built it writes it anew.
    expect(await models.add(built("c"))).toBe(c);
    expect([models.unreadable(), models.find(c).note]).toEqual([[], "c"]);
  });

  it("reads all of a model before it is promoted, and says what of it is gone", async () => {
    const { models, folder } = registry();
    const a = await models.add(built("a"));
    await models.check(a);
    const file = join(folder, a, KEY, readdirSync(join(folder, a, KEY)).find((name) => name.endsWith(".bin")) ?? "");
    const bytes = readFileSync(file);
    bytes[3] ^= 1;
    writeFileSync(file, bytes);
    await expect(models.check(a.slice(0, 6))).rejects.toThrow("its `ranking` is gone or not what was written");
  });

  it("says which model is meant where there is none of that id, and which is damaged", async () => {
    const { models, folder } = registry();
    const a = await models.add(built("a"));
    await expect(models.promote("zzzz")).rejects.toThrow("there is no model `zzzz`");
    await expect(models.promote("")).rejects.toThrow("there is no model");
    const column = readdirSync(join(folder, a, KEY)).find((name) => name.endsWith(".bin")) ?? "";
    rmSync(join(folder, a, KEY, column));
    await expect(models.open(a)("ranking")).rejects.toThrow("cannot be loaded");
    writeFileSync(join(folder, "served.json"), "{");
    expect(() => models.current).toThrow("not what was written");
  });
});
