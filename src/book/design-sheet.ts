/** A design on one page: verdict, ledger, what it asks for, estimates, and what to mend first. */

import type { ReviewFinding } from "../review/review.ts";
import { type Cell, type Chapter, heading, paragraph, tableOf, text } from "./document.ts";
import { answerRows } from "./estimate-blocks.ts";
import { findingBlocks } from "./finding-blocks.ts";
import { notRun, proposedBlocks } from "./first-answer.ts";
import { factText, type ReadNote, titleOf } from "./read-note.ts";
import { rich } from "./rich-text.ts";
import { ledgerTable, provenance } from "./run-blocks.ts";

/** On a phone it scrolls over as many pages as it takes, and does not call itself one. */
export function designSheet(read: ReadNote, isPocket: boolean): Chapter {
  const { note, design, run, estimate, review: reviewed } = read;
  const { clarify, frame } = design;
  const first = [...reviewed.findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_FINDINGS);
  const asks: readonly (readonly [string, string | undefined])[] = [
    ["goal", clarify.goal],
    ["predicts", frame.predict],
    ["peak", clarify.requests?.peak === undefined ? undefined : factText(read, "1.requests.peak")],
    ["latency p99", clarify.latency?.p99 === undefined ? undefined : factText(read, "1.latency.p99")],
    ["availability", clarify.availability === undefined ? undefined : factText(read, "1.availability")],
    ["budget", clarify.budget === undefined ? undefined : factText(read, "1.budget")],
    [
      "success",
      frame.success === undefined
        ? undefined
        : [frame.success.metric, frame.success.value?.text].filter(Boolean).join(" "),
    ],
  ];
  const rows = asks.flatMap(([name, value]): Cell[][] =>
    value === undefined || value === "" ? [] : [[[text(name)], [text(value)]]],
  );
  const answers = answerRows(estimate).slice(0, run === undefined ? MOST_ANSWERS : MOST_BESIDE_RUN);
  const areLimited = answers.some(([, , limit]) => limit.some((one) => one.kind !== "text" || one.text !== ""));
  const columns = ["estimate", "answer", ...(areLimited ? ["limit"] : [])];
  return {
    id: `sheet-${note.id}`,
    title: `${titleOf(design)} ${isPocket ? "at a glance" : "on one page"}`,
    blocks: [
      paragraph({ kind: "link", to: `#${note.id}`, of: [text("The whole design")] }),
      ...proposedBlocks(read),
      ...(run === undefined
        ? notRun(read)
        : [
            { kind: "lead", of: rich(run.record.summary.headline.verdict) } as const,
            provenance(run),
            ledgerTable(run.record),
          ]),
      ...(rows.length === 0 ? [] : [heading(2, "Asked for"), { ...tableOf([], rows), right: [false, false] }]),
      ...(answers.length === 0
        ? []
        : [
            heading(2, "Estimated"),
            tableOf(
              columns.map((name) => [text(name)]),
              answers.map((row) => row.slice(0, columns.length)),
            ),
          ]),
      ...(first.length === 0 ? [] : [heading(2, "To mend first"), ...findingBlocks(first).slice(1)]),
    ],
  };
}

const MOST_FINDINGS = 4;
/** The rest of the page is theirs where nothing was run. */
const MOST_ANSWERS = 24;
const MOST_BESIDE_RUN = 10;

function rank({ severity }: ReviewFinding): number {
  return severity === "error" ? 0 : severity === "warning" ? 1 : 2;
}
