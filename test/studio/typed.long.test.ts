/** Nothing typed is lost: two tabs, two servers over one project, a disk that takes nothing more, a closed tab. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { killServer, type OpenStudio, openStudioIn, startServer } from "./open-studio.ts";

const NOTE = "---\nheptad: 1\ntitle: Feed\nsystem: feed\nstatus: draft\n---\n\n# Feed\n\nbegun\n";

/** Of a machine that is busy with other things. */
const WITHIN = { timeout: 20_000 };

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/two.md": NOTE, "designs/full.md": NOTE, "designs/left.md": NOTE });
});
afterAll(() => studio.close());

const onDisk = (path: string): string => readFileSync(join(studio.root, path), "utf8");

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
}

async function open(page: Page, path: string, base = studio.url()): Promise<void> {
  await page.goto(new URL(`/design?path=${path}`, base).href);
  await page.locator(".cm-content", { hasText: "begun" }).waitFor();
}

describe.skipIf(CHROMIUM === undefined)("what was typed (skipped where no Chromium is installed)", () => {
  test("two tabs that wrote at once keep both texts: one is on the disk, the other is shown beside it, over a closed tab too", async () => {
    const first = await studio.page();
    const second = await first.context().newPage();
    await open(first, "designs/two.md");
    await open(second, "designs/two.md");
    // Its writes do not arrive; what it is told does.
    await second.route("**/api/note", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.continue(),
    );
    await typeAtEnd(second, " in the second tab");
    await second.getByText("kept in this browser").waitFor();
    await typeAtEnd(first, " in the first tab");
    await expect.poll(() => onDisk("designs/two.md"), WITHIN).toContain("in the first tab");
    await second.getByText("The file changed on disk").waitFor();
    await expect.poll(() => second.locator(".both").textContent()).toContain("in the second tab");
    // Closed in the middle of the conflict: another tab of the same browser has its text.
    await second.close();
    const third = await first.context().newPage();
    await open(third, "designs/two.md");
    await third.getByText("The file changed on disk").waitFor();
    await expect.poll(() => third.locator(".both").textContent()).toContain("in the second tab");
    expect(onDisk("designs/two.md")).not.toContain("in the second tab");
    await third.getByRole("button", { name: "Keep what stands here" }).click();
    await expect.poll(() => onDisk("designs/two.md"), WITHIN).toContain("in the second tab");
    // Chosen once: it is not asked again.
    await third.getByText("saved", { exact: true }).waitFor();
    await open(third, "designs/two.md");
    await third.getByText("saved", { exact: true }).waitFor();
    expect(await third.getByText("The file changed on disk").count()).toBe(0);
    await first.context().close();
  });

  test("what was typed a moment before one goes to another page is written", async () => {
    const page = await studio.page();
    await open(page, "designs/left.md");
    await typeAtEnd(page, " and left");
    await page.getByRole("link", { name: "Library" }).click();
    await expect.poll(() => onDisk("designs/left.md"), WITHIN).toContain(" and left");
    await page.close();
  });

  test("two servers over one project do not write over each other's text", async () => {
    const [other, url] = await startServer(studio.root);
    try {
      const [first, second] = [await studio.page(), await studio.page()];
      await second.goto(url);
      await second.getByRole("link", { name: "Designs", exact: true }).waitFor();
      await open(first, "designs/full.md");
      await open(second, "designs/full.md", url);
      await typeAtEnd(first, " by the first server");
      await second.locator(".cm-content", { hasText: "by the first server" }).waitFor();
      await typeAtEnd(second, " and by the second");
      await first.locator(".cm-content", { hasText: "by the first server and by the second" }).waitFor();
      expect(onDisk("designs/full.md")).toContain("by the first server and by the second");
      await first.close();
      await second.close();
    } finally {
      await killServer(other);
    }
  });

  test("a disk that takes nothing more is said; what was typed stays, and is written when there is room again", async () => {
    await studio.kill();
    // A limit on the size of files stands for a full disk: a note of more than that cannot be written.
    await studio.start(8);
    const page = await studio.page();
    await open(page, "designs/full.md");
    const before = onDisk("designs/full.md");
    const long = " more than the disk takes".repeat(400);
    await typeAtEnd(page, long);
    await page.getByText("kept in this browser").waitFor();
    await page.getByRole("alert").filter({ hasText: /\S/u }).first().waitFor();
    expect(onDisk("designs/full.md")).toBe(before);
    await studio.kill();
    await studio.start();
    await expect.poll(() => onDisk("designs/full.md"), WITHIN).toContain(long.trim());
    await page.getByText("saved", { exact: true }).waitFor();
    await page.close();
  });
});
