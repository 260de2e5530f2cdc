import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANGE_FIX } from "../../core/number-text.ts";
import { pointAt } from "./expression-error.ts";
import { compileProgram, evaluateExpression, type Program } from "./program.ts";
import { renderDerivation } from "./render-derivation.ts";

const compiled = (text: string, variables = {}): Program => {
  const outcome = compileProgram(text, { variables });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
};
const value = (text: string): number => {
  const outcome = compiled(text).evaluate();
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
};
/** The message, the marked text and the way out, as a terminal shows them. */
const complaint = (text: string): string => {
  const outcome = evaluateExpression(text);
  if (outcome.ok) throw new Error(`${text} was computed`);
  const { message, at, fix } = outcome.failure;
  const marked = at === undefined ? "" : text.slice(at.start.offset, at.end.offset);
  return `${message} [${marked}] ${fix}`;
};

it("takes for a range what goes from less to more, and computes what does not", () => {
  expect([value("5ms-5ms"), value("10k - 20k"), value("1-2")]).toEqual([0, -10_000, -1]);
  expect(value("6ms-5ms")).toBeCloseTo(1e-3, 12);
  for (const range of ["5ms-6ms", "10-20 ms", "10–10 ms"]) expect(complaint(range)).toContain("reads as a range");
});

