import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { storedInt32 } from "../../steps/3-data/stored-columns.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { stageResult } from "../../system/stage.ts";
import { openWorkbench } from "./workbench.ts";

function opened(text: string, store = createMemoryStore(), version = "1", published = {}) {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "data.txt"), text);
  const made: string[] = [];
  let clock = 0;
  const parts = { folder, store, version, now: () => clock, ...published };
  const bench = openWorkbench({ ...parts, onPart: (what) => made.push(what) }, { lists: "data.txt" });
  const pass = (seconds: number) => {
    clock += seconds;
  };
  return { bench, made, pass };
}

const four = async () => stageResult({ arrays: { numbers: Int32Array.of(4) } });

it("makes a part once, and again where data, facts or code have changed", async () => {
  const store = createMemoryStore();
  const first = opened("a", store);
  await first.bench.part("fit", { decay: 1 }, four);
  const again = opened("a", store);
  const kept = await again.bench.part("fit", { decay: 1 }, async () => {
    throw new Error("it is kept");
  });
  expect([...storedInt32(kept.arrays, "numbers")]).toEqual([4]);
  expect(again.made).toEqual([]);
  const others = [opened("b", store), opened("a", store, "2"), opened("a", store)];
  await others[0].bench.part("fit", { decay: 1 }, four);
  await others[1].bench.part("fit", { decay: 1 }, four);
  await others[2].bench.part("fit", { decay: 2 }, four);
  expect(others.map(({ made }) => made)).toEqual([["fit"], ["fit"], ["fit"]]);
});

it("keeps nothing of a part that was interrupted", async () => {
  const store = createMemoryStore();
  const { bench } = opened("a", store);
  await expect(bench.part("fit", null, () => Promise.reject(new Error("stopped")))).rejects.toThrow("stopped");
  const later = opened("a", store);
  await later.bench.part("fit", null, four);
  expect(later.made).toEqual(["fit"]);
});

it("counts the time of a part made inside another once, and that of kept parts as it was", async () => {
  const store = createMemoryStore();
  const { bench, pass, made } = opened("a", store);
  await bench.part("outer", null, async () => {
    pass(3);
    await bench.part("inner", null, async () => {
      pass(2);
      return four();
    });
    return four();
  });
  expect(await bench.seconds()).toBe(5);
  expect(made).toEqual(["outer"]);
  const later = opened("a", store);
  await later.bench.part("outer", null, four);
  expect(await later.bench.seconds()).toBe(3);
});

it("counts what is done between parts, as reading the data is", async () => {
  const store = createMemoryStore();
  const { bench, pass } = opened("a", store);
  pass(7);
  await bench.part("fit", null, () => {
    pass(3);
    return four();
  });
  pass(1);
  expect(await bench.seconds()).toBe(11);
  const later = opened("a", store);
  later.pass(6);
  await later.bench.part("fit", null, four);
  expect(await later.bench.seconds()).toBe(11);
  const other = opened("b", store);
  other.pass(6);
  expect(await other.bench.seconds()).toBe(6);
});

it("makes no part and tells no time before all that was published has been counted", async () => {
  const { bench, made } = opened("a", createMemoryStore(), "1", { counts: { people: 3, items: 4 } });
  await expect(bench.part("fit", null, four)).rejects.toThrow("nobody counted people, items");
  bench.counted({ people: 3 });
  await expect(bench.seconds()).rejects.toThrow("nobody counted items");
  expect(() => bench.counted({ items: 5 })).toThrow(/items: 5, published 4/u);
  await expect(bench.part("fit", null, four)).rejects.toThrow("nobody counted items");
  bench.counted({ items: 4, folds: 2 });
  await bench.part("fit", null, four);
  expect(made).toEqual(["fit"]);
});

it("makes no part and tells no time before all that was published has been summed", async () => {
  const [lists, titles] = ["a".repeat(64), "b".repeat(64)];
  const { bench, made } = opened("a", createMemoryStore(), "1", { checksums: { lists, titles } });
  await expect(bench.part("fit", null, four)).rejects.toThrow("nobody summed lists, titles");
  expect(() => bench.summed({ lists: titles })).toThrow(
    `though it has as many rows (lists: SHA-256 of its rows ${titles}, published ${lists})`,
  );
  expect(() => bench.summed({ lists: titles })).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ where: "data.txt" }) }),
  );
  bench.summed({ lists, folds: lists });
  await expect(bench.seconds()).rejects.toThrow("nobody summed titles");
  bench.summed({ titles });
  await bench.part("fit", null, four);
  expect(made).toEqual(["fit"]);
});

it("gives the lines of a file a byte a character, whatever their ends are", () => {
  expect(opened("a\r\nb\u00e9\n").bench.lines("data.txt")).toEqual(["a", "b\u00c3\u00a9"]);
});

it("says which file of a table is missing", () => {
  const { bench } = opened("a");
  expect(() => bench.text("other.txt")).toThrow(/there is no other\.txt/u);
});
