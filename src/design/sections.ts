/** Groups a note into front matter and numbered sections with their facts, and says what is misplaced. */

import type { Finding } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import type { Span } from "../core/span.ts";
import { createLocator, type Locate } from "./locate.ts";
import { type FencedBlock, type Heading, type Outline, readOutline, type Stretch } from "./markdown.ts";
import { beforeGap } from "./text-lines.ts";

/** A stretch of YAML inside the note; `offset` is where its first character stands in the file. */
export interface YamlBlock {
  readonly source: string;
  readonly offset: number;
  /** The block with its fences. */
  readonly span: Span;
}

export interface NoteSection {
  /** 1 to 7, from the number that opens the heading. */
  readonly step: number;
  readonly title: string;
  readonly heading: Span;
  /** The first fenced `yaml` block under the heading, before the next section. */
  readonly facts: YamlBlock | undefined;
  /** The text of the section without its facts and evidence, as written. */
  readonly prose: string;
  /** Where the section ends: the offset of the next section's heading, or of the end of the file. */
  readonly end: number;
  /** HTML comments that stand on lines of their own. */
  readonly comments: readonly Stretch[];
}

/** The evidence of a run stands between these two comments, which the tool owns. */
export const EVIDENCE_BEGIN = "<!-- heptad:evidence -->";
export const EVIDENCE_END = "<!-- /heptad:evidence -->";

export interface NoteStructure {
  readonly front: YamlBlock | undefined;
  readonly sections: readonly NoteSection[];
  /** Turns an offset of the file into a place. */
  readonly spanAt: Locate;
  readonly findings: readonly Finding[];
}

/** A heading that opens a section, or one of the same level that ends the section before it. */
interface Mark {
  readonly heading: Heading;
  /** Undefined for a heading without a number of a step. */
  readonly step: number | undefined;
  readonly title: string;
}

interface Reading {
  readonly text: string;
  readonly titles: readonly string[];
  readonly spanAt: Locate;
  /** `edit` is the text to put in place of what is marked. */
  report(code: keyof typeof NAMES, message: string, at: Span, fix: string, edit?: string): void;
}

const NAMES = {
  HP001: "note-too-large",
  HP002: "front-matter",
  HP003: "section-twice",
  HP004: "section-out-of-order",
  HP005: "second-fact-block",
  HP006: "misplaced-facts",
  HP007: "section-number",
  HP008: "open-block",
} as const;

const NUMBERED = /^(?:step\s+)?(?<number>\d{1,3})(?<mark>\s*[.):–—-])?\s+(?<title>\S.*)$/iu;

/** Reads the structure of a note with one section for each of `titles`, the usual headings in order. Never throws. */
export function readStructure(text: string, file: string, titles: readonly string[]): NoteStructure {
  const spanAt = createLocator(text, file);
  const findings: Finding[] = [];
  const reading: Reading = {
    text,
    titles,
    spanAt,
    report: (code, message, at, fix, edit) => {
      const edits = edit === undefined ? undefined : [{ at, text: edit }];
      findings.push({ code, name: NAMES[code], severity: "error", message, at, fix, edits });
    },
  };
  const outline = readWhole(reading);
  const parts = outline.headings.length + outline.blocks.length + outline.comments.length;
  if (parts > MAXIMUM_PARTS) {
    findings.length = 0;
    const message = `the note has ${parts} headings, blocks and comments, more than ${MAXIMUM_PARTS}; it is not read`;
    reading.report("HP001", message, spanAt(0, 0), "split the note");
    return { front: undefined, sections: [], spanAt, findings };
  }
  const marks = findMarks(outline, reading);
  const sections = marks.flatMap((mark, i) => {
    const end = marks[i + 1]?.heading.start ?? text.length;
    return mark.step === undefined ? [] : [readSection(mark, mark.step, end, outline, reading)];
  });
  reportStrayFacts(marks, outline, reading);
  return { front: readFront(outline, reading), sections: inOrder(sections, reading), spanAt, findings };
}

/** The outline; where a block is never closed, it is taken to end before the next numbered heading and reading goes on there. */
function readWhole(reading: Reading, from = 0, restarts = MAXIMUM_RESTARTS): Outline {
  const { text, spanAt, report } = reading;
  const outline = readOutline(text, from);
  const open = outline.blocks.find((block) => isFacts(block) && !block.nested && swallowed(block, text) !== undefined);
  const end = open === undefined ? undefined : swallowed(open, text);
  if (open === undefined || end === undefined || restarts === 0) return outline;
  const where = end === text.length ? "is never closed" : "is not closed before the next heading";
  const message = `the yaml block that begins here ${where}`;
  report("HP008", message, firstLine(open, text, spanAt), "add a line of ``` after the last fact");
  const rest = readWhole(reading, end, restarts - 1);
  const isBefore = (one: Stretch): boolean => one.start < open.start;
  const block = { ...open, end, body: { start: open.body.start, end } };
  return {
    front: outline.front,
    headings: [...outline.headings.filter(isBefore), ...rest.headings],
    blocks: [...outline.blocks.filter(isBefore), block, ...rest.blocks],
    comments: [...outline.comments.filter(isBefore), ...rest.comments],
  };
}

