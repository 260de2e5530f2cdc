/** Makes a design note of plain notes: every line placed under one of the seven headings, facts proposed, not one word lost. */

import type { StepNumber } from "../../core/figure.ts";
import { readOutline } from "../../design/markdown.ts";
import { readProseOutline } from "../../design/prose-outline.ts";
import { writeValue } from "../../design/set-fact.ts";
import { isEnglish } from "../../review/prose-language.ts";
import { type HeadingMap, type ProsePart, placeParts } from "../../review/prose-placement.ts";
import { parseDesign, STEPS } from "../../steps/design.ts";
import { PROSE_STEPS } from "../prose-steps.ts";
import { factLines } from "./fact-block.ts";
import type { Proposal, ProseLine, Reading } from "./proposal.ts";
import { readChoices } from "./read-choices.ts";
import { readNumbers } from "./read-numbers.ts";
import { type ReadQuestion, readQuestions } from "./read-questions.ts";

/** A note as somebody wrote it. */
export interface ForeignNote {
  readonly file: string;
  readonly text: string;
}

export interface ImportOptions {
  readonly map?: HeadingMap;
  /** In a folder of one file a step the title, or the name of the file, names the step. */
  readonly titleNamesStep?: boolean;
  /** In place of the notes' own. */
  readonly title?: string;
}

/** A heading and where its words went. */
export interface PlacedHeading {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly steps: readonly StepNumber[];
  /** `file`: the heading names no step, and the name of its file does. */
  readonly how: ProsePart["how"] | "file";
}

export interface ImportedNote {
  readonly title: string;
  readonly text: string;
  readonly headings: readonly PlacedHeading[];
  readonly facts: readonly Proposal[];
  readonly questions: readonly ReadQuestion[];
  /** True where the note could not be taken apart without loss and stands whole under *Unsorted*. */
  readonly whole: boolean;
}

/** A stretch of a note and the step it goes to; 0 is *Unsorted*. */
interface Piece {
  readonly step: StepNumber | 0;
  readonly text: string;
}

/**
 * One design note for each design in the notes; several notes are one design. Pure, and the same input gives the same text. What the result
 * says of itself is checked: seven sections, every word of the notes; where that does not hold the notes stand whole under *Unsorted*.
 */
export function importNotes(notes: readonly ForeignNote[], options: ImportOptions = {}): ImportedNote[] {
  const sources = notes.map((note) => readSource(note, options));
  const designs =
    notes.length === 1 ? designsOf(sources[0]) : [{ sources, title: options.title ?? folderTitle(sources) }];
  return designs.map((design) => {
    const title = options.title ?? design.title;
    for (const withFacts of [true, false]) {
      const made = assemble(title, design.sources, withFacts);
      if (keepsAll(made.text, design.sources)) return { ...made, title, whole: false };
    }
    return { ...assembleWhole(title, design.sources), title, whole: true };
  });
}

interface Source {
  readonly note: ForeignNote;
  /** Front matter to the letter, with its fences. */
  readonly front: string;
  /** What stands before the first heading. */
  readonly lead: string;
  readonly leadEnd: number;
  readonly parts: readonly ProsePart[];
  /** By the name of the file, for a file without headings of its own. */
  readonly fileSteps: readonly StepNumber[];
}

function readSource(note: ForeignNote, options: ImportOptions): Source {
  const outline = readProseOutline(note.text);
  const { front } = outline.outline;
  const start = front?.closed === true ? front.end : 0;
  const parts = placeParts(note.text, outline, PROSE_STEPS, options);
  const leadEnd = parts[0]?.heading.start ?? note.text.length;
  return {
    note,
    front: note.text.slice(0, start),
    lead: note.text.slice(start, leadEnd),
    leadEnd,
    parts,
    fileSteps: options.titleNamesStep === true ? stepsOfFile(note.file, options.map) : [],
  };
}

/** `02-data_collection.md` speaks of step 3. */
export function stepsOfFile(file: string, map?: HeadingMap): StepNumber[] {
  const words = (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.[^.]*$/u, "").replaceAll(/[-_]+/gu, " ");
  const heading = { start: 0, end: 0, depth: 2, text: words, form: "signs" as const };
  const outline = { outline: readOutline(""), headings: [heading] };
  return [...(placeParts("", outline, PROSE_STEPS, { map, titleNamesStep: true })[0]?.steps ?? [])];
}

interface SourcesOfDesign {
  readonly title: string;
  readonly sources: readonly Source[];
}

