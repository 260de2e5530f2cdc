/** Plays the simulated world through its days and writes the log that a real service would have: impressions, clicks, views and ratings. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { NumericColumn } from "../../core/table.ts";
import { type EventKind, type Events, kindCode } from "./interactions.ts";
import type { World } from "./world.ts";

/** Days in which a title's share of the shop window falls to 1/e of its first boost. */
const WINDOW_DAYS = 45;
const RELEASE_BOOST = 2;
/** Titles found without a list: mean per session, and how many known titles the member weighs up for each. */
const FOUND_PER_SESSION = 0.8;
const WEIGHED_UP = 40;

/** The log of all sessions, sorted by time. */
export function simulateEvents(world: World, random: Random): Events {
  const log = createLog(world);
  const watched = Array.from({ length: world.members.members.count }, () => new Set<number>());
  const window = createShopWindow(world);
  for (const { member, time } of drawSessions(world, world.start, world.end, random.fork("sessions"))) {
    playSession(world, member, time, watched[member], window, log, random);
  }
  return log.finish();
}

/** A member comes to look at a list. */
export interface Session {
  readonly member: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** More sessions in the evening and at the weekend: hours by their weight, out of 24. */
const HOURS = [2, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 4, 4, 5, 7, 9, 11, 12, 11, 8, 4];
const HOURS_TOTAL = HOURS.reduce((sum, weight) => sum + weight, 0);
const WEEKEND = 1.4;

/** Who comes when from `from` (the start of a day) up to `until`, sorted by time; also after the history has ended. */
export function drawSessions({ members }: World, from: number, until: number, random: Random): readonly Session[] {
  const sessions: Session[] = [];
  for (let member = 0; member < members.members.count; member++) {
    const first = Math.max(from, members.joined[member]);
    for (let day = from + Math.floor((first - from) / DAY) * DAY; day < until; day += DAY) {
      const weekday = new Date(day * 1000).getUTCDay();
      const rate = members.activity[member] * (weekday === 0 || weekday === 6 ? WEEKEND : 1);
      for (let count = random.poisson(rate); count > 0; count--) {
        const time = day + drawHour(random) * 3600 + random.below(3600);
        if (time >= first && time < until) sessions.push({ member, time });
      }
    }
  }
  return sessions.sort((a, b) => a.time - b.time || a.member - b.member);
}

function drawHour(random: Random): number {
  let left = random.below(HOURS_TOTAL);
  let hour = 0;
  while (left >= HOURS[hour]) left -= HOURS[hour++];
  return hour;
}

/** Draws titles that are out, the famous and the new more often: what a popularity-driven service puts in its window. */
interface ShopWindow {
  draw(time: number, random: Random): number;
}

function createShopWindow({ titles, start }: World): ShopWindow {
  const { count, released } = titles.titles;
  const cumulative = new Float64Array(count);
  let day = Number.NaN;
  const open = (today: number): void => {
    day = today;
    let sum = 0;
    for (let title = 0; title < count; title++) {
      const age = (start + today * DAY - released[title]) / DAY;
      if (age >= 0) sum += Math.exp(titles.fame[title] + RELEASE_BOOST * Math.exp(-age / WINDOW_DAYS));
      cumulative[title] = sum;
    }
  };
  return {
    draw(time, random) {
      const today = Math.floor((time - start) / DAY);
      if (today !== day) open(today);
      const wanted = random.uniform() * cumulative[count - 1];
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (cumulative[middle] <= wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

function playSession(
  world: World,
  member: number,
  time: number,
  watched: Set<number>,
  window: ShopWindow,
  log: Log,
  random: Random,
): void {
  const list = drawDistinct(world.places, () => window.draw(time, random), watched);
  const response = world.respond(member, list, time, random);
  let now = time;
  list.forEach((title, place) => {
    log.add("impression", member, title, time, response.clicked[place], place + 1);
    if (response.clicked[place] === 0) return;
    now += 5 + random.below(60);
    log.add("click", member, title, now, 1, place + 1);
    now = logWatched(log, member, title, now, response.minutes[place], response.rating[place]);
    watched.add(title);
  });
  for (let found = random.poisson(FOUND_PER_SESSION); found > 0; found--) {
    const title = findTitle(world, member, time, watched, window, random);
    if (title === undefined) continue;
    const { minutes, rating } = world.watch(member, title, time, random);
    now = logWatched(log, member, title, now + 30 + random.below(120), minutes, rating);
    watched.add(title);
  }
}

/** The moment at which the member has finished. */
function logWatched(log: Log, member: number, title: number, time: number, minutes: number, rating: number): number {
  log.add("view", member, title, time, minutes, 0);
  const end = time + Math.ceil(minutes * 60);
  if (rating > 0) log.add("rating", member, title, end, rating, 0);
  return end;
}

/** Up to `wanted` different titles that were not watched yet; fewer when the draws run dry. */
function drawDistinct(wanted: number, draw: () => number, watched: ReadonlySet<number>): readonly number[] {
  const list = new Set<number>();
  for (let tries = 0; list.size < wanted && tries < 20 * wanted; tries++) {
    const title = draw();
    if (!watched.has(title)) list.add(title);
  }
  return [...list];
}

/** The title among some known ones that attracts most, each with its luck of the day: a choice without any list. */
function findTitle(
  world: World,
  member: number,
  time: number,
  watched: ReadonlySet<number>,
  window: ShopWindow,
  random: Random,
): number | undefined {
  let best: number | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const title of drawDistinct(WEIGHED_UP, () => window.draw(time, random), watched)) {
    // Adding Gumbel noise and taking the largest draws from the softmax (Yellott 1977).
    const score = 2 * world.affinity(member, title, time) - Math.log(random.exponential());
    if (score > bestScore) {
      bestScore = score;
      best = title;
    }
  }
  return best;
}

interface Log {
  add(kind: EventKind, member: number, title: number, time: number, value: number, position: number): void;
  finish(): Events;
}

function createLog({ start, end }: World): Log {
  const columns = { member: [], title: [], time: [], kind: [], value: [], position: [] } satisfies Record<
    string,
    number[]
  >;
  const rows: Record<keyof typeof columns, number[]> = columns;
  return {
    add(kind, member, title, time, value, position) {
      // What a session leaves behind after the end of the history is not in the log yet.
      if (time >= end) return;
      rows.member.push(member);
      rows.title.push(title);
      rows.time.push(time);
      rows.kind.push(kindCode(kind));
      rows.value.push(value);
      rows.position.push(position);
    },
    finish() {
      const count = rows.time.length;
      const order = sortedRows(rows.time, start);
      return {
        count,
        member: gather(rows.member, order, new Int32Array(count)),
        title: gather(rows.title, order, new Int32Array(count)),
        time: gather(rows.time, order, new Float64Array(count)),
        kind: gather(rows.kind, order, new Uint8Array(count)),
        value: gather(rows.value, order, new Float32Array(count)),
        position: gather(rows.position, order, new Int32Array(count)),
      };
    },
  };
}

function gather<T extends NumericColumn>(column: readonly number[], order: Float64Array, into: T): T {
  for (let row = 0; row < into.length; row++) into[row] = column[order[row]];
  return into;
}

/** Row numbers by ascending time, equal times in the order of rows: whole seconds and the row make one number that sorts natively. */
function sortedRows(time: readonly number[], start: number): Float64Array {
  const keys = new Float64Array(time.length);
  for (let row = 0; row < time.length; row++) keys[row] = (time[row] - start) * time.length + row;
  keys.sort();
  return keys.map((key) => key % time.length);
}
