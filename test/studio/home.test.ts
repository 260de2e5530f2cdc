/** The page of designs in the browser: what it says where there is no note. */

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
    await page.getByRole("link", { name: "Designs" }).click();
    await page.getByRole("heading", { name: "Your designs will stand here" }).waitFor();
    await page.getByRole("heading", { name: "Practice today" }).waitFor();
    expect(await page.getByText("Nothing is wrong").count()).toBe(0);
    expect(await page.locator("table").count()).toBe(0);
    expect(await page.locator("main").getByRole("link", { name: "New design" }).count()).toBe(1);
    await page.locator("main").getByRole("link", { name: "New design" }).click();
    await page.getByLabel("The problem in a sentence").waitFor();
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
