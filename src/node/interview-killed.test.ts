import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { readInterviews } from "./interview-log.ts";

const root = temporaryFolder();

describe("a session that is cut short", () => {
  it("goes on after kill -9 with everything that was typed", async () => {
    const child = spawn(process.execPath, ["bin/heptad.js", "interview", "fraud-detection", "--folder", root], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const heard = new Promise<void>((resolve, reject) => {
      child.once("exit", () => reject(new Error("the program ended early; is it built? (npm run build)")));
      let out = "";
      child.stdout.on("data", (chunk) => {
        out += String(chunk);
        if (out.includes("understood as review")) resolve();
      });
    });
    child.stdin.write("goal: Lose less money\nHow many analysts review?\n");
    await heard;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    const [state] = readInterviews(root);
    expect(state).toMatchObject({
      problem: "fraud-detection",
      ended: false,
      revealed: ["review"],
      sections: { 1: "goal: Lose less money" },
    });
  });
});
