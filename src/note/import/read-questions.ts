/** Finds the questions of a note: open ones, and those that the words behind the question mark or the line below answer. */

import type { ProseLine } from "./proposal.ts";

export interface ReadQuestion {
  readonly ask: string;
  /** Absent where it is open. */
  readonly answer?: string;
  readonly line: ProseLine;
}

const MOST_QUESTIONS = 60;
const LONGEST = 300;
const MARKER = /^[ \t>]*(?:[-*+](?=[ \t])|\d{1,3}[.)])?[ \t]*(?:\[(?:[ x]|![\w-]+)\][+-]?[ \t]*)?/u;

/** A question and nothing else, in one sentence. */
const ALONE = /^(?!.*[.!]\s)[^?？|#!][^?？]{5,200}[?？]$/u;

/** Questions in lists and lines of their own, in the order of the text. Rhetorical ones in running prose are left alone. */
export function readQuestions(lines: readonly ProseLine[]): ReadQuestion[] {
  const found: ReadQuestion[] = [];
  for (const [i, line] of lines.entries()) {
    const words = plain(line.text).replace(ASKS, "");
    const each = words.split(/(?<=[?？])\s+/u);
    if (each.length > 1 && words.length <= LONGEST && each.every((one) => ALONE.test(one))) {
      found.push(...each.slice(0, MOST_QUESTIONS - found.length).map((ask) => ({ ask, line })));
      if (found.length >= MOST_QUESTIONS) break;
      continue;
    }
    const asked = /^(?<ask>[^?？]{6,200}[?？]+)(?<rest>.*)$/u.exec(words)?.groups;
    if (asked === undefined || words.length > LONGEST || /^[|#!]/u.test(words)) continue;
    if (/[.!]\s+\S/u.test(asked.ask) && !/^[-*+\d\s]/u.test(line.text)) continue;
    if (/[?？]/u.test(asked.rest) && asked.rest.length > 60) continue;
    const behind = asked.rest
      .replace(/^[\s:=→>–—-]+/u, "")
      .replace(ANSWERS, "")
      .trim();
    const below = lines[i + 1];
    const indent = (one: ProseLine): number => /^[ \t]*/u.exec(one.text)?.[0].replaceAll("\t", "    ").length ?? 0;
    const isAnswered =
      behind === "" &&
      below !== undefined &&
      below.place.line <= line.place.line + 2 &&
      ((/<summary\b/iu.test(line.text) && !/[?？]\s*$/u.test(plain(below.text))) ||
        (line.heads !== undefined && below.heads === undefined && below.under === line.under) ||
        ANSWERS.test(plain(below.text)) ||
        (below.place.line === line.place.line + 1 && indent(below) > indent(line)));
    const answer = behind !== "" ? behind : isAnswered ? plain(below.text).replace(ANSWERS, "") : "";
    found.push({
      ask: asked.ask.trim(),
      ...(answer === "" || answer.endsWith("?") || OPEN.test(answer) ? {} : { answer: answer.slice(0, LONGEST) }),
      line,
    });
    if (found.length === MOST_QUESTIONS) break;
  }
  return found;
}

/** Who speaks, before a question and before its answer: `Q1: …`, `A. …`, `Candidate: …`, `Interviewer: …`, `C: …`, `I: …`. */
const ASKS = /^(?:(?:q|question|candidate|you)\s?\d{0,3}\s?[:.)]|(?:c|me|cand|interviewee):)\s+/iu;
const ANSWERS = /^(?:(?:a|ans|answer|interviewer)\s?\d{0,3}\s?[:.)]|(?:i|int):)\s+/iu;

/** Said in place of an answer. */
const OPEN =
  /^(?:unknown|tbd|tba|todo|open|unclear|undecided|not (?:known|decided|sure)(?: yet)?|no idea|to be (?:decided|determined|defined)|n\/a|-+|\?+|(?:or|maybe|perhaps)(?!\p{L}).*)[\s.!…]*$/iu;

function plain(text: string): string {
  return text
    .replace(MARKER, "")
    .replaceAll(/<\/?[a-z][^<>]*>/giu, "")
    .replaceAll(/\*\*|__|`/gu, "")
    .trim();
}
