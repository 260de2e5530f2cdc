import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { RANGE_FIX } from "./number-text.ts";
import { parseQuantity, type Quantity } from "./quantity.ts";
import { QUANTITY_KINDS, type QuantityKind } from "./quantity-kind.ts";
import { describeDimension } from "./unit.ts";

const read = (text: string | number, kind?: QuantityKind): Quantity => {
  const outcome = parseQuantity(text, kind);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.failure.message}`);
  return outcome.value;
};
const refusal = (text: string | number, kind?: QuantityKind): string => {
  const outcome = parseQuantity(text, kind);
  if (outcome.ok) throw new Error(`${text} was read as ${outcome.value.value}`);
  return `${outcome.failure.message}; ${outcome.failure.fix}`;
};

it("takes `2x` for no count, no share and no plain number: 2x users a day were 2 users", () => {
  for (const kind of ["count", "share", "number", "period"] as const)
    expect(parseQuantity("2x", kind)).toMatchObject({ ok: false, failure: { code: "wrong-unit" } });
  for (const kind of ["factor", "peak"] as const)
    expect(parseQuantity("2x", kind)).toMatchObject({ ok: true, value: { value: 2 } });
});

describe("parseQuantity", () => {
  it.each([
    ["2M", "count", 2e6],
    ["3.9k", "count", 3900],
    ["1,000,000", "count", 1e6],
    ["8B params", "count", 8e9],
    ["1.5B", "count", 1.5e9],
    ["100k ratings", "count", 1e5],
    ["400/s", "rate", 400],
    ["10k QPS", "rate", 1e4],
    ["400 req/s", "rate", 400],
    ["25 requests per user per day", "rate", 25 / 86_400],
    ["3x", "peak", 3],
    ["1200/s", "peak", 1200],
    ["20%/year", "growth", 0.2 / 31_536_000],
    ["30/day", "growth", 30 / 86_400],
    ["99.9%", "share", 0.999],
    ["5 m", "duration", 300],
    ["7 d", "duration", 604_800],
    ["-1 h", "moment", -3600],
    ["40 GB", "size", 40e9],
    ["40 GiB", "size", 40 * 2 ** 30],
    ["100 Gb/s", "bandwidth", 12.5e9],
    ["100 Gbps", "bandwidth", 12.5e9],
    ["989 TFLOP/s", "compute", 989e12],
    ["275 TOPS", "compute", 275e12],
    ["2.5M MAC", "work", 5e6],
    ["$5k/month", "money rate", 5000 / 2_628_000],
    ["$2B", "money", 2e9],
    ["$5m", "money", 5e6],
    ["$0.05/1k predictions", "budget", 5e-5],
    ["$0.05 per 1,000 predictions", "budget", 5e-5],
    ["$2 / M tokens", "budget", 2e-6],
    ["$0.02/GB-month", "storage price", 0.02 / 1e9 / 2_628_000],
    ["4000 mAh", "charge", 14_400],
    ["1 000 000", "count", 1e6],
    ["1 000 000 users", "count", 1e6],
    ["3.12 * 10^14 FLOP/s", "compute", 3.12e14],
    ["10¹⁴ FLOP/s", "compute", 1e14],
    ["2^30 bytes", "size", 1_073_741_824],
    ["1h30m", "duration", 5400],
    ["5 min 30 s", "duration", 330],
    ["16-bit", "size", 2],
    ["1 in 1000", "share", 0.001],
    ["−1 h", "moment", -3600],
    ["5 ms", "duration", 0.005],
    ["~2M", "count", 2e6],
    ["≈ 40 GB", "size", 40e9],
    ["8xH100", "count", 8],
    ["400 s^-1", "rate", 400],
    ["100 msec", "duration", 0.1],
    ["400 rpm", "rate", 400 / 60],
    ["10 GBps", "bandwidth", 10e9],
    ["1M DAU", "count", 1e6],
    ["$2b", "money", 2e9],
    ["1B/day", "rate", 1e9 / 86_400],
    [0.05, "number", 0.05],
    ["-$5", undefined, -5],
    ["70 B", undefined, 70],
  ] as const)("reads %s as a %s of %d", (text, kind, value) => {
    expect(read(text, kind).value).toBeCloseTo(value, 10 - Math.ceil(Math.log10(Math.abs(value) + 1)));
    expect(Math.abs(read(text, kind).value / value - 1)).toBeLessThan(1e-12);
  });

  it("keeps relative and absolute growth apart", () => {
    expect(read("20%/year", "growth").percent).toBe(true);
    expect(read("30/day", "growth").percent).toBe(false);
  });

  it.each([
    ["3 GB/ms", "rate", "`3 GB/ms` is byte/second, but a rate of events belongs here; write it like `400/s`"],
    ["2m", "count", "`2m` is second, but a count belongs here; `m` is minutes: write `2M` for millions"],
    ["2b", "count", "`2b` is byte, but a count belongs here; `b` is bits: write `2bn` for billions"],
    ["2m requests/day", "rate", "`2m` can be minutes or millions; write `2 min` or `2M`"],
    ["2b params", "count", "`2b` can be bits or billions; write `2 bits` or `2bn`"],
    ["70B", undefined, "`70B` can be bytes or billions; write `70 bytes` or `70bn`"],
    ["10k-20k users", "count", `\`10k-20k users\` is a range, and one number belongs here; ${RANGE_FIX}`],
    ["10ms–20ms", "duration", `\`10ms–20ms\` is a range, and one number belongs here; ${RANGE_FIX}`],
    ["5 to 10%", "share", `\`5 to 10%\` is a range, and one number belongs here; ${RANGE_FIX}`],
    ["10..20 GB", "size", `\`10..20 GB\` is a range, and one number belongs here; ${RANGE_FIX}`],
    [
      "200.000",
      "count",
      "`200.000` can be 200 or 200,000: the point parts decimals here, thousands elsewhere; write `200` or `200,000`",
    ],
    [
      "1.000 ms",
      "duration",
      "`1.000` can be 1 or 1,000: the point parts decimals here, thousands elsewhere; write `1` or `1,000`",
    ],
    ["10%", "count", "`10%` is a share, but a count belongs here; say of what, and write the result like `2M`"],
    ["3,5 ms", "duration", "`3,5 ms` is not a duration; write decimals with a point; a comma parts thousands"],
    [
      "€5k/month",
      "money rate",
      "`€5k/month` is euro/second, but money per time belongs here; convert it: all prices here are in US dollars",
    ],
    ["-5", "count", "`-5` is out of range: a count belongs here; write it like `2M`"],
    ["120%", "share", "`120%` is out of range: a share between 0% and 100% belongs here; write it like `99.9%`"],
    ["100 mss", "duration", "unknown unit `mss`; did you mean `ms`?"],
    ["soon", "duration", "`soon` is not a duration; write it like `100 ms`"],
    ["1e999", "number", "`1e999` is not a number; write it like `0.05`"],
    ["5/0 s", "rate", "`5/0 s` is not a rate of events; write it like `400/s`"],
    ["--5", "number", "`--5` is not a number; write it like `0.05`"],
    ["+-5", "number", "`+-5` is not a number; write it like `0.05`"],
    ["", "count", "`` is not a count; write it like `2M`"],
    [Number.NaN, "count", "`NaN` is not a count; write it like `2M`"],
  ] as const)("refuses %s as a %s and says what to write", (text, kind, message) => {
    expect(refusal(text, kind)).toBe(message);
  });

  it("proposes no unit that shares nothing with the mistyped one", () => {
    expect(refusal("5 q")).toBe("unknown unit `q`; use a unit such as ms, s, d, GB, $, /s or %");
  });

  it("asks about `daily: 200.000` in a note, where YAML has made a number of it", () => {
    const note =
      "---\nheptad: 1\ntitle: a\nsystem: a\n---\n## 1. Clarify requirements and goals\n```yaml\nusers: { daily: 200.000 }\n```\n";
    expect(parseDesign(note, "a.md").findings.map(({ message }) => message)).toEqual([
      "`200.000` can be 200 or 200,000: the point parts decimals here, thousands elsewhere",
    ]);
  });

  it("is one double however a number is written that is one on paper", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (micro) => {
        const { value } = read(`${micro} us`);
        expect(value).toBe(Number(`${micro}e-6`));
        expect([`${Number(`${micro}e-3`)} ms`, `${Number(`${micro}e-6`)} s`].map((text) => read(text).value)).toEqual([
          value,
          value,
        ]);
      }),
    );
    expect([read("99.9%").value, read("1.1M").value, read("4.35 GB").value]).toEqual([0.999, 1_100_000, 4_350_000_000]);
  });

  it("asks whether a fraction or a division is meant where both can be", () => {
    expect(refusal("3/4 GB")).toBe(
      "`3/4 GB` can be 0.75 GB, or 3 for each 4 GB; write `0.75 GB`, or `0.75/GB` for a rate",
    );
    expect(refusal("1/2 h")).toContain("0.5 h");
    expect([read("3/4").value, read("5 per 2 h").value, read("$5/1k predictions").value, read("1/day").value]).toEqual([
      ...[0.75, 5 / 7200, 0.005, 1 / 86_400],
    ]);
  });

  it("reads the example of every kind", () => {
    for (const [kind, { example }] of Object.entries(QUANTITY_KINDS)) {
      expect(parseQuantity(example).ok, `${kind}: ${example}`).toBe(true);
    }
  });

  it("gives a finite number or a failure for any text, and takes no long one", () => {
    const alphabet = fc.constantFrom(..."0123456789.,_+-eEkMGBs/%$ xper\u00b5µ日\n".split(""));
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 90 }), (letters) => {
        const outcome = parseQuantity(letters.join(""));
        if (outcome.ok) expect(Number.isFinite(outcome.value.value)).toBe(true);
        else expect(outcome.failure.fix).toBeTruthy();
      }),
      { numRuns: 3000 },
    );
    expect(refusal("9".repeat(1e6)).length).toBeLessThan(200);
  });
});

describe("describeDimension", () => {
  it("says what a wrong quantity is", () => {
    expect(describeDimension({})).toBe("a plain number");
    expect(describeDimension({ dollar: 1, byte: -1, second: -1 })).toBe("dollar/byte/second");
    expect(describeDimension({ second: -1 })).toBe("1/second");
  });
});

it("names the kinds to who asks for one that does not exist: a stack trace came out of the library's door", () => {
  const outcome: unknown = Reflect.apply(parseQuantity, undefined, ["5 ms", "speed"]);
  expect(outcome).toMatchObject({
    ok: false,
    failure: { code: "unknown-kind", fix: expect.stringContaining("number, count, factor") },
  });
});
