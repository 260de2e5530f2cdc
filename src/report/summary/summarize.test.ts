import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, figure, runOf } from "../../../test/drawn-run.ts";
import { compareSystems } from "../../core/verdict.ts";
import { fraudDetection } from "../../kinds/fraud-detection/fraud-detection.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import { FIGURES_TOO_HIGH, type RunSummary } from "../../system/run-summary.ts";
import { followsFrom, neverMeasured, waivedAt } from "../page/margin-notes.ts";
import { summarizeBy } from "./summarize.ts";

/** Every sentence that a person reads. */
function sentences({ headline, next, doubts, strip, answers }: RunSummary): string {
  return [
    headline.verdict,
    headline.doubt,
    ...[...next, ...doubts].map(({ short, text }) => `${short}: ${text}`),
    ...strip.map(({ words }) => words),
    ...answers.map(({ text }) => text),
  ].join("\n");
}

function rowOf({ ledger }: RunSummary, question: string) {
  const row = ledger.find((one) => one.question === question);
  if (row === undefined) throw new Error(`no row ${question}`);
  return row;
}

describe("what is said of a run", () => {
  it("contradicts no row and no interval, whatever was measured", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const run = runOf(what);
        for (const kind of [recommendation, fraudDetection]) {
          const { summary, remarks } = summarizeBy(kind.questions)(run);
          const said = sentences(summary);
          const gain = compareSystems(what.gain).verdict;
          const row = rowOf(summary, "Better than the baseline?");
          expect(row.state === "ok").toBe(gain === "better");
          expect(/^Better than the baseline/u.test(summary.headline.verdict)).toBe(gain === "better");
          expect(/^Worse than/u.test(summary.headline.verdict)).toBe(gain === "worse");
          // Nothing is recommended that no shown gain supports.
          if (gain !== "better") {
            expect(summary.next.some(({ short }) => /^(?:Take|Serve)/u.test(short))).toBe(false);
            expect(summary.next.some(({ short }) => short === "Keep the baseline")).toBe(true);
            expect(said).not.toMatch(/a gain;|Better by/u);
          } else expect(summary.next.some(({ short }) => short === "Keep the baseline")).toBe(false);
          const clause = run.alerts[0].verdict;
          const part = rowOf(summary, "What survives compression?").parts[0];
          expect(part.state).toBe(clause === "kept" ? "ok" : clause === "loses" ? "bad" : "open");
          expect(part.verdict.startsWith(clause)).toBe(true);
          expect(remarks.some(({ short }) => short === "Take ranking int8")).toBe(
            clause === "kept" && gain === "better",
          );
          if (clause !== "kept") expect(said).not.toMatch(/Take ranking int8|keeps its clause/u);
          expect(remarks.some(({ short }) => short === "That ranking int8 keeps to its limit")).toBe(
            clause === "not settled",
          );
          const total = what.p99 + 0.02;
          const fast = rowOf(summary, "Fast enough?");
          expect(fast.state === "ok").toBe(total <= 0.1 && what.busy <= 0.7);
          if (fast.state !== "ok") expect(summary.headline.verdict).not.toContain("fast enough");
          expect(rowOf(summary, "What does it cost?").state).toBe(what.cost <= what.budget ? "ok" : "bad");
          expect(summary.headline.verdict.includes("over budget")).toBe(what.cost > what.budget);
          expect(summary.headline.doubt === "In a simulated world, and nowhere else yet.").toBe(what.simulated);
          if (kind === fraudDetection) expect(summary.headline.verdict.includes("stopped")).toBe(what.guard > 1);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("calls nothing slow, and asks nothing of the code, for a time that a busy machine may have taken", () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: 0, max: 1, noNaN: true }), (what, share) => {
        const run = runOf(what);
        const processor = figure({ step: 6, name: "processor share", subject: "request", value: share, unit: "share" });
        const { summary, remarks } = summarizeBy(recommendation.questions)({
          ...run,
          figures: [...run.figures, processor],
        });
        const isBeyond = what.p99 + 0.02 > 0.1 || what.busy > 0.7;
        const { state, verdict } = rowOf(summary, "Fast enough?");
        expect(state === "ok").toBe(!isBeyond);
        expect(verdict === "not settled").toBe(isBeyond && share < 0.9);
        expect(summary.headline.verdict.includes("not shown to be fast enough")).toBe(isBeyond && share < 0.9);
        const asked = remarks.map(({ short }) => short ?? "");
        expect(asked.includes("Measure the latency again")).toBe(isBeyond && share < 0.9);
        expect(asked.some((one) => /^(?:Make a request faster|Write `replicas|Add replicas)/u.test(one))).toBe(
          isBeyond && share >= 0.9,
        );
      }),
      { numRuns: 100 },
    );
  });

  it("says a short form in at most eight words, and ranks the gravest first", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const { remarks, summary } = summarizeBy(recommendation.questions)(runOf(what));
        for (const { short } of remarks) expect((short ?? "").split(" ").length).toBeLessThanOrEqual(8);
        if (what.simulated) expect(summary.doubts[0].short).toBe("Anything about people");
      }),
    );
  });

  it("keeps the baseline where nothing beat it on validation, and recommends nothing made of anything else", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const run = runOf(what);
        const kept = {
          ...run,
          evaluation: run.evaluation === null ? null : { ...run.evaluation, chosen: run.evaluation.baseline },
        };
        const { summary, remarks } = summarizeBy(recommendation.questions)(kept);
        expect(summary.ledger[0]).toMatchObject({ state: "bad", verdict: "no" });
        expect(summary.headline.verdict).toMatch(/^Not better than the baseline/u);
        expect(remarks.some(({ short }) => short === "Keep the baseline")).toBe(true);
        expect(remarks.some(({ short }) => /^(?:Take|Serve)/u.test(short ?? ""))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it("says that nothing could be chosen where no earlier round fits or none holds a positive: it said that nothing beat the baseline on validation", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const run = runOf(what);
        const { evaluation } = run;
        if (evaluation === null) throw new Error("an evaluation");
        const unchosen = { ...evaluation, chosen: evaluation.baseline, unchosen: true as const };
        const { summary, remarks } = summarizeBy(recommendation.questions)({ ...run, evaluation: unchosen });
        expect(summary.ledger[0]).toMatchObject({ state: "none", verdict: "not measured" });
        expect(summary.ledger[0].line).toContain("there was nothing to measure");
        expect(summary.answers[4].text).toMatch(/^There was nothing to measure \S+ on before the test/u);
        expect(remarks.some(({ short }) => short === "Find something to choose on")).toBe(true);
        expect(sentences(summary)).not.toMatch(/beat|Keep the baseline|NaN/u);
      }),
      { numRuns: 50 },
    );
  });

  it("says that nothing was measured where no request could be judged: of one user it said that nothing beat the baseline", () => {
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 4 });
    const run = runOf(what);
    const { evaluation } = run;
    if (evaluation === null) throw new Error("an evaluation");
    for (const chosen of [evaluation.baseline, evaluation.chosen]) {
      const bare = {
        ...run,
        evaluation: { ...evaluation, chosen },
        figures: run.figures.filter(({ name }) => name !== evaluation.metric),
      };
      const { summary } = summarizeBy(recommendation.questions)(bare);
      expect(summary.ledger[0]).toMatchObject({ state: "none", verdict: "not measured" });
      expect(summary.headline.verdict).toMatch(/^Not compared with a baseline/u);
      expect(summary.answers[4].text).toBe("There was nothing to measure ndcg@10 on.");
      expect(sentences(summary)).not.toMatch(/beat|Keep the baseline|NaN/u);
    }
  });

  it("says that all was had before where people later want nothing new: it said more people, more events, or a longer test", () => {
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 4 });
    const run = runOf(what);
    const { evaluation } = run;
    if (evaluation === null) throw new Error("an evaluation");
    const only = figure({ step: 3, name: "with only repeats in test", subject: "split", value: 400, unit: "members" });
    const bare = { ...run, figures: [...run.figures.filter(({ name }) => name !== evaluation.metric), only] };
    const { summary, remarks } = summarizeBy(recommendation.questions)(bare);
    const why = "the later wanted events of 400 members are all of items that they had before";
    expect(summary.ledger[0].line).toContain(why);
    expect(summary.answers[4].text).toContain(why);
    const advice = remarks.find(({ short }) => short === "Ask for repeats in another way");
    expect(advice?.text).toContain(why);
    expect(advice?.text).toContain("--label");
    expect(sentences(summary)).not.toMatch(/more people/u);
    const lone = { ...bare, figures: bare.figures.map((one) => (one.name === only.name ? { ...one, value: 1 } : one)) };
    expect(summarizeBy(recommendation.questions)(lone).summary.ledger[0].line).toContain("events of 1 member are");
    // Beside fewer who found something new, they are doubted in the open.
    const some = summarizeBy(recommendation.questions)({
      ...run,
      figures: [...run.figures, { ...only, value: 1e9 }],
    });
    expect(some.remarks.some(({ short }) => short === "That the test stands for most")).toBe(true);
  });

  it("calls a success only what lies wholly beyond the value that the note names, and doubts the rest", () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: -1, max: 2, noNaN: true }), (what, from) => {
        const run = runOf(what);
        const stated = { ...run.context.stated, success: { metric: "ndcg@10", value: from, gain: null } };
        const { summary, remarks } = summarizeBy(recommendation.questions)({
          ...run,
          context: { ...run.context, stated },
        });
        const { chosen, baseline } = run.evaluation ?? { chosen: "", baseline: "" };
        const shift = chosen === baseline ? 0 : what.gain.value;
        const [low, high] = [0.25 + shift, 0.35 + shift];
        const told = low >= from ? "reached" : high < from ? "missed" : "not settled";
        expect(summary.answers[1].text).toContain(`Success is from ${from}: ${told}.`);
        expect(remarks.some(({ short }) => short === "That this is a success")).toBe(told === "missed");
        expect(remarks.some(({ short }) => short === "Whether it is a success")).toBe(told === "not settled");
        expect(summary.strip[1].state === "bad").toBe(told === "missed");
      }),
      { numRuns: 100 },
    );
  });

  it("writes what the note waives beside its step with the reason, and what no run can measure", () => {
    const waived = [
      { code: "HP607", name: "position-bias-uncorrected", reason: "the list is shuffled" },
      { code: "HP207", name: "another", reason: "for now." },
    ];
    expect(waivedAt({ waived }, 6)).toBe("Position bias uncorrected: the list is shuffled.");
    expect(waivedAt({ waived }, 2)).toBe("Another: for now.");
    expect(waivedAt({ waived }, 5)).toBe("");
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 1 });
    const run = runOf(what);
    const stated = { ...run.context.stated, users: 2_000_000, peak: 1200, availability: 0.999, budgetPerMonth: 5000 };
    const line = (sheet: string, name: string, value: number) => ({ sheet, subject: "", line: name, value, text: "" });
    const estimates = [
      line("traffic", "daily", 34_560_000),
      line("traffic", "monthly", 1_051_200_000),
      line("error-budget", "budget", 2592),
      line("cost", "per_thousand", 0.00082),
    ];
    const told = { ...run, context: { stated, estimates } };
    expect(neverMeasured(told)).toEqual(["availability 99.9%", "1,200 requests/s at the peak"]);
    expect(followsFrom(told)).toBe(
      "17.3 requests a person and day. 43 minutes a month may fail. $0.0048 may be spent on a thousand requests; $0.00082 is estimated.",
    );
  });

  it("says of a difference without an interval that it has none, and not that zero lies inside", () => {
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 2 });
    const run = runOf(what);
    const figures = run.figures.map((one) => (one.against === undefined ? one : { ...one, interval: null }));
    const { summary } = summarizeBy(recommendation.questions)({ ...run, figures });
    expect(summary.ledger[0]).toMatchObject({ state: "open", verdict: "not told apart" });
    expect(summary.ledger[0].line).toMatch(/, no interval$/u);
    expect(sentences(summary)).not.toContain("zero lies inside");
    expect(summary.doubts.map(({ text }) => text).join(" ")).toContain("too few test requests for an interval");
  });

  it("calls the note's own figures false where an error has that consequence, and for no other finding", () => {
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 3 });
    const run = runOf({ ...what, simulated: true });
    const finding = (
      code: string,
      name: string,
      consequence: string | null,
      severity: "error" | "warning" = "error",
    ) => ({
      code,
      name,
      severity,
      message: "something is wrong",
      consequence,
      line: 12,
      column: 3,
    });
    const doubtOf = (...findings: (typeof run)["findings"]): string =>
      summarizeBy(recommendation.questions)({ ...run, findings }).summary.headline.doubt;
    const leak = finding("HP301", "random-split-on-temporal-data", "false-figures");
    expect(doubtOf(leak)).toBe("The note's own figures would be false: random split on temporal data.");
    for (const other of [
      finding("HP501", "missing-evaluation", "blind"),
      finding("HP322", "missing-sources-and-time", "false-figures"),
      finding("HP306", "group-leakage", "false-figures", "warning"),
      finding("HP021", "waiver-without-reason", null),
    ])
      expect(doubtOf(other)).toBe("In a simulated world, and nowhere else yet.");
    const strip = (...findings: (typeof run)["findings"]) =>
      summarizeBy(recommendation.questions)({ ...run, findings }).summary.strip[2];
    expect(strip(finding("HP322", "missing-sources-and-time", "false-figures"))).toMatchObject({ state: "open" });
    expect(strip(finding("HP322", "missing-sources-and-time", "false-figures"), leak)).toMatchObject({
      state: "bad",
      words: "random split on temporal data, 1 more",
    });
  });

  it("doubts the run's own figures before all else where its split lets items stand on both sides", () => {
    const [what] = fc.sample(drawn, { numRuns: 1, seed: 4 });
    const run = runOf({ ...what, simulated: true });
    const remarks = [
      { step: 3, kind: "doubt" as const, rank: -1, short: FIGURES_TOO_HIGH, text: "Some items stand on both sides." },
    ];
    expect(summarizeBy(recommendation.questions)({ ...run, remarks }).summary.headline.doubt).toBe(
      "These figures can be too high: some items stand on both sides.",
    );
  });
});
