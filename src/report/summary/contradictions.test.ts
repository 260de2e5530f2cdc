import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DrawnScored, drawnScored, type Judging, scoredRunOf } from "../../../test/drawn-scored-run.ts";
import { compareSystems } from "../../core/verdict.ts";
import { binaryClassification } from "../../kinds/binary-classification/binary-classification.ts";
import { documentRanking } from "../../kinds/document-ranking/document-ranking.ts";
import { fraudDetection } from "../../kinds/fraud-detection/fraud-detection.ts";
import type { Kind } from "../../kinds/kind.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import { visualSearch } from "../../kinds/visual-search/visual-search.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { RunSummary } from "../../system/run-summary.ts";
import { pairOf } from "../numbers.ts";
import { doesTheRolloutHold } from "./does-the-rollout-hold.ts";
import { summarizeBy } from "./summarize.ts";
import { whatSurvivesCompression } from "./what-survives-compression.ts";

const KINDS = [
  [
    "fraud-detection",
    fraudDetection,
    { metric: "average precision", baseline: "rules", system: "scoring", rival: "logistic" },
  ],
  [
    "binary-classification",
    binaryClassification,
    { metric: "average precision", baseline: "rules", system: "logistic", rival: "trees" },
  ],
  ["recommendation", recommendation, { metric: "ndcg@10", baseline: "popularity", system: "two-stage", rival: "als" }],
  [
    "visual-search",
    visualSearch,
    { metric: "ndcg@20", baseline: "pixels", system: "network", rival: "random network" },
  ],
  [
    "document-ranking",
    documentRanking,
    { metric: "ndcg@10", baseline: "best feature", system: "ranker", rival: "next feature" },
  ],
] as const;

/** Every sentence that a person reads. */
function sentencesOf({ headline, next, doubts, strip, answers, ledger }: RunSummary): readonly string[] {
  return [
    headline.verdict,
    headline.doubt,
    ...[...next, ...doubts].flatMap(({ short, text }) => [short, text]),
    ...strip.map(({ words }) => words),
    ...answers.map(({ text }) => text),
    ...ledger.flatMap(({ line, detail, verdict, value, bounds, parts }) => [
      verdict,
      line,
      detail,
      `${value} ${bounds}`,
      ...parts.map(({ words }) => words),
    ]),
  ];
}

/** `[0.086, 0.197]` as every figure, alert and difference of the record may be written. */
function intervalsOf(run: MeasuredRun): ReadonlySet<string> {
  const all = [
    ...run.figures.map(({ value, interval, unit }) => ({ value, interval, unit })),
    ...run.alerts.flatMap(({ measured, interval, unit }) =>
      measured === null ? [] : [{ value: measured, interval, unit }],
    ),
  ];
  return new Set(
    all
      .flatMap((one) => [0, 1, 2, 3, 4, 5, 6, 7].map((least) => pairOf(one, { least }).bounds.replaceAll("%", "")))
      .filter((one) => one !== ""),
  );
}

