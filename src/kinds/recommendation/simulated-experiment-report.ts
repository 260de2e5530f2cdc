/** What a simulated A/B test leaves in the report: figures, a verdict in words, and offline beside online gain in a picture. */

import type { Chart } from "../../core/chart.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber, formatShare, formatValue } from "../../core/format-figure.ts";
import { BASELINE } from "../../steps/4-model/train/two-stage-plan.ts";
import type { RelativeLift } from "../../steps/6-deploy/experiment/relative-lift.ts";
import { type Remark, type StageResult, stageResult } from "../../system/stage.ts";
import type { ArmsCompared, TrialResult } from "./simulated-experiment.ts";

/** What the test requests foretold. */
export interface OfflineGain {
  readonly metric: string;
  readonly lift: RelativeLift;
}

/** What was tried, and for how long. */
export interface TrialLabel {
  readonly subject: string;
  readonly days: number;
}

export function describeTrial(result: TrialResult, offline: OfflineGain | null, label: TrialLabel): StageResult {
  return stageResult({
    json: { exposed: [...result.exposed] },
    arrays: Object.fromEntries(Object.entries(result.log).map(([name, column]) => [`exposure.${name}`, column])),
    figures: [...levelFigures(result, label), ...gainFigures(result, offline, label), ...checkFigures(result, label)],
    remarks: [verdict(result, label), ...foretold(result, offline), ...caveats(result, label)],
    charts: [gainChart(result, offline, label)],
  });
}

function levelFigures({ adjusted, clickThrough, minutes, exposed }: TrialResult, { subject }: TrialLabel): Figure[] {
  const n = exposed[0] + exposed[1];
  const compared = (name: string, { control, treated, comparison }: ArmsCompared, unit: string, note: string) => [
    figure({ step: 6, name, subject: BASELINE, value: control, unit, n: exposed[0] }),
    figure({ step: 6, name, subject, value: treated, unit, n: exposed[1] }),
    figure({
      step: 6,
      name,
      subject,
      against: BASELINE,
      value: comparison.effect,
      interval: comparison.interval,
      unit,
      n,
      note: `${note}, p ${comparison.pValue < 0.001 ? "< 0.001" : comparison.pValue.toFixed(3)}`,
    }),
  ];
  return [
    ...compared("clicks per member", adjusted, "", "simulated A/B test; Welch with CUPED"),
    ...compared("click-through rate", clickThrough, "share", "simulated A/B test; ratio by the delta method"),
    ...compared("watch minutes per member", minutes, "", "simulated A/B test; Welch"),
  ];
}

/** Where a lift has no meaning, because the control is within its error of 0, there is no figure. */
function gainFigures({ clicks, adjusted, truth }: TrialResult, offline: OfflineGain | null, { subject }: TrialLabel) {
  const gains: readonly (readonly [string, RelativeLift | undefined, string])[] = [
    ["relative gain offline", offline?.lift, `${offline?.metric ?? ""} on the test requests`],
    ["relative gain online", adjusted.lift, "clicks per member in the simulated A/B test, with CUPED"],
    ["relative gain online, unadjusted", clicks.lift, "the same without CUPED"],
    ["relative gain of all under both", truth.lift, "each simulated member under both arms: what no real test can see"],
  ];
  return gains.flatMap(([name, lift, note]) =>
    lift === undefined || !Number.isFinite(lift.lift)
      ? []
      : [
          figure({
            step: 6,
            name,
            subject,
            against: BASELINE,
            value: lift.lift,
            interval: lift.interval,
            unit: "share",
            note,
          }),
        ],
  );
}

function checkFigures({ sampleRatio, varianceLeft, coverage, exposed }: TrialResult, { subject }: TrialLabel) {
  const check = (name: string, of: string, value: number, unit: string, note: string): Figure =>
    figure({ step: 6, name, subject: of, value, unit, note });
  return [
    check("exposed members", BASELINE, exposed[0], "members", "came during the simulated test"),
    check("exposed members", subject, exposed[1], "members", "came during the simulated test"),
    check("sample ratio p-value", "experiment", sampleRatio.pValue, "", `alarm below ${sampleRatio.threshold}`),
    check("variance left by cuped", "experiment", varianceLeft, "share", "1 - rho² with clicks of the 8 weeks before"),
    check("catalogue coverage online", BASELINE, coverage[0], "share", "titles shown to equally many members"),
    check("catalogue coverage online", subject, coverage[1], "share", "titles shown to equally many members"),
  ];
}

