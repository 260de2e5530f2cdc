/** What would make the reading of an experiment wrong, checked as far as the data allow. */

import type { AnalysisPlan, ArmReading, Doubt } from "./analysis.ts";
import type { ArmData, ExperimentData } from "./arm-data.ts";
import { formatP } from "./format-plain.ts";
import { GROUPED, whyDesignFails } from "./interference.ts";
import type { SampleRatioCheck } from "./sample-ratio.ts";

/** Every doubt, those that hold first. */
export function doubtsOf(
  data: ExperimentData,
  sampleRatio: SampleRatioCheck,
  plan: AnalysisPlan,
  readings: readonly ArmReading[],
): readonly Doubt[] {
  const doubts = [
    ofSampleRatio(data, sampleRatio),
    ofSeveralArms(data),
    ...ofEmptyArm(data),
    ofStrangers(data),
    ...ofMalformed(data),
    ...ofOpenEnds(data),
    ofSkewness(data, readings),
    ofInterference(plan),
    ofPeeking(plan),
  ];
  const rank = (doubt: Doubt): number => (doubt.holds === true ? 0 : doubt.holds === null ? 1 : 2);
  return doubts.sort((a, b) => rank(a) - rank(b));
}

function ofSampleRatio({ arms }: ExperimentData, check: SampleRatioCheck): Doubt {
  const counts = arms.map((arm) => `${arm.name} ${arm.units}`).join(", ");
  return {
    name: "sample ratio mismatch",
    holds: check.alarm,
    fatal: true,
    says: check.alarm
      ? `the arms did not get their planned shares (${counts}; ${brief(check.pValue)}): units were lost or added in one arm, and no effect can be told from that`
      : `the arms got their planned shares (${counts}; ${brief(check.pValue)})`,
  };
}

/** Above this share of units in no arm or in several, what is left no longer stands for the whole. */
const CONTAMINATION = 0.01;

/** Units that the assignments list, and whether too many of them have no arm or several. */
function listedUnits({ arms, inSeveralArms, withoutArm = 0 }: ExperimentData): {
  readonly all: number;
  readonly tooManyLost: boolean;
} {
  const lost = inSeveralArms + withoutArm;
  const all = lost + arms.reduce((sum, arm) => sum + arm.units, 0);
  return { all, tooManyLost: lost > CONTAMINATION * all };
}

function ofSeveralArms(data: ExperimentData): Doubt {
  const { inSeveralArms } = data;
  const { all, tooManyLost } = listedUnits(data);
  return {
    name: "units in several arms",
    holds: inSeveralArms > 0,
    fatal: inSeveralArms > 0 && tooManyLost,
    says:
      inSeveralArms > 0
        ? `${inSeveralArms} of ${all} units saw more than one arm and were left out; who switches arms is not random`
        : "no unit saw more than one arm",
  };
}

/** Said only where an arm is empty. */
function ofEmptyArm(data: ExperimentData): readonly Doubt[] {
  const { withoutArm = 0 } = data;
  if (withoutArm === 0) return [];
  const { all, tooManyLost } = listedUnits(data);
  const were = withoutArm === 1 ? "has no arm and was" : "have no arm and were";
  return [
    {
      name: "units without an arm",
      holds: true,
      fatal: tooManyLost,
      says: `${withoutArm} of ${all} units ${were} left out (an empty cell, \`NULL\`, \`NA\` and the like are no arm); whose arm was lost may depend on the arm`,
    },
  ];
}

/** Said only where rows were left out: without the wish they are an error. */
function ofMalformed({ malformed }: ExperimentData): readonly Doubt[] {
  if (malformed === undefined) return [];
  const { count, rows, where, reason } = malformed;
  const [were, they] = count === 1 ? ["was", "it"] : ["were", "they"];
  return [
    {
      name: "rows that do not parse",
      holds: true,
      fatal: count > CONTAMINATION * rows,
      says: `of ${rows} rows ${count} ${were} left out, as asked (the first: ${where}: ${reason}); where the value itself is why ${they} did not parse, as a thousands separator in large ones, the effect is another`,
    },
  ];
}

/** Said only where a file's last line has no end. */
function ofOpenEnds({ openEnds = [] }: ExperimentData): readonly Doubt[] {
  return openEnds.map(({ file, line }) => ({
    name: "a last line without an end",
    holds: true,
    fatal: false,
    says: `\`${line}\`, the last line of ${file}, has no line end: if the file was cut there, its last value may lack digits, and rows behind it are missing`,
  }));
}

