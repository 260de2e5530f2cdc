/** A design note as a chapter: the answer first, then the seven steps with facts, prose, drawings, estimates and findings. */

import type { StepNumber } from "../core/figure.ts";
import { readYaml } from "../design/yaml-tree.ts";
import { factsOf } from "../note/diff-designs.ts";
import { type DesignEstimate, estimateDesign } from "../note/estimate-design.ts";
import { RULES } from "../note/rules.gen.ts";
import { runContextOf } from "../note/run-context.ts";
import { STEP_QUESTIONS } from "../report/sections.ts";
import { type Review, type ReviewFinding, type RuleConfiguration, review } from "../review/review.ts";
import { type Design, parseDesign, STEPS } from "../steps/design.ts";
import type { RunRecord } from "../system/run-record.ts";
import {
  type Block,
  type Cell,
  type Chapter,
  code,
  heading,
  type Inline,
  paragraph,
  tableOf,
  text,
} from "./document.ts";
import { answerRows, estimateBlocks } from "./estimate-blocks.ts";
import { factTables } from "./fact-tables.ts";
import { type MarkdownPlace, type Problem, readMarkdown } from "./read-markdown.ts";
import { rich, sentence } from "./rich-text.ts";
import { adviceBlocks, answerBlocks, type BookRun, ledgerTable, provenance, stepDrawings } from "./run-blocks.ts";
import { systemBlocks } from "./system-block.ts";

export interface BookNote {
  readonly file: string;
  readonly text: string;
  /** Unique in the book. */
  readonly id: string;
  readonly run: { readonly record: RunRecord; readonly id: string } | undefined;
  /** The last commit of the note in git, for documents that quote it. */
  readonly commit?: string;
}

/** What a note's own text refers to outside itself. */
export type Surroundings = Pick<MarkdownPlace, "link" | "picture">;

export interface ReadNote {
  readonly note: BookNote;
  readonly design: Design;
  readonly review: Review;
  readonly estimate: DesignEstimate;
  readonly run: BookRun | undefined;
  /** Whether a system of the note's kind can be run here; another is reviewed and estimated only. */
  readonly canRun: boolean;
}

/** Undefined for a text that is no design note. */
export function readNote(
  note: BookNote,
  configuration: Readonly<Record<string, RuleConfiguration>> = {},
  canRun: (system: string) => boolean = () => true,
): ReadNote | undefined {
  const { design, findings } = parseDesign(note.text, note.file);
  if (design === undefined) return undefined;
  const run = note.run === undefined ? undefined : { ...note.run, isCurrent: isOf(note.run.record, design) };
  return {
    note,
    design,
    review: review(design, RULES, findings, { configuration }),
    estimate: estimateDesign(design),
    run,
    canRun: canRun(design.front.system),
  };
}

