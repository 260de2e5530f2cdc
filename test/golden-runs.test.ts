import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KINDS } from "../src/kinds/registry.ts";
import { type Golden, goldenOf, movedLines, runSealed } from "./golden-record.ts";

/** `HEPTAD_GOLDEN=renew npx vitest run test/golden-runs.test.ts` keeps what is measured now: only where a figure was meant to move. */
const RENEW = process.env.HEPTAD_GOLDEN === "renew";

const here = (...parts: readonly string[]): string => join(import.meta.dirname, ...parts);

/** A small note of each kind, and what makes it tiny. */
const NOTES: Readonly<Record<string, readonly [path: string, ...changes: (readonly [string, string])[]]>> = {
  recommendation: ["fixtures/small-recommendation.md", ["members: 250, items: 120", "members: 80, items: 50"]],
  "fraud-detection": ["fixtures/small-fraud.md", ["customers: 300, terminals: 400", "customers: 150, terminals: 200"]],
  "binary-classification": ["fixtures/click-prediction.md", ["members: 800", "members: 300"]],
  "document-ranking": ["fixtures/document-ranking.md", ["format: simulated", "format: simulated, members: 90"]],
  "visual-search": ["../designs/visual-search.md", ["items: 480", "items: 40"], ["epochs: 8", "epochs: 1"]],
};

describe("the figures of a tiny run", () => {
  it("are kept of every kind", () => {
    expect(Object.keys(NOTES).sort()).toEqual(KINDS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(NOTES))("of %s are those that are kept", async (kind, [path, ...changes]) => {
    let text = readFileSync(here(path), "utf8");
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    const now = goldenOf(await runSealed(text));
    const file = here("golden", `${kind}.json`);
    if (RENEW) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    const before: Golden = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    expect(movedLines(before, now)).toEqual([]);
    expect(Object.keys(now).length).toBeGreaterThan(40);
  });

  it("are named one by one where they move", () => {
    expect(movedLines({ a: "1", b: "2", c: "3" }, { a: "1", b: "4", d: "5" })).toEqual([
      "moved: b: 2 -> 4",
      "gone: c: 3",
      "new: d: 5",
    ]);
  });
});
