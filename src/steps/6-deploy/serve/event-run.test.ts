import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantize } from "../../3-data/features/feature-plan.ts";
import { quantizeHundredths } from "./amount-code.ts";
import { BitBuffer } from "./bit-buffer.ts";
import { type EventFields, EventRun } from "./event-run.ts";

const NOW = 2_000_000;
const anEvent = fc.record({
  wait: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.double({ min: 0, max: 1e5, noNaN: true }), fc.constant(0)),
  flags: fc.oneof({ weight: 4, arbitrary: fc.constant(2) }, fc.nat(7)),
  amount: fc.oneof(
    fc.integer({ min: -500, max: 1e6 }).map((cents) => cents / 100),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  ),
  print: fc.integer(),
});
type Event = typeof anEvent extends fc.Arbitrary<infer E> ? E : never;

const FIELDS: readonly EventFields[] = [
  { flagBits: 3, presence: [2, 0], span: 22 },
  { flagBits: 3, presence: [], span: 0 },
  { flagBits: 3, presence: [0], span: 32 },
];

/** What times are rounded to: as they come, as clocks of computers tell them, and as most data do. */
const aClock = fc.constantFrom(
  (time: number) => time,
  (time: number) => Math.round(time * 1000) / 1000,
  (time: number) => Math.floor(time),
);
type Clock = typeof aClock extends fc.Arbitrary<infer C> ? C : never;

/** A run of these events that ends at `NOW`; each may have waited for the one before. */
function runOf(fields: EventFields, events: readonly Event[], clock: Clock): EventRun {
  const run = new EventRun(fields);
  const whole = events.reduce((sum, { wait }) => sum + wait, 0);
  let time = NOW - Math.min(whole, NOW) - 1;
  for (const { wait, flags, amount, print } of events) {
    time += wait;
    run.insert(run.count, clock(time), flags, [amount + 0, 1 - amount], print);
  }
  return run;
}

/** All that a run holds; -0 is 0. */
function contentOf({ count, times, flags, prints, values }: EventRun, from = 0): unknown {
  return [times, flags, prints, ...values].map((column) => Array.from(column.subarray(from, count), (one) => one + 0));
}

describe("a run of events", () => {
  const someEvents = fc.array(anEvent, { minLength: 1, maxLength: 40 });

  it("is read as it was written", () => {
    fc.assert(
      fc.property(someEvents, aClock, fc.constantFrom(...FIELDS), (events, clock, fields) => {
        const run = runOf(fields, events, clock);
        const bits = new BitBuffer();
        const read = new EventRun(fields);
        const newest = Math.max(NOW, run.times[run.count - 1]);
        read.read(bits, run.write(bits), newest);
        expect(contentOf(read)).toEqual(contentOf(run));
        expect(read.firstTime(bits, newest)).toBeOneOf([run.times[0] + 0, Number.NaN]);
      }),
    );
  });

  it("loses events at the beginning and gains one at the end without being written anew", () => {
    fc.assert(
      fc.property(someEvents, anEvent, fc.nat(40), aClock, aClock, fc.constantFrom(...FIELDS), (...given) => {
        const [events, last, cut, clock, lastClock, fields] = given;
        const [bits, cutBits] = [new BitBuffer(), new BitBuffer()];
        const written = runOf(fields, events, clock).write(bits);
        const run = new EventRun(fields);
        const newest = NOW + 1e6;
        run.read(bits, written, newest);
        const from = Math.min(cut, run.count - 1);
        const kept = run.writeFrom(cutBits, from, bits, written);
        const before = run.times[run.count - 1];
        const time = Math.max(before, lastClock(before + last.wait));
        run.insert(run.count, time, last.flags, [last.amount + 0, 0], last.print);
        const read = new EventRun(fields);
        read.read(cutBits, run.writeLast(cutBits, kept), newest);
        expect(contentOf(read)).toEqual(contentOf(run, from));
      }),
    );
  });

  it("takes 30 bits for a payment of a customer who makes two a day", () => {
    const run = new EventRun({ flagBits: 0, presence: [0], span: 22 });
    for (let at = 0; at < 60; at++)
      run.insert(at, at * 40_000 + ((at * 7919) % 20_000), 0, [((at * 104_729) % 10_000) / 100], 0);
    expect(run.write(new BitBuffer()) / 60).toBeLessThan(31);
  });

  it("takes ten bits more where its moment has milliseconds", () => {
    const run = new EventRun({ flagBits: 0, presence: [0], span: 22 });
    for (let at = 0; at < 60; at++)
      run.insert(at, at * 40_000 + ((at * 7_919_123) % 20_000_000) / 1000, 0, [((at * 104_729) % 10_000) / 100], 0);
    expect(run.write(new BitBuffer()) / 60).toBeLessThan(41);
  });
});

it("makes of hundredths what quantizing makes of the amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (hundredths) => {
      expect(quantizeHundredths(hundredths)).toBe(quantize(hundredths / 100));
    }),
    { numRuns: 5000 },
  );
});
