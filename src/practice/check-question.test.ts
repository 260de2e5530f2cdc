import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { unwrap } from "../core/outcome.ts";
import { type CheckOptions, checkQuestion } from "./check-question.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";

const problems = (changes: Readonly<Record<string, unknown>>, options?: CheckOptions): string[] =>
  checkQuestion(unwrap(prepareQuestion(sampleQuestion(changes))), options).map(
    ({ question, code, message }) => `${question} ${code}: ${message}`,
  );
const codes = (changes: Readonly<Record<string, unknown>>, options?: CheckOptions): string[] =>
  problems(changes, options).map((line) => /^sample ([\w-]+):/u.exec(line)?.[1] ?? line);

const given = { items: "50M", dims: 128, width: "4 B", copies: 3 };
const answer = "size = items * dims * width\nsize * copies -> GB";
const none = { given: undefined, answer: undefined };

describe("a question of a number", () => {
  it("is one whose formula uses each value, comments aside", () => {
    expect(codes({ given: { ...given, spare: 2 } })).toEqual(["unused-value"]);
    expect(codes({ given: { ...given, spare: 2 }, answer: `${answer} # spare` })).toEqual(["unused-value"]);
    expect(codes({ given: { ...given, spare: 2 }, answer: `${answer.replace("copies", "copies * spare")}` })).toEqual(
      [],
    );
    // A distractor must tempt: a mistake uses it, and the question owns up to it.
    const tempts = [
      { answer: "size -> GB", why: "x" },
      { answer: "size * spare * 7 -> GB", why: "y" },
    ];
    expect(codes({ given: { ...given, spare: 2 }, mistakes: tempts })).toEqual(["unused-value"]);
    expect(codes({ given: { ...given, spare: 2 }, mistakes: tempts, distractors: ["spare"] })).toEqual([]);
    expect(codes({ given: { ...given, spare: 2 }, distractors: ["spare"] })).toEqual(["unused-value"]);
  });

  it("has its numbers as values, but may name a percentile or a model", () => {
    expect(problems({ ask: "{items} {dims} {width} {copies}, kept 30 % longer in 12 regions?" })).toEqual([
      "sample number-in-text: the question names `30 %`, `12` in its text: make it a value, so that the formula must use it",
    ]);
    expect(codes({ ask: "{items} {dims} {width} {copies} on an A100-40, at p99?" })).toEqual([]);
  });

  it("is asked of a ring, of grouped heads or of a percentile with what belongs to it", () => {
    const ask = (words: string) => `${words}: {items} {dims} {width} {copies}?`;
    const ring = { ask: ask("A ring all-reduce") };
    expect(codes(ring)).toEqual(["ring-without-factor"]);
    expect(codes({ ask: ask("A ring of friends") })).toEqual([]);
    expect(codes({ ask: ask("An all-reduce") })).toEqual([]);
    expect(codes({ ...ring, given, answer: answer.replace("size * copies", "size * (copies - 1)") })).toEqual([]);
    const grouped = { ask: ask("A model with GQA") };
    expect(codes(grouped)).toEqual(["grouped-heads-unused"]);
    expect(
      codes({ ...grouped, given: { ...given, kv_heads: 8 }, answer: answer.replace("copies", "copies * kv_heads") }),
    ).toEqual([]);
    const percentile = { ask: ask("The upper percentile") };
    expect(codes(percentile)).toEqual([]);
    expect(codes({ ...percentile, answer: answer.replace("copies", "mean(copies, copies)") })).toEqual([
      "mean-for-percentile",
    ]);
    expect(codes({ ask: ask("A size"), answer: answer.replace("copies", "mean(copies, copies)") })).toEqual([]);
    expect(codes({ ...percentile, answer: answer.replace("copies", "mean(copies, copies) * ln(exp(1))") })).toEqual([]);
  });

  it("has an answer that is finite, plausible, and is not given by a mistake", () => {
    expect(problems({ given, plausible: "1 MB..70 GB" })).toEqual([
      "sample implausible-answer: variant 1 gives 76.8 GB, outside 1 MB to 70 GB",
    ]);
    expect(codes({ given, plausible: "1 MB..80 GB" })).toEqual([]);
    expect(codes({ given, plausible: "1 s..80 s" })).toEqual(["unreadable-plausible"]);
    expect(codes({ given: { ...given, copies: 0 } })).toContain("no-finite-answer");
    const near = (factor: number, tolerance = {}) =>
      codes({
        given,
        ...tolerance,
        mistakes: [
          { answer: `size * copies * ${factor} -> GB`, why: "x" },
          { answer: "size -> GB", why: "y" },
        ],
      });
    expect(near(1.04)).toEqual(["mistake-equals-answer"]);
    expect(near(1.06)).toEqual([]);
    expect(near(1.5, { tolerance: { within: "2x", because: "x" } })).toEqual(["mistake-equals-answer"]);
    // Where only the exact answer counts, two in a thousand are still rounding.
    expect(near(1.001, { tolerance: { within: "exact", because: "x" } })).toEqual(["mistake-equals-answer"]);
    expect(near(1.01, { tolerance: { within: "exact", because: "x" } })).toEqual([]);
  });

  it("has shares that sum to one in every variant", () => {
    const shares = (t: string) =>
      codes({
        given: { ...given, s: "20%", t },
        answer: answer.replace("copies", "copies * (s + t)"),
        shares: ["s", "t"],
      });
    expect(shares("80%")).toEqual([]);
    expect(shares("79.9%")).toEqual(["shares-do-not-sum-to-one"]);
  });

  it("is said without a doubled word or an empty place", () => {
    expect(codes({ given, ask: "How large is the the table of {items} {dims} {width} {copies}?" })).toEqual([
      "doubled-word",
    ]);
    expect(codes({ given, ask: "So so, {items} {dims} {width} {copies}?" })).toEqual([]);
  });

  it("mixes no decimal and binary sizes, and no bits and bytes, without a word", () => {
    const spare = (text: string, ask = "{items} {dims} {width} {copies}, {spare}?") =>
      codes({
        given: { ...given, spare: text },
        ask,
        answer: `${answer.replace("size * copies", "size * copies + spare")}`,
      });
    expect(spare("1 GB")).toEqual([]);
    expect(spare("1 GiB")).toEqual(["mixed-bases"]);
    expect(spare("1 GiB", "In GiB: {items} {dims} {width} {copies}, {spare}?")).toEqual([]);
    expect(spare("8 Gb")).toEqual(["silent-bits"]);
    expect(spare("8 Gb", "With bits: {items} {dims} {width} {copies}, {spare}?")).toEqual([]);
  });
});

