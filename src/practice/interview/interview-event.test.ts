import { describe, expect, it } from "vitest";
import {
  applyEvent,
  asOf,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
  readEvents,
} from "./interview-event.ts";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
const START: InterviewEvent = { type: "start", at: at(0), session: "s", problem: "p", minutes: 45 };
const ask = (fact: string | null): InterviewEvent => ({ type: "ask", at: at(0), text: `${fact}?`, fact });
const correct = (fact: string | null): InterviewEvent => ({ type: "correct", at: at(0), fact });

function fold(...events: readonly InterviewEvent[]): InterviewState {
  const state = foldEvents([START, ...events]);
  if (state === undefined) throw new Error("no start");
  return state;
}

describe("a question that was misunderstood", () => {
  it("takes back the fact that it told, and tells the one that was meant", () => {
    const { revealed, asked } = fold(ask("scale"), ask("latency"), correct("budget"));
    expect(revealed).toEqual(["scale", "budget"]);
    expect(asked.map(({ fact }) => fact)).toEqual(["scale", "budget"]);
  });

  it("keeps a fact that an earlier question had told as well", () => {
    expect(fold(ask("scale"), ask("scale"), correct("budget")).revealed).toEqual(["scale", "budget"]);
    expect(fold(ask("scale"), ask("scale"), correct(null)).revealed).toEqual(["scale"]);
  });

  it("tells nothing where it meant no fact, and each fact once", () => {
    expect(fold(ask("scale"), correct(null)).revealed).toEqual([]);
    expect(fold(ask("scale"), ask(null), correct("scale")).revealed).toEqual(["scale"]);
    expect(fold(ask("scale"), ask("scale")).revealed).toEqual(["scale"]);
  });

  it("changes nothing where nothing was asked", () => {
    expect(fold(correct("budget"))).toMatchObject({ asked: [], revealed: [] });
  });
});

describe("the log of an interview", () => {
  it("gives the time to the step that it was spent in, without pauses and without a clock that runs back", () => {
    const { seconds, step, lastAt } = fold(
      { type: "step", at: at(20), step: 2 },
      { type: "write", at: at(50), step: 3, text: "a" },
      { type: "write", at: at(45), step: 3, text: "b" },
      { type: "resume", at: at(500) },
      { type: "close", at: at(507) },
    );
    expect(seconds).toEqual({ 1: 20, 2: 30, 3: 7 });
    expect([step, lastAt]).toEqual([3, at(507)]);
  });

  it("stands still from a pause until somebody goes on, counts what a sign of life ends, and has no turn by that", () => {
    const paused = fold({ type: "tick", at: at(20) }, { type: "pause", at: at(30) }, { type: "tick", at: at(500) });
    expect([paused.seconds, paused.running, paused.turns]).toEqual([{ 1: 30 }, false, 0]);
    expect(asOf(paused, at(900)).seconds).toEqual({ 1: 30 });
    const on = applyEvent(paused, { type: "resume", at: at(1000) });
    expect(asOf(on, at(1007)).seconds).toEqual({ 1: 37 });
    // Who goes on without saying so has not been timed while it stood.
    expect(applyEvent(paused, { type: "write", at: at(2000), step: 1, text: "a" })).toMatchObject({
      seconds: { 1: 30 },
      running: true,
      lastAt: at(2000),
    });
  });

  it("gives the time of the questions at the end to no section", () => {
    const { seconds } = fold(
      { type: "step", at: at(10), step: 3 },
      { type: "close", at: at(15) },
      { type: "probe", at: at(40), finding: "f", question: "q", answer: "w" },
      { type: "end", at: at(41) },
      { type: "tick", at: at(90) },
    );
    expect(seconds).toEqual({ 0: 26, 1: 10, 3: 5 });
  });

  it("adds lines to a section, and keeps the changes that were said, the probes, the end of the note and the end", () => {
    const state = fold(
      { type: "write", at: at(1), step: 1, text: "a" },
      { type: "write", at: at(2), step: 1, text: "b" },
      { type: "change", at: at(3), change: 0 },
      { type: "close", at: at(4) },
      { type: "probe", at: at(5), finding: "f", question: "q", answer: "w" },
    );
    expect(state).toMatchObject({ sections: { 1: "a\nb" }, changes: [0], closed: true, ended: false });
    expect(state.probes).toEqual([{ finding: "f", question: "q", answer: "w" }]);
    expect(applyEvent(state, { type: "end", at: at(6) }).ended).toBe(true);
    expect(fold()).toMatchObject({ step: 1, closed: false, ended: false, minutes: 45 });
  });

  it("is read without damaged lines, and not at all without its beginning", () => {
    const lines = [
      JSON.stringify(START),
      '{"type":"write","at":"20',
      JSON.stringify({ type: "step", at: at(1), step: 8 }),
      JSON.stringify({ type: "step", at: at(1), step: 0 }),
      JSON.stringify({ type: "change", at: at(1), change: -1 }),
      JSON.stringify({ type: "step", at: at(1), step: 7 }),
      JSON.stringify({ type: "step", at: at(1), step: 1 }),
    ];
    expect(readEvents(lines.join("\n")).map((event) => ("step" in event ? event.step : event.type))).toEqual([
      "start",
      7,
      1,
    ]);
    expect(foldEvents([{ type: "end", at: at(1) }])).toBeUndefined();
    expect(foldEvents([])).toBeUndefined();
  });
});
