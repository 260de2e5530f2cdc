/** A system that answers requests, as a kind hands it to whatever serves it: time comes in, memory is saved and restored from outside. */

import type { z } from "zod";
import type { Json } from "./stage.ts";

/** What a request is given besides its body. */
export interface Turn {
  /** Seconds on the service's clock: the moment of a request that does not say its own. */
  readonly now: number;
  /**
   * When the request came, in seconds since 1970 by the service's own clock, the world's or the data's: what bounds how far ahead an event may
   * say that it happened. It is in the log beside the request. Absent in a replay of data, whose events have no arrival.
   */
  readonly arrived?: number | undefined;
  /**
   * In a replay, up to which moment what is told moves the clock on to its own: the world's. An event that lies between `arrived` and this came
   * when it says. In the log beside the request; absent where nothing that is told moves the clock.
   */
  readonly until?: number | undefined;
  /** Index into `variants`: what answers this request. */
  readonly variant: number;
  /** The same of each answer of a request that is about several units; absent where one variant answers all of it. */
  readonly variants?: readonly number[] | undefined;
  /** Does a stage's work and counts its time, that of a promise until it is settled. `isLate` says whether the stage has used up its share of the budget. */
  time<T>(stage: string, work: (isLate: () => boolean) => T): T;
}

/** An answer, and what of it had to be left out for lateness; empty for a whole one. */
export interface ServedAnswer {
  readonly body: Json;
  readonly degraded: readonly string[];
  /** Whether `observed` of the system holds values of this answer: a whole answer of the model. */
  readonly isObserved: boolean;
  /** What units did by this request that an experiment wants to know: a wanted event counts 1. */
  readonly outcomes?: readonly { readonly unit: string; readonly moment: number; readonly value: number }[];
  /** Events that were not taken, by reason. */
  readonly refusals?: Readonly<Record<string, number>>;
  /** What labels that have come say of earlier answers. */
  readonly grades?: readonly Grade[];
  /** Those of several answers, by their place, that are none: nobody was shown anything. */
  readonly unanswered?: ReadonlySet<number>;
  /** Why it is no answer: the request is at odds with what is remembered, and changed nothing. */
  readonly conflict?: string;
}

/** How good an answer was, as its label says it: two systems that answered the same are compared by it, pair by pair. */
export interface Grade {
  /** Tells the answer apart from others. */
  readonly id: string;
  /** Whose answers go together. */
  readonly unit: string;
  /** A loss: less is better. */
  readonly loss: number;
}

export interface ServedEndpoint {
  /** `/recommend` */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly request: z.ZodType;
  readonly response: z.ZodType;
  /** A request that this system answers. */
  readonly example: Json;
  /** Whether it changes what the system remembers. Such a request is in the log before it is answered; what it changes depends on no clock but its arrival, which the log holds too. */
  readonly remembers: boolean;
  /** When an answer says `conflict`; absent where none does. */
  readonly conflict?: string;
  /** Whom each answer is about, in their order: the units of an experiment, undefined for nobody's. Empty where nothing is answered that an experiment could vary. */
  unitsOf(body: unknown): readonly (string | undefined)[];
  /** The request with all that it left out: what is logged and answered. `until` is that of the turn. */
  complete(body: unknown, now: number, until?: number): Json;
  /** A body that was completed for a system of the same kind with other features, without the names that nothing reads here; absent where all take the same. */
  recall?(body: unknown): unknown;
  answer(body: unknown, turn: Turn): ServedAnswer;
  /** Does to memory what `answer` does, but for what the system's tally says; absent where only answering does it. */
  remember?(body: unknown, turn: Turn): void;
}

/** What was sent could not be used: its own fault, said to whoever sent it. */
export interface RefusedUpload {
  readonly isRefused: true;
  readonly code: string;
  readonly message: string;
}

/** An endpoint that is asked with bytes, a photo, and remembers nothing. What else is asked stands in the query. */
export interface ServedUpload {
  /** `/search` */
  readonly path: `/${string}`;
  readonly summary: string;
  /** Content types that it takes. */
  readonly types: readonly string[];
  /** Bytes at most. */
  readonly limit: number;
  /** Of texts, as a query has them. */
  readonly query: z.ZodObject;
  readonly response: z.ZodType;
  /** What this system answers. */
  readonly example: { readonly bytes: Uint8Array; readonly type: string };
  /** Whom the request is about: the unit of an experiment, undefined for nobody's. */
  unitOf(query: unknown): string | undefined;
  answer(bytes: Uint8Array, query: unknown, turn: Turn): Promise<ServedAnswer | RefusedUpload>;
}

/** Requests of the window that the model was judged on, in its order: what a test of load replays. */
export interface ServedTraffic {
  readonly path: `/${string}`;
  readonly count: number;
  /** Request `at` of `count`. `round` tells one that is sent again apart, where that would be taken for a repeat. */
  body(at: number, round: string): Json | TrafficBytes;
}

/** A request's body as bytes, for an endpoint of uploads. */
export class TrafficBytes {
  readonly type: string;
  readonly bytes: Uint8Array;

  constructor(type: string, bytes: Uint8Array) {
    this.type = type;
    this.bytes = bytes;
  }
}

