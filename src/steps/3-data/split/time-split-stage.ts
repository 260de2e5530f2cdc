/** The stage that divides the events, and forms the requests that validation and test are made of. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Column } from "../../../core/table.ts";
import { type Remark, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import { EVENT_KINDS, type EventKind, type Interactions, interactionsFromStored } from "../interactions.ts";
import type { DataFacts } from "../schema.ts";
import { type Period, splitByTime } from "./by-time.ts";
import { createRequests, type Requests } from "./request-time.ts";
import { countParts } from "./split.ts";

/** What makes an event a positive one. */
export type RelevanceFacts = { readonly kind: EventKind; readonly atLeast: number };

type PeriodFacts = { readonly share: number } | { readonly seconds: number };

type SplitFacts = {
  readonly train: PeriodFacts | null;
  readonly validation: PeriodFacts | null;
  readonly test: PeriodFacts | null;
  readonly gap: number;
  readonly relevant: RelevanceFacts;
};

/** When a model for validation, and the one for the test, had to be trained. Seconds since 1970. */
export interface Cuts {
  readonly validationStart: number;
  readonly testStart: number;
}

/** Requests by the name of their protocol: half of the later events folded in, or none. */
export const PROTOCOLS = { foldedIn: 0.5, cold: 0 } as const;

export function timeSplitStage({ split }: DataFacts, relevant: RelevanceFacts): Stage {
  return stage<SplitFacts>({
    name: "split",
    step: 3,
    title: "splitting by time",
    inputs: ["interactions"],
    data: "",
    facts: {
      train: period(split?.train),
      validation: period(split?.validation),
      test: period(split?.test),
      gap: split?.gap?.value ?? 0,
      relevant,
    },
    async execute({ facts, input }) {
      const interactions = interactionsFromStored(await input("interactions"));
      return divide(interactions, facts);
    },
  });
}

function period(
  written: { readonly value: number; readonly dimension: { readonly second?: number } } | undefined,
): PeriodFacts | null {
  if (written === undefined) return null;
  return written.dimension.second === 1 ? { seconds: written.value } : { share: written.value };
}

function divide(interactions: Interactions, { train, validation, test, gap, relevant }: SplitFacts): StageResult {
  const { events, members } = interactions;
  const options: { train?: Period; validation?: Period; test?: Period; gap: number } = { gap };
  if (train !== null) options.train = train;
  if (validation !== null) options.validation = validation;
  if (test !== null) options.test = test;
  const split = splitByTime(events.time, options);
  const end = events.count === 0 ? 0 : events.time[events.count - 1] + 1;
  const testStart = split.testStart ?? end;
  const validationStart = split.validationStart ?? testStart;
  const arrays: Record<string, Column> = { part: split.part };
  const ofTest = { from: testStart, relevant };
  const ofValidation = { from: validationStart, until: testStart, relevant };
  const folded = createRequests(events, members.count, { ...ofTest, foldIn: PROTOCOLS.foldedIn });
  store(arrays, "test", folded);
  store(arrays, "test-cold", createRequests(events, members.count, { ...ofTest, foldIn: PROTOCOLS.cold }));
  store(arrays, "validation", createRequests(events, members.count, { ...ofValidation, foldIn: PROTOCOLS.foldedIn }));
  const cuts: Record<string, number> = { validationStart, testStart };
  const parts = countParts(split);
  const figures: Figure[] = [
    ...(["train", "validation", "test"] as const).map((part) =>
      figure({ step: 3, name: `${part} events`, subject: "split", value: parts[part], unit: "events" }),
    ),
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
      subject: "split",
      value: folded.count,
      unit: "requests",
      note: `members with a later ${relevant.kind} of ${relevant.atLeast} or more to find`,
    }),
  ];
  return stageResult({ json: cuts, arrays, figures, remarks: splitRemarks(split.description, folded) });
}

function splitRemarks(description: string, { members }: Requests): Remark[] {
  const share = members.active === 0 ? 0 : (members.active - members.seenBefore) / members.active;
  const text = `Split ${description}. Of ${formatNumber(members.active)} members active after the test cut, ${formatNumber(members.seenBefore)} were seen before it: ${formatNumber(share * 100, 2)}% of the requests start cold.`;
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

export type RequestSet = "test" | "test-cold" | "validation";

/** Requests as later stages read them. */
export type StoredRequests = Omit<Requests, "members">;

export function requestsFromStored({ arrays }: Pick<StageResult, "arrays">, name: RequestSet): StoredRequests {
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
  if (typeof json === "object" && json !== null && "testStart" in json && "validationStart" in json) {
    const { testStart, validationStart } = json;
    if (typeof testStart === "number" && typeof validationStart === "number") return { testStart, validationStart };
  }
  throw new Error("the split has no cuts");
}

/** The label of the note as relevance; ratings of 4 or more where it does not say. */
export function relevanceOf(
  label: { event?: string; positive?: { limit: { value: number }; comparison: string } } | undefined,
): RelevanceFacts {
  const kind = EVENT_KINDS.find((one) => one === label?.event) ?? "rating";
  const { limit, comparison } = label?.positive ?? {};
  const bound = limit?.value ?? (kind === "rating" ? 4 : 1);
  // Values are whole or half steps: just above the bound excludes it.
  return { kind, atLeast: comparison === ">" ? bound + 1e-6 : bound };
}
