/** What a tiny seeded run says, as lines that can be kept: every figure and verdict, rounded, without times and versions. */

import { createHash } from "node:crypto";
import { stepDrawings } from "../src/book/run-blocks.ts";
import { unwrap } from "../src/core/outcome.ts";
import { findKind } from "../src/kinds/registry.ts";
import { recordedData } from "../src/node/data-fingerprint.ts";
import { runContextOf } from "../src/note/run-context.ts";
import { summaryPage } from "../src/report/page/summary-page.ts";
import { summarizeBy } from "../src/report/summary/summarize.ts";
import { parseDesign } from "../src/steps/design.ts";
import { runPipeline } from "../src/system/pipeline.ts";
import { createMemoryStore } from "../src/system/result-store.ts";
import { createRunRecord, type RunRecord } from "../src/system/run-record.ts";
import { sealedEnvironment } from "./sealed-environment.ts";

/** What a line says by what it is about: `5 ndcg@10 of two-stage over baseline, new members` with `0.0412 [0.01, 0.07], 230 of them`. */
export type Golden = Readonly<Record<string, string>>;

/** Runs the stages of a note on its simulated data, those of the steps after `last` left out, in an environment whose clock stands still. */
export async function outcomesOf(text: string, last = 7) {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  const kind = unwrap(findKind(design.front.system));
  const environment = {
    ...sealedEnvironment,
    digest: async (given: string) => createHash("sha256").update(given).digest("hex"),
  };
  const { files, sql } = environment;
  const plan = unwrap(await kind.plan({ design, resolve: (path) => path, files, sql }));
  const seed = design.evaluate.seed ?? 7;
  const store = createMemoryStore();
  const stages = plan.stages.filter(({ step }) => step <= last);
  const outcomes = await runPipeline(stages, { environment, store, seed, codeVersion: "golden" });
  // What a world is made from stands in no record; its fingerprint would name the version of the worlds.
  const { world: _, ...data } = plan.data;
  return { design, kind, seed, data, outcomes };
}

/** The record of such a run. */
export async function runSealed(text: string, last?: number): Promise<RunRecord> {
  const { design, kind, seed, data, outcomes } = await outcomesOf(text, last);
  const { title } = design.front;
  const described = {
    design: "note.md",
    title,
    kind: kind.name,
    seed,
    version: "golden",
    data: recordedData(data, kind.name, seed),
  };
  return createRunRecord(
    { ...described, findings: [], waived: [], context: runContextOf(design) },
    outcomes,
    summarizeBy(kind.questions),
  );
}

/** A clock that stands still measures nothing: what is timed is left out. */
export function goldenOf({ figures, alerts, steps, evaluation }: RunRecord): Golden {
  const lines: Record<string, string> = { stages: steps.map(({ stage }) => stage).join(", ") };
  if (evaluation !== null) {
    const { metric, baseline, chosen, rival, served } = evaluation;
    lines.evaluation = `${metric}: ${chosen} over ${baseline}, rival ${rival}, served ${served}`;
  }
  const add = (key: string, said: string): void => {
    let place = key;
    for (let again = 2; place in lines; again++) place = `${key} (${again})`;
    lines[place] = said;
  };
  for (const { step, name, subject, against, slice, value, unit, interval, n } of figures) {
    if (TIMED.test(unit) || /at peak|per core|second/u.test(name)) continue;
    const over = against === undefined ? "" : ` over ${against}`;
    const between = interval === null ? "" : ` [${interval.map(rounded).join(", ")}]`;
    add(
      `${step} ${name} of ${subject}${over}, ${slice}`,
      `${rounded(value)}${unit && ` ${unit}`}${between}${n === null ? "" : `, of ${n}`}`,
    );
  }
  for (const { step, kind, metric, condition, measured, unit, verdict, interval } of alerts) {
    if (TIMED.test(unit)) continue;
    const between = interval === null ? "" : ` [${interval.map(rounded).join(", ")}]`;
    add(
      `${step} ${kind} ${metric}: ${condition}`,
      `${verdict}${measured === null ? "" : `, ${rounded(measured)}${between}`}`,
    );
  }
  return lines;
}

/** What the report says first of a run, and the drawings that the book has of it, in a few characters each. */
export function saidOf(record: RunRecord): Golden {
  const drawings = ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((step) =>
    [false, true].flatMap((isPocket) =>
      stepDrawings({ record, id: "latest", isCurrent: true }, step, isPocket).map((block, at): [string, string] => [
        `step ${step} on ${isPocket ? "a pocket page" : "a page"}, ${at}`,
        digest(JSON.stringify(block)),
      ]),
    ),
  );
  return Object.fromEntries([
    ...leavesOf(record.summary, "says"),
    ...drawings.map(([name, said]) => [`drawing of ${name}`, said]),
    ["drawing of the first page", digest(summaryPage(record))],
  ]);
}

function leavesOf(value: unknown, path: string): [string, string][] {
  if (typeof value === "number") return [[path, rounded(value)]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, `${path} ${key}`));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}

/** One sentence for each line that is not what it was. */
export function movedLines(before: Golden, now: Golden): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) => {
    if (before[key] === now[key]) return [];
    if (now[key] === undefined) return [`gone: ${key}: ${before[key]}`];
    return before[key] === undefined ? [`new: ${key}: ${now[key]}`] : [`moved: ${key}: ${before[key]} -> ${now[key]}`];
  });
}

const TIMED = /^(?:s|\/s|ms|share of time)$|\/s$/u;

/** Machines may differ in the last digits of a sum; five digits are the same on all. */
function rounded(value: number): string {
  return Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(5)));
}