function verdict(result: TrialResult, label: TrialLabel): Remark {
  const { adjusted, sampleRatio, exposed } = result;
  const { subject, days } = label;
  if (sampleRatio.alarm)
    return {
      kind: "warning",
      text: `the arms got ${exposed[0]} and ${exposed[1]} members (sample ratio p ${sampleRatio.pValue.toExponential(1)}): find out why before reading anything else of the simulated test`,
    };
  const { effect, interval } = adjusted.comparison;
  const [low, high] = interval;
  const isGuarded = brokenGuardrails(result, label).length === 0;
  const words =
    low > 0
      ? isGuarded
        ? "a gain: roll it out"
        : "a gain, but a guardrail is broken"
      : high < 0
        ? "a loss: keep the baseline"
        : "no difference that this test could show";
  return {
    kind: "answer",
    text: `Tried for ${days} d on ${exposed[0] + exposed[1]} simulated members, **${subject}** brought ${formatNumber(adjusted.treated)} clicks per member against ${formatNumber(adjusted.control)} for the ${BASELINE}: ${signed(effect)} [${formatNumber(low)}, ${formatNumber(high)}], ${words}. The split is as planned (p ${sampleRatio.pValue.toFixed(2)}).`,
  };
}

function foretold({ adjusted, truth }: TrialResult, offline: OfflineGain | null): Remark[] {
  const [online, real] = [adjusted.lift, truth.lift];
  if (offline === null || ![offline.lift.lift, online.lift, real.lift].every(Number.isFinite)) return [];
  const percent = (value: number): string => formatValue({ value, unit: "share" });
  const gain = ({ lift, interval }: RelativeLift): string =>
    `${percent(lift)} [${percent(interval[0])}, ${percent(interval[1])}]`;
  const [before, after] = [offline.lift, real].map(directionOf);
  const direction =
    after === 0
      ? "With every member under both arms no direction is sure, so none could be foretold"
      : before === 0
        ? "Offline no direction was sure"
        : before === after
          ? "Offline foretold the direction"
          : "Offline foretold the wrong direction";
  const [low, high] = offline.lift.interval;
  const size = `its interval ${real.lift >= low && real.lift <= high ? "holds" : "misses"} ${percent(real.lift)}`;
  return [
    {
      kind: "answer",
      text: `Offline, ${offline.metric} changed by ${gain(offline.lift)}; online, clicks per member by ${gain(online)}; with every member under both arms it is ${gain(real)}. ${direction}; ${size}. Offline counts the liked titles that members found by themselves, online counts clicks on what was put before them.`,
    },
  ];
}

/** 1 for a sure rise, -1 for a sure fall, 0 where the interval holds both. */
function directionOf({ interval: [low, high] }: RelativeLift): number {
  return low > 0 ? 1 : high < 0 ? -1 : 0;
}

function caveats(result: TrialResult, label: TrialLabel): Remark[] {
  return [
    {
      kind: "assumption",
      text: `the simulated test serves the models of this run, with lists made once at the end of the history and without what a member watched since. CUPED left ${formatValue({ value: result.varianceLeft, unit: "share" })} of the variance. Latency is no part of it; it is measured in serving`,
    },
    ...brokenGuardrails(result, label).map((text) => ({ kind: "warning" as const, text: `guardrail: ${text}` })),
  ];
}

/** Coverage may not fall at all; minutes may not fall by more than chance explains. */
function brokenGuardrails({ coverage, minutes }: TrialResult, { subject }: TrialLabel): string[] {
  const broken: string[] = [];
  const [before, after] = coverage.map((value) => formatValue({ value, unit: "share" }));
  if (coverage[1] < coverage[0]) broken.push(`${subject} shows ${after} of the catalogue, the ${BASELINE} ${before}`);
  if (minutes.comparison.interval[1] < 0) broken.push(`members watched fewer minutes than with the ${BASELINE}`);
  return broken;
}

function gainChart({ clicks, adjusted, truth }: TrialResult, offline: OfflineGain | null, label: TrialLabel): Chart {
  const points: readonly (readonly [string, RelativeLift | undefined])[] = [
    [`offline, ${offline?.metric ?? ""}`, offline?.lift],
    ["online, with CUPED", adjusted.lift],
    ["online, unadjusted", clicks.lift],
    ["all under both arms", truth.lift],
  ];
  return {
    form: "intervals",
    title: "How far offline gain foretold online gain",
    caption: `Relative gain of ${label.subject} over the ${BASELINE} with 95 % intervals. Online is clicks per member in a simulated A/B test; “all under both arms” is the truth of the simulation.`,
    xLabel: "measured",
    yLabel: "relative gain, %",
    points: points.flatMap(([x, lift]) =>
      lift === undefined || !Number.isFinite(lift.lift)
        ? []
        : [
            {
              x,
              y: lift.lift * 100,
              interval: [lift.interval[0] * 100, lift.interval[1] * 100] as const,
              label: formatShare(lift.lift),
            },
          ],
    ),
    limit: { value: 0, label: "no gain" },
  };
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : "−"}${formatNumber(Math.abs(value))}`;
}
