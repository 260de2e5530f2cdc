/** The loop of a practice session: ask, hint, take confidence, grade, record, reveal. */

import { type Failure, unwrap } from "../core/outcome.ts";
import type { Grade } from "../practice/grade.ts";
import { gradeAnswer } from "../practice/grade-answer.ts";
import type { Reviewer } from "../practice/grade-critique.ts";
import { readRubric } from "../practice/grade-rubric.ts";
import type { AnswerRecord } from "../practice/history.ts";
import { splitConfidence } from "../practice/read-confidence.ts";
import type { PracticeSession } from "../practice/session.ts";
import { answerPrompt, askLines, revealLines, type Sitting } from "../practice/sitting.ts";
import type { Asker } from "./asker.ts";
import type { Terminal } from "./terminal.ts";
import { wrapLines } from "./wrap-text.ts";

/** What the loop needs from its command. */
export interface PracticeTalk {
  readonly terminal: Terminal;
  readonly asker: Asker;
  readonly json: boolean;
  readonly review: Reviewer | undefined;
  /** Grades free text with evidence; undefined without a language model. */
  readonly judge?: (sitting: Sitting, text: string) => Promise<JudgedRubric>;
  now(): Date;
  newId(): string;
  record(answer: AnswerRecord): void;
}

/** The ticks a judge proposes, with the evidence for each, and what went wrong where it could not. */
export interface JudgedRubric {
  readonly ticks?: readonly boolean[];
  readonly lines: readonly string[];
}

/** The answer's record, or undefined when the session was ended. */
export async function askQuestion(
  talk: PracticeTalk,
  session: PracticeSession,
  sitting: Sitting,
  head: string,
): Promise<AnswerRecord | undefined> {
  const { terminal, json } = talk;
  const { prepared } = sitting;
  if (json) terminal.out(JSON.stringify({ question: describe(sitting) }));
  else {
    const title = terminal.paint("bold", wrapLines([head], terminal.width));
    terminal.out(`\n${title}\n${wrapLines(askLines(sitting), terminal.width)}`);
  }
  const started = talk.now().getTime();
  for (;;) {
    const line = await talk.asker.ask(`${answerPrompt(sitting)}${offers(session, sitting)}`);
    if (line === undefined) return undefined;
    if (line.trim() === "" && talk.asker.interactive) {
      terminal.out("nothing was typed; - leaves the question open");
      continue;
    }
    if (line.trim() === "?" && session.isTimed) {
      terminal.out(json ? JSON.stringify({ hint: null }) : "there are no hints against the clock");
      continue;
    }
    if (line.trim() === "?") {
      showHint(talk, session, sitting);
      continue;
    }
    const { typed, confidence } = splitConfidence(line.trim() === "-" ? "" : line);
    // Taken for 100 % it would stand in the history as certainty.
    if (confidence !== undefined && confidence > 1) {
      sayUnread(talk, {
        code: "bad-confidence",
        message: `nobody is ${Math.round(100 * confidence)}% sure`,
        fix: "write a share up to 100 behind the answer, such as `1.2 GB @70`",
      });
      continue;
    }
    // What cannot be read is asked again at once, before anything else is asked about it.
    const read = gradeAnswer(prepared, sitting.variant, typed, { review: talk.review, ticks: [] });
    if (!read.ok) {
      sayUnread(talk, read.failure);
      continue;
    }
    const sure = confidence ?? (await askConfidence(talk, session.isTimed, typed));
    if (sure === null) return undefined;
    const ticks = await confirmTicks(talk, sitting, typed);
    if (ticks === null) return undefined;
    const { grade, record } = unwrap(
      session.answer({
        typed,
        confidence: sure,
        ticks,
        review: talk.review,
        seconds: (talk.now().getTime() - started) / 1000,
        id: talk.newId(),
        at: talk.now().toISOString(),
      }),
    );
    talk.record(record);
    session.keep(record, talk.now().getTime());
    const worked = revealLines(sitting, grade, record.hints);
    if (json) terminal.out(JSON.stringify({ grade, record, worked }));
    else if (session.isTimed) terminal.out(wrapLines([plainVerdict(grade)], terminal.width));
    else terminal.out(renderReveal(terminal, worked, grade));
    return record;
  }
}

