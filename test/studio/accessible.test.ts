/** Every page of the studio by axe, in the light and in the dark theme. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM, type OpenStudio, openStudioIn } from "./open-studio.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/faulty.md": readFileSync("designs/bad/movie-recommendations.md", "utf8") });
});
afterAll(() => studio.close());

const PAGES: readonly (readonly [path: string, settled: string])[] = [
  ["/", ".list tbody tr"],
  ["/design?path=designs/faulty.md", ".first .f"],
  ["/design?path=designs/faulty.md&tab=estimate", ".system-svg"],
  ["/design?path=designs/faulty.md&tab=run", ".panel:not([hidden]) .lead"],
  ["/design?path=designs/faulty.md&tab=serve", ".panel:not([hidden]) .lead"],
  ["/new", "#problem"],
  ["/new?path=designs/faulty.md", "#fact"],
  ["/practice", "h1"],
  ["/practice?question=ivfpq-memory", "#answer"],
  ["/progress", "h1"],
  ["/plan", "#until"],
  ["/interview", ".choices li"],
  ["/library?kind=rule&name=random-split-on-temporal-data", ".md"],
];

describe.skipIf(CHROMIUM === undefined)("axe finds nothing (skipped where no Chromium is installed)", () => {
  test.each(["light", "dark"] as const)("in the %s theme", async (scheme) => {
    const page = await studio.page(scheme);
    const found: string[] = [];
    for (const [path, settled] of PAGES) {
      await page.goto(new URL(path, studio.url()).href);
      await page.locator(settled).first().waitFor();
      await page.evaluate(AXE);
      const violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] = await page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
      );
      for (const { id, nodes } of violations)
        found.push(`${path}: ${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.slice(0, 200)}`);
    }
    expect(found).toEqual([]);
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
