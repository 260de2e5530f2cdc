import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { openInterviewLog } from "../../node/interview-log.ts";
import { openInterviewDesk } from "./interview-desk.ts";

/** A desk whose clock is set by hand, in seconds, and an interview that was just begun. */
function begun() {
  const root = temporaryFolder();
  let second = 0;
  const told: [session: string, turns: number][] = [];
  const now = (): Date => new Date(1.8e12 + second * 1000);
  const desk = openInterviewDesk({ root, now }, (one, turns) => told.push([one, turns]));
  const { session } = desk.begin({ problem: "visual-search", minutes: 45 });
  return {
    root,
    desk,
    session,
    told,
    /** Seconds that the clock has counted. */
    spent: (): number => Math.round((45 - desk.show(session).left) * 60),
    at: (next: number): void => {
      second = next;
    },
    tick: (tab: string) => desk.tick({ session, tab }),
    leave: (tab: string) => desk.leave({ session, tab }),
    say: (line: string, seen?: number) => desk.say({ session, line, ...(seen === undefined ? {} : { seen }) }),
  };
}

describe("one sitting in two tabs", () => {
  it("takes no line of a tab that has not seen what the other did, and writes nothing of it", () => {
    const { desk, session, say, told } = begun();
    const { turns } = desk.show(session);
    say("goal: more purchases", turns);
    expect(told).toEqual([[session, turns + 1]]);
    expect(() => say("/end", turns)).toThrow("went on elsewhere");
    expect(desk.show(session)).toMatchObject({ phase: "sections", turns: turns + 1 });
    say("/end", turns + 1);
    // What was typed for a section answers no question.
    expect(() => say("label: a purchase", turns + 1)).toThrow("went on elsewhere");
    expect(desk.show(session).probes).toEqual([]);
  });

  it("tells nothing of a sign of life, and knows of no other turn by it", () => {
    const { desk, session, tick, told, at } = begun();
    at(30);
    tick("a");
    expect([told, desk.show(session).turns]).toEqual([[], 0]);
  });

  it("reads what another process wrote before it takes a line, and writes nothing while that one is in it", () => {
    const { root, desk, session, say } = begun();
    const log = openInterviewLog(root, session);
    expect(() => say("mine")).toThrow("another session");
    log.append({ type: "write", at: new Date(1.8e12).toISOString(), step: 1, text: "theirs" });
    log.close();
    say("mine");
    expect(desk.show(session).sections[0].text).toBe("theirs\nmine");
  });
});

describe("the clock of an interview", () => {
  it("counts while a page shows it, and says how much by now", () => {
    const { spent, at, tick } = begun();
    at(30);
    tick("a");
    at(50);
    expect([spent(), tick("a").running]).toEqual([50, true]);
  });

  it("stands when the last of its pages is closed, and not before", () => {
    const { desk, session, spent, at, tick, leave } = begun();
    tick("a");
    tick("b");
    at(20);
    expect(leave("a").running).toBe(true);
    at(40);
    expect(leave("b")).toMatchObject({ running: false, isAway: true });
    at(5000);
    expect(spent()).toBe(40);
    expect(desk.resume(session)).toMatchObject({ running: true, isAway: false });
    at(5010);
    expect(spent()).toBe(50);
  });

  it("leaves out the time in which the machine slept or the server was gone, and goes on with the next word", () => {
    const { desk, session, spent, at, tick, say } = begun();
    at(60);
    tick("a");
    at(4000);
    expect(tick("a")).toMatchObject({ running: false, isAway: true });
    expect(spent()).toBe(60);
    at(4030);
    say("goal: more purchases");
    at(4050);
    tick("a");
    expect(spent()).toBe(80);
    at(9000);
    // Looked at before any sign of life, too.
    expect(desk.show(session).running).toBe(false);
    expect(spent()).toBe(80);
    // Whoever types before any sign of life came was asleep all the same.
    say("and fewer returns");
    expect(spent()).toBe(80);
  });

  it("keeps a pause that was asked for over signs of life and a closed page", () => {
    const { desk, session, spent, at, tick, leave } = begun();
    at(10);
    expect(desk.pause(session)).toMatchObject({ running: false, isAway: false });
    at(100);
    tick("a");
    expect(leave("a")).toMatchObject({ running: false, isAway: false });
    at(200);
    expect(spent()).toBe(10);
  });

  it("gives the questions at the end no section's time", () => {
    const { desk, session, at, say } = begun();
    at(10);
    say("/end");
    at(40);
    const { times, left } = desk.show(session);
    expect([Math.round(times[0].minutes * 60), Math.round((45 - left) * 60)]).toEqual([10, 40]);
  });
});

describe("a score sheet", () => {
  const over = () => {
    const studio = begun();
    studio.say("200 million vectors of 256 floats are 205 GB");
    studio.say("/end");
    while (studio.desk.show(studio.session).phase === "probes") studio.say("");
    return studio;
  };

  it("keeps another grade with its reason beside the proposal, and takes it back", () => {
    const { desk, session } = over();
    const overrule = (grade: 3 | null, reason = "said aloud") =>
      desk
        .overrule({ session, dimension: "serving", grade, reason, by: "interviewer" })
        .scores.find(({ dimension }) => dimension === "serving");
    const proposed = desk.score(session).scores.find(({ dimension }) => dimension === "serving");
    expect(overrule(3)).toEqual({
      ...proposed,
      overruled: { grade: 3, name: "staff", reason: "said aloud", by: "interviewer" },
    });
    expect(() => overrule(3, "")).toThrow("wants a reason");
    expect(overrule(null)).toEqual(proposed);
  });

  it("has no grades to overrule while the interview goes on", () => {
    const { desk, session } = begun();
    expect(() => desk.overrule({ session, dimension: "data", grade: 1, reason: "r", by: "candidate" })).toThrow(
      "no grades yet",
    );
    expect(desk.score(session).isOver).toBe(false);
  });

  it("opens the note as a design of the project, and what was made of it since the second time", () => {
    const { root, desk, session } = over();
    const made: string[] = [];
    const open = () =>
      desk.note(session, (path, text) => {
        made.push(text);
        return path;
      });
    const { path } = open();
    expect(path).toBe(`designs/${session}.md`);
    expect(made[0]).toContain("200 million vectors of 256 floats are 205 GB");
    expect(existsSync(join(root, path))).toBe(false);
    expect(readFileSync(join(root, "history", "interviews", `${session}.jsonl`), "utf8")).toContain('"end"');
  });
});
