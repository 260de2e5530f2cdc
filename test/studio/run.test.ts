/** Estimates and runs in the browser: a slider, a run to its report over a kill, two runs compared, and all of it as files. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

/** The reference design in a small world, with models that are trained in a moment. */
const SMALL = readFileSync("designs/movie-recommendations.md", "utf8")
  .replace("members: 1k, items: 600, days: 240", "members: 80, items: 60, days: 120")
  .replace("trees: 200", "trees: 10")
  .replace("iterations: 15", "iterations: 3")
  .replace("factors: 64", "factors: 16");

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({
    "designs/small.md": SMALL,
    "designs/paper.md": "---\nheptad: 1\ntitle: On paper\nsystem: feed-ranking\n---\n",
  });
});
afterAll(() => studio.close());

describe.skipIf(CHROMIUM === undefined)("numbers in the browser (skipped where no Chromium is installed)", () => {
  test("a slider moves the estimate and the drawing, and the note only when it is told to", async () => {
    const page = await studio.page("/design?path=designs/small.md&tab=estimate");
    await page.locator(".system-svg").first().waitFor();
    const slider = page.locator('[id="slider-6.serving.budget.network"]');
    await slider.focus();
    await page.keyboard.press("End");
    await page.locator(".plain").getByText("The budgets exceed the p99 of 100 ms").waitFor();
    await page.locator(".system-svg").first().getByText("200 ms").waitFor();
    expect(readFileSync(join(studio.root, "designs/small.md"), "utf8")).toBe(SMALL);
    await page.getByRole("button", { name: "Write into the note" }).click();
    await expect.poll(() => readFileSync(join(studio.root, "designs/small.md"), "utf8")).toContain("network: 200 ms");
    // Pressed before the estimate of the move is there, as no hand could: it writes what the slider says.
    await page.evaluate(`(async () => {
      const slider = document.getElementById("slider-6.serving.budget.network");
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(slider, slider.min);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await Promise.resolve();
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Write into the note").click();
    })()`);
    await expect.poll(() => readFileSync(join(studio.root, "designs/small.md"), "utf8")).toContain("network: 20 ms");
    await page.close();
  });

  test("what a slider would write is what is counted with, and a comment that goes with the old value is named first", async () => {
    const [path, marked] = [
      join(studio.root, "designs/marked.md"),
      SMALL.replace(/average: 400\/s.*$/mu, "$&   # measured: the access log"),
    ];
    writeFileSync(path, marked);
    const page = await studio.page("/design?path=designs/marked.md&tab=estimate");
    await page.locator('[id="slider-1.requests.average"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Writing takes away # measured: the access log beside 1.requests.average").waitFor();
    // 424/s, and not the 423.7/s of the slider's place.
    const answer = page.locator(".ans", { hasText: "1.27k/s" }).first();
    await answer.waitFor();
    await page.getByRole("button", { name: "Write into the note" }).click();
    await expect.poll(() => readFileSync(path, "utf8")).toContain("average: 424/s");
    expect(readFileSync(path, "utf8")).not.toContain("average: 424/s   # measured");
    await page.locator('[id="slider-6.serving.replicas"]').focus();
    await page.keyboard.press("Home");
    await page.locator(".sl", { hasText: "6.serving.replicas" }).locator("output", { hasText: /^1$/u }).waitFor();
    await page.close();
    rmSync(path);
  });

  test("a run shows its stages, is stopped, goes on and ends in its report, also when the server was killed in between", async () => {
    const page = await studio.page("/design?path=designs/small.md&tab=run");
    await page.getByText("This note has not been run.").waitFor();
    await page.locator(".again tr", { hasText: "no result of it is kept" }).first().waitFor();
    await page.getByRole("button", { name: /^Run it/u }).click();
    await page.locator(".stages tr.ok").nth(2).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped. What is finished is kept").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.locator(".stages tr.ok").nth(2).waitFor();
    await studio.kill();
    await page.getByText("does not answer").first().waitFor();
    await studio.start();
    // The run ended with its studio, and the page that is still open says so.
    await page.getByText("Stopped. What is finished is kept").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.locator("iframe").waitFor({ timeout: 110_000 });
    const report = page.frameLocator("iframe");
    await report.getByRole("heading").first().waitFor();
    const figures = await report.getByRole("link", { name: "run.json" }).getAttribute("href");
    const given = await page.request.get(new URL(figures ?? "", studio.url()).href);
    expect(await given.json()).toMatchObject({ design: "designs/small.md" });
    await expect.poll(() => page.locator(".runs tbody tr").count()).toBe(1);
    // A theme that is chosen here is the report's too, whatever the system has.
    const paper = (): Promise<string> =>
      report.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.locator("h1").first().click();
    for (const [theme, color] of [
      ["dark theme", "rgb(16, 19, 23)"],
      ["light theme", "rgb(255, 255, 255)"],
    ]) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or run a command" }).fill(theme);
      await page.keyboard.press("Enter");
      await expect.poll(paper).toBe(color);
    }
    await page.close();
  });

  test("two runs stand side by side, with paired intervals", async () => {
    const page = await studio.page("/design?path=designs/small.md&tab=run");
    await page.locator(".cm-content").waitFor();
    const file = join(studio.root, "designs/small.md");
    const changed = readFileSync(file, "utf8").replace("diversity: 0.2", "diversity: 0.4");
    expect(changed).not.toBe(readFileSync(file, "utf8"));
    writeFileSync(file, changed);
    await page.locator(".again tr", { hasText: "diversity has changed" }).first().waitFor({ timeout: 60_000 });
    await expect.poll(() => page.locator(".again tr", { hasText: "as before" }).count()).toBeGreaterThan(2);
    // The verdict above is that of the note before.
    await page.locator(".lead", { hasText: /^Of the last run, of which \d+ stages? would run again now: / }).waitFor();
    await page.getByRole("button", { name: /^Run it/u }).click();
    await page.locator(".runs tbody tr").nth(1).waitFor({ timeout: 110_000 });
    for (const box of await page.getByRole("checkbox").all()) {
      await box.click();
      await expect.poll(() => box.isChecked()).toBe(true);
    }
    await studio.kill();
    await page.getByRole("button", { name: "Compare the two" }).click();
    await page.locator("main").getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
    await studio.start();
    await page.getByRole("button", { name: "Compare the two" }).click();
    await page.getByRole("heading", { name: /After minus before/u }).waitFor();
    const compared = (await page.getByRole("region", { name: "Differences, request by request" }).textContent()) ?? "";
    const [ids] = [await page.locator(".runs .lnk").allTextContents()];
    const heads = await page.locator(".compared thead th").allTextContents();
    expect(heads[0]).toBe("Question, gains in ndcg@10");
    expect(
      heads.slice(1).map((head) => /run (?<id>[0-9a-f]{12}), \d+ \p{L}+, \d\d:\d\d:\d\d$/u.exec(head)?.groups?.id),
    ).toEqual(ids.toReversed());
    await page.locator("li", { hasText: /diversity: 0\.2 → 0\.4$/u }).waitFor();
    const moved = /^(?<count>\d+) figures? changed/u.exec((await page.locator(".moved summary").textContent()) ?? "");
    await expect.poll(() => page.locator(".moved tbody tr").count()).toBe(Number(moved?.groups?.count));
    expect(compared).toMatch(/ndcg@10[\s\S]*\[[−\d.]+, [−\d.]+\]/u);
    // Word for word and number for number what the terminal says of the same two runs.
    const [after, before] = await page.locator(".runs .lnk").allTextContents();
    const folder = join(studio.root, "runs/small");
    const { stdout } = spawnSync(
      process.execPath,
      [resolve("bin/heptad.js"), "compare", join(folder, before), join(folder, after)],
      { cwd: studio.root, encoding: "utf8" },
    );
    const said = [
      ...stdout.matchAll(/^ {2}\S.*? {2}(?<verdict>better|worse|not told apart|the same) +(?<rest>ndcg@10 .*)$/gmu),
    ];
    expect(said.length).toBeGreaterThan(1);
    const plain = (text: string): string => text.replaceAll(/[\s,]/gu, "").replaceAll("−", "-");
    for (const { groups } of said) expect(plain(compared)).toContain(plain(`${groups?.verdict}${groups?.rest}`));
    expect(studio.errors).toEqual([]);
    expect(studio.foreign).toEqual([]);
    await page.close();
  });

  test("a run is served: a request by hand is answered as it is changed, latency and alerts stand beside the note, and it ends", async () => {
    const page = await studio.page("/design?path=designs/small.md&tab=serve");
    await page.getByLabel("The experiment of section 6").selectOption("1");
    await page.getByRole("button", { name: "Start serving" }).click();
    await page.locator(".answer").first().waitFor({ timeout: 60_000 });
    await page.getByLabel("limit may be left out").fill("3");
    await page.locator(".answer summary", { hasText: "3 titles" }).waitFor();
    const rows = page.locator(".answer").first().locator("td table tbody tr");
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByLabel("limit may be left out").fill("0");
    await page.locator(".answer .failure", { hasText: "limit" }).waitFor();
    const whole = page.getByRole("region", { name: "Latency as it is" }).getByRole("row", { name: /^the whole/u });
    await expect.poll(() => whole.textContent(), { timeout: 10_000 }).toMatch(/≤ [\d.]+.ms.*100.ms/u);
    await page
      .getByRole("region", { name: "Alerts" })
      .getByRole("row", { name: /Latency p99/u })
      .waitFor();
    await page.getByRole("button", { name: "Stop the experiment" }).click();
    await page.getByText("It was stopped: stopped by hand").waitFor();
    await page.getByRole("button", { name: "Stop serving" }).click();
    await page.getByText("Stopped. What it was told is kept").waitFor();
    expect(studio.errors).toEqual([]);
    await page.goto(new URL("/design?path=designs/paper.md&tab=serve", studio.url()).href);
    await page.getByText("cannot be served").waitFor();
    await expect.poll(() => page.locator(".panel:not([hidden])").textContent()).toContain("feed-ranking");
    expect(await page.getByRole("button", { name: "Start serving" }).count()).toBe(0);
    await page.close();
  });

  test("an export shows designs, the estimate, the report and the library from files alone, and every link leads to one", async () => {
    const out = join(studio.root, "site");
    // An older export is replaced as a whole.
    mkdirSync(out);
    for (const name of ["heptad-export.txt", "old.html"]) writeFileSync(join(out, name), "");
    const run = (): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [resolve("bin/heptad.js"), "studio", "--export", "site"], { cwd: studio.root });
    const written = run();
    expect(`${written.stdout}${written.stderr}`).toMatch(
      /^site.index\.html: 2 designs, 1 report, \d+ pages of the library\n$/u,
    );
    expect(existsSync(join(out, "old.html"))).toBe(false);
    const page = await studio.page();
    // The studio's own page asks for events on and on.
    await page.goto("about:blank");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("requestfailed", (request) => {
      if (request.url().startsWith("file:")) studio.errors.push(`failed: ${request.url()}`);
    });
    const linksOf = async (): Promise<string[]> =>
      page
        .locator("a[href]")
        .evaluateAll((links) => links.map((link) => (link instanceof HTMLAnchorElement ? link.href : "")));
    const links: string[] = [];
    await page.goto(pathToFileURL(join(out, "index.html")).href);
    await page.locator(".list tbody tr").nth(1).waitFor();
    links.push(...(await linksOf()));
    await page.getByRole("link", { name: "Movie recommendations" }).click();
    await page.locator(".panel:not([hidden]) .lead").waitFor();
    expect(await page.getByRole("button", { name: /Mend it|Waive|^Run|Write into/u }).count()).toBe(0);
    expect(await page.getByRole("tab", { name: "Serve" }).count()).toBe(0);
    await page.getByRole("tab", { name: "Estimate" }).click();
    const slider = page.locator('[id="slider-1.requests.average"]');
    await slider.focus();
    const before = await page.locator(".system-svg").first().textContent();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator(".system-svg").first().textContent()).not.toBe(before);
    await page.getByRole("tab", { name: "Run" }).click();
    await page.frameLocator("iframe").getByRole("heading").first().waitFor();
    links.push(...(await linksOf()));
    // A report in a frame has the theme that was chosen for the page around it, whatever the system has.
    await page.emulateMedia({ colorScheme: null });
    const paper = (): Promise<string> =>
      page
        .frameLocator("iframe")
        .locator("body")
        .evaluate((body) => getComputedStyle(body).backgroundColor);
    for (const [theme, colour] of [
      ["dark", "rgb(16, 19, 23)"],
      ["light", "rgb(255, 255, 255)"],
    ]) {
      await page.evaluate((chosen) => localStorage.setItem("heptad:theme", chosen), theme);
      await page.reload();
      await expect.poll(paper).toBe(colour);
    }
    await page.getByRole("link", { name: "Library" }).click();
    await page.locator(".hits li").nth(30).waitFor();
    links.push(...(await linksOf()));
    await page.locator("#words").fill("random split");
    await page.getByRole("link", { name: /HP301/u }).first().click();
    await page
      .getByRole("heading", { name: /^HP301/u })
      .first()
      .waitFor();
    links.push(...(await linksOf()));
    await page.goto(pathToFileURL(join(out, "notes", "designs", "small.report.html")).href);
    links.push(...(await linksOf()));
    expect(links.some((link) => link.endsWith("/small.run.json"))).toBe(true);
    const dead = links.filter((link) => link.startsWith("file:") && !existsSync(fileURLToPath(link.split("#")[0])));
    expect([links.length > 40, dead, asked.filter((url) => !/^(?:file|data):/u.test(url))]).toEqual([true, [], []]);
    expect(studio.errors).toEqual([]);
    await page.close();
    // And nobody else's folder is.
    rmSync(join(out, "heptad-export.txt"));
    const refused = run();
    expect([refused.status, String(refused.stderr)]).toEqual([2, expect.stringContaining("was not made by heptad")]);
    expect(existsSync(join(out, "index.html"))).toBe(true);
  });
});
