import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import type { Finding } from "../core/finding.ts";
import { stepTimes } from "../practice/interview/clock.ts";
import { type Conduct, probesFor, takeLine, takeProbeAnswer } from "../practice/interview/conduct.ts";
import { DIMENSION_NAMES } from "../practice/interview/dimension.ts";
import { foldEvents, type InterviewEvent, type InterviewState } from "../practice/interview/interview-event.ts";
import { writeNote } from "../practice/interview/interview-note.ts";
import { matchFacts } from "../practice/interview/match-fact.ts";
import { renderInterviewerView, renderScore } from "../practice/interview/render-interview.ts";
import { scoreInterview } from "../practice/interview/score-interview.ts";
import { blankSheet, compareSheets, type Sheet, sheetSchema } from "../practice/interview/sheet.ts";
import { parseDesign, STEPS } from "../steps/design.ts";
import { openInterviewLog, readInterviews } from "./interview-log.ts";
import { problemNames, readProblem } from "./problem-files.ts";

const root = temporaryFolder();

const at = (seconds: number): string => new Date(1.8e12 + seconds * 1000).toISOString();
const START: InterviewEvent = { type: "start", at: at(0), session: "s", problem: "movie-recommendations", minutes: 45 };
const fold = (...events: readonly InterviewEvent[]): InterviewState => {
  const state = foldEvents([START, ...events]);
  if (state === undefined) throw new Error("no start");
  return state;
};
const films = readProblem("movie-recommendations");
const conductWith = (findings: readonly Finding[]): Conduct => ({ problem: films, review: () => findings });
const span = { file: "note.md", start: { line: 3, column: 1, offset: 0 }, end: { line: 3, column: 2, offset: 1 } };
const finding = (name: string, code = "HP301"): Finding => ({
  code,
  name,
  severity: "error",
  message: `it is ${name}`,
  at: span,
});

describe("the problem library", () => {
  const problems = problemNames().map(readProblem);

  it("has fifteen problems and more, of at least six structures", () => {
    expect(problems.length).toBeGreaterThanOrEqual(15);
    expect(new Set(problems.map(({ structure }) => structure)).size).toBeGreaterThanOrEqual(6);
  });

  it.each(problems.map((problem) => [problem.name, problem] as const))(
    "%s can be asked for each of its facts and scored on each dimension",
    (_, problem) => {
      for (const fact of problem.facts) {
        const found = fact.cues.filter(
          (cue) => matchFacts(problem, `Tell me about the ${cue}?`)[0]?.fact.name === fact.name,
        );
        expect(found.length, `no question leads to ${fact.name}`).toBeGreaterThan(0);
      }
      const scored = new Set(problem.points.map(({ dimension }) => dimension));
      expect(DIMENSION_NAMES.filter((name) => !scored.has(name))).toEqual(["ambiguity", "numbers"]);
      expect(problem.facts.filter(({ key }) => key).length).toBeGreaterThanOrEqual(3);
      expect(renderInterviewerView(problem)).toContain(problem.facts[0].answer);
    },
  );
});

describe("asking", () => {
  const ask = (line: string, state = fold()) => takeLine(conductWith([]), state, line, at(60));

  it("reveals a fact only to a question for it, and shows how it was understood", () => {
    const turn = ask("How many users do we have a day?");
    expect(turn.lines[0]).toContain("2 million");
    expect(turn.lines[1]).toContain("understood as scale");
    expect(turn.state.revealed).toEqual(["scale"]);
  });

  it("admits that it does not understand, and tells no fact", () => {
    const turn = ask("What colour is the sky?");
    expect(turn.state).toMatchObject({ revealed: [], asked: [{ fact: null }] });
  });

  it("can be corrected, and takes the wrong fact back", () => {
    const wrong = ask("What is the latency?");
    const turn = takeLine(conductWith([]), wrong.state, "/not freshness", at(70));
    expect(turn.state.revealed).toEqual(["freshness"]);
    expect(takeLine(conductWith([]), wrong.state, "/not none", at(70)).state.revealed).toEqual([]);
    const unknown = takeLine(conductWith([]), wrong.state, "/not everything", at(70));
    expect(unknown.events).toEqual([]);
    expect(unknown.lines.join()).not.toContain("freshness");
  });
});

