/** Runs a practice session: opens the history, chooses questions one after the other, and sums up at the end. */

import { readFile } from "node:fs/promises";
import { nearest } from "../core/nearest.ts";
import { FailureError, type Outcome, succeed, unwrap } from "../core/outcome.ts";
import { createRandom, type Random } from "../core/random.ts";
import { type HistoryFolder, newRecordId, openHistoryFolder, readHistoryFolder } from "../node/history-folder.ts";
import { readPreparedBank } from "../node/prepared-bank.ts";
import { reviewNote } from "../note/review-note.ts";
import { type ChallengeItem, readChallenge } from "../practice/challenge.ts";
import { chooseNext, choosePlacement } from "../practice/choose-next.ts";
import { dailySet } from "../practice/daily-set.ts";
import type { AnswerRecord } from "../practice/history.ts";
import type { PreparedQuestion } from "../practice/prepare.ts";
import { dayOf, foldHistory, type Profile, withAnswer } from "../practice/profile.ts";
import { cardOf, type QuestionCard } from "../practice/question.ts";
import { summariseSession } from "../practice/summarise-session.ts";
import { createAsker } from "./asker.ts";
import { createJudge } from "./language-model.ts";
import { askQuestion, type PracticeSession } from "./practice-loop.ts";
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

const PLACEMENT = 6;

/** The exit code: 0, or 130 when the session was ended before its last question. */
export async function runPractice(terminal: Terminal, options: PracticeOptions): Promise<Outcome<number>> {
  const bank = new Map((await readPreparedBank()).map((prepared) => [prepared.question.id, prepared]));
  const cards = selectCards([...bank.values()], options);
  const challenge =
    options.challenge === undefined ? undefined : unwrap(readChallenge(await readChallengeFile(options.challenge)));
  const folder = options.dryRun ? lookInto(options.folder) : unwrap(openHistoryFolder(options.folder));
  const asker = await createAsker(terminal);
  try {
    if (folder.repaired !== undefined)
      terminal.note("the last line of the history was cut off by a crash; it was removed");
    if (folder.history.damaged.length > 0)
      terminal.note(`${folder.history.damaged.length} damaged lines of the history are not read`);
    const session: PracticeSession = {
      terminal,
      asker,
      json: options.json,
      mode: options.mode,
      plain: options.mode === "gauntlet",
      review: reviewNote,
      judge: createJudge(process.env),
      now: () => new Date(),
      newId: () => newRecordId(new Date()),
      record: (answer) => folder.append(answer),
    };
    const day = dayOf(session.now().toISOString());
    const seed = options.seed ?? session.now().getTime() % 2 ** 31;
    const picker = createPicker({ cards, options, day, seed, challenge, records: folder.history.records });
    return succeed(await runLoop(session, bank, picker, foldHistory(folder.history.records), options));
  } finally {
    asker.close();
    folder.close();
  }
}

/** The history to choose by, and nowhere to write to. */
function lookInto(root: string): HistoryFolder {
  return { history: readHistoryFolder(root), repaired: undefined, append: () => {}, close: () => {} };
}

interface Pick {
  readonly card: QuestionCard;
  readonly reason: string;
  readonly seed: number;
}

type Picker = (profile: Profile, answered: readonly AnswerRecord[]) => Pick | undefined;

interface PickerInput {
  readonly cards: readonly QuestionCard[];
  readonly options: PracticeOptions;
  readonly day: number;
  readonly seed: number;
  readonly challenge: readonly ChallengeItem[] | undefined;
  readonly records: Parameters<typeof dailySet>[0];
}

