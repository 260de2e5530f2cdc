/** Makes a book of notes and of the library: designs first, then the rules and patterns that they meet, or all of them. */

import type { Library } from "../library/library.ts";
import { RULES } from "../note/rules.gen.ts";
import type { Question } from "../practice/question.ts";
import type { Rule } from "../review/rule.ts";
import { designChapter } from "./design-chapter.ts";
import { designSheet } from "./design-sheet.ts";
import type { Book, Part } from "./document.ts";
import { patternId, ruleId, rulesOf } from "./finding-blocks.ts";
import { patternChapter, questionChapter, ruleChapter } from "./library-chapters.ts";
import type { Problem } from "./read-markdown.ts";
import { type ReadNote, type Surroundings, titleOf } from "./read-note.ts";
import type { IndexTerm } from "./write-typst.ts";

export interface BookSource {
  readonly title: string;
  readonly notes: readonly ReadNote[];
  readonly library: Library;
  /** Printed without answers; empty leaves them out. */
  readonly questions: readonly { readonly question: Question; readonly step: number }[];
  /** All rules and patterns, and not only those that the designs meet. */
  readonly isWhole: boolean;
  readonly isPocket: boolean;
  /** What the text of a note refers to. */
  around(note: ReadNote): Surroundings;
}

export interface MadeBook {
  readonly book: Book;
  readonly terms: readonly IndexTerm[];
  readonly problems: readonly Problem[];
}

export function makeBook({ title, notes, library, questions, isWhole, isPocket, around }: BookSource): MadeBook {
  const chapters = notes.map((note) => designChapter(note, around(note), isPocket));
  const met = new Set(notes.flatMap(rulesOf));
  const known = [...RULES, ...teamOf(notes)];
  const rules = known.filter(({ name }) => isWhole || met.has(name));
  const patterns = library.patterns.filter((pattern) => isWhole || pattern.rules.some((name) => met.has(name)));
  const parts: Part[] = [
    { id: "designs", title: "Designs", chapters: chapters.map(({ chapter }) => chapter) },
    {
      id: "patterns",
      title: "Patterns",
      chapters: patterns.map((one) => patternChapter(one, library, RULES, questions.length > 0)),
    },
    { id: "rules", title: "Rules", chapters: rules.map((one) => ruleChapter(one, patterns)) },
    {
      id: "questions",
      title: "Questions",
      chapters: questions.map(({ question, step }) => questionChapter(question, step)),
    },
  ].filter((part) => part.chapters.length > 0);
  const names = notes.map(({ design }) => titleOf(design));
  return {
    book: {
      title,
      subtitle: names.length <= 4 ? names.join(", ") : `${names.length} designs`,
      parts,
      sheets: notes.map((note) => designSheet(note, isPocket)),
    },
    terms: [
      ...known.map(({ code, name }) => ({ id: ruleId(name), words: `${name} (${code})`, group: "Rules" })),
      ...library.patterns.map((pattern) => ({ id: patternId(pattern.name), words: pattern.title, group: "Patterns" })),
    ].filter(({ id }) => parts.some((part) => part.chapters.some((chapter) => chapter.id === id))),
    problems: chapters.flatMap(({ problems }) => problems),
  };
}

/** Rules of the team that the notes were reviewed with, each once. */
function teamOf(notes: readonly ReadNote[]): readonly Rule[] {
  return [...new Map(notes.flatMap(({ team }) => team.map((rule) => [rule.code, rule] as const))).values()];
}