describe("the course of an interview", () => {
  it("changes the constraints once a section is done, once", () => {
    const conduct = conductWith([]);
    const third = fold({ type: "step", at: at(10), step: 3 });
    const next = takeLine(conduct, third, "/next", at(20));
    expect(next.lines[0]).toContain("second country");
    const back = takeLine(conduct, next.state, "/back", at(30));
    expect(takeLine(conduct, back.state, "/next", at(40)).lines.join()).not.toContain("second country");
  });

  it("counts minutes by step, leaves pauses out, and says when one is long", () => {
    const state = fold(
      { type: "write", at: at(300), step: 1, text: "a" },
      { type: "resume", at: at(90_000) },
      { type: "write", at: at(90_060), step: 1, text: "b" },
    );
    expect(stepTimes(state)[0].minutes).toBeCloseTo(6, 6);
    const late = takeLine(conductWith([]), state, "still here", at(90_060 + 360));
    expect(late.lines.join()).toContain("7 minutes usually");
    expect(takeLine(conductWith([]), late.state, "and here", at(90_060 + 420)).lines).toEqual([]);
  });

  it("probes what the reviewer found in this note first, and never twice", () => {
    const conduct = conductWith([finding("missing-labels", "HP112"), finding("random-split-on-temporal-data")]);
    const [first, second] = probesFor(conduct, fold());
    expect(first.question).toContain("In your section 3: it is random-split-on-temporal-data");
    expect(second.question).toContain("You have not spoken of this yet");
    const after = takeProbeAnswer(fold(), first, "I would split by time", at(100));
    expect(probesFor(conduct, after.state).map(({ about }) => about)).not.toContain(first.about);
    expect(probesFor(conduct, after.state).length).toBeLessThanOrEqual(4);
  });

  it("makes a note that the reviewer reads, whatever was written", () => {
    const headings = STEPS.map(({ title }) => title);
    const text = writeNote("Films", "movies", headings, {
      1: "goal: Watch soon\nlatency: { p99: 100 ms }\nWe assume 2M users.",
      4: "Just prose: with a colon.\n# not a heading",
    });
    const { design, findings } = parseDesign(text, "note.md");
    expect(findings).toEqual([]);
    expect(design?.clarify).toMatchObject({ goal: "Watch soon" });
    expect(design?.clarify.latency?.p99?.value).toBeCloseTo(0.1, 9);
  });
});

describe("scoring", () => {
  it("grows with what was asked and said, and quotes its evidence", () => {
    const empty = scoreInterview(films, fold(), []);
    expect(empty.scores.every(({ grade }) => grade === 0)).toBe(true);
    expect(empty.next).toHaveLength(3);
    const asked = films.facts.map(
      ({ name }, i): InterviewEvent => ({ type: "ask", at: at(i), text: `${name}?`, fact: name }),
    );
    const said = fold(...asked, {
      type: "write",
      at: at(100),
      step: 3,
      text: "Split by time: features are computed as of the request. Impressions that were shown and not played are negatives.",
    });
    const score = scoreInterview(films, said, []);
    const grades = Object.fromEntries(score.scores.map(({ dimension, grade }) => [dimension, grade]));
    expect([grades.ambiguity, grades.data, grades.serving]).toEqual([2, 2, 0]);
    expect(renderScore(score).join("\n")).toContain("Split by time");
  });

  it("gives staff only for what was raised beyond the points, with the sentence that did", () => {
    const points = "Split by time: features as of the request. Impressions that were shown are negatives.";
    const write = (text: string): InterviewEvent => ({ type: "write", at: at(9), step: 3, text });
    const data = (text: string) =>
      scoreInterview(films, fold(write(text)), []).scores.find(({ dimension }) => dimension === "data");
    expect(data(points)?.grade).toBe(2);
    const raised = data(`${points} Our own lists make a feedback loop.`);
    expect(raised?.grade).toBe(3);
    expect(raised?.evidence.join()).toContain("raised unasked: “Our own lists make a feedback loop.”");
    expect(data("There is a feedback loop.")?.grade).toBe(0);
  });

  it("counts an error that was left standing against the dimension, and not one that was answered", () => {
    const write: InterviewEvent = {
      type: "write",
      at: at(9),
      step: 3,
      text: "Split by time: features as of the request. Impressions that were shown are negatives.",
    };
    const findings = [finding("one"), finding("two")];
    const gradeOf = (state: InterviewState) =>
      scoreInterview(films, state, findings).scores.find(({ dimension }) => dimension === "data")?.grade;
    expect(gradeOf(fold(write))).toBe(1);
    expect(
      gradeOf(fold(write, { type: "probe", at: at(10), finding: "one", question: "?", answer: "I would mend it" })),
    ).toBe(2);
  });
});

describe("sheets of two interviewers", () => {
  const sheet = (grades: readonly (0 | 1 | 2 | 3 | null)[]): Sheet =>
    sheetSchema.parse({
      problem: "x",
      grades: Object.fromEntries(DIMENSION_NAMES.map((name, i) => [name, { grade: grades[i] ?? null }])),
    });

  it("agree by weighted kappa, as worked out by hand", () => {
    const same = compareSheets(sheet([0, 1, 2, 3]), sheet([0, 1, 2, 3]));
    expect(same).toMatchObject({ compared: 4, same: 4, withinOne: 4, kappa: 1, apart: [] });
    // observed (0+1+0+9)/4 = 2.5; expected over all 16 pairs of {0,1,2,3} and {0,2,2,0}: (8+4+8+20)/16 = 2.5
    const apart = compareSheets(sheet([0, 1, 2, 3]), sheet([0, 2, 2, 0]));
    expect(apart.kappa).toBeCloseTo(0, 9);
    expect(apart.apart.map(({ dimension }) => dimension)).toEqual(["modelling"]);
    expect(compareSheets(sheet([2, 2]), sheet([2, 2])).kappa).toBeUndefined();
    expect(compareSheets(sheet([2]), sheet([null])).compared).toBe(0);
  });

  it("can be filled from the blank one", () => {
    const read = sheetSchema.safeParse(parse(blankSheet(films)));
    expect(read.success && read.data.problem).toBe("movie-recommendations");
  });
});

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
