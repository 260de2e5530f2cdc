/** Ctrl-C at a terminal: the program itself, in a window that `script` makes. */

import { spawn, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const hasWindow = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

test.skipIf(!hasWindow)(
  "Ctrl-C ends a run at once, says what is kept and what goes on, and the exit code is 130",
  async () => {
    const folder = temporaryFolder();
    copyFileSync("designs/movie-recommendations.md", join(folder, "movies.md"));
    const line = `${process.execPath} ${resolve("bin/heptad.js")} run movies.md`;
    const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
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
