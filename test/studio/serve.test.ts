/** Serving in the browser: a photo that is dropped, and a score that is asked for by keys alone. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { smallNote } from "../served-systems.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

const START_MS = 110_000;

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({
    "designs/photos.md": smallNote("visual-search"),
    "designs/clicks.md": smallNote("binary-classification"),
  });
});
afterAll(() => studio.close());

describe.skipIf(CHROMIUM === undefined)("a service in the browser (skipped where no Chromium is installed)", () => {
  test("finds what looks like a photo that is dropped, and refuses what is none", async () => {
    const page = await studio.page("/design?path=designs/photos.md&tab=serve");
    await page.getByRole("button", { name: "Start serving" }).click();
    const section = page.getByRole("region", { name: "A photo by hand" });
    await section.waitFor({ timeout: START_MS });
    // The service's own example is asked for first, and is then dropped as somebody's own.
    await section.locator(".answer").waitFor();
    const drop = (bytes: string, type: string, name: string): Promise<void> =>
      section.locator(".drop").evaluate(
        (where, given) => {
          const data = new DataTransfer();
          const raw = Uint8Array.from(atob(given.bytes), (sign) => sign.charCodeAt(0));
          data.items.add(new File([raw], given.name, { type: given.type }));
          where.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        },
        { bytes, type, name },
      );
    await drop("bm8gcGhvdG8=", "text/plain", "notes.txt");
    await section.getByRole("alert").filter({ hasText: "notes.txt is no photo" }).waitFor();
    const shown = await section.getByRole("img", { name: "Sent: the example" }).getAttribute("src");
    const [head = "", bytes = ""] = (shown ?? "").split(",");
    await drop(bytes, /data:([^;]+)/u.exec(head)?.[1] ?? "", "jacket.png");
    await section.getByRole("img", { name: "Sent: jacket.png" }).waitFor();
    await section.locator(".answer").waitFor();
    await expect.poll(() => section.locator(".answer").textContent()).toMatch(/\d/u);
    await page.getByRole("button", { name: "Stop serving" }).click();
    await page.getByText("Stopped. What it was told is kept").waitFor();
    expect(studio.errors).toEqual([]);
    await page.close();
  });

  test("is started, asked and stopped by keys alone, and always shows where one is", async () => {
    const page = await studio.page("/design?path=designs/clicks.md&tab=serve");
    await page.getByRole("button", { name: "Start serving" }).waitFor();
    await page.getByRole("tab", { name: "Serve" }).focus();
    /** Goes on by `Tab`, or back, until something of this name has the focus. */
    const goTo = async (name: RegExp, key = "Tab"): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press(key);
        const [at, ring] = await page.evaluate(() => {
          const one = document.activeElement;
          const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : one?.textContent;
          const { outlineStyle, outlineWidth } = getComputedStyle(one ?? document.body);
          return [label ?? "", outlineStyle !== "none" && outlineWidth !== "0px"] as const;
        });
        expect([at, ring]).toEqual([at, true]);
        if (name.test(at)) return;
      }
      throw new Error(`nothing called ${String(name)} was met`);
    };
    await goTo(/^Start serving/u);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "A request by hand" }).waitFor({ timeout: START_MS });
    // What was pressed is gone, and the keys go on where it stood.
    const focused = page.locator(":focus");
    await expect.poll(() => focused.textContent()).toBe("Stop serving");
    await goTo(/^values.width/u);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("320");
    await goTo(/^(?:Send|Ask again)/u);
    await page.keyboard.press("Enter");
    await page.locator(".answer").first().waitFor();
    await expect.poll(() => page.locator(".answer").first().textContent()).toMatch(/0\.\d/u);
    await goTo(/^Stop serving/u, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Stopped. What it was told is kept").waitFor();
    await expect.poll(() => focused.textContent()).toBe("Start serving");
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