/** Records of earlier versions hold no facts; of those only what their figures are held against is compared. */
function isOf({ context, facts }: RunRecord, design: Design): boolean {
  return (
    isSame(runContextOf(design), context) && (facts === undefined || isSame(Object.fromEntries(factsOf(design)), facts))
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

export interface ChapterRead {
  readonly chapter: Chapter;
  readonly problems: readonly Problem[];
}

export function designChapter(read: ReadNote, around: Surroundings, isPocket: boolean): ChapterRead {
  const { note, design, run, review: reviewed } = read;
  const problems: Problem[] = [];
  const outside = outsideBlocks(read, around, problems);
  const steps = STEPS.flatMap(({ number }) => stepBlocks(read, number, around, isPocket, problems));
  const blocks: Block[] = [
    { kind: "paragraph", of: [{ kind: "small", of: [text(aboutLine(design))] }] },
    ...outside.before,
    ...(run === undefined ? notRun(read) : [...answerBlocks(run), ...adviceBlocks(run)]),
    ...steps,
    ...outside.after,
    ...waivedBlocks(reviewed, note.id),
  ];
  return { chapter: { id: note.id, title: titleOf(design), blocks }, problems };
}

export function titleOf({ front, file }: Design): string {
  return front.title === "" ? file : front.title;
}

function aboutLine({ front, file }: Design): string {
  return [front.system, front.date, front.status, file].filter((one) => one !== undefined && one !== "").join(" · ");
}

/** Without a run the estimate answers, and says that it is one. */
function notRun({ note, estimate, review: reviewed, canRun }: ReadNote): Block[] {
  const broken = estimate.broken.map(({ broken: words }) => words);
  const errors = reviewed.findings.filter(({ severity }) => severity === "error").length;
  const said = [
    broken.length === 0
      ? "By its estimates no limit of the note is broken"
      : `By its estimates ${broken.length === 1 ? "one limit is" : `${broken.length} limits are`} broken: ${broken.slice(0, 3).join("; ")}`,
    errors === 0 ? "the review finds no error" : `the review finds ${errors === 1 ? "one error" : `${errors} errors`}`,
  ];
  return [
    { kind: "lead", of: rich(`${said.join("; ")}. Nothing has been measured.`) },
    ...(canRun
      ? [
          {
            kind: "paragraph",
            of: [{ kind: "small", of: [text("To measure it: "), code(`heptad run ${note.file}`)] }],
          } as const,
        ]
      : []),
  ];
}

function stepBlocks(
  read: ReadNote,
  step: StepNumber,
  around: Surroundings,
  isPocket: boolean,
  problems: Problem[],
): Block[] {
  const { note, design, run, estimate, review: reviewed } = read;
  const section = design.sections.find((one) => one.step === step);
  const findings = reviewed.findings.filter((one) => stepOf(one) === step);
  const answer = run?.record.summary.answers.find((one) => one.step === step)?.text ?? "";
  const { title, question } = STEP_QUESTIONS[step];
  const facts = section?.facts;
  const tree = facts === undefined ? undefined : readYaml(facts).root;
  const prose =
    section === undefined ? [] : proseBlocks(read, section.heading.end.offset, section.end, around, problems);
  const blocks: Block[] = [
    ...(answer === "" ? [] : [paragraph(...rich(answer))]),
    ...(tree === undefined
      ? facts === undefined
        ? []
        : [{ kind: "code", language: "yaml", text: facts.source } as const]
      : factTables(tree, note.text)),
    ...prose,
    ...(step === 6 ? systemBlocks(design, estimate, isPocket) : []),
    ...(run === undefined ? [] : stepDrawings(run, step, isPocket)),
    ...estimateBlocks(estimate, step),
    ...findingBlocks(findings),
  ];
  const empty = blocks.length === 0 ? [paragraph("The note says nothing of this step.")] : blocks;
  return [
    heading(1, `${step}. ${section?.title ?? title}`, `step-${step}-of-${note.id}`),
    { kind: "paragraph", of: [{ kind: "emphasis", of: rich(question) }] },
    ...empty,
  ];
}

/** What stands in the section besides its facts and the evidence of a run, with places of the file. */
function proseBlocks(
  { note, design }: ReadNote,
  start: number,
  end: number,
  around: Surroundings,
  problems: Problem[],
): Block[] {
  const section = design.sections.find((one) => one.heading.end.offset === start);
  if (section === undefined || section.prose === "") return [];
  // What is left out is blanked, so that every line keeps its number.
  const blank = (part: string): string => part.replaceAll(/[^\n]/gu, "");
  const facts = section.facts?.span;
  const whole = note.text.slice(start, end);
  const from = (facts?.start.offset ?? start) - start;
  const to = (facts?.end.offset ?? start) - start;
  const kept = `${whole.slice(0, from)}${blank(whole.slice(from, to))}${whole.slice(to)}`.replaceAll(
    /<!-- heptad:evidence -->[\s\S]*?<!-- \/heptad:evidence -->/gu,
    blank,
  );
  const line = note.text.slice(0, start).split("\n").length;
  const read = readMarkdown(kept, { file: note.file, line, depth: 0, ...around });
  problems.push(...read.problems);
  return read.blocks.map((block) =>
    block.kind === "heading" && block.depth === 1 ? { ...block, depth: 2 as const } : block,
  );
}

/** What the note says outside its seven sections: before the first of them, and between or after them. */
function outsideBlocks(
  { note, design }: ReadNote,
  around: Surroundings,
  problems: Problem[],
): { readonly before: readonly Block[]; readonly after: readonly Block[] } {
  const sections = design.sections.toSorted((a, b) => a.heading.start.offset - b.heading.start.offset);
  const starts = [0, ...sections.map(({ end }) => end)];
  const ends = [...sections.map(({ heading: { start } }) => start.offset), note.text.length];
  const gaps = starts.map((start, i) => {
    // The facts at the head and the title stand elsewhere in the chapter; blanked, every line keeps its number.
    const kept = note.text
      .slice(start, ends[i])
      .replace(i === 0 ? /^\uFEFF?---\r?\n[\s\S]*?\n---[ \t]*(?=\r?\n|$)/u : /^$/u, (part) =>
        part.replaceAll(/[^\n]/gu, ""),
      )
      .replace(i === 0 ? /^# .*$/mu : /^$/u, "");
    if (kept.trim() === "") return [];
    const line = note.text.slice(0, start).split("\n").length;
    const read = readMarkdown(kept, { file: note.file, line, depth: 0, ...around });
    problems.push(...read.problems);
    return read.blocks.map((block) =>
      block.kind === "heading" && block.depth === 1 ? { ...block, depth: 2 as const } : block,
    );
  });
  const after = gaps.slice(1).flat();
  return {
    before: gaps[0],
    after: after.length === 0 ? [] : [heading(1, "Also in the note", `also-in-${note.id}`), ...after],
  };
}

function stepOf({ code: name, at }: ReviewFinding): number | undefined {
  const step = Number(/^HP(\d)\d\d$/u.exec(name)?.[1] ?? 0);
  return step === 0 && at.start.line > 0 ? undefined : step;
}

function findingBlocks(findings: readonly ReviewFinding[]): Block[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ code: name, name: rule, severity, message, at, fix }): Cell[] => [
    [{ kind: "state", state: severity === "error" ? "bad" : severity === "warning" ? "open" : "none", word: severity }],
    [
      ...rich(sentence(message)),
      ...(fix === undefined ? [] : [text(" "), { kind: "small" as const, of: rich(sentence(fix.split("\n")[0])) }]),
    ],
    [ruleLink(name, rule), text(` line ${at.start.line}`)],
  ]);
  return [
    heading(2, "What the review finds"),
    { ...tableOf([[text("severity")], [text("finding")], [text("rule")]], rows), right: [false, false, false] },
  ];
}

