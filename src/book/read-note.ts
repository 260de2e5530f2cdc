/** A design note as a book reads it: its facts, its review, its estimate, its newest run, and what of it is proposed only. */

import { factsOf } from "../note/diff-designs.ts";
import { type DesignEstimate, estimateDesign } from "../note/estimate-design.ts";
import { isMeantAsDesign } from "../note/meant-as-design.ts";
import { type ProposedFacts, proposedFacts } from "../note/proposed-facts.ts";
import { RULES } from "../note/rules.gen.ts";
import { runContextOf } from "../note/run-context.ts";
import { type Review, type ReviewOptions, review } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import type { RunRecord } from "../system/run-record.ts";
import { type NoteAnchors, readAnchors } from "./note-anchors.ts";
import type { MarkdownPlace } from "./read-markdown.ts";
import type { BookRun } from "./run-blocks.ts";

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
export type Surroundings = Pick<MarkdownPlace, "link" | "picture" | "draws">;

export interface ReadNote {
  readonly note: BookNote;
  readonly design: Design;
  readonly review: Review;
  /** Rules of the team that it was reviewed with, beside those of the program. */
  readonly team: readonly Rule[];
  readonly estimate: DesignEstimate;
  readonly run: BookRun | undefined;
  readonly proposed: ProposedFacts;
  readonly anchors: NoteAnchors;
  /** Whether a system of the note's kind can be run here; another is reviewed and estimated only. */
  readonly canRun: boolean;
}

/** Undefined for a text that is no design note. */
export function readNote(
  note: BookNote,
  options: ReviewOptions = {},
  canRun: (design: Design) => boolean = () => true,
): ReadNote | undefined {
  const { design, findings } = parseDesign(note.text, note.file);
  // Of a plain note that has some front matter of its own, nothing would be true that is said of facts.
  if (design === undefined || !isMeantAsDesign(note.text)) return undefined;
  const { team = [] } = options;
  const run = note.run === undefined ? undefined : { ...note.run, isCurrent: isOf(note.run.record, design) };
  return {
    note,
    design,
    review: review(design, [...RULES, ...team], findings, options),
    team,
    estimate: estimateDesign(design),
    run,
    proposed: proposedFacts(design),
    anchors: readAnchors(
      note.text,
      note.id,
      design.sections
        .map(({ step, heading }) => ({ line: heading.start.line, id: stepId(step, note.id) }))
        .toSorted((a, b) => a.line - b.line),
    ),
    canRun: canRun(design),
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

/** The place of a numbered section in the book. */
export function stepId(step: number, id: string): string {
  return `step-${step}-of-${id}`;
}

export function titleOf({ front, file }: Design): string {
  return front.title === "" ? file : front.title;
}

/** A fact as it is written in the note, and whether it is proposed only. */
export function factText({ design, proposed }: ReadNote, path: string): string {
  const place = design.places.get(path);
  if (place === undefined) return "";
  return `${design.text.slice(place.start, place.end).trim()}${proposed.covers(place) ? " (proposed)" : ""}`;
}
