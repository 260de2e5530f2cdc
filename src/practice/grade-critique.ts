/** Grades a critique by the reviewer itself: the reader names lines or keys, and the reviewer's findings say which are wrong. */

import type { Finding } from "../core/finding.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { type Grade, unanswered } from "./grade.ts";
import { isAboutAbsence } from "./interview/absence.ts";
import type { CritiqueQuestion } from "./question.ts";

/** The reviewer as practice sees it: a note in, findings out. */
export type Reviewer = (note: string) => readonly Finding[];

/** A place the reader called wrong. */
interface Pick {
  readonly text: string;
  readonly lines: readonly number[];
}

/**
 * Accepts line numbers (`14, 22`), keys (`split`, `data.split`, `gap` inside of a line) or names of rules. Each pick must meet a finding on one of
 * its lines; each finding that the question asks for must be met. Other findings that are met count as right too.
 */
export function gradeCritique(question: CritiqueQuestion, typed: string, review: Reviewer): Outcome<Grade> {
  const findings = review(question.note);
  const asked = findings.filter((finding) => question.finds.includes(finding.name));
  const expected = asked.map((finding) => `line ${finding.at.start.line}: ${finding.message}`).join("; ");
  if (typed.trim() === "") return succeed(unanswered(expected));
  const lines = question.note.split("\n");
  const picks = readPicks(typed, lines, findings);
  const unknown = picks.find((pick) => pick.lines.length === 0);
  if (unknown !== undefined) {
    const message = `\`${unknown.text.slice(0, 40)}\` is neither a line of the note nor a key in it`;
    return fail({
      code: "unreadable-answer",
      message,
      fix: `write line numbers from 1 to ${lines.length}, or keys, divided by commas`,
    });
  }
  const marked = new Set(findings.flatMap(linesOfFinding));
  const parent = picks.find(
    (pick) =>
      !/^\d+$/u.test(pick.text) &&
      pick.lines.some((line) => linesBelow(lines, line).some((below) => marked.has(below))),
  );
  if (parent !== undefined) {
    const message = `\`${parent.text.slice(0, 40)}\` holds several lines`;
    return fail({ code: "unreadable-answer", message, fix: "name the line you mean by its number" });
  }
  const picked = new Set(picks.flatMap((pick) => pick.lines));
  const isMet = (finding: Finding): boolean => linesOfFinding(finding).some((line) => picked.has(line));
  const missed = asked.filter((finding) => !isMet(finding));
  // What is merely not stated is no flaw of a short design; a pick on it is neither right nor wrong.
  const met = findings.filter(
    (finding) => isMet(finding) && (asked.includes(finding) || !isAboutAbsence(finding.name)),
  );
  const sound = picks.filter(
    (pick) => !findings.some((finding) => linesOfFinding(finding).some((line) => pick.lines.includes(line))),
  );
  const because = [
    ...sound.map((pick) => explainSound(question, pick, lines)),
    ...[...met, ...missed].map((finding) => sentence(finding, met.includes(finding))),
  ];
  const share = asked.length === 0 ? 0 : (asked.length - missed.length) / asked.length;
  const score = Math.max(0, share - 0.25 * sound.length);
  const verdict = score === 1 ? "right" : score >= 0.5 ? "close" : "wrong";
  const mistake = question.mistakes.findIndex(({ key }) =>
    sound.some((pick) => pick.lines.some((line) => keyAt(lines, line) === key)),
  );
  const grade = { verdict, score: score >= 0.5 ? score : 0, because, notes: [], expected } as const;
  return succeed(mistake < 0 ? grade : { ...grade, mistake });
}

/** The lines a finding marks, related places included. */
export function linesOfFinding(finding: Finding): readonly number[] {
  const spans = [finding.at, ...(finding.related ?? []).map((place) => place.at)];
  return spans.flatMap(({ start, end }) =>
    Array.from({ length: Math.min(8, end.line - start.line + 1) }, (_, i) => start.line + i),
  );
}

function sentence(finding: Finding, isMet: boolean): string {
  const why = finding.why === undefined ? "" : `: ${finding.why}`;
  return `${isMet ? "found" : "missed"} at line ${finding.at.start.line}: ${finding.message}${why}`;
}

function explainSound(question: CritiqueQuestion, pick: Pick, lines: readonly string[]): string {
  const known = question.mistakes.find(({ key }) => pick.lines.some((line) => keyAt(lines, line) === key));
  return `${pick.text} is sound${known === undefined ? ": no rule speaks against it" : `: ${known.why}`}`;
}

function readPicks(typed: string, lines: readonly string[], findings: readonly Finding[]): readonly Pick[] {
  const words = typed.split(/[,;\n]+|\band\b/u).map((one) => one.trim().replace(/^lines?\s+/iu, ""));
  return words.filter((one) => one !== "").map((text) => ({ text, lines: linesOf(text, lines, findings) }));
}

function linesOf(text: string, lines: readonly string[], findings: readonly Finding[]): readonly number[] {
  if (/^\d+$/u.test(text)) return Number(text) >= 1 && Number(text) <= lines.length ? [Number(text)] : [];
  const wanted = text.toLowerCase().replaceAll(/\s+/gu, "-");
  const named = findings.find((finding) => finding.name === wanted || finding.code.toLowerCase() === wanted);
  if (named !== undefined) return [named.at.start.line];
  const key = wanted.split(".").at(-1) ?? wanted;
  const leading = lines.flatMap((_, i) => (keyAt(lines, i + 1)?.toLowerCase() === key ? [i + 1] : []));
  if (leading.length > 0) return leading;
  return lines.flatMap((line, i) =>
    line
      .toLowerCase()
      .split(/[{,]/u)
      .some((one) => one.trim().startsWith(`${key}:`))
      ? [i + 1]
      : [],
  );
}

/** The lines that belong to the key of this one: its key alone does not say which of them is meant. */
function linesBelow(lines: readonly string[], line: number): readonly number[] {
  const depth = (text: string): number => (text.trim() === "" ? 0 : (/^\s*/u.exec(text)?.[0].length ?? 0));
  const end = lines.findIndex((text, i) => i >= line && depth(text) <= depth(lines[line - 1]));
  return lines.flatMap((_, i) => (i >= line && (end < 0 || i < end) ? [i + 1] : []));
}

/** The key that begins a line of a note, list dashes left aside. */
export function keyAt(lines: readonly string[], line: number): string | undefined {
  return /^\s*(?:-\s+)?(?:\{\s*)?([\w-]+)\s*:/u.exec(lines[line - 1] ?? "")?.[1];
}
