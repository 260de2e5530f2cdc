/** Holds a smaller classifier against the whole one: calibrated and given a threshold in the same way, measured on the same draws of units. */

import { figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { Round } from "../../3-data/split/late-label-split.ts";
import type { CalibrationMethod } from "../../4-model/train/classifier-plan.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { type AlertDecision, decideAlerts } from "../protocols/alert-decision.ts";
import {
  differenceFigures,
  type MeasuredUnits,
  measureFigures,
  measureNames,
  UNIT_RESAMPLES,
} from "../protocols/case-figures.ts";
import { differenceInterval } from "../protocols/drawn-interval.ts";
import { calibrationErrorOf, casesOf, type JudgedRounds, judgeClassifier } from "../protocols/judged-classifier.ts";
import { dailyBudget, type ScoredEvaluationPlan } from "../protocols/scored-evaluation-stage.ts";
import { bootstrapUnits, type DailyBudget, openUnitSample, type UnitMeasures } from "../protocols/unit-bootstrap.ts";
import type { CompressionCost, MeasuredCompression } from "./compression-report.ts";
import type { Compression, CompressionEntry, ScoredPart } from "./variant.ts";

const NOTHING = [0, 0] as const;

/** What the note says of judging. */
export type BenchPlan = Pick<ScoredEvaluationPlan, "policy" | "units" | "reviewCost">;

/** Where a clause names no metric. */
const HEADLINE = "average precision";

export interface Bench {
  /** Fails where the clause names a metric that is not measured here. */
  measure(
    made: Compression<ScoredPart>,
    entry: CompressionEntry,
    calibration: CalibrationMethod,
  ): Outcome<MeasuredCompression>;
}

/** Calibrates, gives a threshold and draws units for each part in the same way and with the same draws; a part that comes again is not judged again. */
export function openBench(plan: BenchPlan, data: JudgedRounds, random: Random): Bench {
  const rounds = [...data.earlier, data.final];
  const { words } = data.task;
  const decide = remember((part: ScoredPart, calibration: CalibrationMethod) => {
    const scores = (round: Round): Float64Array => part.scores[rounds.indexOf(round)];
    const judged = judgeClassifier({ subject: part.subject, calibration }, scores, data);
    const { policy } = plan;
    return {
      judged,
      decision: policy === null ? undefined : decideAlerts(policy, judged, data, random.fork("alerts")),
    };
  });
  const draw = remember(({ subject, scores }: ScoredPart, budget: DailyBudget): MeasuredUnits => {
    const sample = openUnitSample(casesOf(data, data.final.test, scores[rounds.length - 1]), budget);
    return { subject, ...bootstrapUnits(sample, random.fork("cards"), UNIT_RESAMPLES) };
  });
  return {
    measure(made, entry, calibration) {
      const { before, after } = made;
      const asked = measureOf(entry, plan, words);
      if (!asked.ok) return asked;
      const { budget, key, name } = asked.value;
      const names = measureNames(budget, words);
      const [whole, small] = [draw(before, budget), draw(after, budget)];
      // Who says the same of every case differs by nothing, and not by what one case more could bring.
      const isOne = before.scores[rounds.length - 1].every(
        (score, at) => score === after.scores[rounds.length - 1][at],
      );
      const apart = differenceFigures([whole, small], after.subject, names, words);
      const { judged, decision } = decide(after, calibration);
      const old = decide(before, calibration).decision;
      const isDecided = data.earlier.length > 0 && old !== undefined && decision !== undefined;
      const alerts = isDecided ? describeAlerts(before.subject, old, decision, words) : "";
      return succeed({
        ...made,
        how: `${alerts === "" ? "" : `${alerts} `}${made.how}`.trimEnd(),
        entry,
        test: "test days",
        cost: isOne
          ? { ...costOf(name, key, whole, small), difference: NOTHING, drop: NOTHING }
          : costOf(name, key, whole, small),
        figures: [
          ...measureFigures(small, names),
          ...(isOne ? apart.map((one) => ({ ...one, interval: NOTHING })) : apart),
          figure({ step: 5, name: "ece", subject: after.subject, value: calibrationErrorOf(judged, data) }),
          ...(decision?.figures(plan.reviewCost) ?? []).filter((one) => one.name !== "money at stake"),
        ],
      });
    },
  };
}

/** The function with its results kept by part and by what else it is given. */
function remember<Other, Result>(
  make: (part: ScoredPart, other: Other) => Result,
): (part: ScoredPart, other: Other) => Result {
  const made = new Map<ScoredPart, Map<string, Result>>();
  return (part, other) => {
    const ofPart = made.get(part) ?? new Map<string, Result>();
    made.set(part, ofPart);
    const key = JSON.stringify(other);
    const result = ofPart.get(key) ?? make(part, other);
    ofPart.set(key, result);
    return result;
  };
}

/** A copied threshold that gives about as many alerts is not worth a word. */
const LIKE = 0.05;

function describeAlerts(before: string, old: AlertDecision, own: AlertDecision, { positives }: ScoredWords): string {
  const [own1, old1, copied] = [own.at(own.threshold), old.at(old.threshold), own.at(old.threshold)];
  const share = (value: number): string => formatValue({ value, unit: "share" });
  const many = (value: number): string => formatNumber(value, 3);
  const sentence = `Calibrated on the earlier rounds, with the threshold that follows, it raises ${many(own1.alertsADay)} alerts a day and catches ${share(own1.recall)} of the ${positives}, against ${many(old1.alertsADay)} and ${share(old1.recall)}.`;
  return Math.abs(copied.alertsADay - own1.alertsADay) <= LIKE * own1.alertsADay
    ? sentence
    : `${sentence} With the threshold of ${before} it would have raised ${many(copied.alertsADay)}.`;
}

interface Asked {
  readonly budget: DailyBudget;
  readonly key: keyof UnitMeasures;
  readonly name: string;
}

/** The metric of the clause among those that are drawn by unit. */
function measureOf({ accept }: CompressionEntry, plan: BenchPlan, words: ScoredWords): Outcome<Asked> {
  const written = accept === undefined || accept.metric === "" ? HEADLINE : accept.metric;
  const parsed = parseMetric(written);
  const usual = dailyBudget(plan);
  const budget = parsed.ok && parsed.value.definition.over === "cases" ? { ...usual, units: parsed.value.k } : usual;
  const names = measureNames(budget, words);
  const found = names.find(([, name]) => name === (parsed.ok ? parsed.value.name : written.toLowerCase()));
  if (found !== undefined) return succeed({ budget, key: found[0], name: found[1] });
  return fail({
    code: "unmeasured-metric",
    message: `\`${accept?.text}\` cannot be held: what is measured before and after is ${names.map(([, name]) => `\`${name}\``).join(", ")}`,
  });
}

function costOf(metric: string, key: keyof UnitMeasures, whole: MeasuredUnits, small: MeasuredUnits): CompressionCost {
  const pairs = whole.draws.map((draw, at) => ({ before: draw[key], after: small.draws[at][key] }));
  return {
    metric,
    before: whole.value[key],
    after: small.value[key],
    difference: differenceInterval(
      pairs.map(({ before, after }) => after - before),
      whole.support,
    ),
    drop: differenceInterval(
      pairs.map(({ before, after }) => (before - after) / before),
      whole.support,
    ),
  };
}