describe("napkin mathematics", () => {
  it.each([
    ["50M items * 128 dims * 4 bytes -> GB", "50M items × 128 dims × 4 bytes = 25.6 GB"],
    ["10 TB / 200 MB/s", "10 TB / (200 MB/s) = 13.89 h"],
    ["about 50M x 128 x 4 B -> GB", "50M × 128 × 4 B = 25.6 GB"],
    ["8B params * 2 bytes", "8B params × 2 bytes = 16 GB"],
    ["$0.05/1k predictions * 400/s -> $/month", "$0.05/1k predictions × 400/s = $52560/month"],
    ["256 GPU-hours * $2/GPU/hour", "256 GPU-hours × $2/GPU/hour = $512"],
    ["$0.02/GB-month * 10 TB -> $/month", "$0.02/GB-month × 10 TB = $200/month"],
    ["1-(2-3)", "1 - (2 - 3) = 2"],
    ["100 / (5 * 2)", "100 / (5 × 2) = 10"],
    ["max(0, 3 GB - 4 GB)", "max(0, 3 GB - 4 GB) = 0 B"],
    ["if(3 GB > 2 GB, 1 s, 2 s)", "if(3 GB > 2 GB, 1 s, 2 s) = 1 s"],
    ["sqrt(4 s^2)", "sqrt(4 s^2) = 2 s"],
    ["20% of 5 GB", "20% × 5 GB = 1 GB"],
    ["300 W * 8 h -> kWh", "300 W × 8 h = 2.4 kWh"],
    ["400 s^-1 -> rps", "400 s^-1 = 400 rps"],
    ["(500 µW - 30 µW) / (17 ms * 3 mW + 10 µJ)", "(500 µW - 30 µW) / (17 ms × 3 mW + 10 µJ) = 7.705/s"],
    ["10M MACs * 0.1 pJ", "10M MACs × 0.1 pJ = 1 uJ"],
    ["10M MACs * 0.1 pJ/MAC", "10M MACs × 0.1 pJ/MAC = 1 uJ"],
    ["225 mAh / 0.6155 mA -> days", "225 mAh / 0.6155 mA = 15.23 days"],
    ["3 frames / 15 FPS -> ms", "3 frames / 15 FPS = 200 ms"],
    ["700 W * 1 year * 429 gCO2/kWh", "700 W × 1 year × 429 gCO2/kWh = 2.631 t"],
    ["2^30 bytes", "2^30 bytes = 1.074 GB"],
    ["5 min 30 s", "5 min 30 s = 5.5 min"],
    ["10000 GPUs / 50000 hours -> 1/day", "10000 GPUs / 50000 hours = 4.8/day"],
    ["1M DAU * 10 req/day -> req/s", "1M DAU × 10 req/day = 115.7 req/s"],
    ["10^9 * 256 * 2 bytes ~ GB", "10^9 × 256 × 2 bytes = 512 GB"],
    ["1 in 1000 * 5M users", "1 in 1000 × 5M users = 5k"],
    ["8xH100 * 989 TFLOPS", "8xH100 × 989 TFLOPS = 7.912 PFLOP/s"],
    ["7B params * bf16", "7B params × bf16 = 14 GB"],
    ["16-bit * 1 000 000", "16-bit × 1 000 000 = 2 MB"],
    ["1 + 20%", "1 + 20% = 1.2"],
    ["5 GB − 2 GB", "5 GB - 2 GB = 3 GB"],
  ])("says %s aloud", (text, spoken) => {
    const outcome = evaluateExpression(text);
    expect(outcome.ok && renderDerivation(outcome.value)).toBe(spoken);
  });

  it.each<readonly [string, number]>([
    ["10^3 GB", 1e12],
    ["2^-2 s", 0.25],
    ["10¹⁴ FLOP/s / 10¹² FLOP/s", 100],
    ["10⁻³ * 5", 0.005],
    ["3 out of 10k", 0.0003],
    ["1 in 4", 0.25],
    ["1h30m", 5400],
    ["2 days 3 h 4 min", 2 * 86_400 + 3 * 3600 + 240],
    ["5%", 0.05],
    ["12 percent of 50", 6],
    ["$3m", 3e6],
    ["$2b", 2e9],
    ["$2bn / 1M users", 2000],
    ["$2/1k predictions", 0.002],
    ["$2 per 1,000 requests", 0.002],
    ["$3/M tokens * 2M tokens", 6],
    ["5k requests / 2 s", 2500],
    ["5 requests/user/day * 864 users", 0.05],
    ["768-dim * 4 B", 3072],
    ["1,000,000 / 4", 250_000],
    ["1_000_000 / 4", 250_000],
    ["12 345.5 * 2", 24_691],
    [".5 * 4", 2],
    ["2.5e3 / 5", 500],
    ["3 × 4 ÷ 2 · 5", 30],
    ["8 x 4", 32],
    ["400 per s", 400],
    ["4 s^2 / 2 s", 2],
    ["4 s^-2 * 2 s", 8],
    ["-3 + 5", 2],
    ["2 ** 3", 8],
    ["-(2 + 3) * 2", -10],
    ["5 - -3", 8],
    ["1 - 20%", 0.8],
    ["20% + 30%", 0.5],
    ["0 + 3 GB", 3e9],
    ["3 GB - 0", 3e9],
  ])("computes %s", (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 9);
  });

  it.each([
    ["20 GB -> MB", "20000 MB"],
    ["0.25 -> %", "25%"],
    ["3 -> x", "3x"],
    ["400/s -> /day", "3.456e7/day"],
    ["$10/day -> $/month", "$304.2/month"],
    ["2M tokens/s -> M tokens/s", "2 M tokens/s"],
    ["8 bytes in bits", "64 bits"],
    ["90 s to min", "1.5 min"],
    ["90 s ≈ min", "1.5 min"],
    ["90 s => min", "1.5 min"],
    ["1000 GB * 1 h -> GB-month", "1.37 GB-month"],
  ])("writes %s in the unit that was asked for", (text, written) => {
    const outcome = evaluateExpression(text);
    expect(outcome.ok && outcome.value[0].text).toBe(written);
  });

  it("prints only the parentheses that a formula needs", () => {
    for (const [text, printed] of [
      ["(2 * 3) * 4", "2 × 3 × 4"],
      ["2 - (3 - 4)", "2 - (3 - 4)"],
      ["(2 - 3) - 4", "2 - 3 - 4"],
      ["2 * (3 + 4)", "2 × (3 + 4)"],
      ["(2 * 3) + 4", "2 × 3 + 4"],
      ["12 / (3 / 2)", "12 / (3 / 2)"],
      ["12 / (3 * 2)", "12 / (3 × 2)"],
      ["(12 / 3) / 2", "12 / 3 / 2"],
      ["(2^3)^2", "(2^3)^2"],
      ["2^(3^2)", "2^3^2"],
      ["-(2 + 3)", "-(2 + 3)"],
      ["-(2 * 3)", "-(2 × 3)"],
      ["(-2)^2", "(-2)^2"],
      ["(1 + 2 < 4) + 1", "(1 + 2 < 4) + 1"],
      ["1 + 2 < 4", "1 + 2 < 4"],
      ["6 TB / (200 MB/s)", "6 TB / (200 MB/s)"],
      ["3 s * 200 MB/s", "3 s × 200 MB/s"],
      ["(2 s)^2", "(2 s)^2"],
      ["(20%)^2", "(20%)^2"],
    ]) {
      const outcome = evaluateExpression(text);
      expect(outcome.ok && outcome.value[0].formula, text).toBe(printed);
    }
  });

  it("tells names, units and lines of a program, and stops at the line that is asked for", () => {
    const program = compiled("rate = 400/s\nbusy = rate * 85 ms\nceil(busy / 60%)");
    expect([...program.outputs]).toEqual([
      ["rate", { second: -1 }],
      ["busy", {}],
    ]);
    expect(program.dimension).toEqual({});
    expect(program.evaluate({}, "busy")).toEqual({ ok: true, value: expect.closeTo(34, 9) });
    expect(program.evaluate()).toEqual({ ok: true, value: 57 });
    const missing = program.evaluate({}, "idle");
    expect(!missing.ok && missing.failure.message).toBe("there is no line `idle`");
    expect(compiled("3 GB -> MB").unit).toMatchObject({ text: "MB", factor: 1e6 });
    expect(compiled("erlang_b(1, 2) + erlang_c(1, 2) + ceil(2.5)").longCalls).toBe(2);
  });

  it("says what a value is missing of: a number, or a list where several are due", () => {
    const program = compiled("a * sum(b)", { a: { dimension: {} }, b: { dimension: {}, many: true } });
    const said = (bindings: Record<string, number | readonly number[]>): string => {
      const outcome = program.evaluate(bindings);
      return outcome.ok ? String(outcome.value) : `${outcome.failure.message}: ${outcome.failure.fix}`;
    };
    expect(said({ a: 2, b: [3, 4] })).toBe("14");
    expect(said({ a: [2], b: [3] })).toBe("`a` has no value: give `a` a finite number");
    expect(said({ a: 2, b: 3 })).toBe("`b` has no value: give `b` a finite list");
    expect(said({ a: 2, b: [] })).toBe("`b` has no value: give `b` a finite list");
    const many = compileProgram("b + 1", { variables: { b: { dimension: {}, many: true } } });
    expect(!many.ok && many.failure.message).toBe("`b` holds several values");
  });

  it("takes a unit with everything below its line, and divides from the left otherwise", () => {
    expect(value("10 TB / 200 MB/s / 2")).toBe(25_000);
    expect(value("100 / 5 / 2")).toBe(10);
    expect(value("$1000 / $0.05/1k predictions")).toBe(20_000_000);
    expect(value("-2^2")).toBe(-4);
    expect(value("2^3^2")).toBe(512);
    expect(value("max(1, 200)")).toBe(200);
    expect(value("1,000,000 * 4")).toBe(4e6);
  });

  it("writes a derivation of several lines with the words said beside each", () => {
    const outcome = evaluateExpression(
      "peak = 2M users * 25 requests/user/day * 3 -> req/s  # busy hour\nceil(peak * 85 ms / (8 * 60%))",
    );
    expect(outcome.ok && renderDerivation(outcome.value)).toBe(
      "peak = 2M users × 25 requests/user/day × 3 = 1736 req/s   # busy hour\n" +
        "ceil(peak × 85 ms / (8 × 60%)) = ceil(1736 req/s × 85 ms / (8 × 60%)) = 31",
    );
  });

  it("is compiled once and evaluated with many values, lists included", () => {
    const program = compiled("rows * dim * 4 B + sum(extra) -> GB", {
      rows: { dimension: {} },
      dim: { dimension: {} },
      extra: { dimension: { byte: 1 }, many: true },
    });
    expect(program.evaluate({ rows: 1e6, dim: 128, extra: [1e6, 2e6] })).toEqual({ ok: true, value: 515e6 });
    expect(program.evaluate({ rows: 2e6, dim: 128, extra: [0] })).toEqual({ ok: true, value: 1024e6 });
    expect(program.evaluate({ rows: 2e6, dim: 128 }).ok).toBe(false);
    expect(program.evaluate({ rows: Number.NaN, dim: 128, extra: [0] }).ok).toBe(false);
  });

  it("lets a variable win over a unit of the same name, but not behind a number", () => {
    const program = compiled("100 s / d", { d: { dimension: {} } });
    expect(program.evaluate({ d: 4 })).toEqual({ ok: true, value: 25 });
  });
});

