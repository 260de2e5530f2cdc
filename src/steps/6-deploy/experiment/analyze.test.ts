import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { FailureError, unwrap } from "../../../core/outcome.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import type { AnalysisPlan } from "./analysis.ts";
import { analyzeExperiment } from "./analyze.ts";
import type { ArmData } from "./arm-data.ts";
import { describeAnalysis } from "./describe-analysis.ts";
import { pairedMomentsOf } from "./paired-moments.ts";
import { type ExperimentSource, findControl, readExperiment } from "./read-experiment.ts";
import { compareMeans } from "./two-means.ts";

let sql: Duckdb;
let folder: string;
beforeAll(async () => {
  sql = await openDuckdb();
  folder = temporaryFolder();
});
afterAll(() => sql.close());

async function read(text: string, source: Partial<ExperimentSource> = {}, outcomes?: string) {
  const assignments = join(folder, "assignments.csv");
  await writeFile(assignments, text);
  const outcomesFile = join(folder, "outcomes.csv");
  if (outcomes !== undefined) await writeFile(outcomesFile, outcomes);
  return readExperiment(
    { sql, files: createInputFiles() },
    { assignments, outcomes: outcomes === undefined ? undefined : outcomesFile, metrics: ["value"], ...source },
  );
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FailureError) return error.failure.code;
  throw new Error(`expected a failure, got ${String(error)}`);
}

