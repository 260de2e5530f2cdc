/** Many windows of one browser, which opens six connections to a host: each loads, and each saves what is typed. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const NOTES = Array.from({ length: 8 }, (_, i) => `designs/note-${i + 1}.md`);
const TEXT = readFileSync("designs/bad/movie-recommendations.md", "utf8");

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn(Object.fromEntries(NOTES.map((path) => [path, TEXT])));
});
afterAll(() => studio.close());

const onDisk = (path: string): string => readFileSync(join(studio.root, path), "utf8");
const addressOf = (path: string): string => new URL(`/design?path=${path}`, studio.url()).href;

/** Of the pages of a context, how many streams are open. */
function countStreams(context: BrowserContext): () => number {
  const open = new Set<Request>();
  context.on("request", (request) => request.url().includes("/api/events") && open.add(request));
  context.on("requestfailed", (request) => open.delete(request));
  context.on("requestfinished", (request) => open.delete(request));
  return () => open.size;
}

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

/** As another tab in front of it does, which a browser without windows never does by itself. */
async function turn(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((next) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => next });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

describe.skipIf(CHROMIUM === undefined)("many windows (skipped where no Chromium is installed)", () => {
  test("eight shown at once all load, the first saves what is typed and says that it is told nothing new, until others are closed", async () => {
    const first = await studio.page();
    const streams = countStreams(first.context());
    await first.goto(addressOf(NOTES[0]));
    await first.locator(".first .f").first().waitFor();
    const others: Page[] = [];
    for (const path of NOTES.slice(1)) {
      const page = await first.context().newPage();
      page.setDefaultTimeout(20_000);
      others.push(page);
      await page.goto(addressOf(path));
      await page.locator(".first .f").first().waitFor();
    }
    await expect.poll(streams).toBe(4);
    await first.getByText("tells this page nothing new: too many pages are open").waitFor();
    await typeAtEnd(first, "Typed into the first of eight.");
    await expect.poll(() => onDisk(NOTES[0])).toContain("Typed into the first of eight.");
    await first.locator(".saved", { hasText: /^saved$/u }).waitFor();
    writeFileSync(join(studio.root, NOTES[0]), `${onDisk(NOTES[0])}\nWritten by an editor.\n`);
    for (const page of others) await page.close();
    // Told again, it reads what it missed.
    await first.locator(".cm-line", { hasText: "Written by an editor." }).waitFor();
    expect(await first.getByText("too many pages").count()).toBe(0);
    expect(studio.errors).toEqual([]);
    await first.close();
  });

  test("one that is hidden holds no stream, and reads anew when it is shown", async () => {
    const page = await studio.page();
    const streams = countStreams(page.context());
    await page.goto(addressOf(NOTES[1]));
    await page.locator(".first .f").first().waitFor();
    await expect.poll(streams).toBe(1);
    await turn(page, "hidden");
    await expect.poll(streams).toBe(0);
    writeFileSync(join(studio.root, NOTES[1]), `${TEXT}\nWritten while it was hidden.\n`);
    await turn(page, "visible");
    await typeAtEnd(page, "");
    await page.locator(".cm-line", { hasText: "Written while it was hidden." }).waitFor();
    expect(await page.locator(".away").count()).toBe(0);
    // And it is told of what comes after.
    writeFileSync(join(studio.root, NOTES[1]), `${TEXT}\nWritten while it was shown.\n`);
    await page.locator(".cm-line", { hasText: "Written while it was shown." }).waitFor();
    expect(streams()).toBe(1);
    await page.close();
  });

  test("a write that is not answered is said not to be saved yet, also while one types on, and saved when it is", async () => {
    const page = await studio.page(`/design?path=${NOTES[2]}`);
    let answer = (): void => undefined;
    const held = new Promise<void>((done) => {
      answer = done;
    });
    await page.route(
      "**/api/note",
      async (route) => {
        await held;
        await route.continue();
      },
      { times: 1 },
    );
    await typeAtEnd(page, "Typed into");
    await page.locator(".saved", { hasText: /^not saved yet$/u }).waitFor();
    await page.keyboard.type(" a slow answer.");
    await expect.poll(() => page.locator(".saved").textContent()).toBe("not saved yet");
    answer();
    await page.locator(".saved", { hasText: /^saved$/u }).waitFor();
    expect(onDisk(NOTES[2])).toContain("Typed into a slow answer.");
    await page.close();
  });
});