/** The designs of one file: one, or one for each title. */
function designsOf(source: Source): SourcesOfDesign[] {
  const { note, parts } = source;
  const count = (parts.at(-1)?.design ?? 0) + 1;
  return Array.from({ length: count }, (_, i) => {
    const own = parts.filter(({ design }) => design === i);
    const start = own[0]?.heading.start ?? note.text.length;
    const first = i === 0 ? source : { ...source, front: "", lead: "", leadEnd: start };
    const title = own.findLast(({ how }) => how === "title")?.heading.text ?? "";
    const named = i === 0 && title === "" ? frontTitle(source.front) : title;
    return { title: named === "" ? fileTitle(note.file) : named, sources: [{ ...first, parts: own }] };
  });
}

/** `title:` of front matter, as blogs and vaults write it. */
function frontTitle(front: string): string {
  const written = /^title[ \t]*:[ \t]*(?<words>\S.*)$/mu.exec(front)?.groups?.words ?? "";
  return written.trim().replace(/^(?<quote>["'])(?<inside>.*)\k<quote>$/u, "$<inside>");
}

function fileTitle(file: string): string {
  const words = (file.split(/[\\/]/u).at(-1) ?? file)
    .replace(/\.[^.]*$/u, "")
    .replaceAll(/[-_\s]+/gu, " ")
    .trim();
  return words === "" ? "Design" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first heading of the file that opens the folder, else the folder's name. */
function folderTitle(sources: readonly Source[]): string {
  const opening = sources.find(({ note }) => /(?:^|[\\/])(?:readme|index)\.[^.\\/]+$/iu.test(note.file));
  const [first] = opening?.parts ?? [];
  const names = first !== undefined && !/^(?:readme|index)$/iu.test(first.heading.text.trim());
  if (names && first.steps.length === 0 && first.heading.depth === 1) return first.heading.text;
  return fileTitle(`${(sources[0]?.note.file ?? "").split(/[\\/]/u).at(-2) ?? "design"}.md`);
}

type Assembled = Omit<ImportedNote, "title" | "whole">;

function assemble(title: string, sources: readonly Source[], withFacts: boolean): Assembled {
  const pieces = sources.flatMap((source) => piecesOf(source, title));
  const lines = withFacts ? sources.flatMap(linesOf) : [];
  const readings = lines.map((line): Reading => (line.english ? merge(readNumbers(line), readChoices(line)) : NOTHING));
  const proposals = readings.flatMap((one) => one.proposals);
  const remarks = readings.flatMap((one) => one.remarks);
  const questions = readQuestions(lines.filter(({ asks }) => asks));
  const sections = STEPS.map(({ number, title: of }) => {
    const facts = factLines(
      proposals.filter(({ step }) => step === number),
      remarks.filter(({ step }) => step === number),
      number === 1 ? questions : [],
      sources.length > 1,
    );
    const block = facts.length === 0 ? [] : ["```yaml", ...facts, "```", ""];
    const prose = pieces.filter(({ step }) => step === number).map(({ text }) => text);
    return [`## ${number}. ${of}`, "", ...block, ...prose.flatMap((text) => [text, ""])].join("\n").trimEnd();
  });
  const fronts = sources.filter(({ front }) => front.trim() !== "").map(({ front }) => fenced(front));
  const unsorted = [...fronts, ...pieces.filter(({ step }) => step === 0).map(({ text }) => text)];
  const text = [
    head(title),
    ...sections,
    ...(unsorted.length === 0 ? [] : [`## Unsorted\n\n${unsorted.join("\n\n")}`]),
  ].join("\n\n");
  return { text: `${text}\n`, headings: headingsOf(sources), facts: proposals, questions };
}

/** The notes to the letter, in a fence: nothing in them can be taken for a heading of ours. */
function assembleWhole(title: string, sources: readonly Source[]): Assembled {
  const empty = STEPS.map(({ number, title: of }) => `## ${number}. ${of}`);
  const kept = sources.map((source) => fenced(wholeText(source)));
  const text = [head(title), ...empty, `## Unsorted\n\n${kept.join("\n\n")}`].join("\n\n");
  const headings = headingsOf(sources).map((one) => ({ ...one, steps: [], how: "unknown" as const }));
  return { text: `${text}\n`, headings, facts: [], questions: [] };
}

function wholeText({ note, front, lead, leadEnd, parts }: Source): string {
  const end = parts.at(-1)?.body.end ?? leadEnd;
  return front + lead + note.text.slice(leadEnd, end);
}

function head(title: string): string {
  const words = title.replaceAll(/\s+/gu, " ").trim() || "Design";
  const system =
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-+|-+$/gu, "")
      .slice(0, 60) || "a-system";
  return `---\nheptad: 1\ntitle: ${writeValue(words.slice(0, 200))}\nsystem: ${writeValue(system)}\nstatus: draft\n---\n# ${words}`;
}

/** In a fence longer than any inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.replace(/^\ufeff/u, "").replace(/(?:\r\n|\n|\r)$/u, "")}\n${fence}`;
}

/** The parts of a note in order, each for its step; neighbours for one step stay together. */
function piecesOf(source: Source, title: string): Piece[] {
  const { note, lead, parts, fileSteps } = source;
  const pieces: Piece[] = [];
  const first = fileSteps[0] ?? 0;
  if (lead.replace(/^\ufeff/u, "").trim() !== "")
    pieces.push({ step: first, text: closed(mild(edges(lead.replace(/^\ufeff/u, "")))) });
  for (const part of parts) {
    const step = placeOf(part, fileSteps).steps[0] ?? 0;
    const body = note.text.slice(part.body.start, part.body.end);
    const isTitle = part.how === "title";
    const isLoose = part.heading.form === "item" || part.heading.form === "bold";
    const raw = isTitle
      ? [titleOf(note, part, title), mild(edges(body))].filter((one) => one !== "").join("\n\n")
      : isLoose
        ? mild(edges(note.text.slice(part.heading.start, part.body.end)))
        : [headingOf(note.text.slice(part.heading.start, part.heading.end), part), mild(edges(body))]
            .filter((one) => one !== "")
            .join("\n\n");
    const before = pieces.at(-1);
    if (raw.trim() === "") continue;
    if (before !== undefined && before.step === step)
      pieces[pieces.length - 1] = {
        step,
        text: `${before.text}${isLoose && part.heading.form === "item" ? "\n" : "\n\n"}${closed(raw)}`,
      };
    else pieces.push({ step, text: closed(dedented(raw)) });
  }
  return pieces;
}

/** Where a part goes, for what is written as for what is shown: by its heading, else by the name of its file. */
function placeOf(
  { heading, steps, how }: ProsePart,
  fileSteps: readonly StepNumber[],
): Pick<PlacedHeading, "steps" | "how"> {
  const isOpen = steps.length === 0 && (how !== "beside" || heading.text === "");
  if (!isOpen || fileSteps.length === 0) return { steps, how };
  return { steps: fileSteps, how: how === "unknown" || how === "title" ? "file" : how };
}

/** The line of a title where it holds more than its words: emphasis, links, tags. */
function titleOf(note: ForeignNote, part: ProsePart, title: string): string {
  const written = headingOf(note.text.slice(part.heading.start, part.heading.end), part);
  return wordsIn(written).join(" ") === wordsIn(title).join(" ") ? "" : written;
}

/** Headings with signs go below those of the sections, underlined ones get signs; HTML stays as it is. */
function headingOf(written: string, { heading }: ProsePart): string {
  if (heading.form === "html") return written.trim();
  const words =
    heading.form === "underlined"
      ? written.replace(/[\r\n][^\r\n]*$/u, "").trim()
      : written.replace(/^\s*#+\s*/u, "").trim();
  return `${"#".repeat(Math.min(6, Math.max(3, heading.depth + 1)))} ${words}`.trim();
}

/** Fences that would be taken for facts of ours get the word `text` in front of theirs; what they hold stays to the letter. */
function mild(text: string): string {
  let made = "";
  let at = 0;
  for (const block of readOutline(text).blocks) {
    const isYaml = block.language === "yaml" || block.language === "yml";
    const looksSo =
      block.language === "" && /^[a-z][a-z-]*:(?:\s|$)/u.test(text.slice(block.body.start, block.body.end));
    if (!isYaml && !looksSo) continue;
    const mark = /^(?:`{3,}|~{3,})[ \t]*/u.exec(text.slice(block.start))?.[0] ?? "";
    made += `${text.slice(at, block.start)}${mark}text${isYaml ? " " : ""}`;
    at = block.start + mark.length;
  }
  return made + text.slice(at);
}

/** Without empty lines at both ends; what stands inside stays to the letter. */
function edges(text: string): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/u, "").trimEnd();
}

/** A list that comes from deep inside another begins at the left edge again. */
function dedented(text: string): string {
  const indent = /^[ \t]*/u.exec(text)?.[0] ?? "";
  if (indent.length < 2 || text.includes("```") || text.includes("~~~")) return text;
  return text
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** With an end for a fence and a comment that have none: what follows is not theirs. */
function closed(text: string): string {
  const outline = readOutline(`${text}\n`);
  const open = outline.blocks.findLast((block) => !block.closed && !block.nested && block.end >= text.length);
  if (open !== undefined)
    return `${text}\n${/^[ \t]*(?<mark>`{3,}|~{3,})/u.exec(text.slice(open.start))?.groups?.mark ?? "```"}`;
  const comment = outline.comments.at(-1);
  return comment !== undefined && comment.end >= text.length && !text.slice(comment.start).includes("-->")
    ? `${text}\n-->`
    : text;
}

interface LineInPart extends ProseLine {
  readonly asks: boolean;
  readonly english: boolean;
}

/** Lines of prose outside fences, with the step and the heading they stand under. */
function linesOf(source: Source): LineInPart[] {
  const { note, parts, fileSteps } = source;
  const english = isEnglish(note.text);
  const { blocks, comments } = readOutline(note.text);
  const hidden = [...blocks, ...comments].sort((a, b) => a.start - b.start);
  const from = source.parts[0]?.heading.start ?? 0;
  const begin = source.lead === "" && source.front === "" ? from : source.front.length;
  const end = parts.at(-1)?.body.end ?? note.text.length;
  const lines: LineInPart[] = [];
  let at = 0;
  let number = 0;
  let inHidden = 0;
  let inPart = -1;
  for (const whole of note.text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/gu) ?? []) {
    number++;
    const start = at;
    at += whole.length;
    if (start < begin || start >= end) continue;
    while (inHidden < hidden.length && hidden[inHidden].end <= start) inHidden++;
    if (inHidden < hidden.length && hidden[inHidden].start <= start) continue;
    while (inPart + 1 < parts.length && parts[inPart + 1].heading.start < at) inPart++;
    const part = inPart < 0 ? undefined : parts[inPart];
    const text = whole.replace(/[\r\n]+$/u, "");
    if (text.trim() === "" || text.length > MOST_CHARACTERS) continue;
    lines.push({
      text,
      steps: part === undefined ? fileSteps : placeOf(part, fileSteps).steps,
      under: part?.heading.text.toLowerCase() ?? "",
      place: { file: note.file, line: number, quote: text.trim() },
      asks: part?.how !== "beside" && part?.how !== "title" && !/^\s*#/u.test(text),
      english,
    });
  }
  return lines;
}

/** Longer lines are data. */
const MOST_CHARACTERS = 2000;
const NOTHING: Reading = { proposals: [], remarks: [] };

function merge(a: Reading, b: Reading): Reading {
  return { proposals: [...a.proposals, ...b.proposals], remarks: [...a.remarks, ...b.remarks] };
}

function headingsOf(sources: readonly Source[]): PlacedHeading[] {
  return sources.flatMap(({ note, parts, fileSteps }) => {
    let at = 0;
    let line = 1;
    return parts.flatMap((part) => {
      const { heading } = part;
      line += note.text.slice(at, heading.start).match(/\r\n|\n|\r/gu)?.length ?? 0;
      at = heading.start;
      if (heading.text === "") return [];
      return [
        {
          file: note.file,
          line,
          text: heading.text,
          ...placeOf(part, fileSteps),
        },
      ];
    });
  });
}

/** Whether the note is one of seven sections that holds every word of its sources as often as they do. */
function keepsAll(text: string, sources: readonly Source[]): boolean {
  const { design, findings } = parseDesign(text, "import.md");
  if (design === undefined || findings.length > 0) return false;
  if (design.sections.map(({ step }) => step).join() !== STEPS.map(({ number }) => number).join()) return false;
  const left = new Map<string, number>();
  for (const word of wordsIn(text)) left.set(word, (left.get(word) ?? 0) + 1);
  for (const source of sources) {
    for (const word of wordsIn(wholeText(source))) {
      const count = left.get(word) ?? 0;
      if (count === 0) return false;
      left.set(word, count - 1);
    }
  }
  return true;
}

/** Runs of anything but space: figures, formulas and marks too. Signs of headings and underlines are form. */
export function wordsIn(text: string): string[] {
  const words = (text.match(/[^\s\ufeff]+/gu) ?? []).map((word) => word.replace(/^(?:`{3,}|~{3,})/u, ""));
  return words.filter((word) => !/^(?:#{0,6}|=+|-+)$/u.test(word));
}