/** What else may be typed. */
function offers({ isTimed }: PracticeSession, { hints }: Sitting): string {
  if (isTimed) return "";
  return hints.length === 0 ? "  (- leave open)" : "  (? hint, - leave open)";
}

/** Against the clock: the verdict and the answer, no more. */
function plainVerdict({ verdict, expected }: Grade): string {
  if (verdict === "right") return verdict;
  return `${verdict === "unanswered" ? "left open" : verdict}: ${expected}`;
}

function sayUnread({ terminal, json }: PracticeTalk, failure: Failure): void {
  const { message, fix } = failure;
  if (json) terminal.out(JSON.stringify({ unread: failure }));
  else terminal.out(wrapLines([`${message}${fix === undefined ? "" : `: ${fix}`}`], terminal.width));
}

function describe(sitting: Sitting) {
  const { id, kind, area, level, step, minutes, title } = sitting.prepared.question;
  const { ask, given, seed } = sitting.variant;
  return { id, kind, area, level, step, minutes, title, seed, ask, given, lines: askLines(sitting) };
}

function renderReveal(terminal: Terminal, lines: readonly string[], grade: Grade): string {
  const style = grade.verdict === "right" ? "green" : grade.verdict === "wrong" ? "red" : "yellow";
  const [first, ...others] = lines;
  return `${terminal.paint(style, first)}\n${wrapLines(others, terminal.width)}`;
}

function showHint({ terminal, json }: PracticeTalk, session: PracticeSession, { hints: all }: Sitting): void {
  const hint = session.hint();
  const number = hint === undefined ? 0 : all.indexOf(hint) + 1;
  const text =
    hint === undefined
      ? `there is no ${all.length === 0 ? "" : "further "}hint`
      : `hint ${number} (costs a quarter): ${hint}`;
  terminal.out(json ? JSON.stringify({ hint: hint ?? null }) : text);
}

/** Null when the session was ended. */
async function askConfidence(talk: PracticeTalk, isTimed: boolean, typed: string): Promise<number | undefined | null> {
  if (isTimed || !talk.asker.interactive || typed.trim() === "") return undefined;
  const levels = [
    { name: "none", label: "no estimate" },
    { name: "0.25", label: "25%, a guess" },
    { name: "0.5", label: "50%, a coin" },
    { name: "0.7", label: "70%" },
    { name: "0.85", label: "85%" },
    { name: "0.95", label: "95%" },
  ];
  const chosen = await talk.asker.choose("how sure are you?", levels);
  if (chosen === "none") return undefined;
  return chosen === undefined ? null : Number(chosen);
}

/** The confirmed ticks of a free answer; undefined for other kinds, null when the session was ended. */
async function confirmTicks(
  talk: PracticeTalk,
  sitting: Sitting,
  typed: string,
): Promise<readonly boolean[] | undefined | null> {
  const { question } = sitting.prepared;
  if ((question.kind !== "explain" && question.kind !== "design") || typed.trim() === "") return undefined;
  const { points, misconceptions } = readRubric(question, typed);
  const judged = talk.judge === undefined ? undefined : await talk.judge(sitting, typed);
  const ticked = points.map((point, i) => judged?.ticks?.[i] ?? point.ticked);
  const lines =
    judged?.lines ??
    points.map(({ point, quote }) => (quote === undefined ? `  not found: ${point}` : `  “${quote}”: ${point}`));
  const doubts = misconceptions.map(({ quote, why }) => `  doubtful: “${quote}”: ${why}`);
  if (talk.json)
    talk.terminal.out(JSON.stringify({ rubric: points, proposed: ticked, evidence: lines, misconceptions }));
  else talk.terminal.out(wrapLines(["what your text seems to cover:", ...lines, ...doubts], talk.terminal.width));
  const confirmed = await talk.asker.tick("tick what you said", [
    ...points.map(({ point }, i) => ({ label: point, ticked: ticked[i] })),
    ...misconceptions.map(({ quote }) => ({ label: `meant as it reads: “${quote}”`, ticked: true })),
  ]);
  return confirmed ?? null;
}
