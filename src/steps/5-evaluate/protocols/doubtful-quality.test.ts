import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { qualityDoubts, tellingFeatures } from "./doubtful-quality.ts";

const WORDS = { positive: "fraud", positives: "frauds", cases: "payments", units: "cards" };
const labels = Uint8Array.from({ length: 400 }, (_, at) => (at % 10 === 0 ? 1 : 0));
const random = createRandom(3);
const noise = Float64Array.from(labels, () => random.normal());
/** As many positives as are asked for among a hundred. */
const few = (positives: number) => Uint8Array.from({ length: 100 }, (_, at) => (at < positives ? 1 : 0));
const names = (columns: Readonly<Record<string, Float64Array>>, of: Uint8Array = labels) =>
  tellingFeatures(createTable(columns), of).map(({ name }) => name);

describe("a feature that alone orders the label", () => {
  it("is named whichever way round it does, and one that only helps is not", () => {
    const code = Float64Array.from(labels, (label, at) => (label === 1 ? 3 : 1 + (at % 2)));
    const reversed = code.map((value) => -value);
    const helpful = noise.map((value, at) => value + 2 * labels[at]);
    expect(names({ code, reversed, helpful, noise })).toEqual(["code", "reversed"]);
    expect(tellingFeatures(createTable({ code }), labels)[0].area).toBe(1);
  });

  it("is one that is filled for positives alone, or for all but them", () => {
    const filled = Float64Array.from(labels, (label, at) => (label === 1 ? at - 300 : Number.NaN));
    const empty = Float64Array.from(labels, (label, at) => (label === 1 ? Number.NaN : at - 300));
    expect(names({ filled, empty })).toEqual(["filled", "empty"]);
  });

  it("is found in a sample of very many rows", () => {
    const many = Uint8Array.from({ length: 90_000 }, (_, at) => (at % 7 === 0 ? 1 : 0));
    expect(names({ code: Float64Array.from(many) }, many)).toEqual(["code"]);
  });

  it("says nothing where chance orders so few", () => {
    const perfect = (of: Uint8Array) => names({ code: Float64Array.from(of) }, of);
    expect(perfect(few(4))).toEqual([]);
    expect(perfect(few(5))).toEqual(["code"]);
    expect(perfect(few(96))).toEqual([]);
    // 1 of 252 orders of five and five is this one.
    expect(perfect(few(5).slice(0, 10))).toEqual([]);
  });
});

describe("what is doubted of a test", () => {
  const scored = (averagePrecision: number, support = 30) => [{ subject: "baseline", averagePrecision, support }];

  it("is a nearly perfect score first, with the column that gives it", () => {
    const [doubt, ...others] = qualityDoubts(scored(1), [{ name: "status_code", area: 1 }], labels, WORDS);
    expect(others).toEqual([]);
    expect(doubt).toMatchObject({ kind: "doubt", rank: -1, short: "Any figure: `status_code` alone orders the label" });
    expect(doubt.text).toContain("average precision of baseline is 1 on the test, where chance gives 0.1");
    const two = [
      { name: "x", area: 0.996 },
      { name: "y", area: 1 },
    ];
    expect(qualityDoubts(scored(0.6), two, labels, WORDS)[0]).toMatchObject({
      short: "Any figure: `x` alone orders the label",
      text: expect.stringMatching(
        /^Its area under the curve is 0\.996 on the test; of `y` too the area under the curve is 1\.000 on the test\. Ask/u,
      ),
    });
  });

  it("is a nearly perfect score without such a column too, counted from chance", () => {
    expect(qualityDoubts(scored(0.99), [], labels, WORDS)).toMatchObject([
      { short: "A score this good: baseline is nearly perfect" },
    ]);
    expect(qualityDoubts(scored(0.95), [], labels, WORDS)).toEqual([]);
    const mostly = labels.map((label) => 1 - label);
    expect(qualityDoubts(scored(0.99), [], mostly, WORDS)).toEqual([]);
  });

  it("is a test with hardly anything to find, named in the words of the task", () => {
    expect(qualityDoubts(scored(0.03, 1), [], few(1), WORDS)).toMatchObject([
      {
        rank: 0,
        short: "Any quality: the test holds 1 fraud",
        text: expect.stringContaining("1 fraud among 100 payments, in fewer than 10 cards: no interval"),
      },
    ]);
    expect(qualityDoubts(scored(0.9, 2), [], few(98), WORDS)[0].short).toBe(
      "Any quality: the test holds 2 other payments",
    );
    expect(qualityDoubts(scored(0.5, 10), [], few(12), WORDS)).toEqual([]);
    // Nothing was measured, so there is nothing to doubt.
    expect(qualityDoubts(scored(Number.NaN, 0), [], few(0), WORDS)).toEqual([]);
  });
});
