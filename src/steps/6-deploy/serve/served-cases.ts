/** A scored task as a service: cases predicted one or many at a time, features kept up to date by them, and labels that arrive later. */

import { z } from "zod";
import {
  type Beginning,
  type Grade,
  type ServedAnswer,
  type ServedEndpoint,
  type ServedSystem,
  type Turn,
  variantAt,
} from "../../../system/served-system.ts";
import type { StageContext } from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { labelsOf, type ScoredTask } from "../../3-data/scored-task.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { type JudgedRounds, openJudgedRounds } from "../../5-evaluate/protocols/judged-classifier.ts";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { type CaseModel, openCaseModel } from "./case-model.ts";
import { PREDICTION, profileOf } from "./case-profile.ts";
import { countOf, refusalOf, refuseFuture, refuseOddNumber, saidConflict } from "./case-refusals.ts";
import { openCaseReplay, requestOfRow } from "./case-replay.ts";
import { labelsResponse, predictionSchema, schemasOf } from "./case-schemas.ts";
import { MOST_ROWS, replayCases } from "./case-skew-stage.ts";
import { type CaseState, type IncomingCase, LATENESS, openCaseState } from "./case-state.ts";
import { checkIdsKept, oddId } from "./odd-id.ts";
import { caseLoss, PendingCases, qualityOf } from "./pending-cases.ts";

/** What of a note is served. */
export interface ServedCasesPlan {
  /** The stage that stored the task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  readonly classifiers: readonly ClassifierPlan[];
  /** Values that features read; the task may hold more. */
  readonly values: readonly string[];
  /** Seconds until a label is known, as the note says. */
  readonly labelDelay: number;
}

/** How far ahead of the service's clock a caller's may be: half the lateness, so that one who is ahead makes nobody else late. */
const AHEAD = LATENESS / 2;
/** An answer is graded after twice the labels' delay: a label may be told that much later than it is known. At least so many seconds. */
const LEAST_WAIT = 3600;

