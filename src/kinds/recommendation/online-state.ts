/** What a recommender knows while it serves: features by the declarations of training, histories, and the members that came since. */

import { DAY } from "../../core/day.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { rankedStream } from "../../steps/3-data/features/ranked-stream.ts";
import { judgeLikeData, type Preferences } from "../../steps/3-data/preferences.ts";
import { listAt } from "../../steps/3-data/row-lists.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { createFeatureState, type FeatureState } from "../../steps/6-deploy/serve/feature-state.ts";
import { eventOf, type Refusal, type StateEvent } from "../../steps/6-deploy/serve/state-event.ts";
import { featureKinds, openHeardBeside } from "./heard-beside.ts";
import { EVENT_KINDS, type Interactions, rankedTaskOf } from "./interactions.ts";
import { type KnownMember, MemberMemory } from "./member-memory.ts";

/** An event as a caller sends it; nothing about it is trusted. */
export interface IncomingEvent {
  readonly id: string;
  readonly member: string;
  readonly title: string;
  /** The name of a kind of event. */
  readonly event: string;
  /** The rating, or the minutes watched; 1 where absent. */
  readonly value?: number;
  /** Seconds since 1970. */
  readonly time: number;
}

export type EventRefusal = Refusal | "unknown-title" | "unknown-event-kind" | "too-many-members";

/** Numbers of members are below this; memory grows with those that occur. */
const MEMBERS = 2 ** 26;
/** Moments are below this, in the year 2242; a time in milliseconds is not. */
const LATEST = 2 ** 33;
/** So many members in a row that agree on a later time are believed. */
const CONFIRMATIONS = 20;
/** How far before the newest event another may lie, in seconds. */
const LATENESS = 3600;
/** How far ahead of its arrival an event may lie. */
const LEEWAY = 300;
/** How long ids of events are remembered at least, in seconds of event time. */
const ID_SPAN = 7 * DAY;
/** A list for a member reads hundreds of titles, and most of them are those of the list before. */
const KEPT_TOTALS = 2 ** 14;

export interface OnlineState {
  /** The kinds of event that features and histories take. */
  readonly taken: readonly string[];
  /** The kind that is counted and taken by neither; absent where the counted kind is one of the others, or none is counted. */
  readonly beside?: string | undefined;
  /** Names of the features, in the order that `read` fills them. */
  readonly names: readonly string[];
  readonly features: FeatureState;
  /** The number of a member; -1 for one that nobody has seen. */
  memberOf(id: string): number;
  titleOf(id: string): number;
  known(member: number, moment: number): KnownMember;
  /** Features of a member and of each title from `from` up to `until` just before a moment, one title after the other. */
  read(
    member: number,
    titles: ArrayLike<number>,
    from: number,
    until: number,
    moment: number,
    values: Float64Array,
  ): void;
  /** Whether the note wants to see such an event. */
  isWanted(event: IncomingEvent): boolean;
  /** Takes an event, or says why not. `arrived` is when it came by the receiver's own clock: with it no members who collude can move the clock. */
  take(event: IncomingEvent, arrived?: number): EventRefusal | undefined;
  /** Removes a member's deeds, and the name that leads to the member's features. */
  forget(id: string): number;
  counts(): Readonly<Record<string, number>>;
  save(): Uint8Array;
  restore(snapshot: Uint8Array): void;
}

