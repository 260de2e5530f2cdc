/** The ML Test Score of one note: 28 tests in four groups, each shown by a run or open. Breck and others, IEEE Big Data 2017. */

import { type Block, type Book, heading, paragraph } from "../document.ts";
import { proposedBlocks } from "../first-answer.ts";
import { type ReadNote, titleOf } from "../read-note.ts";
import { type EvidenceLine, evidenceTable, figuresOf } from "./evidence-line.ts";

interface Test {
  readonly asks: string;
  /** Names of figures that are one documented run of this test. Absent where no run of ours can show it. */
  readonly shownBy?: RegExp;
  /** Only paired differences count. */
  readonly isPaired?: boolean;
  readonly isSliced?: boolean;
  readonly open: string;
}

/** In our own words. A test without `shownBy` stays open whatever was run. */
const GROUPS: readonly { readonly title: string; readonly tests: readonly Test[] }[] = [
  {
    title: "Data",
    tests: [
      {
        asks: "What each feature may hold is written down as a schema and checked",
        open: "write the schema and check it on every batch",
      },
      { asks: "Every feature earns its place", open: "leave each out once and measure" },
      { asks: "No feature costs more than it brings", open: "measure the cost of each feature at serving" },
      { asks: "Features keep the rules of their use", open: "check features against what law and policy exclude" },
      { asks: "The pipeline protects private data", open: "have access, retention and deletion audited" },
      { asks: "A new feature can be added quickly", open: "time the way from idea to production" },
      { asks: "The code of every feature is tested", open: "test the code of the features" },
    ],
  },
  {
    title: "Model",
    tests: [
      {
        asks: "Every change of a model is reviewed and recorded",
        open: "keep models under version control with review",
      },
      {
        asks: "Offline and online metrics move together",
        open: "hold past experiments against their offline differences",
      },
      { asks: "Hyperparameters were tuned", open: "heptad sweep, on validation" },
      { asks: "What staleness costs is known", open: "judge models of several ages on the same days" },
      { asks: "A simpler model is not better", shownBy: /./u, isPaired: true, open: "heptad run" },
      {
        asks: "Quality holds on the slices that matter",
        shownBy: /./u,
        isPaired: true,
        isSliced: true,
        open: "declare slices in step 5, then heptad run",
      },
      { asks: "The model was tested for inclusion", open: "compare the groups that could be treated unfairly" },
    ],
  },
  {
    title: "Infrastructure",
    tests: [
      { asks: "Training gives the same model twice", open: "train twice and compare" },
      { asks: "The model's code has unit tests", open: "test it" },
      { asks: "The whole pipeline has an integration test", open: "run it end to end before each release" },
      { asks: "Quality is checked before a model serves", open: "gate deployment on the metric that decides" },
      { asks: "One example can be followed through the model", open: "build a way to do it" },
      { asks: "A canary comes before full traffic", open: "send a small share first" },
      { asks: "Serving can be rolled back", open: "practise it" },
    ],
  },
  {
    title: "Monitoring",
    tests: [
      { asks: "Changes of what it depends on are announced", open: "subscribe to the sources' owners" },
      { asks: "Invariants of the inputs are watched", open: "alert on them in production" },
      {
        asks: "Training and serving compute the same features",
        shownBy: /^rows with skew$/u,
        open: "compare logged features with those computed for training",
      },
      { asks: "Stale models are noticed", open: "alert on the age of the model" },
      { asks: "NaN and infinities are noticed", open: "alert on them" },
      { asks: "Speed and memory are watched", open: "alert on a change in production" },
      { asks: "Quality on served data is watched", open: "alert on it once labels arrive" },
    ],
  },
];

/** A run is a test done once by hand and documented: half a point. A whole point asks that it repeats by itself, which no run can show. */
const DONE_ONCE = 0.5;

export function testScore(read: ReadNote): Book {
  const groups = GROUPS.map(({ title, tests }) => ({ title, lines: tests.map((test) => lineOf(test, read)) }));
  const scores = groups.map(({ title, lines }) => ({
    title,
    points: DONE_ONCE * lines.filter(({ figures }) => figures.length > 0).length,
  }));
  const least = Math.min(...scores.map(({ points }) => points));
  const blocks: Block[] = [
    ...proposedBlocks(read),
    { kind: "lead", of: [{ kind: "text", text: `ML Test Score ${least}: the least of four groups.` }] },
    paragraph(
      `${scores.map(({ title, points }) => `${title} ${points} of 7`).join(", ")}. A run shows a test once, by hand: half a point. The other half asks that the test repeats by itself, which only your own pipeline can show.`,
    ),
    ...groups.flatMap(({ title, lines }) => [heading(1, title), evidenceTable(lines, read)]),
    paragraph("After Breck, Cai, Nielsen, Salib, Sculley: The ML Test Score, IEEE Big Data 2017."),
  ];
  const name = titleOf(read.design);
  return {
    title: `ML Test Score: ${name}`,
    subtitle: read.note.file,
    parts: [{ id: "test-score", title: "ML Test Score", chapters: [{ id: read.note.id, title: name, blocks }] }],
    sheets: [],
  };
}

function lineOf({ asks, shownBy, isPaired, isSliced, open }: Test, read: ReadNote): EvidenceLine {
  const evaluation = read.run?.record.evaluation;
  const figures =
    shownBy === undefined
      ? []
      : figuresOf(read, ({ name, against, slice, subject, interval, value }) => {
          if (!shownBy.test(name)) return false;
          if (isPaired !== true) return value === 0;
          // Shown only where the ledger says better, and the whole interval lies on that side, for what is served, by the metric that decides.
          const isServed = subject === evaluation?.served || subject === evaluation?.chosen;
          return (
            name === evaluation?.metric &&
            against === evaluation.baseline &&
            isServed &&
            (slice !== "all") === (isSliced === true) &&
            liesOn(interval, betterSide(read))
          );
        });
  return {
    claim: asks,
    figures: isSliced === true && !allSlicesHold(read, figures.length) ? [] : figures,
    stated: "",
    open: isSliced === true && (read.design.evaluate.slices ?? []).length > 0 ? openOfSlices(read) : open,
  };
}

/** Of slices that the note has declared. */
function openOfSlices({ run }: ReadNote): string {
  return run === undefined
    ? "its slices stand in step 5: heptad run"
    : "no run of the note shows a gain on each of its slices";
}

/** One slice that is better proves nothing of the others. */
function allSlicesHold({ run }: ReadNote, held: number): boolean {
  const evaluation = run?.record.evaluation;
  const all =
    run?.record.figures.filter(
      ({ name, against, slice, subject }) =>
        name === evaluation?.metric &&
        against === evaluation?.baseline &&
        slice !== "all" &&
        (subject === evaluation?.served || subject === evaluation?.chosen),
    ) ?? [];
  return all.length > 0 && all.length === held;
}

/** 1 where more is better by the ledger's own verdict, -1 where less is, 0 where it does not say better. */
function betterSide({ run }: ReadNote): number {
  const row = run?.record.summary.ledger.find(({ question }) => /^better than the baseline/iu.test(question));
  if (row?.state !== "ok" || row.drawing?.form !== "differences") return 0;
  return Math.sign(row.drawing.marks[0]?.value ?? 0);
}

function liesOn(interval: readonly [number, number] | null, side: number): boolean {
  return interval !== null && side !== 0 && interval.every((end) => end * side > 0);
}
