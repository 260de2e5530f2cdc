import { describe, expect, it } from "vitest";
import * as heptad from "../src/index.ts";
import { readApi, sentenceOf } from "../tools/gen-api.ts";

const entries = readApi();
const door = new Map<string, unknown>(Object.entries(heptad));

/** Numbers to six digits, arrays and objects all the way down; an object may say more than the page shows. */
function expectGiven(given: unknown, promised: unknown): void {
  if (typeof promised === "number") {
    expect(typeof given).toBe("number");
    expect(Math.abs(Number(given) - promised)).toBeLessThanOrEqual(1e-6 * Math.abs(promised));
  } else if (Array.isArray(promised)) {
    const list = ArrayBuffer.isView(given) || Array.isArray(given) ? Array.from(Object.values(given)) : [];
    expect(list).toHaveLength(promised.length);
    promised.forEach((one, i) => {
      expectGiven(list[i], one);
    });
  } else if (typeof promised === "object" && promised !== null) {
    const fields = new Map<string, unknown>(Object.entries(given ?? {}));
    for (const [key, one] of Object.entries(promised)) expectGiven(fields.get(key), one);
  } else expect(typeof given === "number" ? String(given) : given).toBe(promised);
}

describe("the page of the library's statistics", () => {
  it.each(entries.map((entry) => [entry.name, entry] as const))(
    "%s is at the door, and its example gives what is said",
    (name, entry) => {
      expect(typeof door.get(name)).toMatch(/^(function|object)$/u);
      // An example is text of the page: it is compiled here, as a reader would paste it.
      const run = new Function(...door.keys(), `"use strict"; return (${entry.example});`);
      expectGiven(run(...door.values()), entry.gives);
      expect(entry.example).toContain(name);
      expect(sentenceOf(name, entry.module).length).toBeGreaterThan(10);
    },
  );

  it("names everything once", () => {
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });

  it("has every metric of the catalogue behind a public function", () => {
    const modules = new Set(entries.map(({ module }) => module));
    for (const { name } of heptad.METRICS) {
      const file = FILES.get(name) ?? name.toLowerCase().replaceAll(" ", "-");
      expect(modules, name).toContain(`src/steps/5-evaluate/metrics/${file}.ts`);
    }
  });
});

/** Metrics whose file, or whose public function's file, has another name. */
const FILES: ReadonlyMap<string, string> = new Map([
  ["ece", "calibration"],
  ["mce", "calibration"],
  ["budget recall", "budget-precision"],
  ["kendall", "rank-correlation"],
  ["spearman", "rank-correlation"],
]);