describe("a question of a choice", () => {
  const options = (...list: readonly object[]) => ({
    kind: "choose",
    ...none,
    mistakes: undefined,
    ask: "Which one?",
    options: list,
  });
  const right = { text: "the right one", right: true, why: "x" };
  const wrong = (text: string) => ({ text, right: false, why: "y" });

  it("does not give itself away by its length", () => {
    const long = (letters: number) =>
      codes(options({ ...right, text: "r".repeat(letters) }, wrong("w".repeat(20)), wrong("w".repeat(10))));
    // Half as long again, and twelve letters more.
    expect(long(32)).toEqual([]);
    expect(long(33)).toEqual(["longest-is-right"]);
    const longer = (letters: number) =>
      codes(options({ ...right, text: "r".repeat(letters) }, wrong("w".repeat(40)), wrong("w".repeat(10))));
    expect(longer(60)).toEqual([]);
    expect(longer(61)).toEqual(["longest-is-right"]);
  });

  it("has one right option unless it says several, and at least two that can be wrong", () => {
    expect(codes(options(right, wrong("one thing"), wrong("another")))).toEqual([]);
    expect(codes(options(right, right, wrong("another"), wrong("a third")))).toEqual(["two-options-right"]);
    expect(codes({ ...options(right, right, wrong("another"), wrong("a third")), many: true })).toEqual([]);
    expect(codes({ ...options(right, right, wrong("another")), many: true })).toEqual(["too-few-mistakes"]);
    expect(codes({ ...options(right, right, right), many: true })).toEqual(["too-few-mistakes", "all-options-right"]);
    expect(codes(options(wrong("one"), wrong("two"), wrong("three")))).toEqual(["no-option-right"]);
  });

  it("uses each of its values, in a formula or in words", () => {
    const valued = (text: string) =>
      codes({ ...options({ ...right, text }, wrong("one"), wrong("two")), given: { a: 5 } });
    expect(valued("the right one")).toEqual(["unused-value"]);
    expect(valued("with {a}")).toEqual([]);
  });
});

