/** Writes that reach the disk and whose answers reach nobody: what the disk holds then is the page's own, and nobody else changed it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const NOTE = "---\nheptad: 1\ntitle: Feed\nsystem: feed\nstatus: draft\n---\n\n# Feed\n\nbegun\n";

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/late.md": NOTE, "designs/lost.md": NOTE });
});
afterAll(() => studio.close());

const onDisk = (path: string): string => readFileSync(join(studio.root, path), "utf8");

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
}

/** The next write arrives; its answer does not, until the page is told that the line broke where `isBroken`. */
async function loseAnswer(page: Page, address: string, isBroken: boolean): Promise<void> {
  let isFirst = true;
  await page.route(address, async (route) => {
    if (!isFirst || route.request().method() !== "PUT") return route.continue();
    isFirst = false;
    await route.fetch();
    if (isBroken) await route.abort();
  });
}

describe.skipIf(CHROMIUM === undefined)("an answer that is lost (skipped where no Chromium is installed)", () => {
  test("is not taken for another's change of the note by a page that is loaded anew meanwhile", async () => {
    const page = await studio.page("/design?path=designs/late.md&tab=note");
    await page.locator(".cm-content", { hasText: "begun" }).waitFor();
    await loseAnswer(page, "**/api/note", false);
    await typeAtEnd(page, "half");
    await expect.poll(() => onDisk("designs/late.md")).toContain("half");
    await page.keyboard.insertText(" and whole");
    await page.reload();
    await expect.poll(() => onDisk("designs/late.md")).toContain("half and whole");
    await page.getByText("saved", { exact: true }).waitFor();
    expect(await page.getByText("The file changed on disk").count()).toBe(0);
    await page.context().close();
  });

  test("is not taken for another's change of the note by the page that goes on typing", async () => {
    const page = await studio.page("/design?path=designs/lost.md&tab=note");
    await page.locator(".cm-content", { hasText: "begun" }).waitFor();
    await loseAnswer(page, "**/api/note", true);
    await typeAtEnd(page, "half");
    await page.getByText("kept in this browser").waitFor();
    expect(onDisk("designs/lost.md")).toContain("half");
    await page.keyboard.insertText(" and whole");
    await expect.poll(() => onDisk("designs/lost.md")).toContain("half and whole");
    await page.getByText("saved", { exact: true }).waitFor();
    expect(await page.getByText("The file changed on disk").count()).toBe(0);
    await page.context().close();
  });

  test("is not taken for another's change of a sheet that is filled", async () => {
    const page = await studio.page("/interview?side=interviewer&problem=feed-ranking");
    await page.getByRole("button", { name: "Begin a sheet" }).click();
    const candidate = page.getByLabel("Candidate", { exact: true });
    await candidate.waitFor();
    const sheet = (): string => {
      const folder = join(studio.root, "history", "sheets");
      return readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), "utf8"))
        .join("");
    };
    await loseAnswer(page, "**/api/sheets", false);
    await candidate.fill("Ana");
    await expect.poll(sheet).toContain("Ana");
    await candidate.fill("Ana Lucia");
    await page.reload();
    await expect.poll(sheet).toContain("Ana Lucia");
    await page.getByText("saved", { exact: true }).waitFor();
    expect(await page.getByText("was changed elsewhere").count()).toBe(0);
    await page.context().close();
  });
});
