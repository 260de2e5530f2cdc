import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/finding.ts";
import { readProblem } from "../../node/problem-files.ts";
import { parseDesign, STEPS } from "../../steps/design.ts";
import { stepTimes } from "./clock.ts";
import { type Conduct, probesFor, takeLine, takeProbeAnswer } from "./conduct.ts";
import { foldEvents, type InterviewEvent, type InterviewState } from "./interview-event.ts";
import { draftNote, writeNote } from "./interview-note.ts";

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
    // It may have the figure and not the word: it does not deny it.
    expect(turn.lines).toEqual([
      "I cannot tell which figure you ask for. Ask in other words, or make an assumption and write it down.",
    ]);
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
    const split = fold({ type: "write", at: at(50), step: 3, text: "split: { by: random }" });
    const [first, second] = probesFor(conduct, split);
    expect(first.question).toContain("In your section 3: it is random-split-on-temporal-data");
    expect(second.question).toContain("You have not spoken of this yet");
    const after = takeProbeAnswer(split, first, "I would split by time", at(100));
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

  it("makes a draft of what was said: facts that can be read as facts, and what only looks like one as the sentence it is", () => {
    const headings = STEPS.map(({ title }) => title);
    const said = { 1: "goal: Watch soon\nWe assume 2M users.", 2: "label: a purchase within 7 days", 3: "By time." };
    const text = draftNote("Films", "movies", headings, said, (one) => parseDesign(one, "note.md").findings);
    const { design, findings } = parseDesign(text, "note.md");
    expect(findings).toEqual([]);
    expect(design?.front.status).toBe("draft");
    expect(design?.clarify.goal).toBe("Watch soon");
    expect(design?.sections[1].prose).toBe("label: a purchase within 7 days");
  });
});
