/** Practice as the studio serves it: a session that outlives its page and its process, each answer on the disk before it is shown. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { openTurns } from "../../core/turns.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { newRecordId, openHistoryLog } from "../../node/history-folder.ts";
import { readPreparedBank } from "../../node/prepared-bank.ts";
import { reviewNote } from "../../note/review-note.ts";
import { levelOnScale } from "../../practice/ability.ts";
import { readRubric } from "../../practice/grade-rubric.ts";
import type { AnswerRecord } from "../../practice/history.ts";
import { dueDay } from "../../practice/memory.ts";
import type { PreparedQuestion } from "../../practice/prepare.ts";
import { dayOf, isPlaced, secondsOf } from "../../practice/profile.ts";
import { cardOf } from "../../practice/question.ts";
import { type Asked, openSession, type PracticeSession } from "../../practice/session.ts";
import { openHistoryView } from "./history-view.ts";
import { describeAsked, describeGraded, readTyped } from "./practice-views.ts";
import { openProgressDesk } from "./progress-desk.ts";
import type { StudioProject } from "./studio-project.ts";

/** What is kept of a sitting: enough to go on after a kill. */
const sittingSchema = z.object({
  mode: z.enum(["practice", "daily", "gauntlet"]),
  count: z.int().min(1).max(100),
  minutes: z.number().positive(),
  area: z.string().optional(),
  question: z.string().optional(),
  seed: z.int(),
  startedAt: z.number(),
  /** Ids of the answers given in it. */
  answers: z.array(z.string()),
  hints: z.int().min(0),
  /** The question that stands. */
  standing: z.object({ question: z.string(), seed: z.int(), reason: z.string() }).optional(),
  askedAt: z.number(),
});

/** What the session's file holds: the sitting that goes on, and those begun before it that have not ended. */
const keptSchema = sittingSchema.extend({ waiting: z.array(sittingSchema).default([]) });

type Sitting = z.output<typeof sittingSchema>;
type Kept = z.output<typeof keptSchema>;

/** So many wait at most; the oldest is let go. */
const MOST_WAITING = 5;

export const startSchema = z.strictObject({
  mode: z.enum(["practice", "daily", "gauntlet"]).default("practice"),
  count: z.int().min(1).max(100).default(10),
  minutes: z.number().min(1).max(600).default(20),
  area: z.string().max(60).optional(),
  question: z.string().max(120).optional(),
  /** Whether a sitting in which something was answered is set aside for this one without a word. */
  aside: z.boolean().default(true),
});

type Order = Omit<z.output<typeof startSchema>, "aside">;

export const answerSchema = z.strictObject({
  /** The question that the page shows: an answer to another one is refused, so that two tabs lose nothing. */
  question: z.string().max(120),
  typed: z.string().max(20_000),
  confidence: z.number().min(0).max(1).optional(),
  ticks: z.array(z.boolean()).max(40).optional(),
  /** How long the question stood before somebody: the server sees only when it was asked. */
  seconds: z.number().min(0).max(86_400).optional(),
});

const DAILY = startSchema.parse({ mode: "daily" });

export type PracticeDesk = ReturnType<typeof openPracticeDesk>;

