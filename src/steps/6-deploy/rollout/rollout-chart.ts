/** The pictures of a rollout: whom the candidate and its faulty twins decide for, and the reading that stopped a twin beside the candidate's. */

import { capital } from "../../../core/capital.ts";
import type { Chart, ChartPoint } from "../../../core/chart.ts";
import { dayOf, readingHistory } from "./reading-history.ts";
import type { CandidateDecisions } from "./rollout-cases.ts";
import type { RolloutStory } from "./rollout-story.ts";
import { measureName } from "./rollout-words.ts";
import type { RolloutOutcome, RolloutPlan, RolloutStop } from "./run-rollout.ts";

export function rolloutCharts(story: RolloutStory): Chart[] {
  return [...shareChart(story), ...readingChart(story)];
}

/** None where neither the candidate nor a fault ever decided for anybody. */
function shareChart({ plan, outcome, subjects, drills, words }: RolloutStory): Chart[] {
  const points = [
    ...sharePoints(subjects.candidate, plan, outcome),
    ...drills.flatMap(({ fault, planned }) => sharePoints(`${fault.name} (injected)`, plan, planned.outcome)),
  ];
  if (points.every(({ y }) => y === 0)) return [];
  const chart: Chart = {
    form: "lines",
    title: `${capital(words.parties)} that it decides for, step by step`,
    caption:
      "The candidate goes on from step to step as long as no guardrail shows harm. The faults are injected: where the guard stops one, it falls back to nobody.",
    xLabel: "day of the rollout",
    yLabel: `share of ${words.parties}, %`,
    points,
    events: stepEvents(plan),
  };
  return [chart];
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

/** A reading that stopped something: the candidate, or else the drill that went on longest, beside the candidate on the same cases. */
function readingChart(story: RolloutStory): Chart[] {
  const { cases, plan, outcome, decisions, subjects, words } = story;
  const faulty = outcome.stop === undefined ? slowestDrill(story) : undefined;
  const stop = outcome.stop ?? faulty?.stop;
  if (stop?.reading === undefined) return [];
  const { kind, when, name, limit } = stop.reading;
  const line = (series: string, candidate: CandidateDecisions, until: number): ChartPoint[] =>
    readingHistory(cases, candidate, plan, { step: stop.shownBy, kind, when, until }).map(
      ({ at, effect, deciding }) => ({
        x: dayOf(at, plan),
        y: 100 * effect,
        interval: [Math.max(-LARGEST, 100 * deciding[0]), Math.min(LARGEST, 100 * deciding[1])],
        series,
      }),
    );
  const points = [
    ...line(subjects.candidate, decisions, outcome.stop?.at ?? Number.POSITIVE_INFINITY),
    ...(faulty === undefined ? [] : line(`${faulty.name} (injected)`, faulty.candidate, stop.at)),
  ];
  return [
    {
      form: "lines",
      title: `${name}: what stops ${faulty?.name ?? subjects.candidate}`,
      caption: `The rise over ${subjects.champion} (${measureName(stop.reading, words)}), on the ${words.cases} of ${plan.steps[stop.shownBy].label}${when === "confirmed" ? ", as their labels arrive" : ""}. The band may be read at any look; the guard stops what lies wholly above the limit.`,
      xLabel: "day of the rollout",
      yLabel: "rise, points",
      points,
      limit: { value: 100 * limit, label: "limit" },
      events: [{ x: dayOf(stop.at, plan), label: "stopped" }],
    },
  ];
}

interface StoppedDrill {
  readonly name: string;
  readonly candidate: CandidateDecisions;
  readonly stop: RolloutStop;
}

function slowestDrill({ drills }: RolloutStory): StoppedDrill | undefined {
  const stopped = drills.flatMap(({ fault: { name }, candidate, planned: { outcome } }): StoppedDrill[] =>
    outcome.stop?.reading === undefined ? [] : [{ name, candidate, stop: outcome.stop }],
  );
  return stopped.sort((a, b) => b.stop.at - a.stop.at)[0];
}

/** A share cannot change by more than 100 points, whatever an early interval allows. */
const LARGEST = 100;
