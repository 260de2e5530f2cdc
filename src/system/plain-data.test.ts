import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "./plain-data.ts";

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, undefined, true, false, 0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.constantFrom("null", "undefined", "Infinity", "0", "-0", "true"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 2 }), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe("the text of plain data", () => {
  it("is the same for equal data, and differs for all others", () => {
    const isSame = (a: unknown, b: unknown): boolean => {
      try {
        expect(a).toStrictEqual(b);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const copy = structuredClone(a);
        expect(plainText(copy, "a")).toBe(plainText(a, "a"));
        if (plainText(a, "a") === plainText(b, "b")) expect(isSame(a, b)).toBe(true);
        else if (isSame(a, b))
          expect(JSON.stringify(Object.keys(Object(a)))).not.toBe(JSON.stringify(Object.keys(Object(b))));
      }),
      { numRuns: 2000 },
    );
  });

  it("tells what JSON confuses apart", () => {
    const texts = [
      null,
      Number.POSITIVE_INFINITY,
      "Infinity",
      0,
      -0,
      undefined,
      [],
      {},
      { a: undefined },
      { a: null },
    ].map((one) => plainText(one, "a"));
    expect(new Set(texts).size).toBe(texts.length);
    expect(plainText({ a: 1, b: 2 }, "a")).not.toBe(plainText({ b: 2, a: 1 }, "a"));
  });

  it("refuses what cannot be written down, and names its place", () => {
    expect(() => plainText({ model: { fit: () => 1 } }, "the plan of x")).toThrow(
      "the plan of x.model.fit is a function",
    );
    expect(() => plainText([1, new Map()], "the plan of x")).toThrow("the plan of x[1] is a Map");
    expect(() => plainText({ a: Number.NaN }, "the plan of x")).toThrow("the plan of x.a is NaN");
    expect(() => plainText({ a: new Float64Array(1) }, "the plan of x")).toThrow("the plan of x.a is a Float64Array");
    expect(() => plainText({ [Symbol("a")]: 1 }, "the plan of x")).toThrow("symbol");
  });

  it("freezes the data, so that what was hashed is what is run", () => {
    const plan = { stages: [{ keep: 10 }] };
    plainText(plan, "the plan of x");
    expect(() => {
      plan.stages[0].keep = 20;
    }).toThrow(TypeError);
  });
});
