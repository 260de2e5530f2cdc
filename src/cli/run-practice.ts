/** Runs a practice session: opens the history, chooses questions one after the other, and sums up at the end. */

import { existsSync } from "node:fs";
import { nearest } from "../core/nearest.ts";
import { FailureError, type Outcome, succeed, unwrap } from "../core/outcome.ts";
import { plural } from "../core/plural.ts";
import { type HistoryFolder, newRecordId, openHistoryFolder, readHistoryFolder } from "../node/history-folder.ts";
import { readPreparedBank } from "../node/prepared-bank.ts";
import { readTextFile } from "../node/read-text-file.ts";
import { reviewNote } from "../note/review-note.ts";
import { readChallenge } from "../practice/challenge.ts";
import type { PreparedQuestion } from "../practice/prepare.ts";
import { dayOf } from "../practice/profile.ts";
import { cardOf, type QuestionCard } from "../practice/question.ts";
import { openSession, type PracticeSession } from "../practice/session.ts";
import { createAsker } from "./asker.ts";
import { createJudge } from "./language-model.ts";
import { askQuestion, type PracticeTalk } from "./practice-loop.ts";
import type { Terminal } from "./terminal.ts";

export interface PracticeOptions {
  readonly question: string | undefined;
  readonly count: number;
  readonly area: string | undefined;
  readonly kind: string | undefined;
  readonly step: number | undefined;
  readonly level: number | undefined;
  readonly mode: string;
  /** Of a gauntlet. */
  readonly minutes: number;
  readonly challenge: string | undefined;
  readonly seed: number | undefined;
  readonly folder: string;
  /** Nothing is recorded, and no lock is taken. */
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** The exit code: 0, or 130 when the session was ended before its last question. */
export async function runPractice(terminal: Terminal, options: PracticeOptions): Promise<Outcome<number>> {
  const bank = new Map((await readPreparedBank()).map((prepared) => [prepared.question.id, prepared]));
  const cards = selectCards([...bank.values()], options);
  const challenge =
    options.challenge === undefined ? undefined : unwrap(readChallenge(readChallengeFile(options.challenge)));
  const folder = options.dryRun ? lookInto(options.folder) : unwrap(openHistoryFolder(options.folder));
  const asker = await createAsker(terminal);
  try {
    if (folder.repaired !== undefined)
      terminal.note("the last line of the history was cut off by a crash; it was removed");
    if (folder.history.damaged.length > 0)
      terminal.note(
        `${plural(folder.history.damaged.length, "damaged line of the history is", "damaged lines of the history are")} not read`,
      );
    const talk: PracticeTalk = {
      terminal,
      asker,
      json: options.json,
      review: reviewNote,
      judge: createJudge(terminal.env),
      now: () => new Date(),
      newId: () => newRecordId(new Date()),
      record: (answer) => folder.append(answer),
    };
    const startedAt = talk.now();
    const session = openSession({
      bank,
      cards,
      mode: options.mode,
      count: options.count,
      question: options.question,
      challenge,
      day: dayOf(startedAt.toISOString()),
      seed: options.seed ?? startedAt.getTime() % 2 ** 31,
      records: folder.history.records,
      startedAt: startedAt.getTime(),
      minutes: options.minutes,
    });
    return succeed(await runLoop(talk, session, options.json));
  } finally {
    asker.close();
    folder.close();
  }
}

/** The history to choose by, and nowhere to write to. */
function lookInto(root: string): HistoryFolder {
  return { history: readHistoryFolder(root), repaired: undefined, append: () => {}, close: () => {} };
}

async function runLoop(talk: PracticeTalk, session: PracticeSession, json: boolean): Promise<number> {
  const { terminal } = talk;
  const now = (): number => talk.now().getTime();
  let ended = false;
  for (;;) {
    const asked = session.next(now());
    if (asked === undefined) break;
    // The next question would push the explanation out of the window before it is read.
    if (asked.number > 1 && talk.asker.interactive && !session.isTimed) {
      if ((await talk.asker.ask("Enter for the next question")) === undefined) {
        ended = true;
        break;
      }
    }
    const { title, area, level } = cardAndTitle(asked.sitting.prepared);
    const head = `${asked.number}. ${title} · ${area} L${level} · ${asked.reason}${clockOf(session.left(now()))}`;
    if ((await askQuestion(talk, session, asked.sitting, head)) === undefined) {
      ended = true;
      break;
    }
  }
  const summary = session.summary(now());
  if (json) terminal.out(JSON.stringify({ summary }));
  else terminal.out(`\n${summary.lines.join("\n")}`);
  return ended && terminal.interactive ? 130 : 0;
}

function cardAndTitle({ question }: PreparedQuestion): { title: string; area: string; level: number } {
  return { title: question.title, area: question.area, level: question.level };
}

/** Of a gauntlet, what is left. */
function clockOf(left: number | undefined): string {
  if (left === undefined) return "";
  return ` · ${left < 60_000 ? `${Math.ceil(left / 1000)} s` : `${Math.ceil(left / 60_000)} min`} left`;
}

function selectCards(bank: readonly PreparedQuestion[], options: PracticeOptions): readonly QuestionCard[] {
  const { question, area, kind, step, level } = options;
  const all = bank.map((prepared) => cardOf(prepared.question));
  if (question !== undefined) {
    const found = all.filter(({ id }) => id === question);
    if (found.length > 0) return found;
    const suggestion = nearest(
      question,
      all.map(({ id }) => id),
    );
    const fix = suggestion === undefined ? "`heptad bank list` shows the names" : `did you mean \`${suggestion}\`?`;
    throw new FailureError({ code: "unknown-question", message: `there is no question \`${question}\``, fix });
  }
  const isWanted = (card: QuestionCard): boolean =>
    (area === undefined || card.area === area) &&
    (step === undefined || card.step === step) &&
    (level === undefined || card.level === level) &&
    // A whole design takes the better part of an hour: only on request.
    (kind === undefined ? card.kind !== "design" || options.challenge !== undefined : card.kind === kind);
  const chosen = all.filter(isWanted);
  if (chosen.length > 0) return chosen;
  throw new FailureError({
    code: "no-questions",
    message: "no question fits all of these options",
    fix: "leave one of them out",
  });
}

function readChallengeFile(path: string): string {
  if (!existsSync(path))
    throw new FailureError({
      code: "no-file",
      message: "the challenge file cannot be read",
      where: path,
      fix: "check the path",
    });
  return readTextFile(path);
}