function createPicker({ cards, options, day, seed, challenge, records }: PickerInput): Picker {
  const random: Random = createRandom(seed, "practice");
  const variantOf = (i: number): number => (seed + 7919 * (i + 1)) % 2 ** 31;
  const fixed =
    (list: readonly QuestionCard[], reason: string): Picker =>
    (_, answered) => {
      const card = list[answered.length];
      return card === undefined ? undefined : { card, reason, seed: variantOf(answered.length) };
    };
  if (challenge !== undefined) {
    return (_, answered) => {
      const item = challenge[answered.length];
      const card = cards.find(({ id }) => id === item?.question);
      return item === undefined || card === undefined ? undefined : { card, reason: "challenge", seed: item.seed };
    };
  }
  if (options.question !== undefined) return fixed(cards.slice(0, 1), "chosen");
  if (options.mode === "daily") return fixed(dailyRest(cards, options.count, day, records), "today's set");
  return (profile, answered) => {
    if (answered.length >= options.count) return undefined;
    const asked = new Set(answered.map(({ question }) => question));
    const last = answered.at(-1);
    const lastCard = cards.find(({ id }) => id === last?.question);
    const isNew = profile.answers.length < PLACEMENT && options.mode === "practice";
    const choice = isNew
      ? choosePlacement(profile, cards, { day, random, asked })
      : chooseNext(profile, cards, {
          day,
          random,
          asked,
          last: lastCard && { card: lastCard, right: last?.verdict === "right" },
        });
    return choice === undefined ? undefined : { ...choice, seed: variantOf(answered.length) };
  };
}

/** Today's set without what was answered from it already: a session that was broken off goes on where it was. */
function dailyRest(
  cards: readonly QuestionCard[],
  count: number,
  day: number,
  records: PickerInput["records"],
): readonly QuestionCard[] {
  const done = new Set(
    records.flatMap((record) =>
      record.type === "answer" && record.mode === "daily" && dayOf(record.at) === day ? [record.question] : [],
    ),
  );
  return dailySet(records, cards, day, count).filter(({ id }) => !done.has(id));
}

async function runLoop(
  session: PracticeSession,
  bank: ReadonlyMap<string, PreparedQuestion>,
  picker: Picker,
  start: Profile,
  options: PracticeOptions,
): Promise<number> {
  const { terminal } = session;
  const answered: AnswerRecord[] = [];
  const deadline = session.now().getTime() + options.minutes * 60_000;
  let profile = start;
  let ended = false;
  let late: AnswerRecord | undefined;
  for (;;) {
    const left = deadline - session.now().getTime();
    if (session.plain && left <= 0) break;
    const pick = picker(profile, answered);
    const prepared = pick === undefined ? undefined : bank.get(pick.card.id);
    if (pick === undefined || prepared === undefined) break;
    // The next question would push the explanation out of the window before it is read.
    if (answered.length > 0 && session.asker.interactive && !session.plain) {
      if ((await session.asker.ask("Enter for the next question")) === undefined) {
        ended = true;
        break;
      }
    }
    const clock = session.plain
      ? ` · ${left < 60_000 ? `${Math.ceil(left / 1000)} s` : `${Math.ceil(left / 60_000)} min`} left`
      : "";
    const head = `${answered.length + 1}. ${prepared.question.title} · ${pick.card.area} L${pick.card.level} · ${pick.reason}${clock}`;
    const record = await askQuestion(session, prepared, pick.seed, head);
    if (record === undefined) {
      ended = true;
      break;
    }
    profile = withAnswer(profile, record);
    if (session.plain && session.now().getTime() > deadline) {
      late = record;
      break;
    }
    answered.push(record);
  }
  const isTimeUp = session.plain && session.now().getTime() >= deadline;
  const summary = summariseSession({
    answered,
    late,
    isTimeUp,
    before: start,
    after: profile,
    day: dayOf(session.now().toISOString()),
    mode: options.mode,
  });
  if (options.json) terminal.out(JSON.stringify({ summary }));
  else terminal.out(`\n${summary.lines.join("\n")}`);
  return ended && terminal.interactive ? 130 : 0;
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

async function readChallengeFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new FailureError({
      code: "no-file",
      message: "the challenge file cannot be read",
      where: path,
      fix: "check the path",
    });
  }
}
