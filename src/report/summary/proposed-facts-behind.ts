/** What of a run rests on facts that an import or a draft has proposed and nobody has accepted: said of each answer, each step and the whole. */

import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { doubt, type Remark } from "./advice-remark.ts";

/** The facts that each question's limits and demands are read from; `sheet` is the estimate that answers it. */
const BEHIND: ReadonlyMap<string, { readonly facts: readonly string[]; readonly sheet?: string }> = new Map([
  ["Better than the baseline?", { facts: ["1.labels.delay", "2.baseline", "2.metrics", "2.label"] }],
  [
    "Fast enough?",
    {
      facts: [
        "1.latency",
        "1.requests",
        ...["budget", "replicas", "concurrency", "mode"].map((key) => `6.serving.${key}`),
      ],
    },
  ],
  ["What does it cost?", { facts: ["1.budget"], sheet: "cost" }],
  ["What survives compression?", { facts: ["5.optimize"] }],
  ["Does it help online?", { facts: ["6.experiment"] }],
  ["Does the rollout go through?", { facts: ["6.rollout"] }],
]);

/** The row as it is, and beside it which of the facts behind it are proposed only: none where the row has no answer that could rest on one. */
export function withProposed(row: LedgerRow, run: MeasuredRun): LedgerRow {
  if (row.state === "none" && row.value === "") return row;
  const behind = BEHIND.get(row.question);
  const proposed = (run.context.proposed ?? []).filter(
    ({ path, says, sheets }) =>
      behind?.facts.some((fact) => isWithin(path, fact) || isSaid(fact, path, says)) === true ||
      (behind?.sheet !== undefined && sheets.includes(behind.sheet)),
  );
  if (proposed.length === 0) return row;
  return {
    ...row,
    line: row.line === "" ? "" : `${row.line}; on proposed facts`,
    detail: `${row.detail} Proposed, not accepted: ${listed(proposed)}.`.trim(),
  };
}

/** The note's own facts are a part of what a run is held against. */
export function onProposedFacts({ context: { proposed = [] } }: MeasuredRun): Remark[] {
  if (proposed.length === 0) return [];
  const one = proposed.length === 1;
  const steps = [...new Set(proposed.map(({ path }) => Number(path.charAt(0))))].sort((a, b) => a - b);
  return [
    doubt(
      steps[0],
      0,
      "What rests on proposed facts",
      `${proposed.length} ${one ? "fact of the note is" : "facts of the note are"} proposed and not accepted: ${listed(proposed)}.`,
    ),
    ...steps.map((step): Remark => {
      const here = proposed.filter(({ path }) => path.startsWith(`${step}.`));
      return { step, kind: "warning", text: `Proposed and not accepted: ${listed(here, here.length)}.` };
    }),
  ];
}

function isWithin(path: string, fact: string): boolean {
  return path === fact || path.startsWith(`${fact}.`) || path.startsWith(`${fact}[`);
}

/** Whether a fact is one of those that a line proposes together: `labels: { delay: 7 d }` proposes `labels.delay`. */
function isSaid(fact: string, path: string, says: string): boolean {
  if (!fact.startsWith(`${path}.`)) return false;
  const [key] = fact.slice(path.length + 1).split(".");
  return new RegExp(`[{,]\\s*${key}:`, "u").test(says);
}

const MOST_LISTED = 3;

function listed(proposed: readonly { readonly says: string }[], most = MOST_LISTED): string {
  const more = proposed.length - most;
  return `${proposed
    .slice(0, most)
    .map(({ says }) => `\`${says.replaceAll("`", "'")}\``)
    .join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
