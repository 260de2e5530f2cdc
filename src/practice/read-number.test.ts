import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatQuantity } from "../core/format-quantity.ts";
import { type AnswerUnit, readNumber } from "./read-number.ts";

const GB: AnswerUnit = { text: "GB", factor: 1e9, dimension: { byte: 1 } };
const RATE: AnswerUnit = { text: "req/s", factor: 1, dimension: { second: -1 } };
const SHARE: AnswerUnit = { text: "%", factor: 0.01, dimension: {} };
const COUNT: AnswerUnit = { text: "", factor: 1, dimension: {} };

const numberIn = (text: string, unit: AnswerUnit): number => {
  const read = readNumber(text, unit);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.value;
};
const notesOf = (text: string, unit: AnswerUnit): string => {
  const read = readNumber(text, unit);
  return read.ok ? read.value.notes.join("; ") : "";
};

describe("a number as people type it", () => {
  it.each([
    ["1.2 GB", GB, 1.2e9],
    ["1.2gb", GB, 1.2e9],
    ["~25.6 GB", GB, 25.6e9],
    ["about 40k/s", RATE, 40e3],
    ["40k", RATE, 40e3],
    ["40k qps", RATE, 40e3],
    ["I'd say about 40k/s", RATE, 40e3],
    ["50M*128*4 B", GB, 25.6e9],
    ["50M x 128 x 4 B", GB, 25.6e9],
    ["25.6 (GB)", GB, 25.6e9],
    ["25.6", GB, 25.6e9],
    ["1,200", COUNT, 1200],
    ["154 pods", COUNT, 154],
    ["2.5e3", COUNT, 2500],
    ["12.5 %", SHARE, 0.125],
    ["50M*128*4 B = 25.6 GB", GB, 25.6e9],
  ] as const)("%s", (text, unit, value) => {
    expect(numberIn(text, unit) / value).toBeCloseTo(1, 9);
  });

  it("is none where it is a unit alone: `b` was one bit, and marked wrong for good", () => {
    for (const text of ["b", " GB ", "ms", "%"]) expect(readNumber(text, GB).ok, text).toBe(false);
  });

  it("asks again where the unit is none of the answer's, and says both: bytes are no time", () => {
    const why = (text: string, unit: AnswerUnit): string => {
      const read = readNumber(text, unit);
      return read.ok ? "" : read.failure.message;
    };
    const MS: AnswerUnit = { text: "ms", factor: 1e-3, dimension: { second: 1 } };
    expect(why("12 GB", MS)).toBe("`12 GB` is in byte, and the answer is asked for in ms");
    expect(why("25.6 GB/s", GB)).toBe("`25.6 GB/s` is in byte/second, and the answer is asked for in GB");
    expect(why("12 %", MS)).toBe("`12 %` is in %, and the answer is asked for in ms");
    expect(why("30 s", COUNT)).toBe("`30 s` is in second, and the answer is a plain number");
    expect(numberIn("12 s", MS)).toBe(12);
    expect(numberIn("40m", COUNT)).toBe(40e6);
  });

  it("reads no number of another base: `0x10` was no times ten", () => {
    for (const text of ["0x10", "about 0X1F", "0b11", "3 * 0o17"]) expect(readNumber(text, GB).ok, text).toBe(false);
    for (const unit of [COUNT, GB]) expect(readNumber("0x10", unit).ok).toBe(false);
    expect(numberIn("10x10", COUNT)).toBe(100);
    expect(numberIn("100 x 10", COUNT)).toBe(1000);
  });

  it("says what it assumed where the unit is missing", () => {
    expect(notesOf("25.6", GB)).toContain("read as GB");
    expect(notesOf("1.2gb", GB)).toContain("1.2GB");
    expect(notesOf("50M*128*4 B = 30 GB", GB)).toContain("gives 25.6 GB");
  });

  it("offers both readings of a bare number where a share is asked", () => {
    const read = readNumber("12.5", SHARE);
    expect(read.ok && [read.value.value, ...read.value.alternatives]).toEqual([12.5, 0.125]);
  });

  it.each(["", "many", "first 3 replicas, then 40 GB", "3 GB and 4 GB", "1 = 2 = 3", "=", "1/0", "?".repeat(400)])(
    "asks again rather than fishing a number out of %j",
    (text) => {
      expect(readNumber(text, GB).ok).toBe(false);
    },
  );

  it("reads back whatever we write", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e18, noNaN: true }), (value) => {
        expect(numberIn(formatQuantity(value, { byte: 1 }, { digits: 8 }), GB) / value).toBeCloseTo(1, 5);
      }),
    );
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const read = readNumber(text, GB);
        if (read.ok) expect(Number.isFinite(read.value.value)).toBe(true);
        else expect(read.failure.message).not.toBe("");
      }),
    );
  });
});
