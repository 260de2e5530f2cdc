/** The browser of the tests: Chromium, by choice the one that has no windows and takes a third of the processor time. */

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Undefined where none is installed. */
export const CHROMIUM = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
}
