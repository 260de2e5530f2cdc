import { describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { createRandom } from "../../core/random.ts";
import { EVENT_KINDS, type EventKind, type Events, type Interactions } from "./interactions.ts";
import { createWorld, simulateInteractions, type WorldOptions } from "./simulated-world.ts";
import type { World } from "./world.ts";

const SMALL: WorldOptions = { members: 300, titles: 200, days: 120 };

function simulate(options: WorldOptions = SMALL, seed = 7): { world: World; history: Interactions } {
  const random = createRandom(seed);
  const world = createWorld(options, random);
  return { world, history: simulateInteractions(world, random) };
}

function rowsOfKind({ kind, count }: Events, name: EventKind): readonly number[] {
  const code = EVENT_KINDS.indexOf(name);
  return Array.from({ length: count }, (_, row) => row).filter((row) => kind[row] === code);
}

const { world, history } = simulate();
const { events, members, titles } = history;

describe("a simulated history", () => {
  it("is the same for the same seed and another for another", () => {
    expect(simulate().history).toEqual(history);
    expect(simulate(SMALL, 8).history.events.time).not.toEqual(events.time);
  });

  it("says that it is simulated", () => {
    expect(history.source.simulated).toBe(true);
    expect(history.source.description).toContain("no real person");
  });

  it("is sorted by time and lies inside its days", () => {
    expect(events.time.every((time, row) => row === 0 || events.time[row - 1] <= time)).toBe(true);
    expect(events.time[0]).toBeGreaterThanOrEqual(world.start);
    expect(events.time[events.count - 1]).toBeLessThan(world.end);
  });

  it("has no event with a title before its release or with a member before joining", () => {
    const early = Array.from({ length: events.count }, (_, row) => row).filter(
      (row) =>
        events.time[row] < titles.released[events.title[row]] ||
        events.time[row] < world.members.joined[events.member[row]],
    );
    expect(early).toEqual([]);
  });

  it("sees members and titles arrive all along", () => {
    const late = (moments: Float64Array): number => moments.filter((one) => one > world.start + 60 * DAY).length;
    expect(late(world.members.joined)).toBeGreaterThan(members.count / 10);
    expect(late(titles.released)).toBeGreaterThan(titles.count / 20);
  });

  it("lets nobody watch a title twice, and every click be watched", () => {
    const views = rowsOfKind(events, "view").map((row) => events.member[row] * titles.count + events.title[row]);
    expect(new Set(views).size).toBe(views.length);
    const clicks = rowsOfKind(events, "click");
    const watched = new Set(views);
    const unwatched = clicks.filter((row) => !watched.has(events.member[row] * titles.count + events.title[row]));
    expect(unwatched).toEqual([]);
  });

  it("gives ratings of whole stars from one to five", () => {
    const stars = new Set(rowsOfKind(events, "rating").map((row) => events.value[row]));
    expect([...stars].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it("shows the position bias: the click rate falls as examination does", () => {
    const { events: more } = simulate({ members: 1500, titles: 300, days: 120 }).history;
    const shown = new Float64Array(11);
    const clicked = new Float64Array(11);
    for (const row of rowsOfKind(more, "impression")) {
      const place = more.position?.[row] ?? 0;
      shown[place]++;
      clicked[place] += more.value[row];
    }
    for (const place of [2, 5, 10]) {
      const ratio = clicked[place] / shown[place] / (clicked[1] / shown[1]);
      // About 2,000 clicks stand behind each ratio (3 % standard error); the famous titles at the top add a little more.
      expect(ratio / world.examination(place)).toBeGreaterThan(0.85);
      expect(ratio / world.examination(place)).toBeLessThan(1.15);
    }
  });
});

describe("the truth of the world", () => {
  it("drifts: a member's affinities of today say less about those of the far future than of tomorrow", () => {
    const agreement = (days: number): number => {
      let sum = 0;
      for (let member = 0; member < members.count; member++) {
        const time = world.members.joined[member];
        for (let title = 0; title < titles.count; title++) {
          sum += world.affinity(member, title, time) * world.affinity(member, title, time + days * DAY);
        }
      }
      return sum;
    };
    expect(agreement(1)).toBeGreaterThan(0.99 * agreement(0));
    expect(agreement(360)).toBeLessThan(0.8 * agreement(0));
  });

  it("lets titles fade after their release, and hides them before it", () => {
    const released = titles.released[0];
    expect(world.attraction(0, 0, released - 1)).toBe(0);
    expect(world.attraction(0, 0, released + DAY)).toBeGreaterThan(world.attraction(0, 0, released + 200 * DAY));
  });

  it("clicks as often as examination times attraction says", () => {
    const random = createRandom(3);
    const list = [4, 9, 2, 7];
    const clicks = new Float64Array(4);
    const runs = 40_000;
    for (let run = 0; run < runs; run++) {
      world.respond(5, list, world.end, random).clicked.forEach((one, place) => {
        clicks[place] += one;
      });
    }
    list.forEach((title, place) => {
      const truth = world.examination(place + 1) * world.attraction(5, title, world.end);
      const error = Math.sqrt((truth * (1 - truth)) / runs);
      expect(Math.abs(clicks[place] / runs - truth)).toBeLessThan(4 * error);
    });
  });

  it("rewards a ranking by taste over one by chance", () => {
    const random = createRandom(11);
    const clicksOf = (rank: (member: number, all: number[]) => number[]): number => {
      let clicks = 0;
      for (let member = 0; member < members.count; member++) {
        const all = Array.from({ length: titles.count }, (_, title) => title);
        const list = rank(member, all).slice(0, 10);
        for (const one of world.respond(member, list, world.end, random).clicked) clicks += one;
      }
      return clicks;
    };
    const byTaste = clicksOf((member, all) =>
      all.sort((a, b) => world.affinity(member, b, world.end) - world.affinity(member, a, world.end)),
    );
    expect(byTaste).toBeGreaterThan(2 * clicksOf((_, all) => random.shuffle(all)));
  });

  it("has no position bias when none is asked for", () => {
    expect(createWorld({ ...SMALL, positionBias: 0 }, createRandom(1)).examination(10)).toBe(1);
  });
});
