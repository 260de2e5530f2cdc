import { describe, expect, it } from "vitest";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import type { StageResult } from "../../../system/stage.ts";
import { type Design, parseDesign } from "../../design.ts";
import { experimentPlanStage } from "./experiment-plan-stage.ts";
import { plannedExperimentOf } from "./planned-experiment.ts";

function design(experiment: string, users = "users: { daily: 40k }"): Design {
  const note = `---\nheptad: 1\ntitle: t\nsystem: s\n---\n## 1. Clarify\n\`\`\`yaml\n${users}\n\`\`\`\n## 6. Deploy\n\`\`\`yaml\nexperiment: { ${experiment} }\n\`\`\`\n`;
  const read = parseDesign(note, "note.md").design;
  if (read === undefined) throw new Error("no design");
  return read;
}
const RATE = "metric: click rate, baseline: 5%, effect: 2% relative, duration: 14 d, units-daily: 20k";

async function planned(text: string, users?: string): Promise<StageResult> {
  const stage = experimentPlanStage(design(text, users));
  if (stage === undefined) throw new Error("nothing is planned");
  const random = createRandom(1);
  return stage.execute({
    paths: {},
    random,
    environment: sealedEnvironment,
    input: () => Promise.reject(new Error("reads nothing")),
  });
}
const figureOf = ({ figures }: StageResult, name: string): number | undefined =>
  figures.find((one) => one.name === name)?.value;

describe("the stage that plans the experiment", () => {
  it("gives units, days, whole weeks and what the planned days can find", async () => {
    const result = await planned(RATE);
    // 752,703 units an arm (two proportions, 5 % against 5.1 %), 10,000 a day.
    expect(figureOf(result, "sample size")).toBe(752_703);
    expect(figureOf(result, "days needed")).toBe(76);
    expect(figureOf(result, "days in whole weeks")).toBe(77);
    const found = figureOf(result, "minimum detectable effect") ?? Number.NaN;
    expect(found).toBeGreaterThan(0.045);
    expect(found).toBeLessThan(0.048);
    const [answer, ...others] = result.remarks;
    expect(answer.text).toBe(
      "To find a change of 2% relative in click rate from 5%, each arm needs **752,703** units: 76 d at 20,000 new units a day.",
    );
    expect(others.map(({ kind }) => kind)).toEqual(["warning", "next"]);
    expect(others[1].text).toBe("Run it longer, give it more traffic, or use a metric with less variance (CUPED).");
    const [chart] = result.charts;
    expect(chart).toMatchObject({
      form: "lines",
      limit: { value: expect.closeTo(2, 9), label: "planned effect" },
      events: [{ x: 14, label: "planned end" }],
    });
  });

  it("says what it assumed where users stand in for units, and that they come back", async () => {
    const { remarks } = await planned("metric: click rate, baseline: 5%, effect: 10% relative, duration: 14 d");
    expect(remarks.map(({ kind }) => kind)).toEqual(["answer", "assumption", "warning"]);
    expect(remarks[1].text).toContain("`users.daily` stands in");
    expect(remarks[2].text).toContain("run it for a whole week all the same");
  });

  it("halves the units of a day with half the traffic, and reads as often as it is looked at", async () => {
    const half = await planned(`${RATE}, traffic: 50%`);
    expect(figureOf(half, "days needed")).toBe(151);
    const note = (result: StageResult) =>
      result.figures.find(({ name }) => name === "minimum detectable effect")?.note ?? "";
    expect(note(await planned(RATE))).toContain("read once");
    expect(note(await planned(`${RATE}, looks: 5, boundary: obrien-fleming`))).toContain("read at 5 looks");
  });

  it("writes a mean in its own unit and a relative change in percent", async () => {
    const [answer] = (
      await planned("metric: watch time, mean: 30, deviation: 40, effect: 1 absolute, duration: 14 d, units-daily: 20k")
    ).remarks;
    expect(answer.text).toContain("a change of 1 absolute in watch time from 30");
    const [relative] = (
      await planned(
        "metric: watch time, mean: 30, deviation: 40, effect: 5% relative, duration: 14 d, units-daily: 20k",
      )
    ).remarks;
    expect(relative.text).toContain("a change of 5% relative in watch time from 30");
  });

  it("knows no days where nobody says how many units a day there are", async () => {
    const { figures, remarks } = await planned(
      "metric: click rate, baseline: 5%, effect: 2% relative, duration: 14 d",
      "goal: more clicks",
    );
    expect(figures.map(({ name }) => name)).toEqual(["sample size"]);
    expect(remarks[0].text).toContain("neither `units-daily` nor `users.daily`");
  });

  it("is none without an experiment or its facts, and says why a plan cannot be", async () => {
    expect(experimentPlanStage(design("metric: click rate"))).toBeUndefined();
    const { remarks } = await planned(`${RATE}, alpha: 100%`);
    expect(remarks).toEqual([
      { kind: "warning", text: expect.stringMatching(/^the experiment cannot be planned: .*alpha/u) },
    ]);
  });
});

