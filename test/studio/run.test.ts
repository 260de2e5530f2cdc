/** Estimates and runs in the browser: a slider, a run to its report over a kill, and two runs compared. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM, type OpenStudio, openStudioIn } from "./open-studio.ts";

/** The reference design in a small world, which runs in seconds. */
const SMALL = readFileSync("designs/movie-recommendations.md", "utf8").replace(
  "members: 1k, items: 600, days: 240",
  "members: 120, items: 80, days: 240",
);

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({ "designs/small.md": SMALL });
});
afterAll(() => studio.close());

describe.skipIf(CHROMIUM === undefined)("numbers in the browser (skipped where no Chromium is installed)", () => {
  test("a slider moves the estimate and the drawing, and the note only when it is told to", async () => {
    const page = await studio.page();
    await page.goto(new URL("/design?path=designs/small.md&tab=estimate", studio.url()).href);
    await page.locator(".system-svg").first().waitFor();
    const slider = page.locator('[id="slider-6.serving.budget.network"]');
    await slider.focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight");
    await page.locator(".plain").getByText("The budgets exceed the p99 of 100 ms").waitFor();
    await page.locator(".system-svg").first().getByText("200 ms").waitFor();
    expect(readFileSync(join(studio.root, "designs/small.md"), "utf8")).toBe(SMALL);
    await page.getByRole("button", { name: "Write into the note" }).click();
    await expect.poll(() => readFileSync(join(studio.root, "designs/small.md"), "utf8")).toContain("network: 200 ms");
    await page.close();
  });

  test("a run shows its stages and ends in its report, also when the server was killed in between", async () => {
    const page = await studio.page();
    await page.goto(new URL("/design?path=designs/small.md&tab=run", studio.url()).href);
    await page.getByText("This note has not been run.").waitFor();
    await page.getByRole("button", { name: /^Run it/u }).click();
    await page.locator(".stages tr.ok").nth(2).waitFor();
    await studio.kill();
    await page.getByText("does not answer").waitFor();
    await studio.start();
    await page.reload();
    await page.getByRole("button", { name: /^Run it/u }).click();
    await page.locator("iframe").waitFor({ timeout: 110_000 });
    const report = page.frameLocator("iframe");
    await report.getByRole("heading").first().waitFor();
    expect(await page.locator(".runs tbody tr").count()).toBe(1);
    await page.close();
  });

  test("two runs stand side by side, with paired intervals", async () => {
    const page = await studio.page();
    await page.goto(new URL("/design?path=designs/small.md&tab=run", studio.url()).href);
    await page.locator(".cm-content").waitFor();
    const file = join(studio.root, "designs/small.md");
    const changed = readFileSync(file, "utf8").replace("diversity: 0.2", "diversity: 0.4");
    expect(changed).not.toBe(readFileSync(file, "utf8"));
    const { writeFileSync } = await import("node:fs");
    writeFileSync(file, changed);
    await page.getByRole("button", { name: /^Run it/u }).click();
    await page.locator(".runs tbody tr").nth(1).waitFor({ timeout: 110_000 });
    for (const box of await page.getByRole("checkbox").all()) {
      await box.press("Space");
      expect(await box.isChecked()).toBe(true);
    }
    await page.getByRole("button", { name: "Compare the two" }).click();
    await page.getByRole("heading", { name: /After minus before/u }).waitFor();
    expect(await page.locator(".compared").last().textContent()).toMatch(/ndcg@10[\s\S]*\[[−\d.]+, [−\d.]+\]/u);
    expect(studio.errors).toEqual([]);
    expect(studio.foreign).toEqual([]);
    await page.close();
  });
});
