import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it, vi } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const HEPTAD = resolve("bin/heptad.js");
const NOTE = "---\nheptad: 1\ntitle: Feed\nsystem: feed\nstatus: draft\ndate: 2026-01-01\n---\n\n# Feed\n";

it("reviews again when a note is changed, when one appears beside the watched folder, and when settings change or break", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "designs"));
  writeFileSync(join(folder, "designs", "feed.md"), NOTE);
  const child = spawn(process.execPath, [HEPTAD, "check", "--watch"], { cwd: folder });
  let said = "";
  child.stdout.on("data", (text: Buffer) => {
    said += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  const again = async (change: () => void, wanted: string): Promise<void> => {
    said = "";
    change();
    await vi.waitFor(() => expect(said).toContain(wanted), { timeout: 20_000, interval: 50 });
  };
  await again(() => {}, "designs/feed.md");
  await again(() => writeFileSync(join(folder, "designs", "feed.md"), `${NOTE}\nMore.\n`), "designs/feed.md");
  await again(() => writeFileSync(join(folder, "ads.md"), NOTE.replaceAll("Feed", "Ads")), "ads.md");
  await again(() => writeFileSync(join(folder, "heptad.yaml"), "review: { notes: [ads.md] }\n"), "ads.md");
  expect(said).not.toContain("designs/feed.md");
  await again(() => writeFileSync(join(folder, "heptad.yaml"), "review: { nots: [ads.md] }\n"), "nots");
  await again(() => writeFileSync(join(folder, "heptad.yaml"), ""), "designs/feed.md");
  child.kill("SIGINT");
  expect(await new Promise((done) => child.once("exit", done))).toBe(0);
});
