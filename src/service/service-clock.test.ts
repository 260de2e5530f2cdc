import { describe, expect, it } from "vitest";
import { openServiceClock } from "./service-clock.ts";

const DAY = 86_400;
const NOW = 1_700_000_000;
const LONG_AGO = NOW - 400 * DAY;

/** A world that goes on when it is told to. */
function openWorld() {
  const world = { now: NOW };
  return { world, tell: () => world.now };
}

describe("the service's clock", () => {
  it("is the world's where the data ended lately, and the data's own where that was long ago", () => {
    const { tell } = openWorld();
    expect(openServiceClock(() => NOW - 29 * DAY, tell)).toMatchObject({ kind: "world" });
    expect(openServiceClock(() => Number.NEGATIVE_INFINITY, tell)).toMatchObject({ kind: "world" });
    const clock = openServiceClock(() => LONG_AGO, tell);
    expect([clock.kind, clock.now()]).toEqual(["data", LONG_AGO + 1]);
  });

  it("of the data goes on one second a second, however often it is asked, and stands still for nobody", () => {
    const { world, tell } = openWorld();
    const clock = openServiceClock(() => LONG_AGO, tell);
    for (let asked = 0; asked < 3000; asked++) clock.now();
    expect(clock.now() - LONG_AGO).toBeLessThan(1.01);
    world.now += 60;
    expect(clock.now()).toBe(LONG_AGO + 61);
  });

  it("tells no moment of the data twice", () => {
    const { world, tell } = openWorld();
    const clock = openServiceClock(() => LONG_AGO, tell);
    const told = new Set<number>();
    let before = Number.NEGATIVE_INFINITY;
    for (let asked = 0; asked < 2000; asked++) {
      if (asked % 50 === 0) world.now += 0.001;
      const moment = clock.now();
      expect(moment).toBeGreaterThan(before);
      before = moment;
      told.add(moment);
    }
    expect(told.size).toBe(2000);
  });

  it("of the data is moved by nothing that is told: a caller whose clock runs ahead is five minutes ahead at most, for as long as it likes", () => {
    const { world, tell } = openWorld();
    let newest = LONG_AGO;
    const clock = openServiceClock(() => newest, tell);
    for (let told = 0; told < 1000; told++) {
      newest = Math.max(newest, clock.now() + 300);
      world.now += 0.01;
    }
    expect(clock.now() - LONG_AGO).toBeCloseTo(11, 2);
    expect(newest - clock.now()).toBeLessThanOrEqual(300);
  });

  it("of the data begins where a replay moved it to, and so do others who share it", () => {
    const { tell } = openWorld();
    const origin = { newest: LONG_AGO, world: NOW - 500 };
    expect(openServiceClock(() => LONG_AGO + 3 * DAY, tell, { origin }).now()).toBe(LONG_AGO + 3 * DAY + 1);
    expect(openServiceClock(() => LONG_AGO + 700, tell, { origin }).now()).toBe(LONG_AGO + 501);
  });

  it("of the data is moved on in a replay by an event ahead of it, and goes on from there at one second a second", () => {
    const { world, tell } = openWorld();
    let newest = LONG_AGO;
    const clock = openServiceClock(() => newest, tell, { isReplay: true });
    expect(clock.now()).toBe(LONG_AGO + 1);
    newest = LONG_AGO + 200.5;
    const after = clock.now();
    expect(after).toBeGreaterThan(newest);
    expect(after - newest).toBeLessThan(0.001);
    world.now += 10;
    expect(clock.now()).toBe(newest + 10);
    // What it told itself does not move it: a hundred events without a time of their own take no time.
    for (let told = 0; told < 100; told++) newest = clock.now();
    expect(clock.now() - LONG_AGO).toBeLessThan(210.6);
  });

  it("of several services in a replay is where the first of them began, but for events that were told since", () => {
    const { tell } = openWorld();
    const origin = { newest: LONG_AGO, world: NOW - 500 };
    const shared = { origin, isReplay: true };
    expect(openServiceClock(() => LONG_AGO + 400, tell, shared).now()).toBe(LONG_AGO + 501);
    expect(openServiceClock(() => LONG_AGO + 700, tell, shared).now()).toBeCloseTo(LONG_AGO + 700, 3);
  });

  it("in a replay says up to which moment what is told moves it: the world's, but where the data themselves are ahead of that", () => {
    const { tell } = openWorld();
    expect(openServiceClock(() => LONG_AGO, tell, { isReplay: true }).until?.()).toBe(NOW);
    expect(openServiceClock(() => LONG_AGO, tell).until).toBeUndefined();
    expect(openServiceClock(() => NOW - DAY, tell, { isReplay: true }).until).toBeUndefined();
    const ahead = openServiceClock(() => NOW + 300 * DAY, tell, { isReplay: true });
    expect(ahead.until?.()).toBeGreaterThan(NOW + 3000 * DAY);
  });
});
