/** Every page of the studio by axe, in the light and in the dark theme. */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { axeIn } from "./axe.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/faulty.md": readFileSync("designs/bad/movie-recommendations.md", "utf8") });
});
afterAll(() => studio.close());

/** `further` leads to a state of the page that its address does not name. */
type Looked = readonly [path: string, settled: string, further?: (page: Page) => Promise<void>];

const PAGES: readonly Looked[] = [
  ["/", ".list tbody tr"],
  ["/design?path=designs/faulty.md", ".first .f"],
  ["/design?path=designs/faulty.md&tab=estimate", ".system-svg", moveSlider],
  ["/design?path=designs/faulty.md&tab=run", ".again tbody tr, .panel:not([hidden]) p.txt"],
  ["/design?path=designs/faulty.md&tab=serve", ".panel:not([hidden]) .lead"],
  ["/new", "#problem"],
  ["/new?path=designs/faulty.md", "#fact"],
  ["/practice", "h1"],
  ["/practice?question=ivfpq-memory", "#answer"],
  ["/progress", "h1"],
  ["/plan", "#until"],
  ["/interview", ".choices li"],
  ["/library?kind=rule&name=random-split-on-temporal-data", ".md", openPalette],
];

async function moveSlider(page: Page): Promise<void> {
  await page.getByRole("slider").first().press("ArrowRight");
  await page.locator(".sl output b").waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("split");
  await page.getByRole("option", { name: /HP301/u }).waitFor();
}

describe.skipIf(CHROMIUM === undefined)("axe finds nothing (skipped where no Chromium is installed)", () => {
  test("in the pages, in what they show further on, and in the palette", async () => {
    const page = await studio.page();
    const found: string[] = [];
    for (const [path, settled, further] of PAGES) {
      await page.goto(new URL(path, studio.url()).href);
      await page.locator(settled).first().waitFor();
      // The note stands beside all four tabs, and is the same: its hundreds of words are looked at once.
      const known = path.includes("&tab=") ? [".cm-content"] : [];
      found.push(...(await axeIn(page, path, known)));
      if (further === undefined) continue;
      await further(page);
      found.push(...(await axeIn(page, `${path}, further on`, known)));
    }
    expect(found).toEqual([]);
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
