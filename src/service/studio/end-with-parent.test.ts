import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { programBeside } from "./program-beside.ts";

const inOwn = (code: string): readonly string[] => ["--input-type=module", "-e", code];
const CHILD = `import { endWithParent } from ${JSON.stringify(programBeside("end-with-parent.js"))};
endWithParent(0); setTimeout(() => { for (;;); }, 100);`;
const PARENT = `import { spawn } from "node:child_process";
const child = spawn(process.execPath, ${JSON.stringify(inOwn(CHILD))});
console.log(child.pid); setInterval(() => undefined, 1000);`;

test("a process that hears nothing ends when its parent is gone, and not before", async () => {
  const parent = spawn(process.execPath, inOwn(PARENT), { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await new Promise<number>((done) => parent.stdout.once("data", (text) => done(Number(String(text)))));
  const isThere = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await new Promise((done) => setTimeout(done, 1200));
  expect(isThere()).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(isThere, { timeout: 20_000, interval: 50 }).toBe(false);
}, 30_000);
