import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { parseCondition } from "../../../design/condition.ts";
import { stageResult } from "../../../system/stage.ts";
import { storeLists } from "../../4-model/train/ranked-lists.ts";
import { parseDesign } from "../../design.ts";
import { alertsOf } from "../alerts.ts";
import { conditionOf, type DriftWatch, driftVerdict, driftWatchOf, metricOf, watchDrift } from "./drift-alert.ts";
import { type DriftMeasure, measureDrift, readDriftMeasure } from "./drift-measure.ts";
import { servedScores } from "./served-scores.ts";

const repeat = (counts: readonly (readonly [value: number, times: number])[]): Float64Array =>
  Float64Array.from(counts.flatMap(([value, times]) => new Array<number>(times).fill(value)));
// A quarter of ones becomes three quarters: two bins of 75 and 25, then 25 and 75.
const before = repeat([
  [0, 75],
  [1, 25],
]);
const after = repeat([
  [0, 25],
  [1, 75],
]);

describe("the measures of drift", () => {
  it.each<[DriftMeasure, number]>([
    ["psi", Math.log(3)],
    ["ks", 0.5],
    ["wasserstein distance", 0.5],
    // The reference's standard deviation is the root of 0.75 times 0.25.
    ["scaled wasserstein distance", 0.5 / Math.sqrt(0.1875)],
    ["kullback-leibler divergence", 0.5 * Math.log(3)],
    // The mixture is even: ln 2 less the entropy of a quarter.
    ["jensen-shannon divergence", Math.LN2 + 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)],
    ["jensen-shannon distance", Math.sqrt(Math.LN2 + 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))],
    // Four cells, each 25 off an expected 50.
    ["chi-square", 4 * (25 ** 2 / 50)],
    ["cramer's v", 0.5],
  ])("give %s as worked out by hand", (measure, expected) => {
    expect(unwrap(measureDrift(measure, before, after)).value).toBeCloseTo(expected, 12);
  });

  it("give p-values that fall with the size of the drift", () => {
    for (const measure of ["ks p-value", "chi-square p-value"] as const) {
      expect(unwrap(measureDrift(measure, before, after)).value).toBeLessThan(1e-9);
      expect(unwrap(measureDrift(measure, before, before)).value).toBeCloseTo(1, 12);
    }
  });

  it.each<DriftMeasure>(["ks", "chi-square", "cramer's v"])(
    "call %s beyond chance exactly where its p-value is below 0.05",
    (measure) => {
      const random = createRandom(8);
      const sides = new Set<boolean>();
      for (let draw = 0; draw < 200; draw++) {
        const size = 10 + random.below(60);
        const [old, young] = [0, 0.8 * random.uniform()].map((shift) =>
          Float64Array.from({ length: size }, () => random.normal() + shift),
        );
        const test = measure === "ks" ? "ks p-value" : "chi-square p-value";
        const [moved, p] = ([measure, test] as const).map((one) => measureDrift(one, old, young, { bins: 4 }));
        const { value, chance = Number.NaN } = unwrap(moved);
        expect(value > chance).toBe(unwrap(p).value < 0.05);
        sides.add(value > chance);
      }
      expect(sides.size).toBe(2);
    },
  );

  it("are known by the names people give them", () => {
    expect(
      ["PSI", "KS", "ks p-value", "JS divergence", "Jensen-Shannon", "EMD", "normed wasserstein", "KL"].map((name) =>
        readDriftMeasure(name),
      ),
    ).toEqual([
      "psi",
      "ks",
      "ks p-value",
      "jensen-shannon divergence",
      "jensen-shannon distance",
      "wasserstein distance",
      "scaled wasserstein distance",
      "kullback-leibler divergence",
    ]);
    expect(readDriftMeasure("adwin")).toBeUndefined();
  });

  it("say why they do not exist rather than give a number", () => {
    expect(measureDrift("scaled wasserstein distance", repeat([[1, 9]]), after).ok).toBe(false);
    expect(measureDrift("ks", before, new Float64Array(0)).ok).toBe(false);
  });
});

const WATCH: DriftWatch = { measure: "ks", bins: 10, on: "features", of: "", correction: "none" };
const SAMPLES = [
  { name: "still", reference: before, current: before },
  { name: "moved", reference: before, current: after },
];

