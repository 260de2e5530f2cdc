import { describe, expect, it } from "vitest";
import { deploySchema } from "../schema.ts";
import { readGuardrails } from "./guardrail.ts";

const read = (facts: unknown) => readGuardrails(deploySchema.parse(facts));

describe("the names of abort-on", () => {
  it("are read as what they measure, in the words people use", () => {
    const names = [
      "error rate",
      "p99 latency",
      "share of honest payments declined",
      "recall",
      "money lost to fraud per day",
      "alerts a day",
    ];
    const standard = read({ rollout: { steps: ["10%"], "abort-on": ["false-positive rate"] } });
    expect(standard.guardrails.map(({ kind }) => kind)).toEqual(["false positives"]);
    const { guardrails, unknown } = read({ rollout: { steps: ["10%"], "abort-on": names } });
    expect(guardrails.map(({ kind }) => kind)).toEqual([
      "errors",
      "latency p99",
      "false positives",
      "positives missed",
      "money lost",
      "cases declined",
    ]);
    expect(unknown).toEqual([]);
  });

  it("take the margin of the experiment's guardrail that means the same, whatever its word order", () => {
    const { guardrails } = read({
      rollout: { steps: ["10%"], "abort-on": ["latency p99", "share of honest payments declined", "error rate"] },
      experiment: {
        guardrails: [
          { metric: "p99 latency", margin: "5 ms", direction: "higher" },
          { metric: "share of honest payments declined", margin: "0.1%", direction: "higher" },
          "error rate",
        ],
      },
    });
    expect(guardrails.map(({ margin, isStated }) => [margin, isStated])).toEqual([
      [0.005, true],
      [0.001, true],
      [0, false],
    ]);
  });

  it("do not take a margin in another unit", () => {
    const { guardrails } = read({
      rollout: { steps: ["10%"], "abort-on": ["latency p99"] },
      experiment: { guardrails: [{ metric: "p99 latency", margin: "5%" }] },
    });
    expect(guardrails).toMatchObject([{ margin: 0, isStated: false }]);
  });

  it("are handed back where nothing measures them", () => {
    expect(read({ rollout: { steps: ["10%"], "abort-on": ["customer complaints", "latency p50"] } })).toEqual({
      guardrails: [],
      unknown: ["customer complaints", "latency p50"],
    });
  });
});
