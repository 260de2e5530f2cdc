/** The pictures of a rollout: whom the candidate and its faulty twins decide for, and the reading that stopped a twin beside the candidate's. */

import type { Chart, ChartPoint } from "../../../core/chart.ts";
import type { RolloutStory } from "./describe-rollout.ts";
import { dayOf, readingHistory } from "./reading-history.ts";
import type { CandidateDecisions } from "./rollout-payments.ts";
import type { RolloutOutcome, RolloutPlan } from "./run-rollout.ts";

export function rolloutCharts(story: RolloutStory): Chart[] {
  return [shareChart(story), ...readingChart(story)];
}

function shareChart({ plan, outcome, subjects, drills }: RolloutStory): Chart {
  return {
    form: "lines",
    title: "Customers that it decides for, step by step",
    caption:
      "The candidate goes on from step to step as long as no guardrail shows harm. The faults are injected: where the guard stops one, it falls back to nobody.",
    xLabel: "day of the rollout",
    yLabel: "share of customers, %",
    points: [
      ...sharePoints(subjects.candidate, plan, outcome),
      ...drills.flatMap(({ fault, planned }) => sharePoints(`${fault.name} (injected)`, plan, planned.outcome)),
    ],
    events: stepEvents(plan),
  };
}

/** A staircase: every share from its first day to its last. */
function sharePoints(series: string, plan: RolloutPlan, { steps, stop }: RolloutOutcome): ChartPoint[] {
  const end = plan.start + plan.bake * plan.steps.length;
  const stairs = steps.flatMap(({ share, from }) => {
    const until = Math.min(from + plan.bake, stop?.servedUntil ?? Number.POSITIVE_INFINITY);
    return [from, until].map((at) => ({ at, share }));
  });
  const after = stop === undefined ? [] : [stop.servedUntil, Math.max(end, stop.servedUntil)];
  return [...stairs, ...after.map((at) => ({ at, share: 0 }))].map(({ at, share }) => ({
    x: dayOf(at, plan),
    y: 100 * share,
    series,
  }));
}

function stepEvents(plan: RolloutPlan): NonNullable<Chart["events"]> {
  return plan.steps.map(({ label }, step) => ({ x: dayOf(plan.start + step * plan.bake, plan), label }));
}

/** The drill that a reading took longest to stop: its reading beside the candidate's, of the payments of the same step. */
function readingChart({ payments, plan, outcome, decisions, subjects, drills }: RolloutStory): Chart[] {
  const stopped = drills.flatMap(({ fault, candidate, planned: { outcome: drilled } }) =>
    drilled.stop?.reading === undefined
      ? []
      : [{ fault, candidate, stop: drilled.stop, reading: drilled.stop.reading }],
  );
  const [slowest] = stopped.sort((a, b) => b.stop.at - a.stop.at);
  if (slowest === undefined) return [];
  const { stop, reading, fault } = slowest;
  const { kind, when, name, limit } = reading;
  const step = stop.shownBy;
  const line = (series: string, candidate: CandidateDecisions, until: number): ChartPoint[] =>
    readingHistory(payments, candidate, plan, { step, kind, when, until }).map(({ at, effect, deciding }) => ({
      x: dayOf(at, plan),
      y: 100 * effect,
      interval: [Math.max(-LARGEST, 100 * deciding[0]), Math.min(LARGEST, 100 * deciding[1])] as const,
      series,
    }));
  const points = [
    ...line(subjects.candidate, decisions, outcome.stop?.at ?? Number.POSITIVE_INFINITY),
    ...line(`${fault.name} (injected)`, slowest.candidate, stop.at),
  ];
  const what = kind === "frauds missed" ? "share of frauds missed" : name;
  return [
    {
      form: "lines",
      title: `${name}: what stops ${fault.name}`,
      caption: `Rise of the ${what} over ${subjects.champion}, on the payments of ${plan.steps[step].label}${when === "confirmed" ? ", as their labels arrive" : ""}. The band may be read at any look; the guard stops what lies wholly above the limit.`,
      xLabel: "day of the rollout",
      yLabel: "rise, points",
      points,
      limit: { value: 100 * limit, label: "limit" },
      events: stop.at > plan.start ? [{ x: dayOf(stop.at, plan), label: "stopped" }] : [],
    },
  ];
}

/** A share cannot change by more than 100 points, whatever an early interval allows. */
const LARGEST = 100;