/** What is wrong in what is said of a run, by its figures alone. */
function contradictions(run: MeasuredRun, what: DrawnScored, summary: RunSummary, judging: Judging): readonly string[] {
  const said = sentencesOf(summary);
  const text = said.join("\n");
  const wrong: string[] = [];
  const claim = (isSaid: boolean, isTrue: boolean, name: string): void => {
    if (isSaid && !isTrue) wrong.push(`said without a reason: ${name}`);
    if (!isSaid && isTrue) wrong.push(`not said: ${name}`);
  };
  const never = (isSaid: boolean, name: string): void => claim(isSaid, false, name);
  const shorts = [...summary.next, ...summary.doubts].map(({ short }) => short);
  const gain = compareSystems(what.base.gain).verdict;
  claim(/^Better than the baseline/u.test(summary.headline.verdict), gain === "better", "headline: better");
  claim(/^Worse than the baseline/u.test(summary.headline.verdict), gain === "worse", "headline: worse");
  claim(/^Better by/mu.test(text), gain === "better", "answer: better");
  claim(/^Worse than the baseline:/mu.test(text), gain === "worse", "answer: worse");
  claim(/^Not told apart from the baseline:/mu.test(text), gain === "not told apart", "answer: not told apart");
  if (gain !== "better")
    never(
      shorts.some((one) => /^(?:Take|Serve)/u.test(one)),
      "a recommendation without a gain",
    );
  // Of the other single model.
  const rival = compareSystems(what.rival).verdict;
  claim(text.includes(`Against ${judging.rival}, the next best: `), true, "the rival in the row");
  claim(
    new RegExp(`Against ${judging.rival}, [^.]*(?:\\.\\d[^.]*)*, ${rival}\\.`, "u").test(text),
    true,
    `the rival is ${rival}`,
  );
  claim(text.includes(`than ${judging.rival}, the next best`), rival === "better", "answer: better than the rival");
  claim(text.includes("it loses"), rival === "worse", "answer: it loses to the rival");
  // Of what is made smaller.
  const kept = run.alerts.filter(({ kind, verdict }) => kind === "acceptance" && verdict === "kept");
  for (const [, subject] of text.matchAll(/^Take (.*?)(?:; leave the rest)?$/gmu))
    claim(
      kept.some(({ metric }) => metric.endsWith(` of ${subject}`)),
      true,
      `Take ${subject} is kept`,
    );
  claim(
    /leave the rest/u.test(text),
    // Where several are kept, the rest holds some that may be taken too.
    gain === "better" && kept.length === 1 && what.parts.length > 1 && shorts.some((one) => /^Take/u.test(one)),
    "leave the rest",
  );
  const counted = /Of (\d+) ways to make it smaller (none|one|\d+)/u.exec(text);
  claim(counted !== null, what.parts.length > 0, "ways to make it smaller");
  if (counted !== null) {
    claim(Number(counted[1]) === what.parts.length, true, "how many ways");
    const words: Readonly<Record<string, number>> = { none: 0, one: 1 };
    claim((words[counted[2]] ?? Number(counted[2])) === kept.length, true, "how many keep their clauses");
  }
  // Of the rollout.
  const isStopped = what.guards.some((one) => one !== null && one > 1);
  const hasRollout = summary.ledger.some(({ question }) => question === "Does the rollout go through?");
  claim(/stopped/u.test(text), isStopped, "stopped");
  if (hasRollout && !isStopped && what.guards.length > 0) {
    const read = what.guards.filter((one) => one !== null).length;
    claim(text.includes(`${read} of ${what.guards.length} guardrails read`), true, "guardrails read");
  }
  // Of the conditions.
  const count = (verdict: string): number => what.conditions.filter((one) => one === verdict).length;
  const told = /Of (\d+) conditions (none|\d+) would fire/u.exec(text);
  claim(told !== null, what.conditions.length > 0, "conditions");
  if (told !== null) {
    claim(Number(told[1]) === what.conditions.length, true, "how many conditions");
    claim((told[2] === "none" ? 0 : Number(told[2])) === count("fires"), true, "how many fire");
  }
  for (const [at, verdict] of what.conditions.entries())
    if (shorts.includes(`The alert on condition ${at}`))
      claim(verdict === "not settled", true, `condition ${at} is open`);
  // Of the note's own numbers.
  const isOff = what.baseline !== null && (what.baseline < 0.35 || what.baseline > 0.45);
  if (!isOff)
    never(
      shorts.some((one) => one === "The note's baseline" || one === "Write the baseline as measured"),
      "the note's baseline is off",
    );
  const from = what.success?.value ?? null;
  const [low, high] = [0.4 + what.base.gain.value - 0.05, 0.4 + what.base.gain.value + 0.05];
  const success = from === null ? "" : low >= from ? "reached" : high < from ? "missed" : "not settled";
  claim(/Success is from/u.test(text), from !== null, "success");
  if (from !== null) claim(text.includes(`Success is from ${from}: ${success}.`), true, `success is ${success}`);
  const pays = what.success?.gain ?? null;
  const [least, most] = what.base.gain.interval;
  claim(
    /Smaller than the .* from which the note says that it pays/u.test(text),
    pays !== null && least > 0 && most < pays,
    "smaller than pays",
  );
  // Of those of whom nothing is known.
  const newcomers = what.newcomers === null ? "" : compareSystems(what.newcomers).verdict;
  if (shorts.includes("Serve newcomers the system too")) claim(newcomers === "better", true, "newcomers: better");
  if (shorts.includes("Serve newcomers the baseline")) claim(newcomers === "worse", true, "newcomers: worse");
  if (shorts.includes("Serve newcomers whatever is cheaper"))
    claim(newcomers === "not told apart", true, "newcomers: alike");
  // Of what is lost beside the metric that decides.
  const lost = what.beside.filter((one) => compareSystems(one).verdict === "worse").length;
  const isLost = shorts.includes("That nothing is lost for it");
  if (isLost) {
    claim(true, gain === "better" && lost > 0, "something is lost");
    const counted =
      what.beside.length === 1 ? "the only other difference" : `${lost} of ${what.beside.length} other differences`;
    claim(text.includes(`; ${counted}.`), true, "how many are lost");
  }
  // Every interval that is written is one that was measured.
  const measured = intervalsOf(run);
  for (const [written] of text.matchAll(/\[-?[\d.,]+, -?[\d.,]+\]/gu))
    claim(measured.has(written), true, `${written} was measured`);
  return wrong;
}

