import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { isAlive } from "./process-alive.ts";
import { takeLock } from "./process-lock.ts";

/** A process that has ended, and whose parent never asks how: the shell becomes a program that waits for nobody. */
async function endedUnasked(): Promise<number> {
  const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const pid = Number(await new Promise<string>((done) => parent.stdout.once("data", (text) => done(String(text)))));
  await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z "), { timeout: 20_000 });
  return pid;
}

describe("whether a process lives", () => {
  it("is so of this one, and not of a number that no process has", () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(2 ** 22 + 1)).toBe(false);
  });

  it.runIf(process.platform === "linux")("is not so of one that has ended and was not asked about yet", async () => {
    const pid = await endedUnasked();
    expect(process.kill(pid, 0)).toBe(true);
    expect(isAlive(pid)).toBe(false);
  });

  it.runIf(process.platform === "linux")("is so of one whose name looks like the end of the state", async () => {
    const path = join(temporaryFolder(), "a) Z (b");
    writeFileSync(path, "#!/bin/sh\necho on\nread line\n", { mode: 0o755 });
    const child = spawn(path, { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
      rmSync(path, { force: true });
    });
    await new Promise((done) => child.stdout.once("data", done));
    expect(readFileSync(`/proc/${child.pid}/stat`, "utf8")).toContain("(a) Z (b)");
    expect(isAlive(child.pid ?? 0)).toBe(true);
  });

  it.runIf(process.platform === "linux")("lets its lock be taken over at once once it has ended", async () => {
    const path = join(temporaryFolder(), "lock");
    const own = takeLock(path);
    const record = readFileSync(path, "utf8");
    if (own.ok) own.value.release();
    const pid = await endedUnasked();
    const start = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
    const { scope } = JSON.parse(record);
    writeFileSync(path, JSON.stringify({ pid, scope, process: `${scope} ${pid} ${start}`, token: "theirs" }));
    const taken = takeLock(path);
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.value.release();
  });
});
