/** What `npm start` prints at its end, as rows of a window: the run, the line on its time, the studio's address and how it ends. */

import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** One line of tools/start.mjs, two of `heptad studio`. */
const OF_START = 3;

it.each([80, 100])("are at most 40 in a window of %d columns", async (columns) => {
  const folder = temporaryFolder();
  cpSync("test/fixtures/tiny-recommendation.md", join(folder, "tiny.md"));
  const { stdout, stderr, status } = await heptadHere(folder, ["run", "tiny.md", "--threads", "1"], { columns });
  expect(status, stderr).toBe(0);
  const lines = `${stderr}${stdout}`.trimEnd().split("\n");
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  expect(rows + OF_START, lines.join("\n")).toBeLessThanOrEqual(40);
});