export function ruleLink(ruleCode: string, name: string): Inline {
  return { kind: "link", to: `#${ruleId(name)}`, of: [text(`${ruleCode} ${name}`)] };
}

export function ruleId(name: string): string {
  return `rule-${name}`;
}

export function patternId(name: string): string {
  return `pattern-${name}`;
}

function waivedBlocks({ waived }: Review, id: string): Block[] {
  if (waived.length === 0) return [];
  const rows = waived.map(({ finding, reason }): Cell[] => [
    [ruleLink(finding.code, finding.name)],
    rich(sentence(finding.message)),
    [text(reason)],
  ]);
  return [
    heading(1, "Accepted by the note", `accepted-by-${id}`),
    {
      ...tableOf([[text("rule")], [text("finding")], [text("why it is accepted")]], rows),
      right: [false, false, false],
    },
  ];
}

/** Names of the rules that a note breaks or waives. */
export function rulesOf({ review: reviewed }: ReadNote): string[] {
  return [...new Set([...reviewed.findings, ...reviewed.waived.map(({ finding }) => finding)].map(({ name }) => name))];
}

/** A design on one page: verdict, ledger, what it asks for, estimates, and what to mend first. */
export function designSheet(read: ReadNote): Chapter {
  const { note, design, run, estimate, review: reviewed } = read;
  const { clarify, frame } = design;
  const first = [...reviewed.findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_FINDINGS);
  const asks: readonly (readonly [string, string | undefined])[] = [
    ["goal", clarify.goal],
    ["predicts", frame.predict],
    ["peak", clarify.requests?.peak === undefined ? undefined : factText(read, "1.requests.peak")],
    ["latency p99", clarify.latency?.p99?.text],
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
  const answers = answerRows(estimate).slice(0, MOST_ANSWERS);
  return {
    id: `sheet-${note.id}`,
    title: `${titleOf(design)} on one page`,
    blocks: [
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
        : [heading(2, "Estimated"), tableOf([[text("estimate")], [text("answer")], [text("limit")]], answers)]),
      ...(first.length === 0 ? [] : [heading(2, "To mend first"), ...findingBlocks(first).slice(1)]),
      paragraph({ kind: "link", to: `#${note.id}`, of: [text("The whole design")] }),
    ],
  };
}

const MOST_FINDINGS = 4;
const MOST_ANSWERS = 10;

function rank({ severity }: ReviewFinding): number {
  return severity === "error" ? 0 : severity === "warning" ? 1 : 2;
}

/** A fact as it is written in the note. */
export function factText({ design }: ReadNote, path: string): string {
  const place = design.places.get(path);
  return place === undefined ? "" : design.text.slice(place.start, place.end).trim();
}
