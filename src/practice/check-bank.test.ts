import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { unwrap } from "../core/outcome.ts";
import { checkBank } from "./check-bank.ts";
import { type CheckOptions, checkQuestion } from "./check-question.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";

const codes = (changes: Readonly<Record<string, unknown>>, options?: CheckOptions): string[] =>
  checkQuestion(unwrap(prepareQuestion(sampleQuestion(changes))), options).map(({ code }) => code);
const failure = (changes: Readonly<Record<string, unknown>>): string => {
  const prepared = prepareQuestion(sampleQuestion(changes));
  return prepared.ok ? "" : prepared.failure.message;
};
const given = { items: "50M", dims: 128, width: "4 B", copies: "2..4" };
const mistakes = [
  { answer: "size -> GB", why: "x" },
  { answer: "2 * size * copies -> GB", why: "y" },
];
const choice = {
  kind: "choose",
  ask: "Which of {a} and {b} is larger?",
  given: { a: "1..9", b: "11..19" },
  answer: undefined,
  mistakes: undefined,
  options: [
    { text: "the first", right: "a > b", why: "x" },
    { text: "the second", right: "a < b", why: "y" },
    { text: "neither", why: "z" },
  ],
};

describe("the slips of other banks are each a check", () => {
  it("passes a sound question", () => {
    expect(codes({})).toEqual([]);
    expect(codes(choice)).toEqual([]);
  });

  it.each([
    ["a given that no formula uses", { given: { ...given, extra: "3 GB" } }, "unused-value"],
    [
      "a term of the scenario that the formula drops",
      { ask: "{items} of {dims}, {width}, {copies}, in 3 regions?" },
      "number-in-text",
    ],
    [
      "an answer that no system has",
      { answer: "size = items * dims * width\nsize * copies * 1e15 -> GB" },
      "implausible-answer",
    ],
    [
      "a mistake that is graded right",
      { mistakes: [...mistakes, { answer: "size * copies * 1.02 -> GB", why: "z" }] },
      "mistake-equals-answer",
    ],
    [
      "shares that do not sum to one",
      {
        given: { ...given, s: "20%", t: "70%" },
        answer: "size = items * dims * width\nsize * copies * (s + t) -> GB",
        shares: ["s", "t"],
      },
      "shares-do-not-sum-to-one",
    ],
    [
      "GB and GiB in one question",
      { given: { ...given, spare: "1 GiB" }, answer: "size = items * dims * width\nsize * copies + spare -> GB" },
      "mixed-bases",
    ],
    ["an answer outside the stated range", { plausible: "1 B..1 kB" }, "implausible-answer"],
    [
      "a ring all-reduce without its factor",
      { ask: "A ring all-reduce of {items} {dims} {width} {copies}?" },
      "ring-without-factor",
    ],
    [
      "grouped heads counted as all",
      { ask: "Heads are grouped: {items} {dims} {width} {copies}?" },
      "grouped-heads-unused",
    ],
    ["an empty source", { sources: [" "] }, "missing-source"],
    [
      "a division by zero",
      { given: { ...given, zero: "0..1" }, answer: "size = items * dims * width\nsize * copies / zero -> GB" },
      "no-value",
    ],
  ])("%s", (_name, changes, code) => {
    expect(codes(changes)).toContain(code);
  });

  it("finds a unit clash before any variant is drawn", () => {
    expect(failure({ answer: "size = items * width\nsize + 3 s -> GB" })).toContain("cannot be");
    expect(failure({ mistakes: [...mistakes, { answer: "items", why: "z" }] })).toContain("another unit");
    expect(failure({ ask: "{itmes}?" })).toContain("itmes");
  });

  it("finds two right options, none, and a conclusion that nothing supports", () => {
    const [first, second, third] = choice.options;
    expect(codes({ ...choice, options: [{ ...first, right: "a > 0" }, second, third] })).toContain("two-options-right");
    expect(codes({ ...choice, options: [first, { ...second, right: false }, third] })).toContain("no-option-right");
    expect(codes({ ...choice, options: [{ ...first, right: true }, { ...second, right: false }, third] })).toContain(
      "unsupported-conclusion",
    );
  });

  it("lets a value tempt only where a mistake uses it", () => {
    const tempting = {
      given: { ...given, heads: 8 },
      ask: "{items} {dims} {width} {copies} {heads}?",
      distractors: ["heads"],
    };
    expect(codes(tempting)).toContain("unused-value");
    expect(codes({ ...tempting, mistakes: [...mistakes, { answer: "size * heads -> GB", why: "z" }] })).not.toContain(
      "unused-value",
    );
  });

  it("finds a rubric cut out of the model answer, and a model answer that misses it", () => {
    const point = "The split follows time because the future must not be known";
    const explain = {
      kind: "explain",
      given: undefined,
      answer: undefined,
      ask: "Why?",
      model: `Well. ${point}.`,
      rubric: [
        { point, cues: ["time"] },
        { point: "A gap", cues: ["gap"] },
      ],
      mistakes: [
        { cues: ["shuffle"], why: "x" },
        { cues: ["random"], why: "y" },
      ],
    };
    expect(codes(explain)).toEqual(["rubric-copies-model", "model-misses-rubric"]);
    expect(codes({ ...explain, ask: "Why split by time and not at random?" })).toContain("question-ticks-rubric");
    expect(codes({ ...explain, ask: "What does a random split do?" })).toContain("question-holds-mistake");
  });

  it("asks the reviewer about a critique", () => {
    const critique = {
      kind: "critique",
      given: undefined,
      answer: undefined,
      ask: "What is wrong?",
      note: "split: random\ntime: ts\nsource: clicks",
      finds: ["random-split"],
      mistakes: [
        { key: "time", why: "x" },
        { key: "source", why: "y" },
      ],
    };
    const at = { file: "note", start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 5, offset: 4 } };
    const finding: Finding = { code: "HP301", name: "random-split", severity: "error", message: "random", at };
    expect(codes(critique, { review: () => [] })).toEqual(["reviewer-silent"]);
    expect(codes(critique, { review: () => [finding] })).toEqual([]);
  });

  it("holds the bank together: one constant has one value, and chains go up", () => {
    const prepare = (changes: Readonly<Record<string, unknown>>, id: string) =>
      unwrap(prepareQuestion(sampleQuestion(changes, id)));
    const withFact = (width: string, id: string, next: string[]) =>
      prepare(
        { given: { items: "50M", dims: 128, copies: "2..4" }, facts: { width }, next, level: id === "a" ? 4 : 2 },
        id,
      );
    const report = checkBank([withFact("4 B", "a", ["b", "nowhere"]), withFact("2 B", "b", [])]);
    expect(report.problems.map(({ code }) => code)).toEqual([
      "chain-goes-up",
      "unknown-next",
      "constant-with-two-values",
    ]);
  });
});
