import { describe, expect, it } from "vitest";
import { declaredFeatures } from "../features/feature-declaration.ts";
import { dataSchema } from "../schema.ts";
import { dealtMoments, knownByPart } from "../sources/deal-rows.ts";
import { dealtPlan } from "./dealt-plan.ts";

const DAY = 86_400;
const plan = (split: Record<string, unknown>, features: readonly Record<string, unknown>[] = []) => {
  const facts = dataSchema.parse({ split, features });
  return dealtPlan(facts, declaredFeatures(facts), { positive: "churned" }, { account: "Account No" });
};
const whereOf = (outcome: ReturnType<typeof plan>): string | undefined => (outcome.ok ? "runs" : outcome.failure.where);

describe("rows without time", () => {
  it("are dealt at random or by whole groups, in shares", () => {
    expect(plan({ by: "random" })).toMatchObject({ value: { group: null, validation: 10, test: 20 } });
    expect(plan({ by: "group", group: "account", test: "30%" })).toMatchObject({
      value: { group: "Account No", test: 30 },
    });
  });

  it("are refused where only time could say what is meant", () => {
    expect(whereOf(plan({ by: "time" }))).toBe("3.split.by");
    expect(whereOf(plan({ by: "group" }))).toBe("3.split.group");
    expect(whereOf(plan({ by: "random", test: "7 d" }))).toBe("3.split.test");
    expect(whereOf(plan({ by: "random", gap: "7 d" }))).toBe("3.split.gap");
    const counted = { name: "n", entity: "account", aggregate: "count()", window: "7 d" };
    expect(whereOf(plan({ by: "random" }, [counted]))).toBe("3.features");
    const rate = { name: "r", entity: "account", aggregate: "rate(churned)" };
    expect(whereOf(plan({ by: "random" }, [{ ...rate, window: "all" }]))).toBe("runs");
    expect(whereOf(plan({ by: "random" }, [{ ...rate, window: "7 d" }]))).toBe("3.features");
  });

  it("of one group share a place, and no judged row reads the label of another", () => {
    expect([...dealtMoments([0, 0, 1, 2])]).toEqual([0, 0, 50 * DAY, 75 * DAY]);
    const known = knownByPart(Float64Array.of(69 * DAY, 70 * DAY, 80 * DAY, 99 * DAY), {
      group: null,
      validation: 10,
      test: 20,
    });
    expect([...known].map((at) => at / DAY)).toEqual([69, 80, 100, 100]);
  });
});
