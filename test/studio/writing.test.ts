/** Notes in the browser: written by answering, reviewed as one types, mended, waived, and never lost. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const FAULTY = readFileSync("designs/bad/movie-recommendations.md", "utf8");

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/faulty.md": FAULTY });
});
afterAll(() => studio.close());

const onDisk = (path: string): string => readFileSync(join(studio.root, path), "utf8");

const until = (holds: () => boolean): Promise<void> => expect.poll(holds).toBe(true);

describe.skipIf(CHROMIUM === undefined)("a note in the browser (skipped where no Chromium is installed)", () => {
  test("begins with a sentence, asks for facts, writes the YAML, and keeps what is not known as a question", async () => {
    const page = await studio.page();
    await page.getByRole("link", { name: "New design" }).first().click();
    await page.getByLabel("Name").fill("Podcast feed");
    await page.getByLabel("The problem in a sentence").fill("Members shall find a podcast that they listen to.");
    await page.getByRole("button", { name: "Begin the note" }).click();
    await page.getByRole("heading", { name: "What should get better, and for whom?" }).waitFor();
    await page.locator("#fact").fill("listeners find something: within a minute");
    await page.getByRole("button", { name: "Write it" }).click();
    await page.getByRole("heading", { name: "By which number would the business see it?" }).waitFor();
    await page.getByRole("button", { name: "I do not know" }).click();
    await page.getByRole("heading", { name: "How many people use it a day?" }).waitFor();
    await page.locator("#fact").fill("many");
    await page.getByRole("button", { name: "Write it" }).click();
    await page.getByRole("alert").filter({ hasText: "many" }).waitFor();
    await expect.poll(() => page.locator("#fact").inputValue()).toBe("many");
    await page.locator("#fact").fill("2M");
    await page.getByRole("button", { name: "Write it" }).click();
    await page.getByRole("heading", { name: "How many requests arrive on average?" }).waitFor();
    const text = onDisk("designs/podcast-feed.md");
    expect(text).toContain('goal: "listeners find something: within a minute"');
    expect(text).toContain(
      '  - { topic: goal, ask: "By which number would the business see it?", status: open, changes: [1] }',
    );
    expect(text).toContain("users: { daily: 2M }");
    await page.getByRole("link", { name: "Open the note" }).click();
    // Nothing is found in what was not begun, and nothing holds there either.
    await page.locator(".lead", { hasText: "Not begun: sections 2 to 7." }).waitFor();
    await page.getByRole("button", { name: "Data: not begun" }).waitFor();
    await page.goto(studio.url());
    await page.getByText("Data: not begun").waitFor({ state: "attached" });
    await page.close();
  });

  test("is drafted from a table whose columns say nothing by their names, once it is said what they are", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `k${i % 12},x${(i * 7) % 20},2024-01-${10 + (i % 20)}T10:00:00Z`);
    writeFileSync(join(studio.root, "visits.csv"), `card,exhibit,entered\n${rows.join("\n")}\n`);
    const page = await studio.page("/new?data=1");
    await page.getByLabel("Name of the design").fill("Visits");
    await page.getByLabel("File or folder").fill("visits.csv");
    await page.getByText("Which columns they are").click();
    await page.getByLabel("User").fill("cards");
    await page.getByRole("button", { name: "Draft the note" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "no column is called" });
    await alert.getByText("did you mean").waitFor();
    await page.getByLabel("User").fill("card");
    await page.getByLabel("Item").fill("card");
    await page.getByRole("button", { name: "Draft the note" }).click();
    // In the names of the fields, not in those of the command's options.
    await page
      .getByRole("alert")
      .filter({ hasText: "“User” and “Item”" })
      .or(page.getByRole("alert").filter({ hasText: "“Item” and “User”" }))
      .waitFor();
    expect(await page.getByRole("alert").filter({ hasText: "--" }).count()).toBe(0);
    await page.getByLabel("Item").fill("exhibit");
    await page.getByLabel("Time").fill("entered");
    await page.getByRole("button", { name: "Draft the note" }).click();
    await page.getByRole("heading", { name: /^Recommendation, because/u }).waitFor();
    expect(onDisk("designs/visits.md")).toMatch(/user: card[\s\S]*item: exhibit|card[\s\S]*exhibit[\s\S]*entered/u);
    rmSync(join(studio.root, "visits.csv"));
    await page.close();
  });

  test("is drafted from a table of the project; what the note says already is not asked again", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `u${i % 12},m${(i * 7) % 20},${1 + (i % 5)},2024-01-${10 + (i % 20)}`,
    );
    writeFileSync(join(studio.root, "plays.csv"), `user,movie,rating,at\n${rows.join("\n")}\n`);
    const page = await studio.page("/new?data=1");
    await page.getByText("1 file in this project: plays.csv").waitFor();
    // Where there is one file, it is named already.
    await expect.poll(() => page.getByLabel("File or folder").inputValue()).toBe("plays.csv");
    await page.getByLabel("Name of the design").fill("Plays");
    await page.getByLabel("File or folder").fill("../elsewhere.csv");
    await page.getByRole("button", { name: "Draft the note" }).click();
    await page.getByRole("alert").filter({ hasText: "leads out of the project" }).waitFor();
    await page.getByLabel("File or folder").fill("plays.csv");
    await page.getByRole("button", { name: "Draft the note" }).click();
    await page.getByRole("heading", { name: /^Recommendation, because/u }).waitFor();
    await expect
      .poll(() => page.getByRole("link", { name: "Answer what decides the most" }).getAttribute("href"))
      .toBe("/new?path=designs%2Fplays.md");
    expect(onDisk("designs/plays.md")).toMatch(/path: \.\.\/plays\.csv/u);
    await page.getByRole("link", { name: "Open the note" }).click();
    await page.locator(".cm-content").waitFor();
    await page.goto(new URL("/new?path=designs/plays.md", studio.url()).href);
    await page.locator("#fact").waitFor();
    expect(await page.getByText("What kind of task is it?").count()).toBe(0);
    // What is typed beside a measured number was not measured.
    for (const question of ["What should get better", "By which number"]) {
      await page.getByRole("heading", { name: question }).waitFor();
      await page.getByRole("button", { name: "Not now" }).click();
    }
    await page.getByRole("heading", { name: "How many people use it a day?" }).waitFor();
    expect(onDisk("designs/plays.md")).toMatch(/^users: \{ total: 12 \} {3}# measured/mu);
    await page.locator("#fact").fill("2M");
    await page.getByRole("button", { name: "Write it" }).click();
    await until(() => /^ {2}daily: 2M$/mu.test(onDisk("designs/plays.md")));
    expect(onDisk("designs/plays.md")).toMatch(
      /^users:\n {2}total: 12 {3}# measured: different values of `user`\n {2}daily: 2M\n/mu,
    );
    await page.close();
  });

  test("says beside the field what the review would read, and keeps what is typed there when the page is left", async () => {
    const page = await studio.page("/new?path=designs/podcast-feed.md");
    // What was left open stands in the note as a question, and is not asked again in another browser.
    await page.getByRole("heading", { name: "How many requests arrive on average?" }).waitFor();
    await page.locator("#fact").fill("400");
    await page.getByText("400 is a plain number, but a rate of events belongs here: write it like 400/s").waitFor();
    await page.getByRole("button", { name: "I do not know" }).click();
    await page.getByRole("heading", { name: "How much more at the peak?" }).waitFor();
    await page.locator("#fact").fill("100");
    await page
      .getByText("100 times the average, which the note does not state: a rate has a unit, as in 100/s")
      .waitFor();
    await page.getByRole("link", { name: "Designs", exact: true }).click();
    await page.goto(new URL("/new?path=designs/podcast-feed.md", studio.url()).href);
    await page.locator("#fact").waitFor();
    await expect.poll(() => page.locator("#fact").inputValue()).toBe("100");
    await page.locator("#fact").fill("");
    await page.close();
  });

  test("keeps the ending of each line of the file, whatever is typed, mended or waived", async () => {
    const windows = FAULTY.replaceAll("\n", "\r\n").replace("\r\n\r\n", "\n\r\n");
    const [path, endings] = [join(studio.root, "designs/windows.md"), (text: string) => text.match(/\r?\n/gu) ?? []];
    writeFileSync(path, windows);
    const page = await studio.page("/design?path=designs/windows.md&tab=review");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" ZZ");
    await until(() => onDisk("designs/windows.md") === `${windows} ZZ`);
    const row = page.locator("details.f", { hasText: "Parameters were chosen on the test set" });
    await row.locator("summary .m").click();
    await row.getByRole("button", { name: "Waive, with a reason" }).click();
    await row.getByLabel("Why the team accepts it").fill("it is known");
    await row.getByRole("button", { name: "Write the waiver" }).click();
    await until(() => onDisk("designs/windows.md").includes("it is known"));
    const waived = onDisk("designs/windows.md");
    await page.getByRole("button", { name: "Mend it" }).first().click();
    await until(() => onDisk("designs/windows.md") !== waived);
    const lone = endings(onDisk("designs/windows.md")).filter((one) => one === "\n");
    expect(lone).toHaveLength(endings(windows).filter((one) => one === "\n").length);
    await page.close();
    rmSync(path);
  });

  test("is not made again where somebody took it away: it asks, goes where it was moved, and loses nothing", async () => {
    const text = onDisk("designs/podcast-feed.md");
    mkdirSync(join(studio.root, "ideas"));
    writeFileSync(join(studio.root, "ideas/feed.md"), text.replace("Podcast feed", "Podcasts"));
    const page = await studio.page("/design?path=ideas/feed.md");
    const file = join(studio.root, "ideas/feed.md");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    rmSync(join(studio.root, "ideas"), { recursive: true });
    await page.getByText("The file is gone from the disk.").waitFor();
    await page.keyboard.type("typed after it went");
    await page.getByText("not saved").waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(existsSync(file)).toBe(false);
    // Nothing that was typed is lost by a tab that is loaded again.
    await page.reload();
    await page.getByText("The file is gone from the disk.").waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.locator(".cm-content", { hasText: "typed after it went" }).waitFor();
    expect(existsSync(file)).toBe(false);
    await page.getByRole("button", { name: "Write it here again" }).click();
    await until(() => existsSync(file) && readFileSync(file, "utf8").includes("typed after it went"));
    await page.getByText("The file is gone from the disk.").waitFor({ state: "detached" });
    // The disk is looked at twice a second. Renamed, the note is found by what it holds.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    renameSync(file, join(studio.root, "designs/moved-feed.md"));
    await page.getByText("designs/moved-feed.md").waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" and on");
    await page.getByRole("button", { name: "Go on there" }).click();
    await until(() => onDisk("designs/moved-feed.md").includes("typed after it went and on"));
    expect(existsSync(file)).toBe(false);
    rmSync(join(studio.root, "designs/moved-feed.md"));
    await page.getByText("The file is gone from the disk.").waitFor();
    await page.getByRole("button", { name: "Let it go" }).click();
    await page.locator("h1").first().waitFor();
    expect(existsSync(join(studio.root, "designs/moved-feed.md"))).toBe(false);
    await page.close();
  });

  test("loses nothing that two tabs type at once: what both hold is asked, and both can be kept", async () => {
    const path = "designs/two-tabs.md";
    writeFileSync(join(studio.root, path), onDisk("designs/podcast-feed.md"));
    const first = await studio.page(`/design?path=${path}`);
    const second = await first.context().newPage();
    await second.goto(new URL(`/design?path=${path}`, studio.url()).href);
    await second.locator(".cm-content").waitFor();
    // The second one's words come to the server after the first one's.
    const held = new Promise<void>((done) => {
      void second.route(
        "**/api/note",
        async (route) => {
          await until(() => onDisk(path).includes("of the first"));
          await route.continue();
          done();
        },
        { times: 1 },
      );
    });
    await second.locator(".cm-content").click();
    await second.keyboard.press("Control+Home");
    await second.keyboard.press("Control+End");
    await second.keyboard.type("of the second");
    await first.locator(".cm-content").click();
    await first.keyboard.press("Control+End");
    await first.keyboard.type("of the first");
    await held;
    await second.getByText("The file changed on disk").waitFor();
    expect(onDisk(path)).toContain("of the first");
    await expect.poll(() => second.locator(".cm-content").textContent()).toContain("of the second");
    await second.getByRole("button", { name: "Keep both" }).click();
    await until(() => onDisk(path).includes("of the second") && onDisk(path).includes("of the first"));
    await first.locator(".cm-content", { hasText: "of the second" }).waitFor();
    await expect.poll(() => first.locator(".cm-content").textContent()).toContain("of the first");
    await second.close();
    await first.close();
  });

  test("is a tab of its own where the window is narrow, and has its half again where it is not", async () => {
    const page = await studio.page();
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(new URL("/design?path=designs/faulty.md", studio.url()).href);
    await page.getByRole("tab", { name: "Note" }).click();
    await page.locator(".cm-content").waitFor();
    expect(await page.locator(".lead").isVisible()).toBe(false);
    await page.locator(".outline-step .counts em").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByRole("tab", { name: "Note" }).press("ArrowRight");
    await page.locator(".lead", { hasText: "errors" }).waitFor();
    expect(await page.getByRole("tab", { name: "Review" }).evaluate((tab) => tab === document.activeElement)).toBe(
      true,
    );
    await page.getByRole("tab", { name: "Note" }).click();
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.locator(".lead", { hasText: "errors" }).waitFor();
    expect(await page.getByRole("tab", { name: "Note" }).count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(new URL("/library?kind=rule&name=random-split-on-temporal-data", studio.url()).href);
    await page
      .getByRole("heading", { name: /^HP301/u })
      .first()
      .waitFor();
    expect(await page.getByLabel("Find in the library").isVisible()).toBe(false);
    await page.getByRole("link", { name: "All of the library" }).click();
    await page.getByLabel("Find in the library").waitFor();
    await page.close();
  });

  test("is left by Escape for the tab that is shown, and so is a waiver that was begun", async () => {
    const page = await studio.page("/design?path=designs/faulty.md&tab=estimate");
    const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.textContent);
    await page.locator(".cm-content").click();
    await page.getByText("leaves the note").waitFor();
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("Estimate");
    await page.keyboard.press("ArrowLeft");
    const waive = page.getByRole("button", { name: "Waive, with a reason" }).first();
    await waive.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("not yet");
    await page.keyboard.press("Escape");
    expect([await focused(), await page.getByLabel("Why the team accepts it").count()]).toEqual([
      "Waive, with a reason",
      0,
    ]);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Why the team accepts it").inputValue()).toBe("not yet");
    await page.keyboard.press("Escape");
    expect(onDisk("designs/faulty.md")).toBe(FAULTY);
    await page.close();
  });

  test("is walked past by Tab and left as it is; where something was typed or clicked, Tab indents", async () => {
    const path = "designs/walked.md";
    writeFileSync(join(studio.root, path), FAULTY);
    const page = await studio.page(`/design?path=${path}`);
    await page.locator(".lead", { hasText: "errors" }).waitFor();
    const note = page.locator(".cm-content");
    const hasFocus = (): Promise<boolean> => note.evaluate((one) => one === document.activeElement);
    const shown = (): Promise<string | null> => page.locator(".cm-line").first().textContent();
    const walkIn = async (): Promise<void> => {
      for (let i = 0; i < 100 && !(await hasFocus()); i++) await page.keyboard.press("Tab");
      expect(await hasFocus()).toBe(true);
    };
    await walkIn();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("Tab");
      expect(await hasFocus()).toBe(false);
    }
    for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+Tab");
    expect(await hasFocus()).toBe(true);
    await page.keyboard.press("Shift+Tab");
    expect(await hasFocus()).toBe(false);
    expect(await shown()).toBe("---");
    await walkIn();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("x");
    await page.keyboard.press("Tab");
    expect([await hasFocus(), await shown()]).toEqual([true, "  x---"]);
    await page.keyboard.press("Shift+Tab");
    expect([await hasFocus(), await shown()]).toEqual([true, "x---"]);
    await page.keyboard.press("Backspace");
    await until(() => onDisk(path) === FAULTY);
    // What was typed before counts no more: it is walked through anew.
    await page.keyboard.press("Escape");
    await walkIn();
    await page.keyboard.press("Tab");
    expect([await hasFocus(), await shown()]).toEqual([false, "---"]);
    await page.locator(".cm-line").first().click();
    await page.keyboard.press("Tab");
    expect([await hasFocus(), await shown()]).toEqual([true, "  ---"]);
    await page.keyboard.press("Control+z");
    await until(() => onDisk(path) === FAULTY);
    await page.close();
  });

  test("is reviewed, mended and waived with a reason; each lands in the file", async () => {
    const page = await studio.page("/design?path=designs/faulty.md");
    await page.locator(".lead", { hasText: "errors" }).waitFor();
    const before = (await page.locator(".lead").textContent()) ?? "";
    await page.getByRole("button", { name: "Mend it" }).first().click();
    await until(() => onDisk("designs/faulty.md") !== FAULTY);
    await page.locator(".lead", { hasNotText: before }).waitFor();
    const row = page.locator("details.f", { hasText: "Parameters were chosen on the test set" });
    await row.locator("summary .m").click();
    await row.getByRole("button", { name: "Waive, with a reason" }).click();
    await row.getByLabel("Why the team accepts it").fill('a "dry" run');
    await row.getByRole("button", { name: "Write the waiver" }).click();
    await until(() => onDisk("designs/faulty.md").includes('reason: "a \\"dry\\" run"'));
    await page.getByText(/\d+ waived, each with a reason/u).waitFor();
    await page.close();
  });

  test("is mended by one press where a block cannot be read, and says why where no press mends it", async () => {
    const written = readFileSync("designs/movie-recommendations.md", "utf8");
    const [glued, torn] = [written.replace("goal: ", "goal:"), written.replace("goal: ", "goal: one: ")];
    writeFileSync(join(studio.root, "designs/glued.md"), glued);
    writeFileSync(join(studio.root, "designs/torn.md"), torn);
    const page = await studio.page("/design?path=designs/glued.md");
    await page.locator("details.f", { hasText: "There is no space after the colon" }).waitFor();
    await page.getByRole("button", { name: "Mend it" }).click();
    await until(() => onDisk("designs/glued.md") === written);
    await page.locator(".lead", { hasText: "Nothing is wrong that the review can see" }).waitFor();
    await page.goto(new URL("/design?path=designs/torn.md", studio.url()).href);
    const row = page.locator("details.f", { hasText: "this line has two" });
    await row.getByText("No press mends this: only who wrote it knows what was meant.").waitFor();
    expect(await row.getByRole("button", { name: "Mend it" }).count()).toBe(0);
    expect(onDisk("designs/torn.md")).toBe(torn);
    await page.close();
  });

  test("shows both texts when the disk changed meanwhile, and chooses nothing", async () => {
    const page = await studio.page("/design?path=designs/podcast-feed.md");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await studio.kill();
    await page.keyboard.type("typed here");
    await page.getByText("kept in this browser").waitFor();
    const theirs = `${onDisk("designs/podcast-feed.md")}\nfrom git\n`;
    writeFileSync(join(studio.root, "designs/podcast-feed.md"), theirs);
    await studio.start();
    await page.getByText("The file changed on disk").waitFor();
    expect(onDisk("designs/podcast-feed.md")).toBe(theirs);
    await expect.poll(() => page.locator(".both").textContent()).toContain("Keep what stands here");
    await page.getByRole("button", { name: "Keep what stands here" }).click();
    await until(() => onDisk("designs/podcast-feed.md").includes("typed here"));
    await page.close();
  });

  test("writes what was chosen while a write that was refused was still on its way", async () => {
    const page = await studio.page("/design?path=designs/podcast-feed.md");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await studio.kill();
    await page.keyboard.type("chosen");
    await page.getByText("kept in this browser").waitFor();
    writeFileSync(
      join(studio.root, "designs/podcast-feed.md"),
      `${onDisk("designs/podcast-feed.md")}\nfrom git again\n`,
    );
    await studio.start();
    await page.getByText("The file changed on disk").waitFor();
    let answer = (): void => {};
    const isAnswered = new Promise<void>((done) => {
      answer = done;
    });
    const isRefused = new Promise<void>((done) => {
      void page.route(
        "**/api/note",
        async (route) => {
          const refused = await route.fetch();
          done();
          await isAnswered;
          await route.fulfill({ response: refused });
        },
        { times: 1 },
      );
    });
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" over theirs");
    await isRefused;
    await page.getByRole("button", { name: "Keep what stands here" }).click();
    answer();
    await until(() => onDisk("designs/podcast-feed.md").includes("chosen over theirs"));
    await page.getByText("The file changed on disk").waitFor({ state: "detached" });
    await page.close();
  });

  test("takes a change of the disk where nothing was typed, and a killed server loses no key", async () => {
    const page = await studio.page("/design?path=designs/podcast-feed.md");
    await page.locator(".cm-content", { hasText: "typed here" }).waitFor();
    writeFileSync(join(studio.root, "designs/podcast-feed.md"), onDisk("designs/podcast-feed.md").replace("2M", "3M"));
    await page.locator(".cm-content", { hasText: "3M" }).waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await studio.kill();
    await page.keyboard.type(" after the kill");
    await page.getByText("kept in this browser").waitFor();
    await page.close();
    await studio.start();
    const again = await studio.page();
    expect(onDisk("designs/podcast-feed.md")).not.toContain("after the kill");
    expect(studio.errors).toEqual([]);
    await again.close();
  });
});
