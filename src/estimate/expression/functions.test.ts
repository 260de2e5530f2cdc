import { describe, expect, it } from "vitest";
import { FUNCTIONS } from "./functions.ts";
import { evaluateExpression } from "./program.ts";

const value = (text: string): number => {
  const outcome = evaluateExpression(text);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value[outcome.value.length - 1].value;
};
const complaint = (text: string): string => {
  const outcome = evaluateExpression(text);
  if (outcome.ok) throw new Error(`${text} was computed`);
  return outcome.failure.message;
};

describe("the functions of an expression", () => {
  it.each<readonly [string, number]>([
    ["min(3 GB, 2 GB, 4 GB)", 2e9],
    ["max(3 ms, 4 ms, 2 ms)", 0.004],
    ["sum(20 ms, 30 ms, 1 s)", 1.05],
    ["mean(20 ms, 30 ms, 70 ms)", 0.04],
    ["mean(7)", 7],
    ["abs(-3)", 3],
    ["abs(3)", 3],
    ["ceil(12.1)", 13],
    ["ceil(-12.9)", -12],
    ["ceil(0.1 * 3 * 10)", 3],
    ["ceil(1e6 + 1e-5)", 1_000_001],
    ["floor(12.9)", 12],
    ["floor(-12.1)", -13],
    ["floor(0.29 * 100)", 29],
    ["round(12.5)", 13],
    ["round(12.4)", 12],
    ["cbrt(27)", 3],
    ["sqrt(2)", Math.SQRT2],
    ["exp(1)", Math.E],
    ["ln(exp(3))", 3],
    ["log2(1024)", 10],
    ["log10(1000)", 3],
    ["all_up(99%, 98%, 97%)", 0.99 * 0.98 * 0.97],
    ["any_up(99%, 98%)", 0.9998],
    ["any_up(90%)", 0.9],
    // 10 p^3 q^2 + 5 p^4 q + p^5 at p = 0.9
    ["at_least(3, 5, 90%)", 10 * 0.729 * 0.01 + 5 * 0.6561 * 0.1 + 0.59049],
    ["at_least(0, 5, 90%)", 1],
    ["at_least(5, 5, 50%)", 1 / 32],
    ["at_least(1, 5, 50%)", 31 / 32],
    ["harmonic(4, 1)", 1 + 1 / 2 + 1 / 3 + 1 / 4],
    ["harmonic(4)", 1 + 1 / 2 + 1 / 3 + 1 / 4],
    ["harmonic(3, 2)", 1 + 1 / 4 + 1 / 9],
    ["harmonic(3, 0)", 3],
    // Of two servers at one erlang: B = (1/2) / (1 + 1 + 1/2), and C = 2 B / (2 - 1 + B).
    ["erlang_b(1, 2)", 0.2],
    ["erlang_c(1, 2)", 1 / 3],
    ["erlang_b(2, 1)", 2 / 3],
    // With one server the response is exponential: rate mu - lambda.
    ["response_tail(5/s, 100 ms, 1, 400 ms)", Math.exp(-2)],
    ["response_quantile(5/s, 100 ms, 1, 99%)", Math.log(100) / 5],
    ["response_quantile(5/s, 100 ms, 1, 50%)", Math.log(2) / 5],
  ])("%s is %d", (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  it.each([
    ["ln(0)", "`ln` is not defined for 0"],
    ["log2(-1)", "`log2` is not defined for -1"],
    ["log10(0)", "`log10` is not defined for 0"],
    ["sqrt(-4)", "`sqrt` is not defined for -4"],
    ["erlang_c(2, 2)", "`erlang_c` is not defined for 2, 2"],
    ["at_least(6, 5, 90%)", undefined],
    ["response_tail(20/s, 100 ms, 2, 1 s)", "`response_tail` is not defined for 20/s, 100 ms, 2, 1 s"],
    ["at_least(1, 2)", "`at_least` takes 3 values, not 2"],
    ["harmonic(1, 2, 3)", "`harmonic` takes 1 to 2 values, not 3"],
    ["abs(1, 2)", "`abs` takes 1 values, not 2"],
    ["sum()", undefined],
    ["sqrt(3 s)", "`sqrt` has no root of this unit; given: second"],
    ["cbrt(3 s^2)", "`cbrt` has no root of this unit; given: second^2"],
    ["min(3 GB, 2 s)", "`min` takes values of one unit; given: byte, second"],
    ["all_up(3 s)", "`all_up` takes plain numbers: divide by a unit first, as in `x / 1 GB`; given: second"],
    ["response_tail(100 ms, 5/s, 1, 1 s)", expect.stringContaining("takes an arrival rate, a mean service time")],
    ["response_quantile(5/s, 100 ms, 1, 1 s)", expect.stringContaining("takes an arrival rate, a mean service time")],
    ["abs(x: 3)", "a function takes its values in order, without names"],
    ["if(1, 2)", "`if` takes a condition and two values"],
    ["if(3 s, 1, 2)", "the condition has a unit"],
    ["if(1, 3 s, 2 GB)", "the two values of `if` differ: second and byte"],
  ])("%s is refused", (text, said) => {
    if (said === undefined) expect(complaint(text)).not.toBe("");
    else expect(complaint(text)).toEqual(said);
  });

  it("compare, and choose by it", () => {
    const table: readonly (readonly [string, readonly [number, number, number]])[] = [
      ["<", [1, 0, 0]],
      ["<=", [1, 1, 0]],
      [">", [0, 0, 1]],
      [">=", [0, 1, 1]],
      ["==", [0, 1, 0]],
      ["!=", [1, 0, 1]],
    ];
    for (const [sign, expected] of table) {
      expect(["1", "2", "3"].map((one) => value(`${one} ${sign} 2`))).toEqual(expected);
      expect(["1", "2", "3"].map((one) => value(`if(${one} ${sign} 2, 7, 9)`))).toEqual(
        expected.map((is) => (is === 1 ? 7 : 9)),
      );
    }
  });

  it("have an example that computes, and a sentence", () => {
    for (const { name, example, about } of FUNCTIONS.values()) {
      expect(example.startsWith(`${name}(`)).toBe(true);
      expect(Number.isFinite(value(example)), example).toBe(true);
      expect(about.length).toBeGreaterThan(5);
    }
  });
});
