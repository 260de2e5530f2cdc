/** The stage that divides the events, and forms the requests that validation and test are made of. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Column } from "../../../core/table.ts";
import { EVENT_KINDS, type EventKind, interactionsFromStored } from "../../../kinds/recommendation/interactions.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { DataFacts } from "../schema.ts";
import { type Period, splitByTime } from "./by-time.ts";
import { createRequests, type Requests } from "./request-time.ts";
import { countParts, partCode, rowsOf, type Split } from "./split.ts";

/** What makes an event a positive one. */
export type RelevanceFacts = { readonly kind: EventKind; readonly atLeast: number };

type PeriodFacts = { readonly share: number } | { readonly seconds: number };

type SplitPlan = {
  readonly train: PeriodFacts | null;
  readonly validation: PeriodFacts | null;
  readonly test: PeriodFacts | null;
  readonly gap: number;
  readonly relevant: RelevanceFacts;
  /** Windows before validation whose requests a second stage learns from. */
  readonly folds: number;
};

/** Requests of one kind: models that answer them have learned from events before `cut` only. */
export type RequestSetPlan = {
  /** `test`, `test-cold`, `validation`, `validation-cold`, or `fold-2@50` for a fold with half of the events folded in. */
  readonly name: string;
  /** Seconds since 1970: the first request less the gap that the note leaves for labels to arrive. */
  readonly cut: number;
};

export interface Cuts {
  readonly validationStart: number;
  readonly testStart: number;
  readonly sets: readonly RequestSetPlan[];
}

/** Shares of a member's events in a fold that have happened when the request comes: from nothing known to most of it. */
const FOLD_SHARES = [0, 0.25, 0.5, 0.75];

/** Folds take turns over this last share of the training events: the nearest past resembles the test most. */
const FOLDED_SHARE = 0.45;

/** `folds` windows of the training part yield requests for a second stage; 0 where there is none. */
export function timeSplitStage({ split }: DataFacts, relevant: RelevanceFacts, folds: number): Stage {
  return stage({
    name: "split",
    step: 3,
    title: "splitting by time",
    inputs: ["interactions"],
    data: NO_FILES,
    plan: {
      train: period(split?.train),
      validation: period(split?.validation),
      test: period(split?.test),
      gap: split?.gap?.value ?? 0,
      relevant,
      folds,
    },
    run: divide,
  });
}

function period(
  written: { readonly value: number; readonly dimension: { readonly second?: number } } | undefined,
): PeriodFacts | null {
  if (written === undefined) return null;
  return written.dimension.second === 1 ? { seconds: written.value } : { share: written.value };
}

async function divide(
  { train, validation, test, gap, relevant, folds }: SplitPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const interactions = interactionsFromStored(await input("interactions"));
  const { events, members } = interactions;
  const options: { train?: Period; validation?: Period; test?: Period; gap: number } = { gap };
  if (train !== null) options.train = train;
  if (validation !== null) options.validation = validation;
  if (test !== null) options.test = test;
  const isTimeless = interactions.source.timeless === true;
  const split = isTimeless ? orderedParts(events.time) : splitByTime(events.time, options);
  const end = events.count === 0 ? 0 : events.time[events.count - 1] + 1;
  const testStart = split.testStart ?? end;
  const validationStart = split.validationStart ?? testStart;
  const arrays: Record<string, Column> = { part: split.part };
  const sets: RequestSetPlan[] = [];
  const add = (name: string, foldIn: number, from: number, until: number): Requests => {
    const requests = createRequests(events, members.count, { from, until, foldIn, relevant });
    store(arrays, name, requests);
    sets.push({ name, cut: from - gap });
    return requests;
  };
  const folded = add("test", 0.5, testStart, Number.POSITIVE_INFINITY);
  add("test-cold", 0, testStart, Number.POSITIVE_INFINITY);
  add("validation", 0.5, validationStart, testStart - gap);
  add("validation-cold", 0, validationStart, testStart - gap);
  const trainingEvents = rowsOf(split, "train");
  for (let fold = 0; fold < folds; fold++) {
    const boundary = (at: number): number =>
      foldBoundary(events.time, trainingEvents, at / folds, validationStart - gap);
    for (const share of FOLD_SHARES) add(`fold-${fold + 1}@${share * 100}`, share, boundary(fold), boundary(fold + 1));
  }
  const parts = countParts(split);
  const figures: Figure[] = [
    ...(["train", "validation", "test"] as const).map((part) =>
      figure({ step: 3, name: `${part} events`, subject: "split", value: parts[part], unit: "events" }),
    ),
    ...(events.count === 0 || isTimeless
      ? []
      : cutFigures([
          ["data", events.time[0], end],
          ["train", events.time[0], validationStart - gap],
          ["validation", validationStart, testStart - gap],
          ["test", testStart, end],
        ])),
    figure({
      step: 3,
      name: "members active in test",
      subject: "split",
      value: folded.members.active,
      unit: "members",
    }),
    figure({
      step: 3,
      name: "of them seen before",
      subject: "split",
      value: folded.members.seenBefore,
      unit: "members",
    }),
    figure({
      step: 3,
      name: "test requests",
      role: "size",
      subject: "split",
      value: folded.count,
      unit: "requests",
      note:
        events.judged === undefined
          ? `members with a later ${relevant.kind} of ${relevant.atLeast} or more to find`
          : "members with a later event to find that the note calls wanted",
    }),
  ];
  return stageResult({
    json: { validationStart, testStart, sets },
    arrays,
    figures,
    remarks: isTimeless ? timelessRemarks(split.description, folded) : splitRemarks(split.description, folded),
  });
}

