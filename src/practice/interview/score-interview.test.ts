import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/finding.ts";
import { readProblem } from "../../node/problem-files.ts";
import { foldEvents, type InterviewEvent, type InterviewState } from "./interview-event.ts";
import { renderScore } from "./render-interview.ts";
import { scoreInterview, weakestFirst } from "./score-interview.ts";

const at = (seconds: number): string => new Date(1.8e12 + seconds * 1000).toISOString();
const START: InterviewEvent = { type: "start", at: at(0), session: "s", problem: "movie-recommendations", minutes: 45 };
const fold = (...events: readonly InterviewEvent[]): InterviewState => {
  const state = foldEvents([START, ...events]);
  if (state === undefined) throw new Error("no start");
  return state;
};
const films = readProblem("movie-recommendations");
const span = { file: "note.md", start: { line: 3, column: 1, offset: 0 }, end: { line: 3, column: 2, offset: 1 } };
const finding = (name: string, code = "HP301"): Finding => ({
  code,
  name,
  severity: "error",
  message: `it is ${name}`,
  at: span,
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
      text: "Split by time: features are computed as of the request. Impressions that were shown and not played are negatives. 2 million members load it within 100 ms.",
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
    const quote = "Our own lists make a feedback loop.";
    expect(raised?.evidence.at(-1)).toEqual({ says: "raised unasked", quote, place: "section 3" });
    const probe: InterviewEvent = { type: "probe", at: at(10), finding: "f", question: "q", answer: quote };
    const asked = scoreInterview(films, fold(write(points), probe), []);
    expect(asked.scores[2].evidence.at(-1)).toEqual({ says: "raised when asked", quote, place: "answer 1" });
    expect(data("There is a feedback loop.")?.grade).toBe(0);
  });

  it("counts an error that was left standing against the dimension, and not one that was answered", () => {
    const write: InterviewEvent = {
      type: "write",
      at: at(9),
      step: 3,
      text: "split: { by: time }\nSplit by time: features as of the request. Impressions that were shown are negatives.",
    };
    const findings = [finding("one"), finding("two")];
    const gradeOf = (state: InterviewState) =>
      scoreInterview(films, state, findings).scores.find(({ dimension }) => dimension === "data")?.grade;
    expect(gradeOf(fold(write))).toBe(1);
    const answering = (answer: string): InterviewEvent => {
      return { type: "probe", at: at(10), finding: "one", question: "?", answer };
    };
    expect(gradeOf(fold(write, answering("I would mend it")))).toBe(2);
    // Asked, and no credit.
    expect(gradeOf(fold(write, answering("I do not know.")))).toBe(1);
  });

  it("is mid from three in ten of the key facts that were asked for, and senior from 85 of a hundred", () => {
    const key = (i: number) => ({
      ...films.facts[0],
      name: `fact-${"abcdefghijklmnopqrst"[i]}`,
      key: true,
      changes: "x",
    });
    const problem = {
      ...films,
      facts: [...Array.from({ length: 20 }, (_, i) => key(i)), { ...key(0), key: false, name: "other" }],
    };
    const asked = (count: number, more: readonly string[] = [], assumed = "2 million members and 100 ms") => {
      const names = [...problem.facts.slice(0, count).map(({ name }) => name), ...more];
      const events = names.map((fact): InterviewEvent => ({ type: "ask", at: at(1), text: "it?", fact }));
      const write: InterviewEvent = { type: "write", at: at(2), step: 1, text: assumed };
      return scoreInterview(problem, fold(...events, write), []).scores[0];
    };
    expect([0, 5, 6, 16, 17, 20].map((count) => asked(count).grade)).toEqual([0, 0, 1, 1, 2, 2]);
    // Whoever asks for everything and states no number is no senior.
    expect(["", "100 ms", "100 ms and 2 million members"].map((said) => asked(20, [], said).grade)).toEqual([1, 1, 2]);
    expect(asked(20, [], "").missing).toEqual(["states no assumptions with numbers"]);
    const told = { says: "asked for fact a", quote: "it?", place: "question 1" };
    expect(asked(1)).toMatchObject({ dimension: "ambiguity", evidence: [told] });
    expect(asked(19).missing).toEqual(["did not ask for fact t (x)"]);
    const other = { says: "asked for other", quote: "it?", place: "question 2" };
    expect(asked(1, ["other"]).evidence).toEqual([told, other]);
    expect(scoreInterview({ ...problem, facts: [] }, fold(), []).scores[0].grade).toBe(0);
  });

  it("counts quantities with a unit up to a dozen, an estimate that is worked out, and a percentile", () => {
    const numbers = (count: number, more = "") => {
      const text = `${Array.from({ length: count }, (_, i) => `${10 + i} ms`).join(", ")} ${more}`;
      const score = scoreInterview(films, fold({ type: "write", at: at(9), step: 1, text }), []).scores.at(-1);
      if (score === undefined) throw new Error("no score");
      return score;
    };
    const graded = (...given: Parameters<typeof numbers>): number => numbers(...given).grade;
    expect([graded(7), graded(8), graded(24)]).toEqual([0, 1, 1]);
    expect([graded(1, "20 × 3 = 60"), graded(2, "20 × 3 = 60")]).toEqual([0, 1]);
    expect([graded(1, "at p99"), graded(2, "at p99")]).toEqual([0, 1]);
    // The grade is that of the words beside it: a senior answer has a dozen.
    const whole = "20 × 3 = 60 at p99 for $ 3 a month, which grows tenfold in two years";
    expect([graded(11, "20 × 3 = 60 at p99"), graded(12, "20 × 3 = 60 at p99")]).toEqual([1, 2]);
    expect([graded(8, whole), graded(12, whole)]).toEqual([1, 3]);
    expect(numbers(12, "20 × 3 = 60 at p95").missing).toEqual([]);
    expect(numbers(11).missing).toEqual([
      "11 quantities with a unit; a senior answer has a dozen",
      "no estimate is worked out",
      "no percentile is named",
    ]);
    const nine = "10 ms, 11 ms, 12 ms, 13 ms, 14 ms, 15 ms, 16 ms, 17 ms, 18 ms";
    expect(numbers(9).evidence).toEqual([{ says: `9 quantities: ${nine}` }]);
    expect(numbers(0, "7 of 12").evidence).toEqual([]);
    expect(numbers(1, "and 10 ms again").evidence).toEqual([{ says: "1 quantity: 10 ms" }]);
    // The count is that of what is listed, or says that not all is.
    expect(numbers(14).evidence).toEqual([{ says: `12 of 14 quantities: ${nine}, 19 ms, 20 ms, 21 ms` }]);
  });

  it("quotes the sentence of each thing that counts for the numbers, and where it stands", () => {
    const said = fold(
      { type: "write", at: at(1), step: 1, text: "100 ms at p99. We hope." },
      { type: "probe", at: at(2), finding: "f", question: "q", answer: "No idea. 20 × 3 = 60 cards." },
    );
    expect(scoreInterview(films, said, []).scores.at(-1)?.evidence.slice(1)).toEqual([
      { says: "an estimate is worked out", quote: "20 × 3 = 60 cards.", place: "answer 1" },
      { says: "a percentile is named", quote: "100 ms at p99.", place: "section 1" },
    ]);
  });

  it("gives no credit for a computation to a sentence that holds none, and goes on to the one that does", () => {
    const photos = readProblem("visual-search");
    const memory = (...texts: readonly string[]) =>
      scoreInterview(
        photos,
        fold(...texts.map((text): InterviewEvent => ({ type: "write", at: at(1), step: 6, text }))),
        [],
      )
        .scores.flatMap(({ evidence }) => evidence)
        .find(({ says }) => says === "Index memory is computed")?.quote;
    const named = "IVF-PQ codes of 64 bytes across four shards, then rescoring with full vectors.";
    const computed = "200 million vectors of 256 floats are 205 GB.";
    expect(memory(named)).toBeUndefined();
    expect(memory(named, computed)).toBe(computed);
  });

  it("counts what was asked, told, made and answered, and says what each answer at the end carries", () => {
    const [key] = films.facts.filter((one) => one.key);
    const point = "Split by time: features are computed as of the request.";
    const { counts, probes } = scoreInterview(
      films,
      fold(
        { type: "ask", at: at(1), text: "it?", fact: key.name },
        { type: "ask", at: at(2), text: "what?", fact: null },
        { type: "probe", at: at(3), finding: "a", question: "How do you split?", answer: point },
        { type: "probe", at: at(4), finding: "b", question: "And then?", answer: "I do not know" },
        { type: "probe", at: at(5), finding: "c", question: "Why?", answer: "" },
      ),
      [],
    );
    expect(counts).toEqual({
      questions: { count: 1, of: 2 },
      keyFacts: { count: 1, of: films.facts.filter((one) => one.key).length },
      points: { count: 1, of: films.points.length },
      probes: { count: 1, of: 3 },
    });
    expect(probes.map(({ isAnswered, carries }) => [isAnswered, carries])).toEqual([
      [true, [films.points.find(({ dimension }) => dimension === "data")?.point]],
      [false, []],
      [false, []],
    ]);
  });

  it("keeps the proposed grade beside the one that a person gives, and forgets one that is taken back", () => {
    const overrule = (grade: 2 | null): InterviewEvent => {
      return { type: "overrule", at: at(9), dimension: "data", grade, reason: "it was said aloud", by: "interviewer" };
    };
    const data = (...events: readonly InterviewEvent[]) => scoreInterview(films, fold(...events), []).scores[2];
    expect(data(overrule(2))).toMatchObject({ grade: 0, overruled: { grade: 2, by: "interviewer" } });
    expect(data(overrule(2), overrule(null)).overruled).toBeUndefined();
    const { seconds, turns } = fold({ type: "end", at: at(8) }, overrule(2));
    expect([seconds, turns]).toEqual([{ 1: 8 }, 2]);
  });

  it("drills first what is graded lowest, and of two graded alike what lacks more", () => {
    const one = (dimension: "framing" | "evaluation" | "data", grade: 0 | 1, met: number, lacking: number) => ({
      dimension,
      grade,
      evidence: Array.from({ length: met }, () => ({ says: "said" })),
      missing: Array.from({ length: lacking }, () => "not said"),
    });
    const order = weakestFirst([one("framing", 1, 0, 2), one("data", 0, 1, 3), one("evaluation", 0, 0, 2)]);
    expect(order.map(({ dimension }) => dimension)).toEqual(["evaluation", "data", "framing"]);
  });

  it("names the two weakest dimensions to drill, and the gravest finding to mend", () => {
    const advice: Finding = { ...finding("later"), severity: "advice", message: "advice", fix: "a\nb" };
    const facts: InterviewEvent = { type: "write", at: at(1), step: 3, text: "split: { by: time }" };
    const next = (findings: readonly Finding[], ...said: readonly InterviewEvent[]) =>
      scoreInterview(films, fold(...said), findings).next;
    expect(next([])[0]).toMatch(/^Ambiguity: did not ask for .* \(drill it: heptad practice --area requirements\)$/u);
    expect(next([])[1]).toMatch(/^Framing: .*--area framing\)$/u);
    expect(next([])[2]).toContain("run heptad check");
    expect(next([advice, finding("missing-labels"), finding("random-split")], facts)[2]).toBe(
      "go over section 3 of your note: it is random-split",
    );
    // How a note is written is no matter of an interview: neither a mend of it, nor what plain sentences leave out.
    expect(next([advice], facts)[2]).toBe("go over section 3 of your note: advice");
    expect(next([advice])[2]).toContain("run heptad check");
    expect(next([finding("missing-labels"), finding("wrong-value", "HP012")], facts)[2]).toContain("run heptad check");
  });

  it("lets errors of the step alone cost a level, from two on, and none of those that say that something is absent", () => {
    const text =
      "split: { by: time }\nSplit by time: features as of the request. Impressions that were shown are negatives.";
    const write: InterviewEvent = { type: "write", at: at(9), step: 3, text };
    const data = (...findings: readonly Finding[]) =>
      scoreInterview(films, fold(write), findings).scores.find(({ dimension }) => dimension === "data");
    expect(data(finding("one"))?.grade).toBe(2);
    expect(data(finding("one"), finding("two", "HP401"))?.grade).toBe(2);
    expect(data(finding("one"), finding("missing-two"))?.grade).toBe(2);
    expect(data(finding("one"), { ...finding("two"), severity: "warning" })?.grade).toBe(2);
    expect(data(finding("one"))?.missing).toContain("the reviewer: it is one");
    const raised: InterviewEvent = { ...write, text: `${text} Our own lists make a feedback loop.` };
    const lowered = scoreInterview(films, fold(raised), [finding("one"), finding("two")]).scores;
    expect(lowered.find(({ dimension }) => dimension === "data")?.grade).toBe(2);
  });
});