describe("an expression that cannot be computed", () => {
  it.each([
    ["2 GB + 3 s", "byte cannot be added to second [2 GB + 3 s] bring both to one unit"],
    ["2 GB - 3 s", "second cannot be taken from byte [2 GB - 3 s] bring both to one unit"],
    [
      "3 GB/ms -> req/s",
      "this is byte/second, which cannot be written in `req/s` (1/second) [3 GB/ms -> req/s] check the units of its parts",
    ],
    ["70B * 2 bytes -> GB", "`70B` can be bytes or billions [70B] write `70 bytes` or `70bn`"],
    [
      "70 B * 2 bytes -> GB",
      "this is byte^2, which cannot be written in `GB` (byte) [70 B * 2 bytes -> GB] after a bare number `B` is bytes: write `bn` for a billion",
    ],
    [
      "7 B * 16 bytes",
      "this is byte^2, a unit that no quantity has [7 B * 16 bytes] after a bare number `B` is bytes: write `bn` for a billion",
    ],
    [
      "max(1,000, 2,000)",
      "inside a call a comma parts values, so `1,000` can be one number or several [1,000] write `1000`, or `1, 000` for several",
    ],
    [
      "max(1,200)",
      "inside a call a comma parts values, so `1,200` can be one number or several [1,200] write `1200`, or `1, 200` for several",
    ],
    [
      "10k-20k users",
      `\`10k-20k users\` reads as a range [10k-20k users] ${RANGE_FIX}; spaces around \`-\` make it a difference`,
    ],
    ["10–20 ms", `\`10–20 ms\` reads as a range [10–20 ms] ${RANGE_FIX}; spaces around \`-\` make it a difference`],
    ["5 to 10 ms", `a range is no number to compute with [10] ${RANGE_FIX}`],
    ["100 + 20%", "20% of what? [100 + 20%] write `100 + 20% of 100`, or the share as a decimal"],
    ["5 GB - 20%", "20% of what? [5 GB - 20%] write `5 GB - 20% of 5 GB`, or the share as a decimal"],
    ["x = 100; x + 20%", "20% of what? [x + 20%] write `x + 20% of x`, or the share as a decimal"],
    ["2m requests/day", "`2m` can be minutes or millions [2m] write `2 min` or `2M`"],
    ["2 m requests/day", "`2m` can be minutes or millions [2 m] write `2 min` or `2M`"],
    ["2b params", "`2b` can be bits or billions [2b] write `2 bits` or `2bn`"],
    ["1B/day", "`1B` can be bytes or billions [1B] write `1 bytes` or `1bn`"],
    [
      "200.000 users",
      "`200.000` can be 200 or 200,000: the point parts decimals here, thousands elsewhere [200.000] write `200` or `200,000`",
    ],
    [
      "10^9 * 256 ~ GB",
      "this is a plain number, which cannot be written in `GB` (byte) [10^9 * 256 ~ GB] say how many bytes each is: `* 4 bytes`, or `* 1 byte`",
    ],
    [
      "312 tflops",
      "unknown unit `tflops` [tflops] `TFLOPs` and `TFLOPS` are of different size: write the one that you mean",
    ],
    [
      "3,5 GB",
      "`,` does not belong here [,] write decimals with a point; a comma parts thousands, in groups of three digits",
    ],
    ["$5 + €5", "dollar cannot be added to euro [$5 + €5] bring both to one unit"],
    ["8 / (3 - 3)", "this is 0, and nothing can be divided by it [3 - 3] use a value above 0"],
    ["5 GBB", "unknown unit `GBB` [GBB] did you mean `GB`?"],
    ["sqr(4)", "`sqr` is no variable, function or unit [sqr] did you mean `sqrt`?"],
    ["(1 + 2", "this parenthesis is never closed [(1 + 2] add `)`"],
    ["2 *", "something is missing at the end [*] write a number or a name"],
    ["3 3", "`3` does not belong here [3] put `*`, `/`, `+` or `-` before it"],
    [
      "erlang_c(12, 12)",
      "`erlang_c` is not defined for 12, 12 [erlang_c(12, 12)] it is the chance to wait in an M/M/c queue (load in erlang, servers), as in `erlang_c(9, 12)`",
    ],
    [
      "log2(8 GB)",
      "`log2` takes plain numbers: divide by a unit first, as in `x / 1 GB`; given: byte [log2(8 GB)] write it like `log2(1024)`",
    ],
    ["2^(3 s)", "an exponent is a plain number, not second [3 s] divide by a unit first"],
    ["9^9^9^9", "this power is not defined [9^9^9] use smaller or positive values"],
    ["5 → ", "a unit belongs after the arrow [] write one such as `GB` or `req/s`"],
    ["5 & 6", "`&` cannot stand in an expression [&] write units by their names, such as `GB`, `ms` or `%`"],
    ["5 ‰", "`‰` cannot stand in an expression [‰] write it in percent: 5‰ is 0.5%"],
    [
      "5 of 10",
      "`5 of 10` can be a share or a product [5 of 10] write `5 / 10` for the share, or `5 * 10` for the product",
    ],
    [
      "3 of 4 users",
      "`3 of 4 users` can be a share or a product [3 of 4 users] write `3 / 4 users` for the share, or `3 * 4 users` for the product",
    ],
    [
      "2 GB of 8 GB",
      "`2 GB of 8 GB` can be a share or a product [2 GB of 8 GB] write `2 GB / 8 GB` for the share, or `2 GB * 8 GB` for the product",
    ],
    [
      "1/2 day",
      "`1/2 day` can be 1/2 of a unit or a division by 2 day [1/2 day] write `(1/2) * 1 day` or `1 / (2 day)`",
    ],
    [
      "2 * 1.234.567",
      "`1.234.567` has more than one point [1.234.567] write `1,234,567`: the point parts decimals here, and a comma parts thousands",
    ],
    [
      "1.000.000 users",
      "`1.000.000` has more than one point [1.000.000] write `1,000,000`: the point parts decimals here, and a comma parts thousands",
    ],
    ["192.168.0.1", "`192.168.0.1` has more than one point [192.168.0.1] write a number with one decimal point"],
    ["  ", "there is nothing to compute [  ] write something like `10 TB / 200 MB/s`"],
  ])("%s: %s", (text, words) => {
    expect(complaint(text)).toBe(words);
  });

  it.each([
    ["99.9999%", "0.999999"],
    ["0.9999999", "0.9999999"],
    ["1 - 1e-9", "0.999999999"],
    ["1 - 2^-53", "0.9999999999999999"],
    ["5 €", "€5"],
    ["2k £/month", "£2k/month"],
    ["5 out of 10", "0.5"],
    ["20% of 10", "2"],
    ["0.5 of 10", "5"],
    ["200M vectors of 64 floats * 4 bytes", "51.2 GB"],
    ["(1/2) * 1 day", "12 h"],
    ["1 / (2 day)", "182.5/year"],
    ["3/4", "0.75"],
  ])("%s is %s", (text, said) => {
    const outcome = evaluateExpression(text);
    expect(outcome.ok && outcome.value.at(-1)?.text).toBe(said);
  });

  it("is shown with a caret under the place, on its own line", () => {
    const text = "a = 3 GB\nb = a + 2 s";
    const outcome = evaluateExpression(text);
    if (outcome.ok || outcome.failure.at === undefined) throw new Error("computed");
    expect(pointAt(text, outcome.failure.at)).toBe("b = a + 2 s\n    ^^^^^^^");
  });

  it("is shown in a window of a long line, and to the end of the line where it goes on to the next", () => {
    const place = (text: string, from: number, to: number) => {
      const position = (offset: number) => {
        const lines = text.slice(0, offset).split("\n");
        return { line: lines.length, column: lines[lines.length - 1].length + 1, offset };
      };
      return { file: "expression", start: position(from), end: position(to) };
    };
    const long = `${"1 + ".repeat(40)}oops + ${"2 + ".repeat(40)}3`;
    const at = long.indexOf("oops");
    expect(pointAt(long, place(long, at, at + 4))).toBe(`${long.slice(at - 60, at + 40)}\n${" ".repeat(60)}^^^^`);
    const early = `ab + ${"1 + ".repeat(40)}2`;
    expect(pointAt(early, place(early, 0, 2))).toBe(`${early.slice(0, 100)}\n^^`);
    expect(pointAt(early, place(early, 0, early.length)).split("\n")[1]).toBe("^".repeat(100));
    expect(pointAt("max(1,\n2)", place("max(1,\n2)", 0, 9))).toBe("max(1,\n^^^^^^");
    expect(pointAt("12", place("12", 2, 2))).toBe("12\n  ^");
  });
});

