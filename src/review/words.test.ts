import { describe, expect, it } from "vitest";
import { bytes, code, count, duration, facts, list, money, number, plural, share } from "./words.ts";

describe("numbers in the words of rules", () => {
  it.each<readonly [(value: number) => string, readonly (readonly [number, string])[]]>([
    [
      count,
      [
        [752_700, "752,700"],
        [999, "999"],
        [1000, "1,000"],
        [1e6, "1,000,000"],
        [10.4, "10"],
        [9.96, "10"],
        [2.345, "2.3"],
        [-2.345, "-2.3"],
        [-12_345.6, "-12,346"],
        [3, "3"],
        [Number.NaN, "n/a"],
      ],
    ],
    [
      share,
      [
        [0.002, "0.2%"],
        [0.9994, "99.94%"],
        [0.9995, "99.95%"],
        [0.99996, "99.996%"],
        [0.987_65, "98.8%"],
        [1, "100%"],
        [0.12345, "12.3%"],
        [Number.POSITIVE_INFINITY, "n/a"],
      ],
    ],
    [
      number,
      [
        [12.345, "12.3"],
        [0.001234, "0.00123"],
        [123_456, "123000"],
        [Number.NaN, "n/a"],
      ],
    ],
    [
      duration,
      [
        [0, "0 s"],
        [2e-6, "2 us"],
        [5e-7, "5e-7 s"],
        [0.04, "40 ms"],
        [0.9994, "999 ms"],
        [0.9996, "1 s"],
        [6.3, "6.3 s"],
        [59.9, "59.9 s"],
        [60, "1 min"],
        [3599.9, "1 h"],
        [3600, "1 h"],
        [86_399.9, "1 d"],
        [45 * 86_400, "45 d"],
        [-90, "-1.5 min"],
      ],
    ],
    [
      bytes,
      [
        [0, "0 B"],
        [1, "1 B"],
        [999, "999 B"],
        [1000, "1 kB"],
        [64e9, "64 GB"],
        [2e12, "2 TB"],
        [3e15, "3 PB"],
        [4e18, "4000 PB"],
        [2.5e6, "2.5 MB"],
      ],
    ],
    [
      money,
      [
        [0.027, "$0.027"],
        [999, "$999"],
        [1000, "$1,000"],
        [5000.4, "$5,000"],
        [12.345, "$12.3"],
      ],
    ],
  ])("%o", (write, rows) => {
    for (const [value, text] of rows) expect(write(value)).toBe(text);
  });

  it("count things, one of them alone", () => {
    expect([0, 1, 2, 1500].map((n) => plural(n, "row"))).toEqual(["0 rows", "1 row", "2 rows", "1,500 rows"]);
    expect(plural(2, "piece of advice", "pieces of advice")).toBe("2 pieces of advice");
  });

  it("list names as sentences do, and count those beyond the limit", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => list(names))).toEqual([
      "",
      "`a`",
      "`a` and `b`",
      "`a`, `b` and `c`",
    ]);
    expect(list(["a", "b", "c"], 2)).toBe("`a`, `b` and 1 more");
    expect(list([..."abcdef"])).toBe("`a`, `b`, `c`, `d`, `e` and `f`");
    expect(list([..."abcdefgh"])).toBe("`a`, `b`, `c`, `d`, `e`, `f` and 2 more");
    expect(facts(["1.labels.delay", "goal"])).toBe("`labels.delay` and `goal`");
    expect(facts(["1.a", "2.b", "3.c"], 1)).toBe("`a` and 2 more");
    expect(code("x")).toBe("`x`");
  });
});
