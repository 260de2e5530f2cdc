import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import { dataSchema } from "../schema.ts";
import { declaredFeatures, parseAggregate } from "./feature-declaration.ts";
import { planFeatures } from "./feature-plan.ts";

const read = (...features: readonly object[]) => declaredFeatures(dataSchema.parse({ features }));

describe("an aggregate", () => {
  it.each([
    ["count()", { kind: "count", measure: undefined }],
    [" mean( rating ) ", { kind: "mean", measure: "rating" }],
    ["rate(click)", { kind: "rate", measure: "click" }],
    ["recency()", { kind: "recency", measure: undefined }],
    ["value(age)", { kind: "value", column: "age" }],
    [
      "ratio(count(click), other_feature)",
      {
        kind: "ratio",
        numerator: { kind: "count", measure: "click" },
        denominator: { kind: "feature", name: "other_feature" },
      },
    ],
  ])("is read from `%s`", (text, aggregate) => {
    expect(parseAggregate(text, "f")).toEqual(aggregate);
  });

  it.each([
    "",
    "mean()",
    "mean(rating",
    "ratio(count())",
    "count(a, b)",
    "mean(rating) + 1",
    "count(())",
    "ratio(,)",
    "SELECT 1",
  ])("is refused when it is `%s`", (text) => {
    expect(() => parseAggregate(text, "f")).toThrow(FailureError);
  });

  it("is suggested when its name is nearly right", () => {
    expect(() => read({ name: "f", entity: "member", aggregate: "maen(rating)" })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ fix: "did you mean `mean`?" }) }),
    );
  });

  it("never makes the reader crash or hang, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.nat(2000), (text, depth) => {
        for (const one of [text, `${"ratio(".repeat(depth)}${text}`]) {
          try {
            parseAggregate(one, "f");
          } catch (error) {
            expect(error).toBeInstanceOf(FailureError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("declarations", () => {
  it("have defaults: all of the past, no delay, no smoothing", () => {
    expect(read({ name: "n", entity: "member", aggregate: "count()" })).toEqual([
      {
        name: "n",
        entity: ["member"],
        aggregate: { kind: "count", measure: undefined },
        window: Number.POSITIVE_INFINITY,
        delay: 0,
        smoothing: 0,
        where: undefined,
      },
    ]);
  });

  it("read windows, delays and pairs of entities as the note writes them", () => {
    const [declared] = read({
      name: "a",
      entity: ["member", "genre"],
      aggregate: "mean(rating)",
      window: "90 d",
      delay: "7 d",
      smoothing: 5,
    });
    expect(declared).toMatchObject({ entity: ["member", "genre"], window: 90 * DAY, delay: 7 * DAY, smoothing: 5 });
  });

  it("leave out features that say nothing but facts for the review", () => {
    expect(read({ name: "embedding", train: "warehouse", serve: "cache" })).toEqual([]);
  });

  it.each([
    ["value(net amount)", "columns: { net_amount: net amount }`, and write `aggregate: value(net_amount)`"],
    ["value(montant_é)", "columns: { montant_e: montant_é }`, and write `aggregate: value(montant_e)`"],
    ["rate(bad?)", 'columns: { bad: "bad?" }`, and write `aggregate: rate(bad)`, or where it is the label'],
    ["value('amount (EUR)')", 'columns: { amount_eur: "amount (EUR)" }`, and write `aggregate: value(amount_eur)`'],
    ["ratio(sum(net $), count())", 'columns: { net: "net $" }`, and write `aggregate: ratio(sum(net), count())`'],
  ])("say of %s that its column is mapped to a plainer name, and how", (aggregate, line) => {
    expect(() => read({ name: "f", entity: "a", aggregate })).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: "bad-feature", fix: expect.stringContaining(line) }),
      }),
    );
  });

  it.each(["mean(count(x))", "count() / 3", "mean(a, b)", "value()"])(
    "say of %s that it is no aggregate",
    (aggregate) => {
      expect(() => read({ name: "f", entity: "a", aggregate })).toThrow("which is none");
    },
  );

  it.each([
    ["without an entity", [{ name: "f", aggregate: "count()" }], "has no entity"],
    ["with three entities", [{ name: "f", entity: ["a", "b", "c"], aggregate: "count()" }], "one or two entities"],
    [
      "declared twice",
      [
        { name: "f", entity: "a", aggregate: "count()" },
        { name: "f", entity: "a", aggregate: "count()" },
      ],
      "declared twice",
    ],
    [
      "smoothed without a share",
      [{ name: "f", entity: "a", aggregate: "count()", smoothing: 1 }],
      "only a mean or a rate",
    ],
    [
      "referring to a later one",
      [{ name: "f", entity: "a", aggregate: "ratio(g, count())" }],
      "no feature declared before it",
    ],
  ])("are refused when one is %s", (_, features, message) => {
    expect(() => read(...features)).toThrow(message);
  });
});

describe("a plan", () => {
  const stream = {
    entities: new Map([["member", { count: 1, rows: new Int32Array(0) }]]),
    measures: new Map([
      ["rating", {}],
      ["click", { per: "impression" }],
      ["impression", {}],
    ]),
    attributes: new Map(),
  };

  it.each([
    ["entity", { name: "f", entity: "membr", aggregate: "count()" }, "did you mean `member`?"],
    ["measure", { name: "f", entity: "member", aggregate: "mean(ratin)" }, "did you mean `rating`?"],
    ["measure", { name: "f", entity: "member", aggregate: "count()", where: "clik" }, "did you mean `click`?"],
    ["attribute", { name: "f", entity: "member", aggregate: "value(age)" }, "use one of none"],
  ])("names the nearest %s when one is unknown", (what, declared, fix) => {
    expect(() => planFeatures(read(declared), stream)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: `unknown-${what}`, fix }) }),
    );
  });

  it("refuses the rate of what is no share of anything", () => {
    expect(() => planFeatures(read({ name: "f", entity: "member", aggregate: "rate(rating)" }), stream)).toThrow(
      "out of what",
    );
  });
});
