import { describe, expect, it } from "vitest";
import { questionSchema } from "./question.ts";

const many = <T>(count: number, one: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => one(i));
const common = { title: "t", area: "fraud", level: 3, seniority: "mid", minutes: 2, ask: "Why?", sources: ["s"] };
const slips = many(2, (i) => ({ answer: `${i}`, why: "w" }));
const KINDS: Readonly<Record<string, object>> = {
  estimate: { answer: "1 + 1", mistakes: slips },
  choose: { options: many(3, () => ({ text: "t", why: "w" })) },
  diagnose: { options: many(3, () => ({ text: "t", why: "w" })) },
  order: { items: ["a", "b", "c"], why: "w", mistakes: many(2, () => ({ order: [1], why: "w" })) },
  fill: { note: "____", blanks: [{ accept: ["a"], why: "w", mistakes: [{ answer: "b", why: "w" }] }] },
  critique: { note: "n", finds: ["r"], mistakes: many(2, () => ({ key: "k", why: "w" })) },
  explain: {
    model: "m",
    rubric: many(2, () => ({ point: "p", cues: ["c"] })),
    mistakes: many(2, () => ({ cues: ["c"], why: "w" })),
  },
  design: {
    problem: "p",
    rubric: many(3, () => ({ point: "p", cues: ["c"] })),
    mistakes: many(2, () => ({ cues: ["c"], why: "w" })),
  },
};
const isQuestion = (kind: string, changes: object = {}): boolean =>
  questionSchema.safeParse({ kind, ...common, ...KINDS[kind], ...changes }).success;

/** Whether a list of so many is taken, for each count. */
const taken = (kind: string, counts: readonly number[], list: (count: number) => object): boolean[] =>
  counts.map((count) => isQuestion(kind, list(count)));

describe("a question's file", () => {
  it("is read in its least form, of every kind", () => {
    for (const kind of Object.keys(KINDS)) expect(isQuestion(kind), kind).toBe(true);
    expect(isQuestion("estimate", { colour: "red" })).toBe(false);
  });

  it("has a level from one to six, half a minute to an hour, and three hints at most", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 2.5].map((level) => isQuestion("choose", { level }))).toEqual([
      ...[false, true, true, true, true, true, true, false, false],
    ]);
    expect([0.4, 0.5, 60, 61].map((minutes) => isQuestion("choose", { minutes }))).toEqual([false, true, true, false]);
    expect(taken("choose", [0, 3, 4], (count) => ({ hints: many(count, () => "h") }))).toEqual([true, true, false]);
    expect(taken("choose", [0, 1], (count) => ({ sources: many(count, () => "s") }))).toEqual([false, true]);
    expect([isQuestion("choose", { ask: "" }), isQuestion("choose", { area: "cooking" })]).toEqual([false, false]);
  });

  it("has lists of values and rows from two on, under names in small letters", () => {
    expect(taken("estimate", [1, 2], (count) => ({ given: { a: many(count, () => 1) } }))).toEqual([false, true]);
    expect(taken("estimate", [1, 2], (count) => ({ cases: many(count, () => ({ a: 1 })) }))).toEqual([false, true]);
    expect(taken("estimate", [1, 2], (count) => ({ shares: many(count, () => "a") }))).toEqual([false, true]);
    expect(["a_1", "A", "1a", "_a"].map((name) => isQuestion("estimate", { given: { [name]: 1 } }))).toEqual([
      ...[true, false, false, false],
    ]);
  });

  it("has a tolerance of three forms", () => {
    const tolerance = (within: string) => isQuestion("estimate", { tolerance: { within, because: "b" } });
    expect(["exact", "10%", "2.5x", "10", "x", "about 10%", "10%%"].map(tolerance)).toEqual([
      ...[true, true, true, false, false, false, false],
    ]);
  });

  it("has as many options, items, blanks, points and mistakes as its kind can be asked with", () => {
    const options = (count: number) => ({ options: many(count, () => ({ text: "t", why: "w" })) });
    for (const kind of ["choose", "diagnose"])
      expect(taken(kind, [2, 3, 7, 8], options)).toEqual([false, true, true, false]);
    expect(taken("order", [2, 3, 8, 9], (count) => ({ items: many(count, (i) => `${i}`) }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const blanks = (count: number) => ({
      blanks: many(count, () => ({ accept: ["a"], why: "w", mistakes: [{ answer: 1, why: "w" }] })),
    });
    expect(taken("fill", [0, 1, 5, 6], blanks)).toEqual([false, true, true, false]);
    const blank = (accept: number, mistakes: number) =>
      isQuestion("fill", {
        blanks: [
          { accept: many(accept, () => "a"), why: "w", mistakes: many(mistakes, () => ({ answer: 1, why: "w" })) },
        ],
      });
    expect([blank(1, 1), blank(0, 1), blank(1, 0)]).toEqual([true, false, false]);
    const rubric = (count: number) => ({ rubric: many(count, () => ({ point: "p", cues: ["c"] })) });
    expect(taken("explain", [1, 2, 8, 9], rubric)).toEqual([false, true, true, false]);
    expect(taken("design", [2, 3, 12, 13], rubric)).toEqual([false, true, true, false]);
    expect(isQuestion("explain", { rubric: many(2, () => ({ point: "p", cues: [] })) })).toBe(false);
    expect(taken("critique", [0, 1], (count) => ({ finds: many(count, () => "r") }))).toEqual([false, true]);
    const mistake: Readonly<Record<string, object>> = {
      estimate: slips[0],
      order: { order: [1], why: "w" },
      critique: { key: "k", why: "w" },
      explain: { cues: ["c"], why: "w" },
      design: { cues: ["c"], why: "w" },
    };
    for (const [kind, one] of Object.entries(mistake))
      expect(
        taken(kind, [1, 2], (count) => ({ mistakes: many(count, () => one) })),
        kind,
      ).toEqual([false, true]);
    for (const kind of ["explain", "design"])
      expect(isQuestion(kind, { mistakes: many(2, () => ({ cues: [], why: "w" })) }), kind).toBe(false);
    expect(isQuestion("order", { mistakes: many(2, () => ({ order: [0], why: "w" })) })).toBe(false);
  });

  it("calls an option wrong where it does not say", () => {
    const read = questionSchema.parse({ kind: "choose", ...common, ...KINDS.choose });
    expect(read.kind === "choose" && read.options.map(({ right }) => right)).toEqual([false, false, false]);
  });
});