describe("reading assignments and outcomes", () => {
  test("adds up the rows of a unit and counts units without outcomes as 0", async () => {
    const data = await read(
      "unit,arm\nu1,control\nu2,control\nu3,treatment\nu4,treatment\nu4,treatment\n",
      {},
      "unit,value\nu1,2\nu1,3\nu3,4\nu9,100\n",
    );
    expect(data.arms.map((arm) => [arm.name, arm.units, arm.withoutOutcome])).toEqual([
      ["control", 2, 1],
      ["treatment", 2, 1],
    ]);
    expect(data.arms[0].metrics.get("value")).toMatchObject({ mean: 2.5, variance: 12.5, binary: false });
    expect(data.neverAssigned).toBe(1);
  });

  test("refuses outcomes that are written for other units, and names what differs", async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `u${String(i).padStart(4, "0")}`);
    const assigned = `unit,arm\n${ids.map((id, i) => `${id},${i % 2 === 0 ? "a" : "b"}`).join("\n")}\n`;
    const withOutcomes = (write: (id: string, i: number) => string) =>
      read(assigned, {}, `unit,value\n${ids.map((id, i) => `${write(id, i)},${i}`).join("\n")}\n`);
    const cases: readonly (readonly [(id: string, i: number) => string, RegExp])[] = [
      [(id) => id.toUpperCase(), /^200 of 200 .* differs only in capitals: `U0000` in the outcomes, `u0000`/u],
      [(id) => `"${id} "`, /only in blanks/u],
      [(id) => id.replace(/^u0+(?=.)/u, "u"), /only in leading zeros/u],
      [(id, i) => (i < 10 ? id.toUpperCase() : id), /^10 of 200 /u],
      [(id) => `user-${id}`, /only in what stands before the first digit: `user-u0000` .*`u0000`/u],
      [(_, i) => `x${i + 1000}`, /^no row of the outcomes is of one of the 200 assigned units.*`x1000`.*`u0000`/u],
    ];
    for (const [write, message] of cases)
      await expect(withOutcomes(write)).rejects.toMatchObject({
        failure: { code: "outcomes-do-not-join", message: expect.stringMatching(message) },
      });
    await expect(read(assigned, {}, "unit,value\n")).rejects.toMatchObject({
      failure: { message: expect.stringMatching(/^the outcomes have no rows/u) },
    });
    const few = await withOutcomes((id, i) => (i === 7 ? id.toUpperCase() : id));
    expect([few.nearKeys, few.neverAssigned]).toEqual([1, 1]);
    const part = withOutcomes((id, i) => (i < 150 ? `site-${id.slice(1)}` : id));
    await expect(part).rejects.toMatchObject({
      failure: {
        message: expect.stringMatching(/^150 of 200 .* only in what stands before the first digit: `site-0000`/u),
      },
    });
    const rest = await withOutcomes((id, i) => (i < 150 ? `site ${String.fromCharCode(97 + i)}` : id));
    expect([rest.nearKeys, rest.neverAssigned]).toEqual([undefined, 150]);
    const doubt = unwrap(analyzeExperiment(rest, { control: "a" })).doubts.find(({ name }) => /outcomes/u.test(name));
    expect(doubt?.says).toContain(
      "150 of 200 units with an arm have no outcome and count as 0 (`site a` and `u0000`, for",
    );
  });

  test("takes no word for nothing for a unit or an arm", async () => {
    for (const word of ["NULL", "NA", "nan", "None", " "])
      expect(await failureOf(read(`unit,arm,value\nu1,a,1\nu2,b,2\n${word},a,3\n${word},a,4\n`)), word).toBe(
        "nameless-unit",
      );
    for (const word of ["NA", "null", "NaN", " "]) {
      const data = await read(`unit,arm,value\n1,a,1\n2,a,0\n3,b,1\n4,b,0\n5,${word},1\n`);
      expect([data.arms.map(({ name }) => name), data.withoutArm], word).toEqual([["a", "b"], 1]);
    }
    expect((await read("unit,arm,value\n1,none,1\n2,b,0\n")).arms.map(({ name }) => name)).toEqual(["b", "none"]);
  });

  test("leaves out units of several arms and counts them", async () => {
    const data = await read("unit,arm,value\n1,a,1\n2,a,0\n3,b,1\n4,b,0\n4,a,1\n5,b,1\n6,b,1\n");
    expect(data.inSeveralArms).toBe(1);
    expect(data.arms.map((arm) => arm.units)).toEqual([2, 3]);
    expect(data.arms[0].metrics.get("value")?.binary).toBe(true);
  });

  test("gives a mean far from 0 the spread and the skewness that its units have", async () => {
    const random = createRandom(7);
    const rows = Array.from({ length: 400 }, (_, i) => ({
      arm: i % 2 === 0 ? "control" : "new",
      value: 1e8 + Math.exp(random.normal()),
      past: 1e12 + 1e5 * random.normal(),
    }));
    const text = rows.map(({ arm, value, past }, i) => `u${i},${arm},${value},${past}`).join("\n");
    const data = await read(`unit,arm,value,past\n${text}\n`, { past: "past" });
    for (const arm of data.arms) {
      const own = rows.filter((row) => row.arm === arm.name);
      // About their first value, which is exact: neighbours of 1e8 subtract without rounding.
      const gaps = own.map(({ value }) => value - own[0].value);
      const { mean, variance } = momentsOf(gaps);
      const third = gaps.reduce((sum, gap) => sum + (gap - mean) ** 3, 0) / gaps.length;
      const n = gaps.length;
      const skewness = (third / ((variance * (n - 1)) / n) ** 1.5) * (Math.sqrt(n * (n - 1)) / (n - 2));
      const read = arm.metrics.get("value");
      expect(read?.skewness).toBeCloseTo(skewness, 8);
      expect(skewness).toBeGreaterThan(1);
      expect((read?.variance ?? 0) / variance).toBeCloseTo(1, 9);
      expect(read?.mean).toBeCloseTo(own[0].value + mean, 7);
      const paired = pairedMomentsOf(
        own.map(({ past }) => past - own[0].past),
        gaps,
      );
      expect((arm.past?.covariance ?? 0) / paired.covariance).toBeCloseTo(1, 9);
    }
  });

  test("refuses outcomes whose powers are no numbers in words, and not by an error of the database", async () => {
    const rows = (control: string, treated: string) =>
      `unit,arm,value\n1,control,${control}\n2,control,1\n3,b,${treated}\n4,b,2\n`;
    expect(await failureOf(read(rows("1e308", "1e308")))).toBe("too-large");
    expect(await failureOf(read(rows("1", "-1e200")))).toBe("too-large");
    // Two rows that only together are infinite.
    expect(await failureOf(read(`${rows("1", "1e308")}3,b,1e308\n`))).toBe("too-large");
    for (const cell of ["inf", "-Infinity", "1e400", "-1e400", "nan"])
      expect(await failureOf(read(rows("1", cell))), cell).toBe("broken-outcome");
    expect((await read(rows("1e60", "-1e60"))).arms[0].metrics.get("value")?.variance).toBeCloseTo(5e119, -105);
  });

  test("names the unit whose outcome is broken first: another one stood beside its line", async () => {
    const text = "unit,arm,value\n9,a,1\n7,a,\n1,b,2\n2,b,abc\n";
    const error = await read(text).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error instanceof FailureError ? error.failure : undefined).toMatchObject({
      message: "2 units have an outcome that is missing or no finite number; the first, of unit `7`, is empty",
      where: expect.stringMatching(/assignments\.csv, line 3, column 3$/u),
    });
  });

  test("tells units whose arm is empty from units that no assignment lists", async () => {
    const listed = await read("unit,arm,value\n1,a,1\n2,a,0\n3,b,1\n4,b,0\n5,,1\n");
    expect([listed.withoutArm, listed.neverAssigned]).toEqual([1, 0]);
    const apart = await read("unit,arm\n1,a\n2,a\n3,b\n4,b\n5,\n", {}, "unit,value\n1,1\n5,1\n6,1\n7,1\n");
    expect([apart.withoutArm, apart.neverAssigned]).toEqual([1, 2]);
    const rest = Array.from({ length: 200 }, (_, i) => `u${i},${i % 2 === 0 ? "control" : "b"},${i % 7}`).join("\n");
    const readable = async (empty: number, twice: number) => {
      const rows = [
        ...Array.from({ length: empty }, (_, i) => `e${i},,1`),
        ...Array.from({ length: twice }, (_, i) => `t${i},control,1\nt${i},b,1`),
      ];
      const analysis = unwrap(analyzeExperiment(await read(`unit,arm,value\n${rest}\n${rows.join("\n")}\n`), PLAN));
      return analysis.readable;
    };
    expect(await readable(1, 0)).toBe(true);
    expect(await readable(1, 1)).toBe(true);
    expect(await readable(3, 0)).toBe(false);
    expect(await readable(2, 2)).toBe(false);
  });

  test("gives the moments that the rows have, with denominators and a past", async () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 60 }, (_, i) => ({
      arm: i % 2 === 0 ? "control" : "new",
      value: random.poisson(3),
      views: 5 + random.poisson(10),
      before: random.normal(),
    }));
    const text = rows.map((row, i) => `${i},${row.arm},${row.value},${row.views},${row.before}`).join("\n");
    const source = { unit: "id", arm: "group", metrics: ["value", "views"] };
    const csv = `id,group,value,views,before\n${text}\n`;
    const data = await read(csv, { ...source, denominator: "views" });
    const adjusted = await read(csv, { ...source, past: "before" });
    const mine = rows.filter((row) => row.arm === "new");
    const values = mine.map((row) => row.value);
    const [, arm] = data.arms;
    expect(arm.metrics.get("views")?.variance).toBeCloseTo(momentsOf(mine.map((row) => row.views)).variance, 10);
    const ratio = pairedMomentsOf(
      values,
      mine.map((row) => row.views),
    );
    const past = pairedMomentsOf(
      mine.map((row) => row.before),
      values,
    );
    for (const [actual, expected] of [
      [arm.ratio, ratio],
      [adjusted.arms[1].past, past],
    ] as const) {
      expect(actual?.covariance).toBeCloseTo(expected.covariance, 10);
      expect(actual?.meanX).toBeCloseTo(expected.meanX, 10);
      expect(actual?.varianceY).toBeCloseTo(expected.varianceY, 10);
    }
  });

  test("refuses to adjust a ratio by its past", async () => {
    const work = read("unit,arm,value\n1,a,1\n2,b,1\n", { denominator: "value", past: "value" });
    expect(await failureOf(work)).toBe("ratio-with-past");
  });

  test.each([
    ["unit,arm,value\n", "no-rows"],
    ["unit,arm,value\n1,a,1\n2,a,2\n", "one-arm"],
    ["unit,arm,value\n1,,1\n2,,2\n", "one-arm"],
    ["unit,arm,value\n1,a,1\n2,b,nan\n3,b,1\n", "broken-outcome"],
    ["unit,arm,value\n1,a,1\n2,b,inf\n3,b,1\n", "broken-outcome"],
    ["unit,arm,value\n1,a,1\n2,b,abc\n3,b,1\n", "broken-outcome"],
    ["unit,arm,value\n1,a,1\n2,b,\n3,b,1\n", "broken-outcome"],
    ["unit,arm,value\n,a,1\n2,b,1\n", "nameless-unit"],
    ["unit,arm,valve\n1,a,1\n2,b,1\n", "missing-column"],
    ["", "empty-file"],
  ])("refuses %j", async (text, code) => {
    expect(await failureOf(read(text))).toBe(code);
  });

  test.each([
    [
      "a value beyond its powers",
      "unit,arm,value\n1,a,1\n2,a,3\n3,b,1e95\n4,b,-1e200\n",
      undefined,
      "assignments.csv, line 5,",
    ],
    ["a missing unit", "unit,arm,value\n1,a,1\n2,a,3\n3,b,1\n,b,2\n", undefined, "assignments.csv, line 5,"],
    ["a missing unit of the outcomes", "unit,arm\n1,a\n2,b\n", "unit,value\n1,2\n,3\n2,1\n", "outcomes.csv, line 3,"],
    ["a value of the outcomes", "unit,arm\n1,a\n2,b\n", "unit,value\n1,2\n2,1e300\n2,1\n", "outcomes.csv, line 3,"],
    ["a broken value", "unit,arm,value\n1,a,1\n2,b,abc\n3,b,1\n", undefined, "assignments.csv, line 3,"],
  ])("names the line of %s", async (_, text, outcomes, place) => {
    const error = await read(text, {}, outcomes).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error instanceof FailureError ? error.failure.where : "no failure").toContain(place);
  });

  test("refuses a file that is not there", async () => {
    const source = { assignments: join(folder, "nothing.csv"), metrics: ["value"] };
    expect(await failureOf(readExperiment({ sql, files: createInputFiles() }, source))).toBe("no-such-file");
  });

  test("finds the control by its usual name, or asks", () => {
    const arm = (name: string): ArmData => ({ name, units: 2, withoutOutcome: 0, metrics: new Map() });
    expect(findControl([arm("new"), arm("Control")]).name).toBe("Control");
    expect(findControl([arm("x"), arm("y")], "y").name).toBe("y");
    expect(() => findControl([arm("x"), arm("y")])).toThrow(/not clear/);
    expect(() => findControl([arm("x"), arm("y")], "z")).toThrow(/no arm/);
  });
});

