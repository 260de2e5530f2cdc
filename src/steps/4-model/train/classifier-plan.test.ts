import { describe, expect, it } from "vitest";
import { NOT_HANDLED } from "../../3-data/sample/imbalance.ts";
import { dataSchema } from "../../3-data/schema.ts";
import { modelSchema } from "../schema.ts";
import { planClassifiers } from "./classifier-plan.ts";

function plan(stage: object, imbalance?: object) {
  const stages = [
    { name: "rules", model: "rules", rules: ["amount > 220"] },
    { name: "novelty", model: "isolation-forest" },
    { name: "logistic", model: "logistic-regression" },
    { name: "scoring", model: "gbdt", ...stage },
  ];
  const data = dataSchema.parse(imbalance === undefined ? {} : { imbalance });
  return planClassifiers(modelSchema.parse({ stages }), ["amount", "night"], data.imbalance);
}

describe("classifiers of a note", () => {
  it("handle imbalance where they learn from labels, and nowhere else", () => {
    const outcome = plan({}, { handling: "downsample", keep: "10%", corrected: true });
    const handling = outcome.ok && outcome.value.map(({ subject, imbalance }) => [subject, imbalance.handling]);
    expect(handling).toEqual([
      ["rules", "none"],
      ["novelty", "none"],
      ["logistic", "downsample"],
      ["scoring", "downsample"],
    ]);
  });

  it.each([[undefined], [{ handling: "class-weight" }]])(
    "take a stage's own weight where step 3 has %j",
    (imbalance) => {
      const outcome = plan({ "class-weight": 20 }, imbalance);
      const scoring = outcome.ok && outcome.value.find(({ subject }) => subject === "scoring");
      expect(scoring).toMatchObject({ imbalance: { handling: "class-weight", odds: 20, corrected: false } });
    },
  );

  it.each([[undefined], [{ handling: "none" }], [{ handling: "class-weight" }]])(
    "leave a stage alone whose weight is 1 where step 3 has %j",
    (imbalance) => {
      const outcome = plan({ "class-weight": 1 }, imbalance);
      const scoring = outcome.ok && outcome.value.find(({ subject }) => subject === "scoring");
      expect(scoring).toMatchObject({ imbalance: NOT_HANDLED });
    },
  );

  it.each([
    [{ "class-weight": 20 }, { handling: "none" }, /`handling: none`/u],
    [{ "class-weight": 20 }, { handling: "downsample", keep: "10%" }, /`handling: downsample`/u],
    [{ "class-weight": 20 }, { handling: "class-weight", "rate-after": "30%" }, /`rate-after`/u],
    [{ model: "isolation-forest", "class-weight": 20 }, undefined, /does not learn from labels/u],
    [{ model: "logistic-regression", monotone: { amount: "increasing" } }, undefined, /only trees/u],
    [{ objective: "focal" }, undefined, /log loss/u],
    [{ "early-stopping": 10 }, undefined, /not stopped early/u],
    [{ monotone: { amuont: "increasing" } }, undefined, /does not declare/u],
  ])("are refused for %j beside %j", (stage, imbalance, message) => {
    const outcome = plan(stage, imbalance);
    expect(outcome.ok).toBe(false);
    expect(!outcome.ok && outcome.failure.message).toMatch(message);
  });

  it("keep the note's monotone features and calibration", () => {
    const outcome = plan({ monotone: { amount: "increasing", night: "decreasing" }, calibration: "isotonic" });
    const scoring = outcome.ok && outcome.value.find(({ subject }) => subject === "scoring");
    expect(scoring).toMatchObject({
      calibration: "isotonic",
      choices: [{ options: { monotone: { amount: 1, night: -1 } } }, {}, {}, {}],
    });
  });
});