/** One for each section of a note. */
const MAXIMUM_RESTARTS = 7;
/** Headings, fenced blocks and comments of a note together; sections look for theirs among all. */
const MAXIMUM_PARTS = 3000;

function isFacts(block: FencedBlock): boolean {
  return block.language === "yaml" || block.language === "yml";
}

/** Where a numbered heading or the end of the text stands inside a block that should have been closed before. */
function swallowed(block: FencedBlock, text: string): number | undefined {
  const body = text.slice(block.body.start, block.body.end);
  const heading = /^#{2,4}[ \t]+(?:step[ \t]+)?[1-9][ \t]*[.):–—-]/imu.exec(body);
  if (heading !== null) return block.body.start + heading.index;
  return block.closed ? undefined : block.end;
}

function firstLine(at: Stretch, text: string, spanAt: Locate): Span {
  const line = /^[^\r\n]*/u.exec(text.slice(at.start, Math.min(at.end, at.start + 200)))?.[0] ?? "";
  return spanAt(at.start, at.start + line.length);
}

/** The headings that open and end sections. Their level is the one that the first step's heading has. */
function findMarks(outline: Outline, reading: Reading): Mark[] {
  const { titles, report, spanAt } = reading;
  const candidates = outline.headings
    .filter((heading) => heading.depth > 1)
    .map((heading) => readMark(heading, titles));
  const level = candidates.find((mark) => mark.step !== undefined)?.heading.depth ?? 2;
  const taken = new Set(
    candidates.flatMap(({ heading, step }) => (heading.depth === level && step !== undefined ? [step] : [])),
  );
  return candidates.flatMap((mark): Mark[] => {
    const { heading, step, title } = mark;
    const at = spanAt(heading.start, heading.end);
    const number = Number(NUMBERED.exec(heading.text)?.groups?.number ?? Number.NaN);
    if (step !== undefined && heading.depth === level) return [mark];
    // Whatever it says, it stands inside a section: most headings of a long note, and not worth a search by spelling.
    if (step === undefined && heading.depth > level) return [];
    const named = stepNamed(title, titles);
    if (step !== undefined && !taken.has(step) && named === step) {
      const message = `section ${step} has a heading of level ${heading.depth}, the others of level ${level}`;
      const mended = `${"#".repeat(level)} ${heading.text}`;
      report("HP007", message, at, `write \`${mended}\``, mended);
      return [mark];
    }
    if (heading.depth > level) return [];
    if (step === undefined && named !== undefined && !taken.has(named)) {
      const said = Number.isNaN(number) ? "has no number" : `has the number ${number}`;
      const mended = `${"#".repeat(level)} ${named}. ${title}`;
      report("HP007", `the heading of step ${named} ${said}`, at, `write \`${mended}\``, mended);
      return [{ ...mark, step: named }];
    }
    if (step === undefined && NUMBERED.exec(heading.text)?.groups?.mark !== undefined && heading.depth === level) {
      report(
        "HP007",
        `there is no section ${number}: the steps are 1 to ${titles.length}`,
        at,
        "leave the number out where it is no step",
      );
    }
    return [mark];
  });
}

function readMark(heading: Heading, titles: readonly string[]): Mark {
  const groups = NUMBERED.exec(heading.text.slice(0, 300))?.groups;
  const title = groups?.title ?? heading.text;
  const number = Number(groups?.number ?? Number.NaN);
  // "3 options" is no section, "3 Data" and "3. Options" are.
  const meant = groups?.mark !== undefined || stepNamed(title, titles) === number || /^step/iu.test(heading.text);
  return { heading, title, step: meant && number >= 1 && number <= titles.length ? number : undefined };
}

/** The step whose usual title a heading repeats, or begins with the first word of. */
function stepNamed(title: string, titles: readonly string[]): number | undefined {
  const exact = titles.indexOf(title);
  if (exact >= 0) return exact + 1;
  const usual = nearest(title, titles);
  if (usual !== undefined) return titles.indexOf(usual) + 1;
  const first = firstWord(title);
  const at = titles.findIndex((one) => firstWord(one) === first);
  return at < 0 ? undefined : at + 1;
}

function firstWord(title: string): string {
  return /^[\p{L}]+/u.exec(title)?.[0].toLowerCase() ?? "";
}