export async function openServedCases(
  plan: ServedCasesPlan,
  input: StageContext["input"],
  begin: Beginning,
): Promise<ServedSystem> {
  const rounds = await openJudgedRounds(plan.task, input);
  const { task } = rounds;
  const odd = new Map([...task.entities].map(([name, { names }]) => [name, oddId(names)]));
  const state = openCaseState(plan.declarations, task);
  const pending = new PendingCases(Math.max(LEAST_WAIT, 2 * plan.labelDelay), state.waitsForLabels);
  const until = { test: rounds.final.test[0], end: task.time.length, nothing: 0 }[begin];
  catchUp(state, pending, task, until);
  const model = await openCaseModel(plan.classifiers, state.names, rounds, input);
  const isTimed = task.dealt === undefined;
  const schemas = schemasOf(plan, state, isTimed);
  checkIdsKept([...task.entities].filter(([name]) => schemas.asksFor(name)));
  const sample = new Float64Array(state.names.length).fill(Number.NaN);
  let probability = Number.NaN;
  /** The newest label of a replay. */
  let replayed = Number.NEGATIVE_INFINITY;

  const predict = (one: IncomingCase, turn: Turn, at = 0): Prediction => {
    const again = pending.get(one.id);
    const { kept, refusal } = state.take(one);
    // Whose case it is now, it was not: what is known of either is no answer.
    if (refusal === "id-of-another") return { id: one.id, probability: null, variant: "none", fault: refusal };
    const isControl = variantAt(turn, at) === 0;
    const isTimely = refusal === undefined || refusal === "duplicate" || refusal === "bad-amount";
    const fault = state.read(one, sample, isTimely ? one.time : state.features.newest) ?? refusal;
    const said = turn.time(model.subject, () => (isControl ? model.control(sample) : model.probability(sample)));
    if (refusal === undefined && again === undefined)
      pending.add(one.id, { ...kept, probability: isControl ? Number.NaN : said, label: -1 });
    return {
      id: one.id,
      probability: said,
      variant: isControl ? model.controlName : "system",
      fault: refusal ?? fault ?? null,
    };
  };
  const gradesDue = (): readonly Grade[] =>
    pending.grade(state.features.newest).map(({ id, keys, label, probability: said }) => ({
      id,
      unit: String(keys[0] ?? id),
      loss: caseLoss(label, said),
    }));
  const answered = (made: readonly Prediction[], turn: Turn): Omit<ServedAnswer, "body"> => {
    probability = made.at(-1)?.probability ?? Number.NaN;
    const unanswered = new Set(made.flatMap((each, at) => (each.fault === "id-of-another" ? [at] : [])));
    return {
      unanswered,
      degraded: [],
      isObserved: variantAt(turn, made.length - 1) !== 0 && made.every(({ fault }) => fault === null),
      grades: gradesDue(),
      refusals: countOf(made.flatMap(({ fault }) => (fault === null ? [] : [fault]))),
    };
  };
  const { one, many, labels } = schemas;
  // Beside data without time a moment says nothing: what comes counts in the order in which it comes.
  const momentOf = (given: number | undefined, now: number, until = now): number => {
    const time = isTimed ? (given ?? now) : now;
    if (time > Math.max(now, until) + AHEAD) refuseFuture(time, until > now ? "the world's" : "the service's");
    return time;
  };
  const withTime = (given: z.output<typeof one.schema>, now: number, until?: number) => {
    const time = momentOf(given.time, now, until);
    for (const [name, who] of Object.entries(given.entities ?? {}))
      if (typeof who === "number") refuseOddNumber(name, who, odd.get(name));
    return { id: given.id, time, entities: { ...given.entities }, values: whole(given.values) };
  };
  const caseOf = (given: z.output<typeof one.schema>, turn: Turn): IncomingCase => ({
    id: given.id,
    time: given.time ?? turn.now,
    entities: given.entities ?? {},
    values: whole(given.values),
  });
  /** Where cases are asked of without their unit, each is one of its own. */
  const unitOf = ({ id, entities }: z.output<typeof one.schema>): string | undefined => {
    const [unit] = state.entities;
    if (unit === undefined || !schemas.asksFor(unit)) return id;
    const who = entities?.[unit];
    return who === undefined || who === null ? undefined : String(who);
  };
  const row = Math.max(0, task.time.length - 1);
  const example = { id: "example-1", ...requestOfRow(task, state.entities, plan.values, row) };
  const predictOne: ServedEndpoint = {
    path: "/predict",
    summary: `How probable it is that a ${task.words.case} is ${task.words.labelled}; it counts in the features of later ones`,
    request: one.schema,
    response: predictionSchema,
    example,
    conflict: "The id is that of a case about others",
    remembers: true,
    unitsOf: (body) => [unitOf(one.read(body))],
    complete: (body, now, until) => one.made(withTime(one.read(body), now, until)),
    recall: schemas.recall,
    answer(body, turn) {
      const made = predict(caseOf(one.read(body), turn), turn);
      const said = answered([made], turn);
      return { body: { ...made }, ...said, ...(said.unanswered?.has(0) && { conflict: saidConflict(made.id) }) };
    },
  };
  const predictMany: ServedEndpoint = {
    path: "/predict/many",
    summary: `Many ${task.words.cases} at once, in their order`,
    request: many.schema,
    response: z.strictObject({ predictions: z.array(predictionSchema) }),
    example: { cases: [example] },
    remembers: true,
    unitsOf: (body) => many.read(body).cases.map(unitOf),
    complete: (body, now, until) =>
      many.made({ cases: many.read(body).cases.map((given) => withTime(given, now, until)) }),
    recall(body) {
      const told = toldCases.safeParse(body);
      return told.success ? { cases: told.data.cases.map(schemas.recall) } : body;
    },
    answer(body, turn) {
      const made = many.read(body).cases.map((given, at) => predict(caseOf(given, turn), turn, at));
      return { body: { predictions: made.map((each) => ({ ...each })) }, ...answered(made, turn) };
    },
  };
  const events: ServedEndpoint = {
    path: "/events",
    summary: `Labels that have arrived: which ${task.words.cases} were ${task.words.labelled}, by the id that they were predicted under`,
    request: labels.schema,
    response: labelsResponse,
    example: { events: [{ id: "example-1", label: true }] },
    remembers: true,
    unitsOf: () => [],
    complete: (body, now, until) =>
      labels.made({
        events: labels.read(body).events.map((given) => ({ ...given, time: momentOf(given.time, now, until) })),
      }),
    answer(body, turn) {
      const refused: { id: string; reason: string }[] = [];
      const given = labels.read(body).events;
      for (const { id, label, time = turn.now } of given) {
        const before = pending.get(id);
        const bit = label ? 1 : 0;
        // Nobody knows of what has not happened; a clock may be off by as much as a case's may.
        const isTooEarly = before !== undefined && isTimed && time < before.time - AHEAD;
        const reason = isTooEarly ? "bad-time" : refusalOf(before?.label, bit, state.waitsForLabels);
        const refusal = reason ?? (before === undefined ? undefined : state.label(before, bit, time));
        if (before === undefined || refusal !== undefined) {
          refused.push({ id, reason: refusal ?? "unknown-case" });
          continue;
        }
        pending.label(id, bit);
        if (turn.until !== undefined) replayed = Math.max(replayed, Math.min(time, turn.until));
      }
      return {
        body: { taken: given.length - refused.length, refused },
        degraded: [],
        isObserved: false,
        grades: gradesDue(),
        refusals: countOf(refused.map(({ reason }) => reason)),
      };
    },
  };
  const judged = judgedQuality(rounds, model);
  return {
    endpoints: [predictOne, predictMany, events],
    variants: [model.controlName, "system"],
    traffic: {
      path: "/predict",
      count: rounds.final.test.length,
      body: (at, round) => ({
        id: `${round}-${at}`,
        ...requestOfRow(task, state.entities, plan.values, rounds.final.test[at]),
      }),
    },
    stages: [model.subject],
    get newest() {
      return Math.max(state.features.newest, replayed);
    },
    counts: () => ({ events: state.features.applied, pending: pending.size }),
    profile: await profileOf(state.names, model, rounds, input),
    observed: () => new Map([...state.names.map((name, at) => [name, sample[at]] as const), [PREDICTION, probability]]),
    ...(isTimed &&
      task.time.length <= MOST_ROWS && {
        skew: async () => (await replayCases(plan, task, rounds.final.test, input)).count,
      }),
    quality: () => pending.quality().map((each) => ({ ...each, judged: judged.get(each.metric) ?? Number.NaN })),
    disownAnswers: () => pending.disown(),
    save() {
      const writer = new ByteWriter();
      state.save(writer);
      pending.save(writer);
      state.saveOwners(writer);
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      state.load(reader);
      pending.load(reader);
      const rest = reader.rest();
      state.loadOwners(rest.length === 0 ? undefined : new ByteReader(rest));
    },
    forget(unit) {
      const [entity] = state.entities;
      const key = entity === undefined ? undefined : state.forget(entity, unit);
      return key === undefined ? 0 : 1 + pending.forget(({ keys }) => keys[0] === key);
    },
  };
}

const toldCases = z.strictObject({ cases: z.array(z.unknown()) });

type Prediction = {
  readonly id: string;
  readonly probability: number | null;
  readonly variant: string;
  readonly fault: string | null;
};

/** Without the names that were left out. */
function whole<Value>(given: Readonly<Record<string, Value | undefined>> = {}): Record<string, Value> {
  const all: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) all[name] = value;
  return all;
}

/** Tells a fresh state what had happened when row `until` came in; what of the data is not known yet can still be told. */
function catchUp(state: CaseState, pending: PendingCases, task: ScoredTask, until: number): void {
  const replay = openCaseReplay(state, task);
  replay.advance(until);
  replay.arrive(until < task.time.length ? task.time[until] : Number.POSITIVE_INFINITY);
  for (const row of replay.waiting())
    pending.add(`data-${row}`, { ...state.keptRow(row), probability: Number.NaN, label: -1 });
}

function judgedQuality({ task, final }: JudgedRounds, model: CaseModel): ReadonlyMap<string, number> {
  const quality = qualityOf(labelsOf(task, final.test), model.judged);
  return new Map(quality.map(({ metric, value }) => [metric, value]));
}
