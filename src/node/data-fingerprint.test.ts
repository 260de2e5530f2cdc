import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordedData } from "./data-fingerprint.ts";
import { openPlan } from "./run-design.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const fixture = (name: string): string => join(ROOT, "test", "fixtures", `${name}.md`);

it("gives the simulated data of every kind a fingerprint, another one for another seed and for another kind", async () => {
  const notes = ["tiny-recommendation", "small-fraud", "click-prediction", "document-ranking"].map(fixture);
  for (const name of [...notes, join(ROOT, "designs", "visual-search.md")]) {
    const { plan, close } = await openPlan({ path: name, threads: 1 });
    await close();
    expect([name, plan.data.simulated]).toEqual([name, true]);
    const prints = [
      recordedData(plan.data, "one", 7),
      recordedData(plan.data, "one", 8),
      recordedData(plan.data, "other", 7),
    ].map(({ fingerprint }) => fingerprint);
    expect([name, new Set(prints).size]).toEqual([name, 3]);
    for (const one of prints) expect(one).toMatch(/^[0-9a-f]{64}$/u);
    expect(recordedData(plan.data, "one", 7).fingerprint).toBe(prints[0]);
  }
});

it("tells a world of other sizes apart, and one of the same sizes in other words not", async () => {
  const path = fixture("click-prediction");
  const source = "{ format: simulated, members: 800, items: 60, days: 70 }";
  const text = readFileSync(path, "utf8");
  expect(text).toContain(source);
  const planned = async (instead: string) => {
    const { plan, close } = await openPlan({ path, text: text.replace(source, instead), threads: 1 });
    await close();
    return recordedData(plan.data, "a-kind", 7).fingerprint;
  };
  const some = await planned(source);
  expect(await planned("{ days: 70, items: 60, members: 800, format: simulated }")).toBe(some);
  expect(await planned("{ format: simulated, members: 801, items: 60, days: 70 }")).not.toBe(some);
});

it("leaves the fingerprint of files, and says nothing of data that nothing is known of", () => {
  const files = { source: "a.csv", fingerprint: "f1", simulated: false };
  expect(recordedData(files, "one", 7)).toEqual(files);
  expect(recordedData({ ...files, fingerprint: "" }, "one", 7).fingerprint).toBe("");
});
