import { describe, expect, it } from "vitest";
import { deploySchema } from "../schema.ts";
import { rolloutFacts } from "./rollout-facts.ts";

const read = (facts: unknown) => rolloutFacts(deploySchema.parse(facts));

const WHOLE = {
  rollout: { steps: ["shadow", "10%", "100%"], bake: "2 h", "abort-on": ["error rate"] },
  rollback: { kind: "automatic", time: "5 m" },
};

describe("the rollout of a note", () => {
  it("is read in plain numbers, and nothing is assumed where the note says all", () => {
    expect(read(WHOLE)).toEqual({
      steps: [
        { label: "shadow", share: 0 },
        { label: "10%", share: 0.1 },
        { label: "100%", share: 1 },
      ],
      bake: 7200,
      rollback: 300,
      guardrails: [{ name: "error rate", kind: "errors", margin: 0, isStated: false }],
      alpha: 0.05,
      assumed: [],
      unmeasured: [],
      warned: [],
    });
  });

  it("is none without steps", () => {
    expect(read({})).toBeUndefined();
    expect(read({ rollout: { bake: "7 d" } })).toBeUndefined();
  });

  it("says what it assumes where the note is silent", () => {
    const facts = read({ rollout: ["shadow", "100%"] });
    expect(facts?.bake).toBe(7 * 86_400);
    expect(facts?.rollback).toBeNull();
    expect(facts?.assumed.join("; ")).toMatch(/`bake` is not stated.*how long the way back takes/u);
    expect(facts?.warned.join("; ")).toMatch(/no `abort-on`/u);
  });

  it("goes back at once only where there is a way back", () => {
    expect(read({ ...WHOLE, rollback: { kind: "none", time: "5 m" } })?.rollback).toBeNull();
    expect(read({ ...WHOLE, rollback: { kind: "manual", time: "5 m" } })?.assumed.join()).toMatch(/manual/u);
  });

  it("rounds a step up to whole hours, and says so", () => {
    const facts = read({ ...WHOLE, rollout: { ...WHOLE.rollout, bake: "30 m" } });
    expect(facts?.bake).toBe(3600);
    expect(facts?.assumed.join()).toMatch(/1 h/u);
  });

  it("warns of a guardrail that it cannot measure, and of one without a margin", () => {
    const facts = read({ ...WHOLE, rollout: { ...WHOLE.rollout, "abort-on": ["customer complaints", "recall"] } });
    expect(facts?.unmeasured).toEqual(["customer complaints"]);
    expect(facts?.warned).toHaveLength(1);
    expect(facts?.warned[0]).toMatch(/`recall` has no margin/u);
  });
});
