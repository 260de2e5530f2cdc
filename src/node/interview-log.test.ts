import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import type { InterviewEvent } from "../practice/interview/interview-event.ts";
import { openInterviewLog, readInterviews } from "./interview-log.ts";

const root = temporaryFolder();
const at = (seconds: number): string => new Date(1.8e12 + seconds * 1000).toISOString();
const START: InterviewEvent = { type: "start", at: at(0), session: "s", problem: "movie-recommendations", minutes: 45 };

describe("the log of an interview", () => {
  it("lets one process write at a time, and only under names of ours", () => {
    const log = openInterviewLog(root, "one-writer");
    expect(() => openInterviewLog(root, "one-writer")).toThrow(/process/u);
    log.close();
    openInterviewLog(root, "one-writer").close();
    for (const name of ["../../escape", "a/b", "", ".hidden", "/etc/x"])
      expect(() => openInterviewLog(root, name), name).toThrow(/none that Heptad gives/u);
  });

  it("takes the session from the file's name and not from what stands in it", () => {
    const log = openInterviewLog(root, "forged");
    log.append({ ...START, session: "../../../somewhere" });
    log.close();
    expect(readInterviews(root).map(({ session }) => session)).toContain("forged");
    expect(JSON.stringify(readInterviews(root))).not.toContain("somewhere");
  });

  it("repairs a torn last event", () => {
    const log = openInterviewLog(root, "torn");
    log.append({ ...START, session: "torn" });
    log.append({ type: "write", at: at(5), step: 1, text: "kept" });
    writeFileSync(log.path, `${readFileSync(log.path, "utf8")}{"type":"write","at":"20`);
    log.close();
    openInterviewLog(root, "torn").append({ type: "write", at: at(9), step: 1, text: "too" });
    expect(readInterviews(root).find(({ session }) => session === "torn")?.sections[1]).toBe("kept\ntoo");
  });
});
