/** A design note as a chapter: the answer first, then the seven steps with facts, prose, drawings, estimates and findings. */

import type { StepNumber } from "../core/figure.ts";
import { readYaml } from "../design/yaml-tree.ts";
import { STEP_QUESTIONS } from "../report/sections.ts";
import { type Design, STEPS } from "../steps/design.ts";
import { type Block, type Chapter, heading, paragraph, text } from "./document.ts";
import { estimateBlocks } from "./estimate-blocks.ts";
import { factTables } from "./fact-tables.ts";
import { findingBlocks, stepOf, waivedBlocks } from "./finding-blocks.ts";
import { notRun, proposedBlocks } from "./first-answer.ts";
import { type Problem, readMarkdown } from "./read-markdown.ts";
import { type ReadNote, type Surroundings, stepId, titleOf } from "./read-note.ts";
import { rich } from "./rich-text.ts";
import { adviceBlocks, answerBlocks, stepDrawings } from "./run-blocks.ts";
import { systemBlocks } from "./system-block.ts";

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
    ...proposedBlocks(read),
    ...(run === undefined ? notRun(read) : [...answerBlocks(run), ...adviceBlocks(run)]),
    ...steps,
    ...outside.after,
    ...waivedBlocks(reviewed, note.id),
  ];
  return { chapter: { id: note.id, title: titleOf(design), blocks }, problems };
}

function aboutLine({ front, file }: Design): string {
  return [front.system, front.date, front.status, file].filter((one) => one !== undefined && one !== "").join(" · ");
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
      : factTables(tree, note.text, read.proposed.covers)),
    ...prose,
    ...(step === 6 ? systemBlocks(design, estimate, isPocket) : []),
    ...(run === undefined ? [] : stepDrawings(run, step, isPocket)),
    ...estimateBlocks(estimate, step),
    ...findingBlocks(findings),
  ];
  const empty = blocks.length === 0 ? [paragraph("The note says nothing of this step.")] : blocks;
  return [
    heading(1, `${step}. ${section?.title ?? title}`, stepId(step, note.id)),
    { kind: "paragraph", of: [{ kind: "emphasis", of: rich(question) }] },
    ...empty,
  ];
}

/** What stands in the section besides its facts and the evidence of a run, with places of the file. */
function proseBlocks(
  { note, design, anchors }: ReadNote,
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
  const read = readMarkdown(`${kept}\n\n${anchors.definitions}`, {
    ...{ file: note.file, line, depth: 0 },
    ...anchors,
    ...around,
  });
  problems.push(...read.problems);
  return read.blocks.map((block) =>
    block.kind === "heading" && block.depth === 1 ? { ...block, depth: 2 as const } : block,
  );
}

/** What the note says outside its seven sections: before the first of them, and between or after them. */
function outsideBlocks(
  { note, design, anchors }: ReadNote,
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
    const read = readMarkdown(`${kept}\n\n${anchors.definitions}`, {
      ...{ file: note.file, line, depth: 0 },
      ...anchors,
      ...around,
    });
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
