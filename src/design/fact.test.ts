import { describe, expect, it } from "vitest";
import { z } from "zod";
import { amount, effect, facts, quantity, window } from "./fact.ts";
import { describeKeys, kindOf, knownKeys, schemasAt } from "./schema-keys.ts";

/** The fix of the first complaint, or what was read. */
function read(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue.code === "custom" ? issue.params?.fix : issue.message;
}

describe("kinds of facts", () => {
  it("reads quantities, and says how one is written where it is none", () => {
    expect(read(quantity("duration", "d"), "100 ms")).toMatchObject({ value: 0.1, text: "100 ms" });
    expect(read(quantity("share", "d"), 0.2)).toMatchObject({ value: 0.2 });
    expect(read(quantity("duration", "d"), "soon")).toBe("write it like `100 ms`");
    expect(read(amount("d"), "5 ms")).toMatchObject({ value: 0.005 });
    expect(read(window("d"), "all")).toBe("all");
    expect(read(window("d"), "90 d")).toMatchObject({ value: 90 * 86_400 });
  });

  it("reads a change as relative where it is a share, and as absolute where it has a unit", () => {
    expect(read(effect("d"), "2% relative")).toMatchObject({ kind: "relative", amount: { value: 0.02 } });
    expect(read(effect("d"), "2%")).toMatchObject({ kind: "relative" });
    expect(read(effect("d"), "0.1% absolute")).toMatchObject({ kind: "absolute", amount: { value: 0.001 } });
    expect(read(effect("d"), "5 ms")).toMatchObject({ kind: "absolute", amount: { value: 0.005 } });
    expect(read(effect("d"), "5 ms relative")).toBe("write it like `2% relative`, or with `absolute` behind it");
    expect(read(effect("d"), "a lot")).toBe("write it like `2% relative` or `0.1% absolute`");
  });
});

describe("what a schema says of itself", () => {
  const schema = facts("Top", {
    name: z.string().meta({ description: "A name" }),
    size: z
      .union([quantity("count", "How many"), facts("Sizes", { low: quantity("count", "Least").optional() })])
      .optional(),
    list: z.array(facts("An element", { on: z.enum(["a", "b"]).meta({ description: "Which" }) })).optional(),
    words: z.record(z.string(), z.boolean()).meta({ description: "Flags" }).optional(),
  });

  it("lists every key with its kind and whether it is needed", () => {
    expect(describeKeys(schema).map(({ path, kind, required }) => [path, kind, required])).toEqual([
      ["name", "text", true],
      ["size", "a count or facts", false],
      ["size.low", "a count", false],
      ["list", "a list of facts", false],
      ["list[].on", "one of a, b", true],
      ["words", "names, each with true or false", false],
    ]);
  });

  it("knows the keys at a path, through lists, unions and maps of names", () => {
    expect(knownKeys(schema, [])).toEqual(["name", "size", "list", "words"]);
    expect(knownKeys(schema, ["size"])).toEqual(["low"]);
    expect(knownKeys(schema, ["list", 3])).toEqual(["on"]);
    expect(schemasAt(schema, ["words", "any"]).map(kindOf)).toEqual(["true or false"]);
    expect(schemasAt(schema, ["toString"])).toEqual([]);
  });
});