describe("the other questions", () => {
  it("order whole lists, and no mistake is the right order", () => {
    const order = (...mistakes: readonly (readonly number[])[]) =>
      codes({
        kind: "order",
        ...none,
        ask: "Order these.",
        items: ["one", "two", "three"],
        why: "counting",
        mistakes: mistakes.map((one) => ({ order: one, why: "x" })),
      });
    expect(order([3, 2, 1], [2, 1, 3])).toEqual([]);
    expect(order([3, 2], [2, 1, 3])).toEqual(["mistake-not-an-order"]);
    expect(order([3, 2, 2], [2, 1, 3])).toEqual(["mistake-not-an-order"]);
    expect(order([3, 2, 1], [1, 2, 3])).toEqual(["mistake-equals-answer"]);
  });

  it("fill as many blanks as the note has places, and no mistake is accepted", () => {
    const blank = (mistakes: readonly string[]) => ({
      accept: ["time"],
      why: "x",
      mistakes: mistakes.map((one) => ({ answer: one, why: "y" })),
    });
    const fill = (note: string, ...blanks: readonly object[]) =>
      codes({ kind: "fill", ...none, mistakes: undefined, ask: "Fill in.", note, blanks });
    expect(fill("split: ____", blank(["random", "user"]))).toEqual([]);
    expect(fill("split: ____ and ____", blank(["random", "user"]))).toEqual(["blanks-do-not-match"]);
    expect(fill("split: ____", blank(["random", "TIME"]))).toEqual(["mistake-equals-answer"]);
    expect(fill("split: ____", blank(["random"]))).toEqual(["too-few-mistakes"]);
    expect(fill("split: ____, by ____", blank(["random"]), blank(["user"]))).toEqual([]);
  });

  it("call no key sound that the reviewer finds faulty, or that the note has not", () => {
    const at = (line: number) => ({
      file: "note",
      start: { line, column: 1, offset: 0 },
      end: { line, column: 5, offset: 4 },
    });
    const finding = (line: number): Finding => ({
      code: "HP301",
      name: "random-split",
      severity: "error",
      message: "the split is random",
      at: at(line),
    });
    const critique = (key: string, line: number, found = [finding(line)]) =>
      problems(
        {
          kind: "critique",
          ...none,
          ask: "What is wrong?",
          note: "split: random\ntime: ts\nsource: clicks",
          finds: ["random-split"],
          mistakes: [
            { key, why: "x" },
            { key: "source", why: "y" },
          ],
        },
        { review: () => found },
      );
    expect(critique("time", 1)).toEqual([]);
    expect(critique("time", 2)).toEqual([
      "sample mistake-equals-answer: `time` is called sound, and the reviewer says the split is random",
    ]);
    expect(critique("place", 1)).toEqual(["sample unknown-key: the note has no key `place`"]);
    const others = ["one", "two"].map((name) => ({ ...finding(1), name }));
    expect(critique("time", 1, others)).toEqual([
      "sample reviewer-silent: the reviewer does not find random-split; it finds one, two",
    ]);
    expect(critique("time", 1, [])).toEqual([
      "sample reviewer-silent: the reviewer does not find random-split; it finds nothing",
    ]);
  });

  it("have a model answer that holds no misconception, and points of their own words", () => {
    const explain = (changes: object) =>
      codes({
        kind: "explain",
        ...none,
        ask: "Why?",
        model: "The split follows time. A gap keeps late labels out.",
        rubric: [
          { point: "Time", cues: ["time"] },
          { point: "A gap", cues: ["gap"] },
        ],
        mistakes: [
          { cues: ["shuffle"], why: "x" },
          { cues: ["random"], why: "y" },
        ],
        ...changes,
      });
    expect(explain({})).toEqual([]);
    expect(explain({ model: "The split follows time, with a gap, and we shuffle first." })).toEqual([
      "model-holds-mistake",
    ]);
    const point = (letters: number) => `The split follows ${"time ".repeat(20)}`.slice(0, letters);
    const copied = (letters: number) =>
      explain({
        model: `The split follows ${"time ".repeat(20)}. A gap.`,
        rubric: [
          { point: point(letters), cues: ["time"] },
          { point: "A gap", cues: ["gap"] },
        ],
      });
    expect(copied(42)).toEqual(["rubric-copies-model"]);
    expect(copied(40)).toEqual([]);
  });

  it("name a source, each of four letters or more, and each problem once however many variants show it", () => {
    expect(codes({ given, sources: ["abc"] })).toEqual(["missing-source"]);
    expect(codes({ given, sources: ["abcd"] })).toEqual([]);
    const drawn = { given: { ...given, copies: "2..4" }, plausible: "1 B..1 kB" };
    expect(codes(drawn)).toEqual(["implausible-answer"]);
    // The third variant is the first whose copies are two.
    expect(codes({ given: { ...given, copies: "1..90" }, plausible: "30 GB..10 TB" }, { variants: 1 })).toEqual([]);
  });
});
