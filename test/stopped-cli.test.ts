/** Ctrl-C at a terminal: the program itself, in a window that `script` makes. */

import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";
import { atWindow, hasWindow } from "./terminal-window.ts";

test.skipIf(!(await hasWindow()))(
  "Ctrl-C ends a run at once, says what is kept and what goes on, and the exit code is 130 (skipped without a terminal)",
  async () => {
    const folder = temporaryFolder();
    copyFileSync("designs/movie-recommendations.md", join(folder, "movies.md"));
    const line = `${process.execPath} ${resolve("bin/heptad.js")} run movies.md`;
    const child = atWindow(line, folder);
    let text = "";
    child.stdout.on("data", (part) => {
      text += String(part);
    });
    const ended = new Promise<number | null>((done) => child.once("close", done));
    await expect.poll(() => text, { timeout: 30_000 }).toContain("step 4 of 7");
    child.stdin.write("\x03");
    expect(await ended).toBe(130);
    const last = stripVTControlCharacters(text)
      .trimEnd()
      .split(/[\r\n]+/u)
      .at(-1);
    expect(last).toBe("stopped: finished stages are kept; `heptad run movies.md` goes on from there");
  },
  60_000,
);
