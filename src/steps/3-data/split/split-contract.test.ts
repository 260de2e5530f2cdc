import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { FailureError } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { dataSchema } from "../schema.ts";
import { countParts, PARTS, rowsOf, type Split } from "./split.ts";
import { RUNNABLE_SPLITS, splitEvents } from "./split-events.ts";

const UNITS = 6;
const ITEMS = 5;

/** What each way of splitting promises beyond the contract of all. */
const PROMISES: Readonly<
  Record<
    (typeof RUNNABLE_SPLITS)[number],
    { readonly ordered?: "all" | "member"; readonly together?: "member"; readonly seeded?: true }
  >
> = {
  time: { ordered: "all" },
  "time-per-member": { ordered: "member" },
  "leave-one-out": { ordered: "member" },
  random: { seeded: true },
  "random-per-member": { seeded: true },
  "random-stratified": { seeded: true },
  group: { seeded: true, together: "member" },
  "member-holdout": { seeded: true, together: "member" },
};

interface Row {
  readonly time: number;
  readonly unit: number;
  readonly item: number;
  readonly value: number;
}

const someRows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 40 }),
      unit: fc.integer({ min: 0, max: UNITS - 1 }),
      item: fc.integer({ min: 0, max: ITEMS - 1 }),
      value: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 12, maxLength: 80 },
  )
  .map((rows) => rows.toSorted((a, b) => a.time - b.time));

function taskOf(rows: readonly Row[]) {
  return plantRanked(rows, { units: UNITS, items: ITEMS });
}

function split(rows: readonly Row[], by: string, seed = 1, rest: object = {}): Split {
  const { split: facts } = dataSchema.parse({ split: { by, validation: "20%", test: "20%", ...rest } });
  return splitEvents(taskOf(rows), facts, createRandom(seed));
}

/** A split, or undefined where the rows leave a part empty, which has to be a failure. */
function trySplit(rows: readonly Row[], by: string): Split | undefined {
  try {
    return split(rows, by);
  } catch (error) {
    expect(error).toBeInstanceOf(FailureError);
    return undefined;
  }
}

describe.each(RUNNABLE_SPLITS)("split by %s", (by) => {
  const { ordered, together, seeded } = PROMISES[by];

  it("loses no row and puts none on both sides", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const one = trySplit(rows, by);
        if (one === undefined) return;
        const listed = PARTS.flatMap((part) => [...rowsOf(one, part)]);
        expect(listed.toSorted((a, b) => a - b)).toEqual(rows.map((_, row) => row));
        expect(countParts(one).unused).toBe(0);
      }),
    );
  });

  it("is the same for the same seed", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        expect(trySplit(rows, by)).toEqual(trySplit(rows, by));
      }),
    );
  });

  if (seeded)
    it("is another for another seed", () => {
      const rows = Array.from({ length: 60 }, (_, row) => ({
        time: row,
        unit: row % UNITS,
        item: row % ITEMS,
        value: 3,
      }));
      const parts = [1, 2, 3].map((seed) => [...split(rows, by, seed).part].join(""));
      expect(new Set(parts).size).toBeGreaterThan(1);
    });

  if (ordered === "all")
    it("trains on nothing that happened at or after the first validation or test event", () => {
      fc.assert(
        fc.property(someRows, (rows) => {
          const one = trySplit(rows, by);
          if (one === undefined) return;
          const times = (part: "train" | "validation" | "test") => [...rowsOf(one, part)].map((row) => rows[row].time);
          expect(Math.max(...times("train"))).toBeLessThan(Math.min(...times("validation")));
          expect(Math.max(...times("validation"))).toBeLessThan(Math.min(...times("test")));
          expect(one.validationStart).toBeLessThanOrEqual(Math.min(...times("validation")));
          expect(one.testStart).toBeLessThanOrEqual(Math.min(...times("test")));
        }),
      );
    });

  if (ordered === "member")
    it("trains on nothing of a member at or after that member's first held-out event", () => {
      fc.assert(
        fc.property(someRows, (rows) => {
          const one = trySplit(rows, by);
          if (one === undefined) return;
          for (let unit = 0; unit < UNITS; unit++) {
            const times = (part: "train" | "validation" | "test") =>
              [...rowsOf(one, part)].filter((row) => rows[row].unit === unit).map((row) => rows[row].time);
            expect(Math.max(...times("train"))).toBeLessThan(Math.min(...times("validation"), ...times("test")));
            expect(Math.max(...times("validation"))).toBeLessThan(Math.min(...times("test")));
          }
        }),
      );
    });

  if (together)
    it("keeps every member on one side", () => {
      fc.assert(
        fc.property(someRows, (rows) => {
          const one = trySplit(rows, by);
          if (one === undefined) return;
          for (let unit = 0; unit < UNITS; unit++) {
            const parts = new Set([...one.part].filter((_, row) => rows[row].unit === unit));
            expect(parts.size).toBeLessThanOrEqual(1);
          }
        }),
      );
    });

  if (by !== "leave-one-out")
    it("gives test about its share", () => {
      const rows = Array.from({ length: 1200 }, (_, row) => ({
        time: row,
        unit: row % UNITS,
        item: row % ITEMS,
        value: 1 + (row % 5),
      }));
      const counts = countParts(split(rows, by));
      expect(counts.test).toBe(by === "group" || by === "member-holdout" ? 200 : 240);
      expect(counts.train).toBeGreaterThanOrEqual(600);
    });
});

describe("what a split cannot do", () => {
  const rows = Array.from({ length: 20 }, (_, row) => ({ time: row, unit: 0, item: 0, value: 1 }));

  it("is said: a way that cannot be run", () => {
    expect(() => split(rows, "nested")).toThrow("cannot be run with the split `nested`");
  });

  it("is said: a duration where rows are divided", () => {
    expect(() => split(rows, "random", 1, { test: "7 d" })).toThrow("`test: 7 d` is a duration");
  });

  it("is said: a part by time without events", () => {
    expect(() => split(rows, "time", 1, { gap: "30 d" })).toThrow("leaves nothing to train");
  });
});

describe("a split by time", () => {
  const rows = Array.from({ length: 100 }, (_, row) => ({ time: row, unit: 0, item: 0, value: 1 }));

  it("leaves out the gap before each part and what is older than the training period", () => {
    const one = split(rows, "time", 1, { train: "30 s", validation: "10 s", test: "10 s", gap: "5 s" });
    const ends = (part: "train" | "validation" | "test") => {
      const found = rowsOf(one, part);
      return [found[0], found[found.length - 1]];
    };
    expect([ends("train"), ends("validation"), ends("test")]).toEqual([
      [39, 68],
      [74, 83],
      [89, 99],
    ]);
    expect([one.validationStart, one.testStart]).toEqual([74, 89]);
    expect(countParts(one).unused).toBe(100 - 30 - 10 - 11);
  });

  it("does without validation", () => {
    const one = split(rows, "time", 1, { validation: "0%" });
    expect(countParts(one)).toEqual({ train: 80, validation: 0, test: 20, unused: 0 });
    expect(one.validationStart).toBeUndefined();
  });
});