function ofStrangers({ neverAssigned, arms, nearKeys = 0, loose }: ExperimentData): Doubt {
  const zeros = arms.reduce((sum, arm) => sum + arm.withoutOutcome, 0);
  const near =
    nearKeys === 0
      ? ""
      : `, and ${nearKeys} of them under the name of such a unit but for capitals, blanks, leading zeros, a \`.0\` or what stands before the first digit`;
  const units = arms.reduce((sum, arm) => sum + arm.units, 0);
  const examples =
    loose === undefined
      ? ""
      : ` (\`${loose.outcome.slice(0, 40)}\` and \`${loose.assigned.slice(0, 40)}\`, for instance)`;
  return {
    name: "outcomes without an assignment",
    holds: neverAssigned > 0,
    fatal: false,
    says:
      neverAssigned > 0
        ? `${neverAssigned} units have outcomes but no arm and were left out, while ${zeros} of ${units} units with an arm have no outcome and count as 0${near}${examples}; if units are written differently in the two files, or assignments were lost in one arm more than in the other, the effect is biased`
        : "every unit with an outcome has an arm",
  };
}

/** Units per arm for a mean of that skewness to be nearly normal: 355 times its square (Kohavi, Deng, Longbotham, Xu 2014). */
const SKEWNESS_FACTOR = 355;

function ofSkewness({ arms, metrics }: ExperimentData, readings: readonly ArmReading[]): Doubt {
  const isMean = readings.some((reading) => reading.method.startsWith("Welch"));
  const worst = arms
    .map((arm) => ({ arm, needed: SKEWNESS_FACTOR * shownSkewness(arm, metrics[0]) ** 2 }))
    .reduce((most, each) => (each.needed / each.arm.units > most.needed / most.arm.units ? each : most));
  const holds = isMean && worst.needed > worst.arm.units;
  return {
    name: "a few units carry the mean",
    holds,
    fatal: false,
    says: holds
      ? `arm ${worst.arm.name} has ${worst.arm.units} units, but a mean this skewed needs about ${Math.ceil(worst.needed)} before the interval can be believed; cap the metric or bootstrap it`
      : "the arms are large enough for the skewness of the metric",
  };
}

/** Standard errors of a skewness without a true one, beyond which it is taken for real: one symmetric metric in a hundred gets there. */
const SHOWN = 2.576;

/** The skewness, or 0 where as much comes by chance of a symmetric law with so few units. */
function shownSkewness({ metrics, units: n }: ArmData, metric: string): number {
  const skewness = metrics.get(metric)?.skewness ?? 0;
  const error = Math.sqrt((6 * n * (n - 1)) / ((n - 2) * (n + 1) * (n + 3)));
  return n > 2 && Math.abs(skewness) > SHOWN * error ? skewness : 0;
}

function ofInterference({ interference, design = "ab" }: AnalysisPlan): Doubt {
  const why = interference === undefined ? undefined : whyDesignFails(interference, design);
  if (interference === undefined)
    return {
      name: "interference",
      holds: null,
      fatal: false,
      says: "nothing was declared about units affecting each other (shared stock, budget, drivers, friends); if they do, the effect is not the one at full rollout",
    };
  const group = GROUPED[design];
  if (why === undefined && group !== undefined)
    return {
      name: "interference",
      holds: null,
      fatal: false,
      says: `\`${design}\` fits the declared interference (${interference}), if each unit of the rows is ${group}; rows of what is in it would make the interval too narrow`,
    };
  return {
    name: "interference",
    holds: why !== undefined,
    fatal: why !== undefined,
    says: why ?? `\`${design}\` fits the declared interference (${interference})`,
  };
}

function ofPeeking({ reading = { kind: "fixed" } }: AnalysisPlan): Doubt {
  const fixed = reading.kind === "fixed";
  return {
    name: "peeking",
    holds: fixed ? null : false,
    fatal: false,
    says: fixed
      ? "the interval holds for one reading at the planned end; if the data were looked at before and would have been acted on, five looks make 5 % into 14 %"
      : `the ${reading.kind} reading allows for earlier looks`,
  };
}

function brief(p: number): string {
  const written = p < 1e-4 ? formatP(p) : p.toFixed(4);
  return written.startsWith("below") ? `p ${written}` : `p = ${written}`;
}
