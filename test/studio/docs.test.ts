/** The commands of docs/studio.md do what the page says. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const LINES = [...readFileSync("docs/studio.md", "utf8").matchAll(/```sh\n(?<lines>[\s\S]*?)```/gu)].flatMap(
  ({ groups }) => (groups?.lines ?? "").trim().split("\n"),
);

test("the page shows how it is started", () => {
  expect(LINES).toContain("heptad studio");
});

test.each(LINES.filter((line) => line.includes("--export")))("%s writes the pages and ends", (line) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "note.md"), "# A design\n");
  const { status } = spawnSync(process.execPath, [resolve("bin/heptad.js"), ...line.split(" ").slice(1)], {
    cwd: folder,
  });
  expect([status, existsSync(join(folder, "site", "index.html"))]).toEqual([0, true]);
});

test.each(LINES.filter((line) => !line.includes("--export")))(
  "%s prints the address of this project, at the port it names, and ends in order",
  async (line) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "note.md"), "# A design\n");
    const child = spawn(process.execPath, [resolve("bin/heptad.js"), ...line.split(" ").slice(1)], { cwd: folder });
    let text = "";
    child.stdout.on("data", (part) => {
      text += String(part);
    });
    await expect.poll(() => text, { timeout: 20_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/mu);
    const port = /--port (?<port>\d+)/u.exec(line)?.groups?.port;
    if (port !== undefined) expect(new URL(text.trim()).port).toBe(port);
    expect((await fetch(text.trim())).status).toBe(200);
    const code = new Promise((done) => child.once("close", done));
    child.kill("SIGINT");
    expect(await code).toBe(0);
  },
);

test("a port that is taken is said, with what to do", async () => {
  const folder = temporaryFolder();
  const first = spawn(process.execPath, [resolve("bin/heptad.js"), "studio"], { cwd: folder });
  const url = await new Promise<string>((done) => first.stdout.once("data", (part) => done(String(part).trim())));
  const second = spawn(process.execPath, [resolve("bin/heptad.js"), "studio", "--port", new URL(url).port], {
    cwd: folder,
  });
  let errors = "";
  second.stderr.on("data", (part) => {
    errors += String(part);
  });
  expect(await new Promise((done) => second.once("close", done))).toBe(2);
  expect(errors).toMatch(/port \d+ is taken[\s\S]*leave it out/u);
  first.kill();
});