/** `history/` and the session's file lie under the project's root. */
export function openPracticeDesk(project: StudioProject) {
  const { root, now } = project;
  const file = join(root, ".heptad", "studio-practice.json");
  let bankOnce: Promise<ReadonlyMap<string, PreparedQuestion>> | undefined;
  let kept: Kept | undefined = readKept(file);
  let session: PracticeSession | undefined;
  const bank = (): Promise<ReadonlyMap<string, PreparedQuestion>> => {
    bankOnce ??= readPreparedBank().then((all) => new Map(all.map((one) => [one.question.id, one])));
    return bankOnce;
  };
  const keep = (change: Kept | undefined): void => {
    kept = change;
    writeFileAtomically(file, `${JSON.stringify(change ?? {})}\n`);
  };
  const history = openHistoryView(root);
  /** The session that is open, made anew from its file where the process was another one. */
  const open = async (): Promise<PracticeSession | undefined> => {
    if (session !== undefined || kept === undefined) return session;
    const { mode, count, minutes, area, question, seed, startedAt, answers, hints, standing } = kept;
    const all = await bank();
    const cards = [...all.values()]
      .map(({ question: one }) => cardOf(one))
      .filter((card) => (question === undefined ? card.kind !== "design" : card.id === question))
      .filter((card) => area === undefined || card.area === area);
    const { records, profile } = await history();
    const own = new Set(answers);
    session = openSession({
      bank: all,
      cards,
      mode,
      count,
      question,
      day: dayOf(new Date(startedAt).toISOString()),
      seed,
      records,
      profile,
      startedAt,
      minutes,
      standing,
      answered: records.filter((one): one is AnswerRecord => one.type === "answer" && own.has(one.id)),
    });
    session.next(now().getTime());
    for (let i = 0; i < hints; i++) session.hint();
    return session;
  };
  const show = async () => {
    const one = await open();
    if (one === undefined || kept === undefined) return { session: null };
    const at = now().getTime();
    const asked = one.next(at);
    const stands = asked && {
      question: asked.sitting.prepared.question.id,
      seed: asked.sitting.variant.seed,
      reason: asked.reason,
    };
    // The choice depends on chance: what was shown is what stands after a kill.
    if (stands !== undefined && kept.standing?.question !== stands.question) keep({ ...kept, standing: stands });
    const { mode, count } = kept;
    return {
      session: {
        mode,
        count: kept.question === undefined ? count : 1,
        // By the clock it would count what lay between: other pages, a night.
        minutes: Math.round(secondsOf(one.answered) / 60),
        left: one.left(at) ?? null,
        verdicts: one.answered.map(({ verdict }) => verdict),
        level: isPlaced(one.profile) ? levelOnScale(one.profile.ability) : null,
        uncertainty: 1.96 * Math.sqrt(one.profile.ability.general.variance),
        asked: asked === undefined ? null : describeAsked(asked, one.isTimed),
        summary: asked === undefined ? one.summary(at) : null,
        waiting: kept.waiting.length,
      },
    };
  };
  const standingAt = async (question: string): Promise<{ one: PracticeSession; asked: Asked }> => {
    const one = await open();
    const asked = one?.next(now().getTime());
    if (one !== undefined && asked?.sitting.prepared.question.id === question) return { one, asked };
    throw new FailureError({
      code: "other-question",
      message: "another question stands by now: it was answered in another tab, or the time is up",
      fix: "load the page again; what you typed stays in the field until then",
    });
  };
  const today = (): number => dayOf(now().toISOString());
  const progress = openProgressDesk(project, {
    bank,
    history,
    open: () =>
      inTurn(async () => {
        // All of it was answered, or its time is up: nothing goes on.
        if ((await open())?.next(now().getTime()) === undefined || kept === undefined) return null;
        return goesOn(kept, DAILY, today()) ? "today" : "other";
      }),
  });
  const acts = {
    show,
    /** What was begun stays begun: the same order goes on where it was left, and another one does not end it. */
    async start({ aside, ...order }: z.output<typeof startSchema>) {
      const all = await bank();
      if (order.question !== undefined && !all.has(order.question))
        throw new FailureError({ code: "unknown-question", message: "there is no question of this name" });
      const isOver = (await show()).session?.asked == null;
      if (kept !== undefined && !isOver && goesOn(kept, order, today())) return show();
      if (!aside && !isOver && kept !== undefined && kept.answers.length > 0)
        return { ...(await show()), standsInTheWay: true };
      const { waiting = [], ...current } = kept ?? {};
      const begun = [...(kept === undefined || isOver ? [] : [sittingSchema.parse(current)]), ...waiting];
      const again = begun.find((one) => goesOn(one, order, today()));
      const at = now().getTime();
      session = undefined;
      keep({
        ...(again ?? { ...order, seed: at % 2 ** 31, startedAt: at, answers: [], hints: 0 }),
        askedAt: at,
        waiting: begun.filter((one) => one !== again).slice(0, MOST_WAITING),
      });
      return show();
    },
    /** Ends the sitting; one that was begun before it goes on. */
    async stop() {
      const one = await open();
      const summary = one?.summary(now().getTime());
      const [before, ...waiting] = kept?.waiting ?? [];
      session = undefined;
      keep(before === undefined ? undefined : { ...before, askedAt: now().getTime(), waiting });
      return { summary: summary ?? null, ...(await show()) };
    },
    async hint(question: string) {
      const { one } = await standingAt(question);
      const hint = one.hint();
      if (hint !== undefined && kept !== undefined) keep({ ...kept, hints: kept.hints + 1 });
      return show();
    },
    /** What a number is read as while it is typed; says nothing of whether it is right. */
    async read(question: string, typed: string) {
      const { asked } = await standingAt(question);
      return readTyped(asked, typed);
    },
    async answer({ question, typed, confidence, ticks, seconds }: z.output<typeof answerSchema>) {
      const { one, asked } = await standingAt(question);
      const { sitting } = asked;
      const at = now();
      const { kind } = sitting.prepared.question;
      if ((kind === "explain" || kind === "design") && typed.trim() !== "" && ticks === undefined) {
        const { points, misconceptions } = readRubric(sitting.prepared.question, typed);
        return { rubric: points, misconceptions };
      }
      const { grade, record } = unwrap(
        one.answer({
          typed,
          confidence,
          ticks,
          review: reviewNote,
          // A sitting cannot have had more than there was since it began.
          seconds: Math.min(
            3600,
            seconds ?? Number.POSITIVE_INFINITY,
            (at.getTime() - ((seconds === undefined ? kept?.askedAt : kept?.startedAt) ?? at.getTime())) / 1000,
          ),
          id: newRecordId(at),
          at: at.toISOString(),
        }),
      );
      const folder = unwrap(openHistoryLog(root));
      try {
        folder.append(record);
      } finally {
        folder.close();
      }
      const before = one.profile;
      one.keep(record, at.getTime());
      if (kept !== undefined)
        keep({
          ...kept,
          answers: [...kept.answers, record.id],
          hints: 0,
          standing: undefined,
          askedAt: now().getTime(),
        });
      const memory = one.profile.memories.get(record.question);
      return {
        graded: {
          ...describeGraded(asked, grade, record),
          again: memory === undefined ? null : dueDay(memory) - dayOf(at.toISOString()),
          moved: isPlaced(before) ? levelOnScale(one.profile.ability) - levelOnScale(before.ability) : null,
        },
        ...(await show()),
      };
    },
  };
  // An order that comes while another one waits for the bank or the history would find half of what that one leaves.
  const inTurn = openTurns();
  return {
    show: () => inTurn(acts.show),
    start: (order: z.output<typeof startSchema>) => inTurn(() => acts.start(order)),
    stop: () => inTurn(acts.stop),
    hint: (question: string) => inTurn(() => acts.hint(question)),
    read: (question: string, typed: string) => inTurn(() => acts.read(question, typed)),
    answer: (answer: z.output<typeof answerSchema>) => inTurn(() => acts.answer(answer)),
    ...progress,
  };
}

/** Whether an order asks for a sitting that was begun. Who asks for no area and no question means any but one of a single question. */
function goesOn(one: Sitting, { question, area, mode }: Order, today: number): boolean {
  if (question !== undefined) return one.question === question || one.standing?.question === question;
  if (one.question !== undefined) return false;
  if (mode === "practice") return area === undefined || one.area === area;
  // Yesterday's set is another one.
  return one.mode === mode && (mode !== "daily" || dayOf(new Date(one.startedAt).toISOString()) === today);
}

function readKept(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const read = keptSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