/** What each short form of a next step or a doubt claims, and when that is so: a new one has to be entered here with its reason. */
const REASONS: readonly (readonly [RegExp, (what: DrawnScored, run: MeasuredRun) => boolean])[] = [
  [/^(?:Run it on your own data|Anything about people)$/u, ({ base }) => base.simulated],
  [/^Keep the baseline$/u, ({ base }) => compareSystems(base.gain).verdict !== "better"],
  [/^That anything is gained$/u, ({ base }) => compareSystems(base.gain).verdict === "not told apart"],
  [
    /^The gain's second digit$/u,
    ({ halfWidth, base: { gain } }) => halfWidth !== null && (gain.interval[1] - gain.interval[0]) / 2 > halfWidth,
  ],
  [/^(?:That this is a success|Whether it is a success)$/u, ({ success }) => success !== null],
  [/^Take /u, ({ base }, { alerts }) => compareSystems(base.gain).verdict === "better" && hasClause(alerts, "kept")],
  [/^Test .* on more$/u, (_, { alerts }) => hasClause(alerts, "not settled")],
  [/^That .* keeps to its limit$/u, (_, { alerts }) => hasClause(alerts, "not settled")],
  [/^(?:How slow a request is|Measure the latency again)$/u, isSlow],
  [/^Make a request faster$/u, ({ base }) => base.p99 + 0.02 > 0.1],
  [/^(?:Write `replicas: \d+`|Add replicas)$/u, ({ base }) => base.busy > 0.7],
  [/^(?:The note's baseline|Write the baseline as measured)$/u, ({ baseline }) => baseline !== null],
  [/^Serve newcomers /u, ({ base, newcomers }) => newcomers !== null && compareSystems(base.gain).verdict === "better"],
  [
    /^That nothing is lost for it$/u,
    ({ base, beside }) =>
      compareSystems(base.gain).verdict === "better" && beside.some((one) => compareSystems(one).verdict === "worse"),
  ],
  [/^Mend what stopped the rollout$/u, ({ guards }) => guards.some((one) => one !== null && one > 1)],
  [/^The alert on /u, ({ conditions }) => conditions.includes("not settled")],
];

function hasClause(alerts: MeasuredRun["alerts"], wanted: string): boolean {
  return alerts.some(({ kind, verdict }) => kind === "acceptance" && verdict === wanted);
}

function isSlow({ base }: DrawnScored): boolean {
  return base.p99 + 0.02 > 0.1 || base.busy > 0.7;
}

/** Short forms without a reason that the figures give, and words of power where nothing is open. */
function groundless(run: MeasuredRun, what: DrawnScored, remarks: MeasuredRun["remarks"]): readonly string[] {
  const asked = remarks.filter(({ kind }) => kind === "next" || kind === "doubt");
  const isOpen =
    [what.base.gain, what.rival, what.newcomers].some(
      (one) => one !== null && compareSystems(one).verdict === "not told apart",
    ) || run.alerts.some(({ verdict }) => verdict === "not settled");
  return asked.flatMap(({ short = "", text }) => {
    const reason = REASONS.find(([form]) => form.test(short));
    if (reason === undefined) return [`has no reason: ${short}`];
    if (!reason[1](what, run)) return [`is not so: ${short}`];
    return /at power 0\.8/u.test(text) && !isOpen ? [`asks for more where all is settled: ${short}`] : [];
  });
}

/** What a kind measures of all this: guardrails where models are let in by steps, smaller models where it asks what they lose. */
function askedOf({ questions }: Kind, all: DrawnScored): DrawnScored {
  const guarded = questions.includes(doesTheRolloutHold) ? all : { ...all, guards: [] };
  if (questions.includes(whatSurvivesCompression)) return guarded;
  const { base } = guarded;
  return { ...guarded, parts: [], newcomers: null, conditions: [], base: { ...base, p99: 0.01, busy: 0.3, cost: 0 } };
}

describe.each(KINDS)("what is said of a run of %s", (_, kind, judging) => {
  it("contradicts no row, no figure and nothing else that is said, whatever was measured", () => {
    fc.assert(
      fc.property(drawnScored, (all) => {
        const what = askedOf(kind, all);
        const run = scoredRunOf(what, judging);
        const { summary, remarks } = summarizeBy(kind.questions)(run);
        expect(groundless(run, what, remarks)).toEqual([]);
        expect(contradictions(run, what, summary, judging)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

const NOTHING: DrawnScored = {
  base: {
    gain: { value: 0.05, interval: [0.03, 0.07], n: 900 },
    drop: { value: 0, interval: [-0.001, 0.001], n: 900 },
    limit: 0.01,
    p99: 0.01,
    busy: 0.3,
    cost: 10,
    budget: 5000,
    simulated: false,
    guard: 0,
  },
  rival: { value: 0, interval: [-0.01, 0.01], n: 900 },
  parts: [],
  guards: [],
  conditions: [],
  baseline: null,
  success: null,
  halfWidth: null,
  newcomers: null,
  beside: [],
};

describe("what a run once said against its own figures", () => {
  const [, , judging] = KINDS[2];
  const said = (change: Partial<DrawnScored>) => {
    const { summary } = summarizeBy(recommendation.questions)(scoredRunOf({ ...NOTHING, ...change }, judging));
    return [...summary.next, ...summary.doubts].map(({ short, text }) => `${short}: ${text}`);
  };

  it("serves newcomers nothing by a difference of 0 [0, 0]: it said to serve everyone, even before a first event", () => {
    expect(said({ newcomers: { value: 0, interval: [0, 0], n: 44 } }).join("\n")).not.toContain("newcomers");
    expect(said({ newcomers: { value: 0.1, interval: [0.05, 0.15], n: 44 } }).join("\n")).toContain(
      "Serve newcomers the system too",
    );
  });

  it("keeps the baseline at +0.00017 [-0.011, 0.011]: it said to serve the system, re-ranked", () => {
    const gain = { value: 0.00017, interval: [-0.011, 0.011] as const, n: 900 };
    expect(said({ base: { ...NOTHING.base, gain } })[0]).toMatch(
      /^Keep the baseline: No gain is shown: ndcg@10 0\.000 \[-0\.011, 0\.011\]/u,
    );
  });

  it("says what the gain costs beside it: certain losses by other metrics stood in the folded table alone", () => {
    const loss = { value: -0.02, interval: [-0.03, -0.01] as const, n: 900 };
    const gain = { value: 0.02, interval: [0.01, 0.03] as const, n: 900 };
    const open = { value: -0.02, interval: [-0.05, 0.01] as const, n: 900 };
    expect(said({ beside: [loss, open, gain, loss] })).toContain(
      `That nothing is lost for it: Worse than the baseline, ${judging.baseline}: recall@10 -0.020 [-0.030, -0.010], ${judging.metric} on slice 3 -0.020 [-0.030, -0.010]; 2 of 4 other differences.`,
    );
    expect(said({ beside: [open, gain] }).join("\n")).not.toContain("nothing is lost");
    expect(said({ beside: [loss], base: { ...NOTHING.base, gain: loss } }).join("\n")).not.toContain("nothing is lost");
  });

  it("holds the note's baseline and half-width against what was measured: nobody said so", () => {
    const all = said({ baseline: 0.2, halfWidth: 0.01 }).join("\n");
    expect(all).toContain(
      "The note's baseline: It says 0.2; measured is 0.400 [0.350, 0.450], twice what the note says.",
    );
    expect(all).toContain("The gain's second digit: It is known to ±0.02; section 5 asks for ±0.01.");
  });

  it("asks for as many replicas as the measured times take: 141 % busy stood beside four that carry the peak", () => {
    expect(said({ base: { ...NOTHING.base, busy: 1.41 } }).join("\n")).toMatch(
      /Write `replicas: 9`: At the peak 4 replicas are 141% busy/u,
    );
  });

  it("counts conditions once: of 8 alerts none would fire stood above one that fires", () => {
    const { summary } = summarizeBy(recommendation.questions)(
      scoredRunOf({ ...NOTHING, conditions: ["quiet", "fires", "not settled", "not measured"] }, judging),
    );
    expect(summary.answers[6].text).toBe(
      "Of 4 conditions 1 would fire, 1 is not settled, 1 stays quiet and 1 cannot be measured offline.",
    );
    expect(summary.strip[6]).toMatchObject({ state: "bad", words: "1 of 4 conditions fires" });
  });
});
