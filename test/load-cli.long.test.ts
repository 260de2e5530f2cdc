/** `heptad load` as a process: a service of its own, loaded, and nothing left behind. */

import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");

it("finds that a rate holds, and prints estimated beside measured with the reasons", () => {
  const folder = temporaryFolder();
  const note = readFileSync(join(import.meta.dirname, "fixtures", "tiny-recommendation.md"), "utf8");
  expect(note).toMatch(/latency: \{ p99: \S+ ms \}/u);
  // So long a limit that other programs on the machine do not decide.
  writeFileSync(join(folder, "note.md"), note.replace(/latency: \{ p99: \S+ ms \}/u, "latency: { p99: 30 s }"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  const load = (...words: string[]) =>
    spawnSync(process.execPath, [PROGRAM, "load", "note.md", ...words], {
      ...{ cwd: folder, encoding: "utf8", env: { ...process.env, TMPDIR: folder } },
    });
  const { status, stdout, stderr } = load("--start", "150", "--most", "150", "--seconds", "1");
  expect(stderr).toMatch(/150\/s: p50 \S+ \S+, p99 \S+ \S+ of \d+/u);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^150 requests\/s to \/recommend hold p99 <= 30 s .*held twice\); more was not tried/u);
  for (const row of [
    "candidates",
    "ranking",
    "waiting, HTTP and the rest",
    "whole request, p99",
    "requests/s of one copy",
  ])
    expect(stdout).toMatch(new RegExp(`^ {3}${row} {2}`, "mu"));
  expect(stdout).toContain("- loopback has no network");
  // The service's memory is thrown away with it.
  expect(readdirSync(folder).filter((name) => name.startsWith("heptad-load-"))).toEqual([]);
  expect(tmpdir()).not.toBe(folder);

  writeFileSync(join(folder, "note.md"), note.replace(/^latency: .*\n/mu, ""));
  const none = load();
  expect(none.status).toBe(2);
  expect(none.stderr).toContain("no rate can be said to hold it");
  const wrong = load("--start", "0");
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("--start");
}, 180_000);

it("leaves neither its service nor what the service kept when it is told to end", async () => {
  const folder = temporaryFolder();
  copyFileSync(join(import.meta.dirname, "fixtures", "tiny-recommendation.md"), join(folder, "note.md"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  const child = spawn(
    process.execPath,
    [PROGRAM, "load", "note.md", "--start", "50", "--most", "50", "--seconds", "60"],
    {
      ...{ cwd: folder, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: folder } },
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const states = (): string[] => readdirSync(folder).filter((name) => name.startsWith("heptad-load-"));
  while (states().length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  expect(states()).toEqual([]);
});
