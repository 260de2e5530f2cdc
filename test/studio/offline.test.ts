/** The studio with no network but the local server, and with a server that is gone for a while. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PAGES as SHELLS } from "../../src/studio/offline/shell.ts";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const NOTE = "designs/faulty.md";
/** Each page, and what stands on it when it is whole. */
const PAGES = [
  ["/", ".list tbody tr"],
  [`/design?path=${NOTE}`, ".first .f"],
  [`/design?path=${NOTE}&tab=estimate`, ".system-svg"],
  ["/new", "#problem"],
  ["/practice?question=ivfpq-memory", "#answer"],
  ["/interview", ".choices li"],
  ["/library", ".hits li"],
] as const;

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ [NOTE]: readFileSync("designs/bad/movie-recommendations.md", "utf8") });
});
afterAll(() => studio.close());

const onDisk = (): string => readFileSync(join(studio.root, NOTE), "utf8");

describe.skipIf(CHROMIUM === undefined)("a studio that is cut off (skipped where no Chromium is installed)", () => {
  test("every page is whole after a reload with no network but the local server, and keeps what was typed", async () => {
    const page = await studio.page("/", { isOffline: true });
    const other = await page.context().newPage();
    await expect(other.goto("http://192.0.2.1/")).rejects.toThrow("ERR_PROXY_CONNECTION_FAILED");
    await other.close();
    for (const [address, whole] of PAGES) {
      await page.goto(new URL(address, studio.url()).href);
      await page.locator(whole).first().waitFor();
      await page.reload();
      await page.locator(whole).first().waitFor();
    }
    await page.goto(new URL(`/design?path=${NOTE}&tab=note`, studio.url()).href);
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("Typed with no network.");
    await page.reload();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.locator(".cm-line", { hasText: "Typed with no network." }).waitFor();
    await expect.poll(onDisk).toContain("Typed with no network.");
    expect(studio.foreign).toEqual([]);
    expect(studio.errors).toEqual([]);
    await page.close();
  });

  test("a page that was opened without the token says so, and not that nobody answers; let in by another tab, it is whole", async () => {
    const page = await studio.page();
    const context = await page.context().browser()?.newContext();
    const stranger = await context?.newPage();
    if (stranger === undefined) throw new Error("there is a browser");
    for (const address of ["/", `/design?path=${NOTE}`]) {
      await stranger.goto(new URL(address, studio.url()).href);
      await stranger.getByText("This page was not let in: its address lacks the token of this studio.").waitFor();
      expect(await stranger.getByText("does not answer").count()).toBe(0);
    }
    const other = await stranger.context().newPage();
    await other.goto(studio.url());
    await other.locator(".list tbody tr").waitFor();
    await stranger.locator(".first .f").first().waitFor();
    expect(await stranger.getByText("was not let in").count()).toBe(0);
    await context?.close();
    await page.close();
  });

  test("a page whose script cannot be had says so, and comes when the server is back", async () => {
    const page = await studio.page();
    await studio.kill();
    await page.getByRole("link", { name: "Library" }).click();
    await page.locator("main").getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
    await studio.start();
    await page.locator(".hits li").first().waitFor();
    await page.close();
  });

  test("a slider goes on without the server, and what it says is written into the note when the server is back", async () => {
    const page = await studio.page(`/design?path=${NOTE}&tab=estimate`);
    await page.locator(".system-svg").first().waitFor();
    await studio.kill();
    const slider = page.locator('[id="slider-6.serving.budget.network"]');
    await slider.focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight");
    // Ten times the 60 ms of the note, the end of the slider.
    const seen = "600 ms";
    await page.locator(".system-svg").first().getByText(seen).first().waitFor();
    const before = onDisk();
    await page.getByRole("button", { name: "Write into the note" }).click();
    await page.getByText("does not answer").first().waitFor();
    expect(onDisk()).toBe(before);
    await studio.start();
    await expect.poll(onDisk, { timeout: 20_000 }).toContain(`network: ${seen}`);
    await page.close();
  });

  test("a page that is loaded anew while the server is gone says so and how to start it, and goes on by itself when it is there", async () => {
    const page = await studio.page();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await studio.kill();
    for (const address of [...PAGES.map(([one]) => one), ...SHELLS]) {
      await page.goto(new URL(address, studio.url()).href);
      await page.getByRole("status").getByText("does not answer").waitFor();
      await page.getByRole("status").getByText("heptad studio").waitFor();
    }
    // More than are told at a time what changes: those that are told nothing look by themselves.
    const waiting = [];
    for (const [address, whole] of PAGES) {
      const other = await page.context().newPage();
      await other.goto(new URL(address, studio.url()).href);
      await other.getByRole("status").getByText("does not answer").waitFor();
      waiting.push([other, whole] as const);
    }
    await studio.start();
    for (const [other, whole] of waiting) {
      await other.locator(whole).first().waitFor();
      await other.getByText("does not answer").waitFor({ state: "detached" });
    }
    await waiting[0][0].getByText("The studio's server answers, and tells this page nothing new").waitFor();
    await page.context().close();
  });

  test("a note that was open stands there again after a reload without the server, is reviewed, and what is typed then is saved later", async () => {
    const page = await studio.page(`/design?path=${NOTE}`);
    await page.locator(".first .f").first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await studio.kill();
    await page.reload();
    await page.locator(".first .f").first().waitFor();
    await page.getByText("as it was read last").waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nTyped with no server at all.");
    await page.getByText("kept in this browser").waitFor();
    await page.reload();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.locator(".cm-line", { hasText: "Typed with no server at all." }).waitFor();
    expect(onDisk()).not.toContain("Typed with no server at all.");
    // As one starts it again: without a port, and it is found where it was.
    const url = studio.url();
    await studio.start(undefined, true);
    expect(studio.url()).toBe(url);
    await expect.poll(onDisk, { timeout: 20_000 }).toContain("Typed with no server at all.");
    await page.context().close();
  });

  test("what the browser keeps is the program alone: no note, no answer and no token", async () => {
    const page = await studio.page(`/design?path=${NOTE}`);
    await page.locator(".first .f").first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname + new URL(url).search + new URL(url).hash);
    });
    expect(kept).toContain("/");
    expect(kept.filter((one) => !/^\/(?:assets\/[\w-]+\.(?:js|css))?$/u.test(one))).toEqual([]);
    const answer = await page.request.get(new URL("/offline.js", studio.url()).href);
    expect(answer.headers()["content-security-policy"]).toBe("default-src 'none'; connect-src 'self'");
    await page.context().close();
  });
});
