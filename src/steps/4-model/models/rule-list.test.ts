import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { openRules } from "./rule-list.ts";

const list = (...rules: string[]) => ({ format: "heptad rule list", version: 1, rules }) as const;
const asked = (values: Readonly<Record<string, number>>) => (name: string) => values[name];

describe("a rule list", () => {
  const rules = unwrap(openRules(list("amount > 220", "risk >= 50%"), ["amount", "risk"]));

  it("scores by the first rule that holds, and 0 where none does", () => {
    expect(rules.score(asked({ amount: 300, risk: 0 }))).toBe(2);
    expect(rules.score(asked({ amount: 20, risk: 0.5 }))).toBe(1);
    expect(rules.score(asked({ amount: 20, risk: Number.NaN }))).toBe(0);
  });

  it("names the rule", () => {
    expect(rules.reason(asked({ amount: 20, risk: 0.9 }))).toBe("risk >= 50%");
    expect(rules.reason(asked({ amount: 20, risk: 0 }))).toBeUndefined();
  });

  it.each(["amount", "colour > 3", "amount drop > 5%"])("is refused when it holds `%s`", (rule) => {
    expect(openRules(list(rule), ["amount"]).ok).toBe(false);
  });
});
