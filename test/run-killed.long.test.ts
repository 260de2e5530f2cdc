import { spawn } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { PROGRAM, repeatable, runNote } from "./run-note.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it("a run killed at any of 20 moments leaves whole results, and the next run gives the figures of an uninterrupted one", async () => {
  const whole = await runNote("small.md", prepared());
  const folder = prepared();
  const random = createRandom(11);
  for (let i = 0; i < 20; i++) await killAfter(folder, 50 + random.below(1800));
  expect(repeatable(await runNote("small.md", folder))).toEqual(repeatable(whole));
  const runs = join(folder, "runs", "small");
  for (const name of readdirSync(runs)) JSON.parse(readFileSync(join(runs, name, "run.json"), "utf8"));
});

function prepared(): string {
  const folder = temporaryFolder();
  copyFileSync(join(import.meta.dirname, "fixtures", "small-recommendation.md"), join(folder, "small.md"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  return folder;
}

async function killAfter(folder: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, "run", "small.md", "--threads", "2", "--from", "4"], {
    cwd: folder,
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  await ended;
  clearTimeout(timer);
}
