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
  ["/interview?problem=visual-search", ".choices li", holdLine],
  ["/interview?problem=feed-ranking", ".choices li", overrule],
  ["/interview?side=interviewer&problem=feed-ranking", ".rubric", compareSheets],
  ["/keys", "h1"],
  ["/library", ".hits li"],
  ["/library?kind=rule&name=random-split-on-temporal-data", ".md", openPalette],
];

async function moveSlider(page: Page): Promise<void> {
  await page.getByRole("slider").first().press("ArrowRight");
  await page.locator(".sl output b").waitFor();
}

/** An interview in which a line stands unsent where it is ended. */
async function holdLine(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Begin / }).click();
  await page.locator("#line").fill("label: a purchase within the week");
  await page.getByRole("button", { name: "End", exact: true }).click();
  await page.getByText("You typed this and did not send it").waitFor();
}

/** A score sheet in which a grade is being overruled. */
async function overrule(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Begin / }).click();
  await page.locator("#line").fill("How fast must it be?");
  await page.keyboard.press("Enter");
  await page.getByText("understood as").waitFor();
  await page.getByRole("button", { name: "End", exact: true }).click();
  for (let i = 0; i < 6; i++) {
    const isOver = page.getByRole("heading", { name: /of nine dimensions/u });
    await page.getByRole("button", { name: "Leave it open" }).or(isOver).first().waitFor();
    if (await isOver.isVisible()) break;
    const before = await page.locator(".route").textContent();
    await page.getByRole("button", { name: "Leave it open" }).click();
    await page.waitForFunction((text) => document.querySelector(".route")?.textContent !== text, before);
  }
  await page.getByRole("button", { name: "overrule the grade of Framing" }).click();
  await page.getByLabel("Why, in your words").waitFor();
}

/** Two sheets of two people, side by side. */
async function compareSheets(page: Page): Promise<void> {
  const address = page.url();
  for (const candidate of ["Ana", "Dan"]) {
    await page.getByRole("button", { name: "Begin a sheet" }).click();
    await page.getByLabel("Candidate", { exact: true }).fill(candidate);
    await page
      .getByRole("group", { name: "Framing" })
      .getByRole("radio", { name: "mid", exact: true })
      .check({ force: true });
    await page.getByText("saved", { exact: true }).waitFor();
    await page.goto(address);
  }
  await page.getByRole("checkbox").nth(1).waitFor();
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Compare the two" }).click();
  await page.locator(".compared").waitFor();
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
