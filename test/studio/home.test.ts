/** The page of designs in the browser: what it says where there is no note, and where one cannot be read. */

import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({});
});
afterAll(() => studio.close());

describe.skipIf(CHROMIUM === undefined)("the page of designs (skipped where no Chromium is installed)", () => {
  test("says what will stand there where somebody who has practised has no note, and offers the first", async () => {
    const page = await studio.page("/library");
    await page.route("**/api/practice/today", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), answers: 3 } });
    });
    await page.getByRole("link", { name: "Designs", exact: true }).click();
    await page.getByRole("heading", { name: "Your designs will stand here" }).waitFor();
    await page.getByRole("heading", { name: "Practice today" }).waitFor();
    expect(await page.getByText("Nothing is wrong").count()).toBe(0);
    expect(await page.locator("table").count()).toBe(0);
    await expect.poll(() => page.locator("main").getByRole("link", { name: "New design" }).count()).toBe(1);
    await page.locator("main").getByRole("link", { name: "New design" }).click();
    await page.getByLabel("The problem in a sentence").waitFor();
    expect(studio.errors).toEqual([]);
    await page.close();
  });

  test("counts nothing of the library where nobody answers", async () => {
    const page = await studio.page("/plan");
    await page.route("**/api/library?*", (route) => route.abort());
    await page.locator("nav").getByRole("link", { name: "Library" }).click();
    await page.getByText("does not answer").waitFor();
    expect(await page.locator(".kinds").textContent()).not.toMatch(/\d/u);
    await page.unroute("**/api/library?*");
    await page.getByLabel("Find in the library").fill("bias");
    await page.locator(".kinds", { hasText: /patterns \d+/u }).waitFor();
    await page.close();
  });

  test("lists a note that cannot be read as bad, and says it first; the palette finds it too", async () => {
    const written = readFileSync("designs/movie-recommendations.md", "utf8");
    const at = (name: string): string => join(studio.root, "designs", name);
    mkdirSync(join(studio.root, "designs"));
    writeFileSync(at("whole.md"), written);
    writeFileSync(at("moved.md"), `          ${written}`);
    // One with errors that changed later.
    writeFileSync(at("faulty.md"), readFileSync("designs/bad/movie-recommendations.md", "utf8"));
    utimesSync(at("moved.md"), 0, 0);
    const page = await studio.page();
    const row = (words: string) => page.locator("tbody tr", { hasText: words });
    await page
      .getByRole("heading", { name: "moved.md cannot be read: front matter must begin on the first line." })
      .waitFor();
    await expect
      .poll(() => row("cannot be read").locator(".t-bad").textContent())
      .toBe("cannot be read: front matter must begin on the first line");
    await expect.poll(() => row("cannot be read").getByText("Data: not read").count()).toBe(1);
    await page.getByRole("link", { name: "Open at line 1" }).click();
    await page.locator(".cm-content").waitFor();
    rmSync(at("moved.md"));
    writeFileSync(at("broken.md"), Uint8Array.of(0x23, 0xff, 0x00));
    utimesSync(at("broken.md"), 0, 0);
    await page.goto(studio.url());
    await page.getByRole("heading", { name: "broken.md cannot be read: the file is not UTF-8 text" }).waitFor();
    await row("cannot be read: the file is not UTF-8 text").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("broken.md");
    await page.getByRole("option", { name: "designs/broken.md" }).first().click();
    await page.getByText("the file is not UTF-8 text").first().waitFor();
    expect(studio.errors).toEqual([]);
    await page.close();
  });

  test("tells designs of one title apart by their paths", async () => {
    const written = readFileSync("designs/movie-recommendations.md", "utf8");
    const names = ["one-title.md", "same-title.md", "other-title.md"].map((name) => join(studio.root, "designs", name));
    mkdirSync(join(studio.root, "designs"), { recursive: true });
    for (const [i, name] of names.entries())
      writeFileSync(name, written.replace("title: Movie recommendations", i < 2 ? "title: Twins" : "title: Alone"));
    const page = await studio.page();
    await page.getByText("designs/one-title.md", { exact: true }).waitFor();
    await page.getByText("designs/same-title.md", { exact: true }).waitFor();
    await page.locator("tbody tr", { hasText: "Alone" }).waitFor();
    expect(await page.getByText("designs/other-title.md", { exact: true }).count()).toBe(0);
    for (const name of names) rmSync(name);
    await page.close();
  });

  test("offers to see what would run only where a run can be had, and says what is missing where it cannot", async () => {
    const at = (name: string): string => join(studio.root, "designs", name);
    mkdirSync(join(studio.root, "designs"), { recursive: true });
    for (const name of ["whole.md", "faulty.md", "broken.md", "moved.md"]) rmSync(at(name), { force: true });
    const written = (name: string): string => readFileSync(`designs/${name}`, "utf8");
    writeFileSync(at("notify.md"), written("notification-ranking.md"));
    const page = await studio.page();
    await page.locator("tbody tr").getByText("cannot be run").waitFor();
    await page.getByText("can be reviewed and estimated, but not run").waitFor();
    expect(await page.getByRole("link", { name: /See what would run/u }).count()).toBe(0);
    await page.locator("tbody").getByRole("link").first().click();
    // No button and no key begins a run that would fail: they lead to why.
    await page.getByRole("button", { name: "Why it cannot be run" }).waitFor();
    expect(await page.getByRole("button", { name: /^Run/u }).count()).toBe(0);
    await page.keyboard.press("Alt+r");
    await page.getByText("It cannot be run as it stands").waitFor();
    expect(await page.getByRole("button", { name: /^Run/u }).count()).toBe(0);
    // One of a kind that runs, over a file that is not there.
    writeFileSync(
      at("lost.md"),
      written("movie-recommendations.md").replace(
        /^source: .*$/mu,
        "history: 240 d\nsource: { format: csv, path: ../lost.csv, columns: { member: user, title: item, rating: stars, time: at }, titles: { path: ../lost-titles.csv, columns: { title: item, genres: kinds } } }",
      ),
    );
    await page.goto(studio.url());
    await page.getByRole("heading", { name: /has not been run, and cannot be as it stands: .*lost\.csv/u }).waitFor();
    expect(await page.getByRole("link", { name: /See what would run/u }).count()).toBe(0);
    // The note alone says nothing against it: what is missing is found out before anything runs.
    await page.goto(new URL("/design?path=designs/lost.md", studio.url()).href);
    await page.getByRole("button", { name: /^Run/u }).click();
    await page.getByText(/It cannot be run as it stands: .*lost\.csv/u).waitFor();
    expect(await page.evaluate(() => fetch("/api/run").then((one) => one.json()))).toEqual({ run: null });
    await page.goto(studio.url());
    writeFileSync(at("lost.md"), written("movie-recommendations.md"));
    await page.reload();
    await page.getByRole("link", { name: "See what would run" }).waitFor();
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
