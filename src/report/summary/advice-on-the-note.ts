/** What to do next about the note itself: its own numbers held against the run's, and errors that make figures false. */

import { capital } from "../../core/capital.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, findFigure, statedBaseline } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { factorWords, joined } from "../numbers.ts";
import { doubt, next, type Remark } from "./advice-remark.ts";

/** The note's own numbers held against the run's. */
export function onTheNote(run: MeasuredRun): Remark[] {
  const { businessMetric, onlineMetrics, experimentMetric } = run.context.stated;
  const baseline = statedBaseline(run);
  const contest = contestOf(run);
  const remarks: Remark[] = [];
  const base =
    contest === undefined ? undefined : findFigure(run, { step: 5, name: contest.metric, subject: contest.baseline });
  if (
    baseline?.value != null &&
    base?.interval != null &&
    (baseline.metric === "" || baseline.metric === contest?.metric)
  ) {
    const [low, high] = base.interval;
    if (baseline.value < low || baseline.value > high) {
      const factor = base.value / baseline.value;
      const words = factor >= 1 ? `${factorWords(factor)} what the note says` : "less than the note says";
      remarks.push(
        doubt(
          2,
          6,
          "The note's baseline",
          `It says ${baseline.value}; measured is ${joined(levelOf(run, base))}, ${words}.`,
        ),
      );
      remarks.push(
        next(
          2,
          25,
          "Write the baseline as measured",
          `\`baseline: { value: ${Number(base.value.toPrecision(2))} }\` in section 2.`,
        ),
      );
    }
  }
  const wanted = businessMetric ?? onlineMetrics.at(0);
  if (wanted !== undefined && experimentMetric !== null && plainName(wanted) !== plainName(experimentMetric))
    remarks.push(
      doubt(
        6,
        14,
        "That the experiment decides the goal",
        `The goal is ${wanted}; the experiment decides on ${experimentMetric}.`,
      ),
    );
  return remarks;
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, " ")
    .trim();
}

/** An error of the review that makes figures false: what the note would have measured is false, whatever this run did instead. */
export function onFindings(run: MeasuredRun): Remark[] {
  const errors = run.findings.filter(
    ({ consequence, severity, name }) =>
      consequence === "false-figures" && severity === "error" && !name.startsWith("missing-"),
  );
  const [first] = errors;
  if (first === undefined) return [];
  const more = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
  const step = Number(first.code.charAt(2));
  return [
    doubt(
      step,
      0,
      `The note's figures, for ${first.name.replaceAll("-", " ")}`,
      `${capital(first.message)} (${first.code}, line ${first.line}${more}).`,
    ),
    next(
      step,
      0,
      `Mend ${first.code} in line ${first.line}`,
      `${capital(first.message)}.`,
      `heptad check ${shellWord(run.design)}`,
    ),
  ];
}
