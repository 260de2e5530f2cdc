import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import { type Drawn, dimensionOf, readDrawn, readParameter, type WrittenParameter } from "./parameter.ts";

const draws = (written: WrittenParameter, count = 400): readonly Drawn[] => {
  const parameter = unwrap(readParameter("x", written));
  const random = createRandom(1, "draw");
  return Array.from({ length: count }, () => parameter.draw(random));
};
const values = (written: WrittenParameter): readonly number[] => draws(written).map(({ value }) => value ?? Number.NaN);
const refused = (written: WrittenParameter): string => {
  const outcome = readParameter("x", written);
  return outcome.ok ? "" : `${outcome.failure.message}; ${outcome.failure.fix}`;
};

describe("the values of a question", () => {
  it("are a constant, a name, or drawn from a list of one unit", () => {
    expect(unwrap(readParameter("x", "4 B"))).toMatchObject({ name: "x", dimension: { byte: 1 }, varies: false });
    expect(draws("4 B", 1)).toEqual([{ text: "4 B", value: 4 }]);
    expect(draws(128, 1)).toEqual([{ text: "128", value: 128 }]);
    expect(unwrap(readParameter("x", "Frankfurt am Main")).dimension).toBeUndefined();
    expect(draws("Frankfurt am Main", 1)).toEqual([{ text: "Frankfurt am Main" }]);
    const list = unwrap(readParameter("x", ["1 GB", "500 MB"]));
    expect(list).toMatchObject({ dimension: { byte: 1 }, varies: true });
    expect(new Set(draws(["1 GB", "500 MB"]).map(({ text }) => text))).toEqual(new Set(["1 GB", "500 MB"]));
    expect(refused(["1 GB", "3 s"])).toContain("give every value of the list the same unit");
    expect(refused(["Berlin", "3 s"])).toContain("the same unit");
    expect(refused(["Berlin", "Paris"])).toBe("");
  });

  it("of a range of whole numbers up to 100 are each of them, ends included", () => {
    expect(new Set(values("2..5"))).toEqual(new Set([2, 3, 4, 5]));
    expect(new Set(values("1..100")).size).toBeGreaterThan(90);
    expect(unwrap(readParameter("x", "2..5")).varies).toBe(true);
  });

  it("of a wide range are even on a log scale, of a narrow one even, with two digits", () => {
    const wide = values("20M..2000M");
    const middle = wide.filter((value) => value < 200e6).length / wide.length;
    expect(middle).toBeGreaterThan(0.43);
    expect(middle).toBeLessThan(0.57);
    const narrow = values("200..1000 ms");
    const half = narrow.filter((value) => value < 0.6).length / narrow.length;
    expect(half).toBeGreaterThan(0.43);
    expect(half).toBeLessThan(0.57);
    for (const value of wide) expect(Number((value / 1e6).toPrecision(2)) * 1e6).toBeCloseTo(value, 0);
    expect(Math.min(...wide)).toBeGreaterThanOrEqual(20e6);
    expect(Math.max(...wide)).toBeLessThanOrEqual(2000e6);
    // Ten times apart is a log scale, a little less is not.
    const share = (written: string, below: number): number => values(written).filter((x) => x < below).length / 400;
    expect(share("100..1000 ms", 0.316)).toBeGreaterThan(0.43);
    expect(share("101..1000 ms", 0.316)).toBeLessThan(0.33);
  });

  it("keep the unit and the currency that the range is written in", () => {
    for (const { text, value } of draws("$5..$50", 20)) {
      expect(text).toMatch(/^\$[\d.]+$/u);
      expect(value).toBe(Number(text.slice(1)));
    }
    for (const { text } of draws("50..200 ms", 20)) expect(text).toMatch(/^[\d.]+ ms$/u);
    for (const value of values("500 MB..2 GB")) {
      expect(value).toBeGreaterThanOrEqual(5e8);
      expect(value).toBeLessThanOrEqual(2e9);
    }
    for (const value of values("-5..-2")) expect(value).toBeLessThanOrEqual(-2);
  });

  it("never leave the ends that two digits would round over", () => {
    for (const value of values("1.24..1.26")) {
      expect(value).toBeGreaterThanOrEqual(1.24);
      expect(value).toBeLessThanOrEqual(1.26);
    }
  });

  it("cannot be drawn from two units, or from the larger end to the smaller", () => {
    expect(refused("2 GB..3 s")).toBe(
      "`x: 2GB..3 s` cannot be drawn from; write both ends with one unit, as in `20M..200M` or `50..200 ms`",
    );
    expect(refused("5..2")).toBe("`x: 5..2` cannot be drawn from; put the smaller end first");
    expect(refused("5..5")).toContain("put the smaller end first");
    expect(refused("5..9 parsecs")).toContain("one unit");
  });

  it("are read like any quantity", () => {
    expect(readDrawn("2 kB")).toEqual({ text: "2 kB", value: 2000 });
    expect(readDrawn("H100 cluster")).toEqual({ text: "H100 cluster" });
    expect(dimensionOf("2 kB")).toEqual({ byte: 1 });
    expect(dimensionOf("H100 cluster")).toBeUndefined();
  });
});