/** The moments that part the data, as figures with a date. */
function cutFigures(parts: readonly (readonly [name: string, from: number, until: number])[]): Figure[] {
  return parts
    .filter(([, from, until]) => until > from)
    .flatMap(([name, from, until]) =>
      [[`${name} from`, from] as const, [`${name} until`, until] as const].map(([called, value]) =>
        figure({ step: 3, name: called, subject: "split", value, unit: "time" }),
      ),
    );
}

/** Data without time: the order that was made for the split holds training in [0, 1), validation in [1, 2) and test from 2 on. */
function orderedParts(time: Float64Array): Split {
  const part = Uint8Array.from(time, (place) => partCode(place >= 2 ? "test" : place >= 1 ? "validation" : "train"));
  return {
    description: "as the note says, without any time: places in an order made for the split stand for moments",
    part,
    validationStart: 1,
    testStart: 2,
  };
}

/** The moment at `share` of the folded part of the training events; its end is the start of validation. */
function foldBoundary(time: Float64Array, rows: Int32Array, share: number, end: number): number {
  const at = Math.floor(rows.length * (1 - FOLDED_SHARE * (1 - share)));
  return at >= rows.length ? end : time[rows[at]];
}

function timelessRemarks(description: string, { count, members }: Requests): Remark[] {
  return [
    {
      kind: "answer",
      text: `Split ${description}. Of ${formatNumber(members.active)} members with test events ${formatNumber(count)} have one to find.`,
    },
    {
      kind: "warning",
      text: "the data has no time, so nothing here says how the system would do on what comes later: a model may have learned from events that happened after those it is asked about. Drift, alerts, label delay, windows of features and the length of the history are left out",
    },
  ];
}

function splitRemarks(description: string, { members }: Requests): Remark[] {
  const share = members.active === 0 ? 0 : (members.active - members.seenBefore) / members.active;
  const text = `Split ${description}. Of ${formatNumber(members.active)} members active after the test cut, ${formatNumber(members.seenBefore)} were seen before it: ${formatNumber(share * 100, 2)}% of the members start cold.`;
  return [{ kind: "answer", text }];
}

function store(arrays: Record<string, Column>, name: string, requests: Requests): void {
  arrays[`${name}.member`] = requests.member;
  arrays[`${name}.moment`] = requests.moment;
  arrays[`${name}.seen-before`] = requests.seenBefore;
  arrays[`${name}.history.offsets`] = requests.history.offsets;
  arrays[`${name}.history.items`] = requests.history.items;
  arrays[`${name}.relevant.offsets`] = requests.relevant.offsets;
  arrays[`${name}.relevant.items`] = requests.relevant.items;
}

/** Requests as later stages read them. */
export type StoredRequests = Omit<Requests, "members">;

export function requestsFromStored({ arrays }: Pick<StageResult, "arrays">, name: string): StoredRequests {
  const integers = (key: string): Int32Array => {
    const column = arrays[`${name}.${key}`];
    if (column instanceof Int32Array) return column;
    throw new Error(`the split has no ${name}.${key}`);
  };
  const moment = arrays[`${name}.moment`];
  const seenBefore = arrays[`${name}.seen-before`];
  if (!(moment instanceof Float64Array && seenBefore instanceof Uint8Array))
    throw new Error(`the split has no ${name} requests`);
  const member = integers("member");
  return {
    count: member.length,
    member,
    moment,
    seenBefore,
    history: { offsets: integers("history.offsets"), items: integers("history.items") },
    relevant: { offsets: integers("relevant.offsets"), items: integers("relevant.items") },
  };
}

/** The cuts as later stages read them. */
export function cutsFromStored({ json }: Pick<StageResult, "json">): Cuts {
  const sets = isJsonObject(json) && Array.isArray(json.sets) ? json.sets : [];
  const number = (value: unknown): number => {
    if (typeof value === "number") return value;
    throw new Error("the split has no cuts");
  };
  return {
    validationStart: number(isJsonObject(json) ? json.validationStart : null),
    testStart: number(isJsonObject(json) ? json.testStart : null),
    sets: sets.map((set) => ({ name: String(set.name), cut: number(set.cut) })),
  };
}

/** The label of the note as relevance for events that were not judged; ratings of 4 or more where it does not say. */
export function relevanceOf(
  label:
    | { event?: string; positive?: { limit: { value: number }; comparison: string } | readonly string[] }
    | undefined,
): RelevanceFacts {
  const kind = EVENT_KINDS.find((one) => one === label?.event) ?? "rating";
  const positive = label?.positive;
  const { limit, comparison } = positive === undefined || !("limit" in positive) ? {} : positive;
  const bound = limit?.value ?? (kind === "rating" ? 4 : 1);
  // Values are whole or half steps: just above the bound excludes it.
  return { kind, atLeast: comparison === ">" ? bound + 1e-6 : bound };
}