function readSection(
  { heading, title }: Mark,
  step: number,
  end: number,
  outline: Outline,
  reading: Reading,
): NoteSection {
  const { text, spanAt, report } = reading;
  const inside = (one: Stretch): boolean => one.start >= heading.end && one.start < end;
  const blocks = outline.blocks.filter((block) => inside(block) && !block.nested);
  const [first, ...further] = blocks.filter(isFacts);
  for (const block of further) {
    const fix = "move its lines into the first block, or mark it with another word than yaml";
    report(
      "HP005",
      `section ${step} has its facts in an earlier yaml block; this one is not read`,
      firstLine(block, text, spanAt),
      fix,
    );
  }
  const unmarked = first === undefined ? blocks.find((block) => looksLikeFacts(block, text)) : undefined;
  if (unmarked !== undefined) {
    report(
      "HP006",
      "facts are read only from a block marked yaml",
      firstLine(unmarked, text, spanAt),
      "write ```yaml in place of ```",
    );
  }
  const comments = outline.comments.filter(inside);
  const owned = first === undefined ? [] : [first];
  const rest = without(text, { start: heading.end, end }, [...owned, ...evidenceOf(text, comments)]);
  return {
    step,
    title,
    heading: spanAt(heading.start, heading.end),
    facts: first === undefined ? undefined : yamlBlock(first, reading),
    prose: rest.trim(),
    end,
    comments,
  };
}

/** From the empty line before the comment that opens evidence to the comment that closes it. */
function evidenceOf(text: string, comments: readonly Stretch[]): Stretch[] {
  const find = (mark: string): Stretch | undefined =>
    comments.find((one) => text.slice(one.start, one.end).trim() === mark);
  const begin = find(EVIDENCE_BEGIN);
  const end = find(EVIDENCE_END);
  return begin === undefined || end === undefined || end.start < begin.start
    ? []
    : [{ start: beforeGap(text, begin.start), end: end.end }];
}

function without(text: string, { start, end }: Stretch, parts: readonly Stretch[]): string {
  let kept = "";
  let at = start;
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    kept += text.slice(at, Math.max(at, part.start));
    at = Math.max(at, part.end);
  }
  return kept + text.slice(at, end);
}

function looksLikeFacts(block: FencedBlock, text: string): boolean {
  return block.language === "" && /^[a-z][a-z-]*:(?:\s|$)/u.test(text.slice(block.body.start, block.body.end));
}

function yamlBlock(at: Stretch & { readonly body: Stretch }, { text, spanAt }: Reading): YamlBlock {
  return { source: text.slice(at.body.start, at.body.end), offset: at.body.start, span: spanAt(at.start, at.end) };
}

function reportStrayFacts(marks: readonly Mark[], outline: Outline, { text, spanAt, report }: Reading): void {
  for (const block of outline.blocks.filter(isFacts)) {
    const mark = marks.findLast((one) => one.heading.start < block.start);
    const at = firstLine(block, text, spanAt);
    if (block.nested)
      report(
        "HP006",
        "facts inside a list item are not read",
        at,
        "move the block to the left edge, or mark it with another word than yaml",
      );
    else if (mark === undefined)
      report("HP006", "facts before the first section are not read", at, "move the block under its section's heading");
    else if (mark.step === undefined) {
      report(
        "HP006",
        `facts under \`${mark.heading.text.slice(0, 60)}\`, a heading without a step's number, are not read`,
        at,
        "move the block under a section, or mark it with another word than yaml",
      );
    }
  }
}

function readFront(outline: Outline, reading: Reading): YamlBlock | undefined {
  const { text, spanAt, report } = reading;
  if (outline.front?.closed === true) return yamlBlock(outline.front, reading);
  const late = /^\s*(?=---[ \t]*\r?$)/mu.exec(text.slice(0, 1000))?.[0];
  if (outline.front !== undefined) {
    report(
      "HP002",
      "the front matter that begins here is never closed",
      spanAt(outline.front.start, outline.front.end),
      "add a line of --- after its last key",
    );
  } else if (late !== undefined && text.startsWith(late) && /heptad:/u.test(text.slice(0, 1000))) {
    report(
      "HP002",
      "front matter must begin on the first line",
      spanAt(late.length, late.length + 3),
      "remove what stands above it",
    );
  } else {
    report(
      "HP002",
      "the note has no front matter",
      spanAt(0, 0),
      "begin the file with:\n---\nheptad: 1\ntitle: …\nsystem: recommendation\n---",
    );
  }
  return undefined;
}

/** One section per step, each reported where it stands twice or too late. */
function inOrder(sections: readonly NoteSection[], { report }: Reading): NoteSection[] {
  const kept: NoteSection[] = [];
  for (const section of sections) {
    const last = kept.at(-1);
    if (kept.some((one) => one.step === section.step)) {
      report("HP003", `section ${section.step} stands twice; this one is not read`, section.heading, "merge the two");
      continue;
    }
    if (last !== undefined && last.step > section.step) {
      const fix = "put the sections in the order of their numbers";
      report("HP004", `section ${section.step} stands after section ${last.step}`, section.heading, fix);
    }
    kept.push(section);
  }
  return kept;
}