/** An arm of normal outcomes. */
function normalArm(name: string, random: Random, units: number, mean: number): ArmData {
  const values = Float64Array.from({ length: units }, () => mean + random.normal());
  return {
    name,
    units,
    withoutOutcome: 0,
    metrics: new Map([["value", { ...momentsOf(values), skewness: 0, binary: false }]]),
  };
}

const CLEAN = { metrics: ["value"], inSeveralArms: 0, neverAssigned: 0 };
const PLAN: AnalysisPlan = { control: "control", interference: "none" };

describe("the analysis", () => {
  test("reports the effect, its interval and a sentence", () => {
    const random = createRandom(1);
    const arms = [normalArm("control", random, 5000, 10), normalArm("treatment", random, 5000, 10.2)];
    const analysis = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN));
    const [reading] = analysis.arms;
    const byHand = compareMeans(
      arms[0].metrics.get("value") ?? momentsOf([]),
      arms[1].metrics.get("value") ?? momentsOf([]),
    );
    expect(reading.comparison).toEqual(byHand);
    expect(reading.significant).toBe(true);
    expect(analysis.readable).toBe(true);
    expect(describeAnalysis(analysis)[0]).toMatch(
      /^treatment raises value by 0\.\d+, \+\d\.\d* % of the control \(95 % interval/,
    );
  });

  test("of no difference says what is left possible, not that there is none", () => {
    const random = createRandom(2);
    const arms = [normalArm("control", random, 400, 10), normalArm("treatment", random, 400, 10)];
    const analysis = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN));
    expect(describeAnalysis(analysis)[0]).toContain('That is not "no effect"');
  });

  test("without an effect calls one 5 % of the time, with one treated arm and with three after correction", () => {
    const random = createRandom(3);
    const runs = 1500;
    let fixed = 0;
    let third = 0;
    for (let run = 0; run < runs; run++) {
      const arms = [normalArm("control", random, 40, 0), normalArm("b", random, 40, 0)];
      if (unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN)).arms[0].significant) fixed++;
      const more = { ...CLEAN, arms: [...arms, normalArm("c", random, 40, 0), normalArm("d", random, 40, 0)] };
      if (unwrap(analyzeExperiment(more, PLAN)).arms.some((reading) => reading.significant)) third++;
    }
    const slack = 4 * Math.sqrt(0.0475 / runs);
    expect(Math.abs(fixed / runs - 0.05)).toBeLessThan(slack);
    expect(third / runs).toBeLessThan(0.05 + slack);
  });

  test("at a planned look uses the boundary, and at any time the always-valid interval", () => {
    const random = createRandom(5);
    const arms = [normalArm("control", random, 2000, 0), normalArm("treatment", random, 2000, 0.09)];
    const fixed = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN)).arms[0];
    const early = unwrap(
      analyzeExperiment(
        { ...CLEAN, arms },
        { ...PLAN, reading: { kind: "group-sequential", shape: "obrien-fleming", look: 1, looks: 5 } },
      ),
    ).arms[0];
    expect(fixed.significant).toBe(true);
    expect(early.significant).toBe(false);
    const anytime = unwrap(
      analyzeExperiment({ ...CLEAN, arms }, { ...PLAN, reading: { kind: "always-valid", tau: 0.1 } }),
    ).arms[0];
    expect(anytime.comparison.pValue).toBeGreaterThan(fixed.comparison.pValue);
    expect(anytime.comparison.interval[0]).toBeLessThan(fixed.comparison.interval[0]);
  });

  test("with a sample ratio mismatch, or an interference that the design ignores, cannot be read", () => {
    const random = createRandom(6);
    const arms = [normalArm("control", random, 5000, 0), normalArm("treatment", random, 4500, 1)];
    const uneven = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN));
    expect(uneven.readable).toBe(false);
    expect(uneven.doubts[0].name).toBe("sample ratio mismatch");
    expect(describeAnalysis(uneven)).toEqual([expect.stringContaining("cannot be read: sample ratio mismatch")]);
    const planned = {
      ...PLAN,
      shares: new Map([
        ["control", 10 / 19],
        ["treatment", 9 / 19],
      ]),
    };
    expect(unwrap(analyzeExperiment({ ...CLEAN, arms }, planned)).readable).toBe(true);
    // An arm without a share has what the others leave: 0 was planned for it.
    const one = { ...PLAN, shares: new Map([["treatment", 9 / 19]]) };
    expect(unwrap(analyzeExperiment({ ...CLEAN, arms }, one)).sampleRatio.chiSquare).toBeCloseTo(0, 9);
    const market = unwrap(analyzeExperiment({ ...CLEAN, arms }, { ...planned, interference: "marketplace" }));
    expect(market.readable).toBe(false);
    const switched = { ...planned, interference: "marketplace", design: "switchback" } as const;
    expect(unwrap(analyzeExperiment({ ...CLEAN, arms }, switched)).readable).toBe(true);
  });

  test("speaks of a ratio as of a ratio: clicks per session were called clicks", async () => {
    const rows = Array.from(
      { length: 40 },
      (_, at) => `${at},${at % 2 === 0 ? "control" : "new"},${(at % 5) + (at % 2)},${2 + (at % 3)}`,
    );
    const data = await read(`unit,arm,value,sessions\n${rows.join("\n")}\n`, { denominator: "sessions" });
    const analysis = unwrap(analyzeExperiment(data, { control: "control" }));
    expect(analysis.metric).toBe("value per sessions");
    expect(describeAnalysis(analysis)[0]).toContain("value per sessions");
  });

  test("doubts contamination, lost assignments and a mean that a few units carry", () => {
    const random = createRandom(7);
    const arms = [normalArm("control", random, 900, 0), normalArm("treatment", random, 900, 0)].map((arm) => ({
      ...arm,
      metrics: new Map([...arm.metrics].map(([name, moments]) => [name, { ...moments, skewness: 4 }] as const)),
    }));
    const analysis = unwrap(analyzeExperiment({ ...CLEAN, arms, inSeveralArms: 100, neverAssigned: 3 }, PLAN));
    const held = analysis.doubts.filter((doubt) => doubt.holds).map((doubt) => doubt.name);
    expect(held).toEqual(["units in several arms", "outcomes without an assignment", "a few units carry the mean"]);
    expect(analysis.readable).toBe(false);
  });

  test("of a metric that does not vary is refused, not certain", () => {
    const still = (name: string, value: number): ArmData => ({
      name,
      units: 50,
      withoutOutcome: 0,
      metrics: new Map([["value", { n: 50, mean: value, variance: 0, skewness: 0, binary: false }]]),
    });
    const outcome = analyzeExperiment({ ...CLEAN, arms: [still("control", 3), still("treatment", 4)] }, PLAN);
    expect(outcome.ok ? "" : outcome.failure.code).toBe("no-variance");
    expect(outcome.ok ? "" : outcome.failure.message).toContain("same value, 3 in `control` and 4 in `treatment`");
  });

  test("of a metric below 0 has a relative change of the effect's sign: a fall by a fifth was +21 %", () => {
    const below = (name: string, mean: number): ArmData => ({
      name,
      units: 200,
      withoutOutcome: 0,
      metrics: new Map([["value", { n: 200, mean, variance: 1, skewness: 0, binary: false }]]),
    });
    const arms = [below("control", -10), below("treatment", -12)];
    const analysis = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN));
    const [{ lift, comparison }] = analysis.arms;
    expect(lift.lift).toBeCloseTo(comparison.effect / 10, 12);
    expect(lift.interval[0]).toBeLessThan(lift.lift);
    expect(lift.interval[1]).toBeGreaterThan(lift.lift);
    expect(describeAnalysis(analysis)[0]).toContain("lowers value by 2, -20 % of the control's size");
  });

  test("of several arms says when a change does not survive their number", () => {
    const shifted = (name: string, mean: number): ArmData => ({
      name,
      units: 1000,
      withoutOutcome: 0,
      metrics: new Map([["value", { n: 1000, mean, variance: 1, skewness: 0, binary: false }]]),
    });
    const arms = [shifted("control", 0), shifted("b", 0.095), shifted("c", 0), shifted("d", 0)];
    const analysis = unwrap(analyzeExperiment({ ...CLEAN, arms }, PLAN));
    expect(analysis.arms[0].comparison.pValue).toBeLessThan(0.05);
    expect(analysis.arms[0].significant).toBe(false);
    expect(describeAnalysis(analysis)[0]).toContain("once the number of arms is counted");
    const look: AnalysisPlan = { ...PLAN, reading: { kind: "group-sequential", shape: "pocock", look: 2, looks: 2 } };
    expect(unwrap(analyzeExperiment({ ...CLEAN, arms }, look)).arms[0].comparison.level).toBeGreaterThan(0.98);
    expect(analyzeExperiment({ ...CLEAN, arms }, { ...look, correction: "holm" }).ok).toBe(false);
  });

  test("judges guardrails by their margins, in words", () => {
    const random = createRandom(8);
    const arms = [normalArm("control", random, 3000, 0), normalArm("treatment", random, 3000, 0)];
    const guard = (margin: number) =>
      analyzeExperiment(
        { ...CLEAN, arms },
        { ...PLAN, guardrails: [{ metric: "value", margin, harmful: "increase" }] },
      );
    expect(describeAnalysis(unwrap(guard(0.2)))[1]).toContain("value is protected under treatment");
    expect(describeAnalysis(unwrap(guard(0.001)))[1]).toContain("not shown to be safe");
    expect(guard(0).ok).toBe(false);
    expect(guard(Number.NaN).ok).toBe(false);
  });

  test("does not call a guardrail without a single event protected: 20 and 20 units leave 11.9 % open", () => {
    const quiet = (name: string): ArmData => ({
      name,
      units: 20,
      withoutOutcome: 0,
      metrics: new Map([
        ["value", { n: 20, mean: name === "control" ? 1 : 1.1, variance: 1, skewness: 0, binary: false }],
        ["crash", { n: 20, mean: 0, variance: 0, skewness: 0, binary: true }],
      ]),
    });
    const analysis = unwrap(
      analyzeExperiment(
        { ...CLEAN, arms: [quiet("control"), quiet("treatment")], metrics: ["value", "crash"] },
        { ...PLAN, guardrails: [{ metric: "crash", margin: 0.01, harmful: "increase" }] },
      ),
    );
    expect(analysis.guardrails[0].result.verdict).toBe("open");
    expect(analysis.guardrails[0].result.harmAtMost).toBeCloseTo(0.11916, 5);
    expect(describeAnalysis(analysis)[1]).toContain("crash is not shown to be safe");
  });

  test("does not judge a guardrail whose mean a few units carry: it says from how many units on it would", () => {
    const arm = (name: string, units: number, skewness: number): ArmData => ({
      name,
      units,
      withoutOutcome: 0,
      metrics: new Map([["value", { n: units, mean: 1, variance: 1, skewness, binary: false }]]),
    });
    const said = (units: number, skewness: number) => {
      const analysis = unwrap(
        analyzeExperiment(
          { ...CLEAN, arms: [arm("control", units, skewness), arm("treatment", units, skewness)] },
          { ...PLAN, guardrails: [{ metric: "value", margin: 2, harmful: "increase" }] },
        ),
      );
      return [analysis.guardrails[0].result.verdict, describeAnalysis(analysis)[1]];
    };
    expect(said(50, 5)).toEqual(["open", expect.stringContaining("from about 500 units in the smaller arm on")]);
    expect(said(600, 5)).toEqual(["protected", expect.stringContaining("value is protected under treatment")]);
  });

  test("refuses plans that do not fit the data", () => {
    const random = createRandom(9);
    const arms = [normalArm("control", random, 50, 0), normalArm("treatment", random, 50, 0)];
    const refused: AnalysisPlan[] = [
      { control: "nobody" },
      { ...PLAN, alpha: 1 },
      { ...PLAN, alpha: 0 },
      { ...PLAN, shares: new Map([["control", 1]]) },
      {
        ...PLAN,
        shares: new Map([
          ["control", 0.5],
          ["other", 0.5],
        ]),
      },
      { ...PLAN, reading: { kind: "group-sequential", shape: "pocock", look: 6, looks: 5 } },
      { ...PLAN, reading: { kind: "always-valid", tau: 0 } },
      { ...PLAN, guardrails: [{ metric: "latency", margin: 1, harmful: "increase" }] },
    ];
    for (const plan of refused) expect(analyzeExperiment({ ...CLEAN, arms }, plan).ok).toBe(false);
    const lonely = [arms[0], { ...arms[1], units: 1 }];
    expect(analyzeExperiment({ ...CLEAN, arms: lonely }, PLAN).ok).toBe(false);
  });
});