/** What the outcomes of a system's answers count. */
export interface CountedOutcome {
  /** `click events` */
  readonly says: string;
  /** Whether the metric of the note's experiment is a rate of them; else they are counted in its place. */
  readonly isMetric: boolean;
}

/** A metric of the answers whose labels have come, beside what the run judged on its test window. */
export interface LabelledQuality {
  readonly metric: string;
  readonly value: number;
  /** NaN where the run judged no such thing. */
  readonly judged: number;
  /** Labelled answers that it was read from. */
  readonly n: number;
}

/** What the test window's requests came to when they were told and asked as in production, held against what the model was judged on. */
export interface SkewCount {
  readonly requests: number;
  /** Values of features, or of vectors. */
  readonly compared: number;
  /** Those that are not the same to the last bit. */
  readonly differing: number;
  /** The first of them. */
  readonly first?: {
    /** Row of the batch. */
    readonly row: number;
    readonly feature: string;
    readonly batch: number;
    readonly served: number;
  };
}

/** Requests told again, whose answers nobody waits for. */
export interface Retelling {
  /** Whether many follow. */
  hurry(isHurried: boolean): void;
  /** What is told from here on came to this tally, which `recount` takes over then. Throws a `FailureError` for what is none. */
  expect(tally: unknown): void;
  /** What its answers have changed so far besides what `remember` of its endpoints does. */
  tally(): Json;
  /** Takes such a tally over. Throws a `FailureError` for what is none. */
  recount(tally: unknown): void;
}

export interface ServedSystem {
  readonly endpoints: readonly ServedEndpoint[];
  readonly uploads?: readonly ServedUpload[];
  /** What can answer, by name: first what an experiment compares with, last the whole system. */
  readonly variants: readonly string[];
  readonly traffic: ServedTraffic;
  /** What an experiment hears of units; absent where it hears nothing. */
  readonly outcome?: CountedOutcome;
  /** Stages that a request goes through, by the names of the note's budget. */
  readonly stages: readonly string[];
  /** Seconds: the newest event that it knows. */
  readonly newest: number;
  /** How much it holds, for `/model` and the metrics. */
  counts(): Readonly<Record<string, number>>;
  /** What of the data it did not take into its memory when it was opened, how many of which and why. Absent where it takes all. */
  readonly leftOut?: readonly string[];
  /** Features as they are read, and `prediction`, each with a sample of what it was when the model was judged: what drift is held against. */
  readonly profile: ReadonlyMap<string, Float64Array>;
  /** One value of each name of the profile, of the newest answer. */
  observed(): ReadonlyMap<string, number>;
  /** What late labels say of its newest answers; empty until there are enough. Absent where no label tells. */
  quality?(): readonly LabelledQuality[];
  /** What it has answered so far was another model's: labels that come later say nothing of this one. Absent where no label tells. */
  disownAnswers?(): void;
  /**
   * Goes through its test window as production would have, and compares. Of a system that was opened with what came before the window, and
   * is asked nothing else: it has seen the window afterwards. Absent where nothing was judged that could be compared.
   */
  skew?(): Promise<SkewCount>;
  /** How it is told many requests again, after a restart; absent where they are answered again. */
  readonly retelling?: Retelling;
  /** All that it remembers, for `restore`. */
  save(): Uint8Array;
  /** Becomes what was saved. Throws a `FailureError` when that was of other features. */
  restore(snapshot: Uint8Array): void;
  /** Lets go of what it holds besides memory, once what it answers at the moment is answered. Absent where it holds nothing. */
  close?(): Promise<void>;
  /** Removes everything about a unit; gives how many entries went. Absent where nothing is kept by person. */
  forget?(unit: string): number;
}

/** What a system knows when it is opened: all of the data, or what came before the test window; `nothing` where it becomes a snapshot. */
export type Beginning = "test" | "end" | "nothing";

/** Index into `variants` of what gives answer `at` of a request. */
export function variantAt({ variant, variants }: Turn, at: number): number {
  return variants?.[at] ?? variant;
}

/** When a request came, and up to which moment what it tells moves the clock: as a log keeps it. */
export type Arrival = Pick<Turn, "arrived" | "until">;

/** When an event of this moment came. */
export function arrivalOf({ arrived, until }: Arrival, time: number): number | undefined {
  return arrived === undefined || until === undefined || !(time > arrived)
    ? arrived
    : Math.max(arrived, Math.min(time, until));
}

/** What a log keeps of it, without what is absent. */
export function keptArrival({ arrived, until }: Arrival): Arrival {
  return { ...(arrived !== undefined && { arrived }), ...(until !== undefined && { until }) };
}

/** As a log gives it, of which nothing is believed. */
export function readArrival(entry: object): Arrival {
  const arrived = "arrived" in entry ? entry.arrived : undefined;
  const until = "until" in entry ? entry.until : undefined;
  return keptArrival({
    arrived: typeof arrived === "number" ? arrived : undefined,
    until: typeof until === "number" ? until : undefined,
  });
}

/** A turn without limits: for replay, tests and the measuring of a whole answer. */
export function unhurried(now: number, variant = -1, arrival: Arrival = {}): Turn {
  return { now, ...arrival, variant, time: (_, work) => work(() => false) };
}
