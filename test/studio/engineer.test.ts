/** The first visit of somebody with data, with no network but the local server: from a file of theirs to its report, without leaving the pages. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

/** What 60 members played of 40 songs over 200 days, some songs more than others. */
function plays(): string {
  const random = createRandom(5);
  const rows = Array.from({ length: 2400 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1) + Math.floor((i * 200) / 2400) * 86_400_000).toISOString().slice(0, 10);
    return `u${random.below(60)},s${Math.floor(40 * random.uniform() ** 2)},${day}T${String(8 + random.below(14)).padStart(2, "0")}:00:00Z`;
  });
  return `user,song,played_at\n${rows.join("\n")}\n`;
}

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "plays.csv": plays() });
});
afterAll(() => studio.close());

describe.skipIf(CHROMIUM === undefined)("a first visit with data (skipped where no Chromium is installed)", () => {
  test("leads offline from the file to a note, its mends and the report of its run", async () => {
    const page = await studio.page("/", { isOffline: true });
    await page.getByRole("link", { name: "Choose a file" }).click();
    await page.getByLabel("Name of the design").fill("Songs");
    await expect.poll(() => page.getByLabel("File or folder").inputValue()).toBe("plays.csv");
    await page.getByRole("button", { name: "Draft the note" }).click();
    await page.getByRole("heading", { name: /^Recommendation, because/u }).waitFor();
    await page.getByRole("link", { name: "Open the note" }).click();
    const panel = page.locator(".panel:not([hidden])");
    await panel.locator(".lead").waitFor();
    // One press a mend, as long as there is one.
    const note = (): string => readFileSync(join(studio.root, "designs/songs.md"), "utf8");
    for (let i = 0; i < 12; i++) {
      const mend = panel.getByRole("button", { name: /^Mend it/u }).first();
      if (!(await mend.isVisible())) break;
      const before = note();
      await mend.click();
      await expect.poll(note).not.toBe(before);
    }
    await page.getByRole("tab", { name: "Run" }).click();
    await page.getByRole("button", { name: /^Run it/u }).click();
    const report = page.frameLocator("iframe");
    await report.getByRole("heading").first().waitFor({ timeout: 110_000 });
    await expect.poll(() => report.locator("body").textContent()).toMatch(/plays\.csv[\s\S]*\[[−\d.]+, [−\d.]+\]/u);
    expect(existsSync(join(studio.root, "runs/songs/latest/report.html"))).toBe(true);
    expect(readdirSync(studio.root)).toContain("plays.csv");
    expect([studio.foreign, studio.errors]).toEqual([[], []]);
    await page.close();
  });
});