describe("the experiment of a design as a plan", () => {
  const read = (text: string, users?: string) => plannedExperimentOf(design(text, users));
  const plan = (text: string, users?: string) => {
    const outcome = read(text, users);
    if ("missing" in outcome || !outcome.ok) throw new Error("no plan");
    return outcome.value;
  };

  it("counts what the smallest arm needs and gets", () => {
    expect(plan(RATE)).toMatchObject({
      needed: 752_703,
      available: 140_000,
      days: 14,
      daysNeeded: 76,
      unitsDaily: 20_000,
      unitsTotal: undefined,
      alpha: 0.05,
      power: 0.8,
      arms: 2,
      smallestShare: 0.5,
      assumed: ["alpha 0.05", "power 0.8"],
    });
    expect(plan(RATE).reachable).toBeGreaterThan(0.045);
    expect(plan(`${RATE}, split: 90/10`)).toMatchObject({ smallestShare: 0.1, available: 28_000 });
    expect(plan(`${RATE}, arms: 4`)).toMatchObject({ arms: 4, smallestShare: 0.25, available: 70_000 });
    expect(plan(`${RATE}, traffic: 50%, alpha: 0.01, power: 0.9`)).toMatchObject({
      available: 70_000,
      alpha: 0.01,
      power: 0.9,
      assumed: [],
    });
  });

  it("ends with the units that there are, however many days", () => {
    expect(plan(`${RATE}, units-total: 100k`)).toMatchObject({
      available: 50_000,
      daysNeeded: Number.POSITIVE_INFINITY,
    });
    expect(plan(`${RATE}, units-total: 2M`)).toMatchObject({ available: 140_000, daysNeeded: 76 });
    const only = "metric: click rate, baseline: 5%, effect: 10% relative, duration: 10 d, units-total: 100k";
    expect(plan(only, "goal: x")).toMatchObject({ available: 50_000, unitsDaily: undefined, unitsTotal: 100_000 });
  });

  it("takes users for units where the note has only them, and says so", () => {
    const text = "metric: click rate, baseline: 5%, effect: 2% relative, duration: 14 d, alpha: 0.05, power: 0.8";
    expect(plan(text)).toMatchObject({ unitsDaily: 40_000, assumed: ["`users.daily` as units a day"] });
    expect(plan(`${text}, units-total: 5M`).assumed).toEqual([]);
  });

  it("lists what is missing", () => {
    expect(read("metric: click rate", "goal: x")).toEqual({
      missing: ["6.experiment.baseline", "6.experiment.effect", "6.experiment.units-daily", "6.experiment.duration"],
    });
    expect(read("metric: watch time, mean: 3, effect: 1 absolute, duration: 14 d")).toEqual({
      missing: ["6.experiment.baseline"],
    });
  });

  it("refuses an experiment that nobody takes part in or that ends at once, at its place", () => {
    const refusal = (text: string): string => {
      const outcome = read(text);
      return "missing" in outcome || outcome.ok ? "" : `${outcome.failure.where}: ${outcome.failure.message}`;
    };
    expect(refusal(`${RATE}, traffic: 0%`)).toBe("traffic: traffic is 0%, so nobody takes part");
    expect(refusal(RATE.replace("20k", "0"))).toBe("units: units is 0, so nobody takes part");
    expect(refusal(RATE.replace("14 d", "0 d"))).toBe("duration: duration is 0 d");
    expect(refusal(RATE)).toBe("");
  });
});
