/** Makes a design note of plain notes: every line placed under one of the seven headings, facts proposed, not one word lost. */

import { writeValue } from "../../design/set-fact.ts";
import { parseDesign, STEPS } from "../../steps/design.ts";
import { factLines } from "./fact-block.ts";
import { linesOf } from "./note-lines.ts";
import { fenced, piecesOf, wordsIn } from "./note-pieces.ts";
import {
  designsOf,
  type ForeignNote,
  folderTitle,
  headingsOf,
  type ImportOptions,
  type PlacedHeading,
  readSource,
  type Source,
  wholeText,
} from "./note-source.ts";
import type { Proposal, Reading } from "./proposal.ts";
import { readChoices } from "./read-choices.ts";
import { readNumbers } from "./read-numbers.ts";
import { type ReadQuestion, readQuestions } from "./read-questions.ts";

export interface ImportedNote {
  readonly title: string;
  readonly text: string;
  readonly headings: readonly PlacedHeading[];
  readonly facts: readonly Proposal[];
  readonly questions: readonly ReadQuestion[];
  /** True where the note could not be taken apart without loss and stands whole under *Unsorted*. */
  readonly whole: boolean;
  /** True where no part of it names a step: all of it stands under *Unsorted*. */
  readonly unsorted: boolean;
  /** How many fences of the notes were marked as text, since a block of yaml is read as facts. */
  readonly renamed: number;
  /** Why less was made of the note than of others: it stands whole, or no facts were proposed. */
  readonly why?: string;
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
    const full = assemble(title, design.sources, true);
    const wrong = wrongWith(full.text, design.sources);
    if (wrong === undefined) return { ...full, title, whole: false };
    const bare = assemble(title, design.sources, false);
    const stillWrong = wrongWith(bare.text, design.sources);
    if (stillWrong === undefined) return { ...bare, title, whole: false, why: wrong };
    return { ...assembleWhole(title, design.sources), title, whole: true, why: stillWrong };
  });
}

type Assembled = Omit<ImportedNote, "title" | "whole">;

function assemble(title: string, sources: readonly Source[], withFacts: boolean): Assembled {
  const cut = sources.map((source) => piecesOf(source, title));
  const pieces = cut.flatMap((one) => one.pieces);
  const lines = withFacts ? sources.flatMap(linesOf) : [];
  const readings = lines.map((line): Reading => (line.english ? merge(readNumbers(line), readChoices(line)) : NOTHING));
  const proposals = readings.flatMap((one) => one.proposals);
  const stages = new Set(proposals.flatMap(({ path, value }) => (path[0] === "stages" ? [value] : [])));
  const remarks = readings
    .flatMap((one) => one.remarks)
    .filter(({ listed }) => listed === undefined || !stages.has(listed));
  const questions = readQuestions(lines.flatMap((line) => (line.asks ? [{ ...line, text: line.written }] : [])));
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
  const isUnsorted = pieces.every(({ step }) => step === 0);
  const renamed = cut.reduce((sum, one) => sum + one.renamed, 0);
  return {
    text: `${text}\n`,
    headings: headingsOf(sources),
    facts: proposals,
    questions,
    unsorted: isUnsorted,
    renamed,
  };
}

/** The notes to the letter, in a fence: nothing in them can be taken for a heading of ours. */
function assembleWhole(title: string, sources: readonly Source[]): Assembled {
  const empty = STEPS.map(({ number, title: of }) => `## ${number}. ${of}`);
  const kept = sources.map((source) => fenced(wholeText(source)));
  const text = [head(title), ...empty, `## Unsorted\n\n${kept.join("\n\n")}`].join("\n\n");
  const headings = headingsOf(sources).map((one) => ({ ...one, steps: [], how: "unknown" as const }));
  return { text: `${text}\n`, headings, facts: [], questions: [], unsorted: true, renamed: 0 };
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

const NOTHING: Reading = { proposals: [], remarks: [] };

function merge(a: Reading, b: Reading): Reading {
  return { proposals: [...a.proposals, ...b.proposals], remarks: [...a.remarks, ...b.remarks] };
}

/** Nothing where the note is one of seven sections that holds every word of its sources as often as they do. */
function wrongWith(text: string, sources: readonly Source[]): string | undefined {
  const { design, findings } = parseDesign(text, "import.md");
  const [first] = findings;
  if (first !== undefined) return first.message;
  if (design?.sections.map(({ step }) => step).join() !== STEPS.map(({ number }) => number).join())
    return "its sections would not be the seven";
  const left = new Map<string, number>();
  for (const word of wordsIn(text)) left.set(word, (left.get(word) ?? 0) + 1);
  for (const source of sources) {
    for (const word of wordsIn(wholeText(source))) {
      const count = left.get(word) ?? 0;
      if (count === 0) return `the word \`${word.slice(0, 40)}\` would be lost`;
      left.set(word, count - 1);
    }
  }
  return undefined;
}