describe("an alert on drift", () => {
  it("is held against the signal that moved most, or the one it names", () => {
    expect(watchDrift(WATCH, SAMPLES)).toMatchObject({ value: 0.5, note: expect.stringContaining("moved, which") });
    expect(watchDrift({ ...WATCH, of: "still" }, SAMPLES).value).toBe(0);
    expect(watchDrift({ ...WATCH, of: "gone" }, SAMPLES)).toEqual({
      value: null,
      note: "this run has no signal `gone`; it has still, moved",
      chance: null,
      n: null,
    });
  });

  it("leaves out what can only grow where it watches all signals, and names it", () => {
    const growing = { ...SAMPLES[1], name: "count_of_all_time", onlyGrows: true };
    const seen = watchDrift(WATCH, [SAMPLES[0], growing]);
    expect(seen.value).toBe(0);
    expect(seen.note).toContain("left out because they can only grow: count_of_all_time");
    expect(watchDrift({ ...WATCH, of: "count_of_all_time" }, [SAMPLES[0], growing]).value).toBe(0.5);
    expect(watchDrift(WATCH, [growing]).value).toBeNull();
  });

  it("is not settled beyond its limit where chance alone goes as far", () => {
    const condition = unwrap(parseCondition("psi > 0.2"));
    const seen = { value: 0.25, note: "", chance: 0.3, n: 40 };
    expect(driftVerdict(condition, seen)).toBe("not settled");
    expect(driftVerdict(condition, { ...seen, chance: 0.1 })).toBeUndefined();
    expect(driftVerdict(condition, { ...seen, value: 0.1 })).toBeUndefined();
  });

  it("corrects the smallest p-value for the number of signals", () => {
    const watch: DriftWatch = { ...WATCH, measure: "ks p-value" };
    const plain = watchDrift(watch, SAMPLES).value ?? Number.NaN;
    expect(watchDrift({ ...watch, correction: "bonferroni" }, SAMPLES).value).toBeCloseTo(2 * plain, 15);
  });

  it("reads from the note what is compared, by which measure and at which level", () => {
    const { design } = parseDesign(
      `---
heptad: 1
title: Drift
system: feed
---
## 7. Monitoring
\`\`\`yaml
drift:
  - { metric: KS, on: features, p-value: 1%, correction: BH }
  - { metric: js, of: predictions, alert: "> 0.1", bins: 20 }
  - { metric: adwin, alert: "> 0" }
\`\`\`
`,
      "note.md",
    );
    const alerts = design === undefined ? [] : alertsOf(design);
    expect(alerts.map((alert) => driftWatchOf(alert))).toEqual([
      { measure: "ks p-value", bins: 10, on: "features", of: "", correction: "benjamini-hochberg" },
      { measure: "jensen-shannon distance", bins: 20, on: "prediction", of: "predictions", correction: "none" },
      undefined,
    ]);
    expect(alerts.map((alert) => `${metricOf(alert)} ${conditionOf(alert)}`)).toEqual([
      "ks p-value < 1%",
      "js > 0.1",
      "adwin > 0",
    ]);
  });
});

describe("the scores behind what is served", () => {
  const lists = (scores: readonly number[]) => {
    const stored = {
      offsets: Int32Array.of(0, 2, 3),
      items: Int32Array.of(4, 5, 6),
      scores: Float32Array.from(scores),
    };
    return { ...storeLists("validation", stored), ...storeLists("test", stored) };
  };
  const stages = new Map([
    ["ranked", lists([0.9, 0.5, 0.7])],
    ["leaking", lists([9, 8, 7])],
    ["re-ranked", lists([0, -1, 0])],
  ]);
  const subjects = [
    { subject: "two-stage", stage: "ranked", role: "system" as const },
    { subject: "reading the future", stage: "leaking", role: "cheat" as const },
    { subject: "re-ranked", stage: "re-ranked", role: "system" as const },
  ];
  const input = async (name: string) => stageResult({ arrays: stages.get(name) ?? {} });

  it("are those of the last stage that scores: re-ranking stores places, and the leak serves nobody", async () => {
    const scores = await servedScores(subjects[2], subjects, input);
    expect(scores?.name).toBe("two-stage");
    expect([...(scores?.current ?? [])].map((score) => Math.round(score * 10))).toEqual([9, 5, 7]);
  });

  it("are unknown where only places are", async () => {
    expect(await servedScores(subjects[2], subjects.slice(2), input)).toBeUndefined();
  });
});

it("gives the exact p-value of Kolmogorov and Smirnov where the cells are few enough", () => {
  const reference = Float64Array.of(1, 2, 3, 4, 5);
  const current = Float64Array.of(3.5, 4.5, 5.5, 6.5, 7.5);
  // SciPy 1.17: ks_2samp(method="exact") of a statistic of 0.6 in 5 and 5.
  expect(unwrap(measureDrift("ks p-value", reference, current)).value).toBeCloseTo(0.35714285714285715, 12);
});
