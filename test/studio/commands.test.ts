/** Commands: what a page's buttons do is in the palette, keys do what they are printed for, and both are one register. */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACTIONS, EVERYWHERE, printedKey } from "../../src/studio/actions.ts";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const NOTE = "designs/faulty.md";
const LEAKY = "designs/leaky.md";
const GOOD = "designs/good.md";
/** Each page, and what stands on it when it is whole. */
const PAGES = [
  ["/", ".list tbody tr"],
  [`/design?path=${NOTE}`, ".first .f"],
  [`/design?path=${NOTE}&tab=estimate`, ".system-svg"],
  [`/design?path=${NOTE}&tab=run`, ".again tbody tr, .panel:not([hidden]) p.txt"],
  [`/design?path=${NOTE}&tab=serve`, ".panel:not([hidden]) .lead"],
  ["/new", "#problem"],
  ["/new?data=1", "#data"],
  [`/new?path=${NOTE}`, "#fact"],
  ["/practice", "h1"],
  ["/practice?question=ivfpq-memory", "#answer"],
  ["/plan", "#until"],
  ["/interview", ".choices li"],
  ["/library?kind=rule&name=random-split-on-temporal-data", ".md"],
] as const;

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({
    [NOTE]: readFileSync("designs/bad/movie-recommendations.md", "utf8"),
    [LEAKY]: readFileSync("designs/bad/movie-random-split.md", "utf8"),
    [GOOD]: readFileSync("designs/movie-recommendations.md", "utf8"),
  });
});
afterAll(() => studio.close());

/** The names of buttons and of links that look like them, as they are read: without the key that is printed in them. */
function buttonsOf(page: Page): Promise<string[]> {
  return page.locator("main").evaluate((main) =>
    [...main.querySelectorAll<HTMLElement>("button:not(:disabled), a.btn")]
      .filter((one) => one.checkVisibility() && one.closest("details:not([open]) .body") === null)
      .map((one) => {
        const copy = document.createElement("span");
        copy.innerHTML = one.innerHTML;
        for (const part of copy.querySelectorAll("kbd, [aria-hidden=true], .vh, small, .q3")) part.remove();
        return (one.getAttribute("aria-label") ?? copy.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
      }),
  );
}

async function offered(page: Page, typed: string): Promise<string[]> {
  await page.getByRole("combobox", { name: "Search or run a command" }).fill(typed);
  return page.locator(".palette [role=option] > span:first-child").allInnerTexts();
}

describe.skipIf(CHROMIUM === undefined)("commands (skipped where no Chromium is installed)", () => {
  test("every button of every page is found in the palette by its name", async () => {
    const page = await studio.page();
    for (const [address, whole] of PAGES) {
      await page.goto(new URL(address, studio.url()).href);
      await page.locator(whole).first().waitFor();
      const buttons = [...new Set(await buttonsOf(page))].filter((name) => name !== "");
      expect(buttons.length, address).toBeGreaterThan(0);
      await page.keyboard.press("Control+k");
      for (const name of buttons)
        expect((await offered(page, name)).map(plain), `${name} on ${address}`).toContainEqual(
          expect.stringContaining(plain(name)),
        );
      await page.keyboard.press("Escape");
    }
    await page.close();
  });

  test("what holds everywhere is listed before a word is typed, each with its key", async () => {
    const page = await studio.page("/plan");
    await page.keyboard.press("Control+k");
    const list = page.locator(".palette [role=option]");
    for (const [id, { name, ...about }] of Object.entries(EVERYWHERE)) {
      if (id === "search") continue;
      const row = list.filter({ has: page.getByText(name, { exact: true }) });
      await row.first().waitFor();
      const keys = "keys" in about ? about.keys.map(printedKey) : [];
      await expect.poll(() => row.first().locator("kbd").allInnerTexts(), { message: name }).toEqual(keys);
    }
    await page.close();
  });

  test("an action of a tab that is not shown is done from the palette, and a theme is kept after a reload", async () => {
    const page = await studio.page(`/design?path=${NOTE}&tab=estimate`);
    await page.locator(".first .f").first().waitFor({ state: "attached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("waive first");
    await page.keyboard.press("Enter");
    await page.locator(":focus").and(page.getByLabel("Why the team accepts it")).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("dark theme");
    await page.keyboard.press("Enter");
    await page.reload();
    await page.locator(".first .f").first().waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(16, 19, 23)");
    await page.close();
  });

  test("the run's key starts a run, of what was typed last too; where its figures would be false it says so and starts none", async () => {
    const page = await studio.page(`/design?path=${LEAKY}`);
    await page.locator(".first .f").first().waitFor();
    await page.getByRole("button", { name: "See the runs" }).waitFor();
    await page.keyboard.press("Alt+r");
    await page.getByRole("button", { name: "Run it all the same" }).waitFor();
    expect(await page.evaluate(() => fetch("/api/run").then((one) => one.json()))).toEqual({ run: null });
    await page.goto(new URL(`/design?path=${GOOD}`, studio.url()).href);
    await page.getByText("Nothing is wrong that the review can see").waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nTyped just before.");
    await page.keyboard.press("Alt+r");
    await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
    expect(readFileSync(`${studio.root}/${GOOD}`, "utf8")).toContain("Typed just before.");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("stop the run");
    await page.keyboard.press("Enter");
    await page.getByText("Stopped. What is finished is kept").waitFor();
    await page.close();
  });

  test("the page of keys and the documentation name every key that there is", async () => {
    const page = await studio.page();
    await page.keyboard.press("Alt+h");
    const text = (await page.locator(".page-keys").textContent()) ?? "";
    const guide = readFileSync("docs/studio.md", "utf8");
    for (const { name, keys = [] } of Object.values(ACTIONS)) {
      expect(text).toContain(name);
      for (const key of keys) {
        expect(text).toContain(printedKey(key));
        if (!/^[2-4]$/u.test(key)) expect(guide).toContain(`\`${printedKey(key).replace("−", "-")}\``);
      }
    }
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});

/** Without what is set apart by space alone. */
function plain(name: string): string {
  return name.replaceAll(/\s+/gu, "").toLowerCase();
}
