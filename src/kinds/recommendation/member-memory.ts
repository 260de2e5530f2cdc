/** What the service remembers of each member: their deeds in the order of time, out of which a request's history is folded. */

import type { History } from "../../steps/4-model/models/recommender.ts";
import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";

/** One thing that a member did with a title; to be shown something is none. */
export interface Deed {
  readonly title: number;
  /** Seconds. */
  readonly time: number;
  /** -1 where it takes back an earlier sign of preference. */
  readonly judged: number;
  readonly strength: number;
}

/** What is known of a member just before a moment. */
export interface KnownMember {
  /** Titles with the strongest sign and the latest time of each, ascending. */
  readonly history: Required<History>;
  /** Deeds before the moment, whether they say anything or not. */
  readonly deeds: number;
}

/** Members whose history is kept as it was folded last. */
const RECENT = 4096;

/** One for all who have done nothing: what was made of it serves the next of them too. */
const NOTHING: KnownMember = {
  history: { indices: new Int32Array(0), values: new Float32Array(0), times: new Float64Array(0) },
  deeds: 0,
};

export class MemberMemory {
  #deeds = new Map<number, Deed[]>();
  /** Of members by all of their deeds, the one asked about last at the end: whoever holds a history may hold what was made of it. */
  readonly #recent = new Map<number, KnownMember>();
  #count = 0;

  get members(): number {
    return this.#deeds.size;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a deed; one that comes late goes to its place in time. */
  take(member: number, deed: Deed): void {
    const deeds = this.#deeds.get(member) ?? [];
    this.#deeds.set(member, deeds);
    let at = deeds.length;
    while (at > 0 && deeds[at - 1].time > deed.time) at--;
    const isLast = at === deeds.length;
    deeds.splice(at, 0, deed);
    const known = this.#recent.get(member);
    if (known !== undefined && isLast) this.#recent.set(member, followedBy(known, deed));
    else this.#recent.delete(member);
    this.#count++;
  }

  /**
   * As training folds a history: each title once with its strongest sign and its latest time, what was unwanted later is out. The same
   * object as before for a member who has done nothing since.
   */
  before(member: number, moment: number): KnownMember {
    const newest = this.#deeds.get(member)?.at(-1)?.time ?? Number.POSITIVE_INFINITY;
    if (!(newest < moment)) return this.#fold(member, moment);
    const known = this.#recent.get(member) ?? this.#fold(member, moment);
    this.#recent.delete(member);
    this.#recent.set(member, known);
    if (this.#recent.size > RECENT)
      for (const [oldest] of this.#recent) {
        this.#recent.delete(oldest);
        break;
      }
    return known;
  }

  #fold(member: number, moment: number): KnownMember {
    const first = this.#deeds.get(member)?.at(0)?.time ?? Number.POSITIVE_INFINITY;
    if (!(first < moment)) return NOTHING;
    const known = new Map<number, { strength: number; time: number }>();
    let deeds = 0;
    for (const { title, time, judged, strength } of this.#deeds.get(member) ?? []) {
      if (time >= moment) break;
      deeds++;
      if (judged === -1) known.delete(title);
      if (strength > 0) known.set(title, { strength: Math.max(strength, known.get(title)?.strength ?? 0), time });
    }
    const indices = Int32Array.from(known.keys()).sort();
    const values = new Float32Array(indices.length);
    const times = new Float64Array(indices.length);
    for (let at = 0; at < indices.length; at++) {
      const sign = known.get(indices[at]);
      values[at] = sign?.strength ?? Number.NaN;
      times[at] = sign?.time ?? Number.NaN;
    }
    return { history: { indices, values, times }, deeds };
  }

  /** Forgets a member; gives the number of deeds that went. */
  forget(member: number): number {
    const gone = this.#deeds.get(member)?.length ?? 0;
    this.#deeds.delete(member);
    this.#recent.delete(member);
    this.#count -= gone;
    return gone;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#deeds.size);
    for (const [member, deeds] of this.#deeds) {
      writer.number(member);
      writer.number(deeds.length);
      for (const { title, time, judged, strength } of deeds) {
        for (const number of [title, time, judged, strength]) writer.number(number);
      }
    }
  }

  load(reader: ByteReader): void {
    this.#deeds = new Map();
    this.#recent.clear();
    this.#count = 0;
    for (let left = reader.number(); left > 0; left--) {
      const member = reader.number();
      const deeds: Deed[] = [];
      for (let more = reader.number(); more > 0; more--)
        deeds.push({
          title: reader.number(),
          time: reader.number(),
          judged: reader.number(),
          strength: reader.number(),
        });
      this.#deeds.set(member, deeds);
      this.#count += deeds.length;
    }
  }
}

/** What is known once one more deed has followed all others: as if all were folded again. */
function followedBy({ history, deeds }: KnownMember, { title, time, judged, strength }: Deed): KnownMember {
  const isWanted = strength > 0;
  const { indices, values, times } = history;
  let at = indices.length;
  while (at > 0 && indices[at - 1] >= title) at--;
  const isThere = at < indices.length && indices[at] === title;
  // What was made of the history holds on.
  if (!isWanted && (judged !== -1 || !isThere)) return { history, deeds: deeds + 1 };
  // What was unwanted is out, and comes in again with a strength of its own.
  const before = isThere && judged !== -1 ? values[at] : 0;
  const next = isThere ? at + 1 : at;
  const own = isWanted ? 1 : 0;
  const length = indices.length - (next - at) + own;
  const followed = {
    indices: new Int32Array(length),
    values: new Float32Array(length),
    times: new Float64Array(length),
  };
  const copy = (
    to: { set(from: ArrayLike<number>, at: number): void },
    from: Int32Array | Float32Array | Float64Array,
  ) => {
    to.set(from.subarray(0, at), 0);
    to.set(from.subarray(next), at + own);
  };
  copy(followed.indices, indices);
  copy(followed.values, values);
  copy(followed.times, times);
  if (isWanted) {
    followed.indices[at] = title;
    followed.values[at] = Math.max(strength, before);
    followed.times[at] = time;
  }
  return { history: followed, deeds: deeds + 1 };
}