/** A state that knows the events of the data strictly before `until`. `counted` is the kind of event that an experiment counts. */
export function openOnlineState(
  declarations: readonly FeatureDeclaration[],
  interactions: Interactions,
  preferences: Preferences,
  until: number,
  counted?: string,
): OnlineState {
  const { events, members, titles } = interactions;
  const kinds = events.kinds ?? EVENT_KINDS;
  const stream = rankedStream(rankedTaskOf(interactions));
  const member = stream.entities.get("member");
  const entities = new Map(stream.entities);
  if (member !== undefined) entities.set("member", { ...member, count: MEMBERS });
  const vocabulary = { ...stream, entities };
  const clockwork = {
    lateness: LATENESS,
    leeway: LEEWAY,
    jump: Math.max(30 * DAY, 2 * longestPause(events.time)),
    confirmations: CONFIRMATIONS,
    witness: "member",
    idSpan: ID_SPAN,
    keptTotals: KEPT_TOTALS,
  };
  const features = createFeatureState(planFeatures(declarations, stream), vocabulary, clockwork);
  const taken = featureKinds(kinds, (name) => stream.measures.get(name)?.mask === undefined);
  const beside = counted === undefined || taken.includes(counted) ? undefined : counted;
  const memory = new MemberMemory();
  const isOwn = kinds.slice(EVENT_KINDS.length);
  const impression = EVENT_KINDS.indexOf("impression");
  const titleNumbers = new Map(titles.ids.map((id, at) => [id, at]));
  let memberNumbers = new Map(members.ids.map((id, at) => [id, at]));
  let nextMember = members.count;
  const judge = events.judged === undefined ? undefined : judgeLikeData(events, kinds, preferences);
  const genres = { offsets: titles.genres.offsets, items: titles.genres.indices };
  const ofTitles = Array.from({ length: titles.count }, (_, title): readonly number[] => [...listAt(genres, title)]);
  const genresOf = (title: number): readonly number[] => ofTitles[title];
  /** Of the titles that were read last. */
  const own: { readonly title: number[]; readonly genre: (readonly number[])[] } = { title: [], genre: [] };
  const remember = (row: { member: number; title: number; time: number; kind: number; value: number }): void => {
    if (row.kind === impression) return;
    const verdict = judge?.(row.kind, row.value) ?? { judged: 0, strength: 1 };
    memory.take(row.member, { title: row.title, time: row.time, judged: verdict.judged, strength: verdict.strength });
  };
  for (let row = 0; row < events.count && events.time[row] < until; row++) {
    const { id: _, ...event } = eventOf(stream, row);
    features.apply(event);
    remember({
      member: events.member[row],
      title: events.title[row],
      time: events.time[row],
      kind: events.kind[row],
      value: events.value[row],
    });
  }
  const heard = beside === undefined ? undefined : openHeardBeside(clockwork, features.newest);
  const measuresOf = (kind: number, value: number): Record<string, number> => {
    const name = kinds[kind];
    const measures: Record<string, number> = {
      [name]: name === "rating" || name === "view" || isOwn.includes(name) ? value : 1,
    };
    const judged = judge?.(kind, value).judged ?? 0;
    if (judged === 1) measures.positive = 1;
    if (judged === -1) measures.negative = 1;
    return measures;
  };
  return {
    taken,
    beside,
    names: features.names,
    features,
    memberOf: (id) => memberNumbers.get(id) ?? -1,
    titleOf: (id) => titleNumbers.get(id) ?? -1,
    known: (one, moment) => memory.before(one, moment),
    read(one, titles, from, until, moment, values) {
      const count = until - from;
      for (let at = 0; at < count; at++) {
        own.title[at] = titles[from + at];
        own.genre[at] = ofTitles[titles[from + at]];
      }
      features.readMany({ time: moment, count, shared: { member: one }, own }, values);
    },
    isWanted(event) {
      const kind = kinds.indexOf(event.event);
      return kind >= 0 && judge?.(kind, Math.fround(event.value ?? 1)).judged === 1;
    },
    take(event, arrived) {
      const kind = kinds.indexOf(event.event);
      const isBeside = event.event === beside;
      if (kind < 0 || !(isBeside || taken.includes(event.event))) return "unknown-event-kind";
      const title = titleNumbers.get(event.title);
      if (title === undefined) return "unknown-title";
      const isNew = !memberNumbers.has(event.member);
      if (isNew && nextMember >= MEMBERS) return "too-many-members";
      const one = memberNumbers.get(event.member) ?? nextMember;
      // As the columns of the data hold it.
      const value = Math.fround(event.value ?? 1);
      const time = event.time >= 0 && event.time < LATEST ? event.time : Number.NaN;
      if (kinds[kind] === "rating" && event.value === undefined) return "missing-measure";
      if (heard !== undefined && isBeside) {
        const [only] = taken;
        const keys = { member: one, title, genre: genresOf(title) };
        const apart = { id: event.id, time, keys, measures: {} };
        const fault = features.check({ ...apart, measures: { [only]: 1 } });
        return fault === "bad-id" || fault === "duplicate" ? fault : heard.apply(apart, arrived);
      }
      const told: StateEvent = {
        id: event.id,
        time,
        keys: { member: one, title, genre: genresOf(title) },
        measures: measuresOf(kind, value),
        isCounted: kind !== impression,
      };
      const refusal = features.apply(told, arrived);
      if (refusal !== undefined) return refusal;
      if (isNew) memberNumbers.set(event.member, nextMember++);
      remember({ member: one, title, time, kind, value });
      return undefined;
    },
    forget(id) {
      const one = memberNumbers.get(id);
      if (one === undefined) return 0;
      // The number is given to nobody again: what totals hold of it leads to no person any more.
      memberNumbers.delete(id);
      return memory.forget(one) + 1;
    },
    counts: () => ({ members: memory.members, deeds: memory.count, events: features.applied }),
    save() {
      const writer = new ByteWriter();
      const saved = features.save();
      writer.number(saved.length);
      writer.bytes(saved);
      writer.number(nextMember);
      writer.number(memberNumbers.size);
      writer.texts([...memberNumbers.keys()]);
      for (const at of memberNumbers.values()) writer.number(at);
      memory.save(writer);
      if (heard !== undefined) writer.bytes(heard.save());
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      features.restore(reader.bytes(reader.number()));
      nextMember = reader.number();
      const names = reader.texts(reader.number());
      memberNumbers = new Map(names.map((id) => [id, reader.number()]));
      memory.load(reader);
      // One that was saved while no such kind was counted ends here.
      const rest = reader.rest();
      if (rest.length > 0) heard?.restore(rest);
    },
  };
}

function longestPause(time: Float64Array): number {
  let pause = 0;
  for (let row = 1; row < time.length; row++) pause = Math.max(pause, time[row] - time[row - 1]);
  return pause;
}