describe("hostile text", () => {
  it("is refused for its length, depth, number of words and long loops", () => {
    expect(complaint("1+".repeat(3000))).toContain("at most 4000 characters");
    expect(complaint(`${"(".repeat(500)}1${")".repeat(500)}`)).toContain("60 deep");
    expect(complaint("-".repeat(500))).toContain("60 deep");
    expect(complaint(`${"1+".repeat(700)}1`)).toContain("1200 words");
    expect(complaint(`${"erlang_b(1,1)+".repeat(30)}1`)).toContain("at most 20 functions that loop");
    expect(complaint("erlang_b(1e15, 1e15)")).toContain("not defined");
    expect(complaint("at_least(1, 1e15, 0.5)")).toContain("not defined");
  });

  it("answers with a finite number or a complaint inside the text, whatever it is", () => {
    const piece = fc.constantFrom(
      ..."1 2.5 1e300 50M GB s / * + - ^ ( ) , % $ -> in x ; = # per items max( log2( erlang_c( if( a b \n . : µ 日 __proto__ constructor".split(
        " ",
      ),
      " ",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join(" ");
        const outcome = evaluateExpression(text);
        if (outcome.ok) {
          for (const line of outcome.value) expect(Number.isFinite(line.value)).toBe(true);
        } else {
          const { at, message, fix } = outcome.failure;
          expect(message.length).toBeGreaterThan(3);
          expect(fix).toBeTruthy();
          expect(at?.start.offset).toBeGreaterThanOrEqual(0);
          expect(at?.start.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("computes what plain arithmetic computes", () => {
    const tree: fc.Arbitrary<Sum> = fc.letrec<{ leaf: Sum; node: Sum; any: Sum }>((tie) => ({
      leaf: fc.integer({ min: 1, max: 999 }).map((n) => ({ text: String(n), value: n })),
      node: fc
        .tuple(tie("any"), fc.constantFrom("+", "-", "*", "/"), tie("any"))
        .map(([a, operator, b]) => combineTexts(a, operator, b)),
      any: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie("leaf"), tie("node")),
    })).any;
    fc.assert(
      fc.property(tree, ({ text, value: expected }) => {
        fc.pre(Number.isFinite(expected));
        const outcome = evaluateExpression(text);
        if (!outcome.ok) {
          // A part may be infinite though the whole is not: 1 / (1 / 0) + 1.
          expect(outcome.failure.code).toBe("division-by-zero");
          return;
        }
        expect(outcome.value[0].value).toBe(expected);
        // What was printed means the same as what was written.
        const again = evaluateExpression(outcome.value[0].formula);
        expect(again.ok && Math.abs(again.value[0].value - expected) <= 1e-9 * Math.abs(expected)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

interface Sum {
  readonly text: string;
  readonly value: number;
}

function combineTexts(a: Sum, operator: string, b: Sum): Sum {
  const results = { "+": a.value + b.value, "-": a.value - b.value, "*": a.value * b.value, "/": a.value / b.value };
  const value = Object.entries(results).find(([one]) => one === operator)?.[1] ?? Number.NaN;
  return { text: `(${a.text}) ${operator} (${b.text})`, value };
}
