/** The figures of a replayed rollout: shadow, each step's guardrails and money, and the drills. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Drill, DrillRun } from "./rollout-drill.ts";
import type { RolloutStory } from "./rollout-story.ts";
import { measureName, points, stoppedInShadow } from "./rollout-words.ts";
import { stepMoney } from "./step-money.ts";

export function rolloutFigures(story: RolloutStory): Figure[] {
  return [
    ...shadowFigures(story),
    ...latencyFigures(story),
    ...guardrailFigures(story),
    ...moneyFigures(story),
    ...story.drills.flatMap((drill) => drillFigures(drill, story)),
  ];
}

/** In step 6; without a value that exists there is none. */
function add(name: string, of: string | Pair, value: number, rest: Partial<Figure> = {}): Figure[] {
  return Number.isFinite(value)
    ? [figure({ step: 6, name, ...(typeof of === "string" ? { subject: of } : of), value, ...rest })]
    : [];
}

type Pair = Pick<Figure, "subject" | "against">;

function pairOf({ subjects: { candidate, champion } }: RolloutStory): Pair {
  return { subject: candidate, against: champion };
}

function shadowFigures(story: RolloutStory): Figure[] {
  const { shadow, plan, words } = story;
  if (shadow === undefined) return [];
  const { candidate, champion } = story.subjects;
  const pair = pairOf(story);
  const slice = "shadow";
  const { agreement, onlyCandidate, onlyChampion, cases, volume, drift, failed } = shadow;
  const declines = ({ cases: count, positives }: typeof onlyCandidate) => ({
    value: count,
    note: `${formatNumber(positives)} of them ${words.positive}, as labels said later`,
  });
  const [fromCandidate, fromChampion] = [declines(onlyCandidate), declines(onlyChampion)];
  const ofAll = { slice, unit: words.cases, n: cases };
  const rest = stoppedInShadow(story.outcome, plan) ? "; of the whole step, what came after the stop included" : "";
  const planned = plan.alertsPerDay === null ? "" : `; the team can work off ${formatNumber(plan.alertsPerDay)}`;
  return [
    ...add("decisions alike", pair, agreement?.share ?? Number.NaN, {
      slice,
      unit: "share",
      interval: agreement?.interval ?? null,
      n: cases,
      note: `both score every ${words.case}, only the champion acts; interval over ${words.parties}${rest}`,
    }),
    ...add(`declined by ${candidate} only`, pair, fromCandidate.value, { ...ofAll, note: fromCandidate.note }),
    ...add(`declined by ${champion} only`, pair, fromChampion.value, { ...ofAll, note: fromChampion.note }),
    ...add("alerts a day", candidate, volume?.mean ?? Number.NaN, {
      slice,
      interval: volume?.interval ?? null,
      n: volume?.days ?? null,
      note: `by the t law over days${planned}`,
    }),
    ...add("psi of scores", candidate, drift?.value ?? Number.NaN, {
      slice,
      note: `against the test days; chance alone stays below ${formatNumber(drift?.noise ?? 0, 2)} 19 times in 20`,
    }),
    ...add(`${words.cases} it failed on`, candidate, failed, { ...ofAll, note: "the champion answers these" }),
  ];
}

function latencyFigures(story: RolloutStory): Figure[] {
  const { latency, subjects } = story;
  const rest = { unit: "s", n: latency.calls, note: "features at hand, in process, in turns" };
  const name = "latency p99 of a decision";
  return [
    ...add(name, subjects.champion, latency.champion, rest),
    ...add(name, subjects.candidate, latency.candidate, rest),
    ...add(name, pairOf(story), latency.difference, { ...rest, interval: latency.interval }),
  ];
}

function guardrailFigures(story: RolloutStory): Figure[] {
  const { words } = story;
  return story.outcome.steps.flatMap(({ label, share, readings }) =>
    readings.flatMap((reading) => {
      const { when, effect, interval, n, limit } = reading;
      const arms =
        share === 0 || share === 1
          ? `both models on the same ${words.cases}`
          : `${words.parties} in against ${words.parties} out`;
      return add(`${measureName(reading, words)}, ${when}`, pairOf(story), effect * 100, {
        slice: label,
        unit: "points",
        interval: [interval[0] * 100, interval[1] * 100],
        n,
        note: `rise of a share; ${arms}; interval holds at every look; stops above ${points(limit)}`,
      });
    }),
  );
}

function moneyFigures(story: RolloutStory): Figure[] {
  const { outcome, cases, decisions, subjects, words } = story;
  return outcome.steps
    .filter(({ share }) => share > 0)
    .flatMap((step) => {
      const money = stepMoney(cases, decisions, step);
      if (money === undefined) return [];
      const name = `money lost per ${words.party} and day`;
      const rest = { slice: step.label, n: money.units };
      return [
        ...add(name, subjects.champion, money.champion, rest),
        ...add(name, subjects.candidate, money.candidate, rest),
        ...add(name, pairOf(story), money.difference, {
          ...rest,
          interval: money.interval,
          note:
            money.interval === null
              ? `too few ${words.positives} got through in one of the arms for an interval`
              : "with every label of the step, read once; in the data's currency",
        }),
      ];
    });
}

function drillFigures(
  { fault, planned, unshadowed, atOnce, mended }: Drill,
  { subjects, words }: RolloutStory,
): Figure[] {
  const subject = `${fault.name} (injected)`;
  const runs: readonly (readonly [string, DrillRun | undefined])[] = [
    ["drill as planned", planned],
    ["drill without shadow", unshadowed],
    ["drill, everybody at once", atOnce],
    ["drill with a fuller abort-on", mended],
  ];
  return runs.flatMap(([slice, run]) => {
    if (run === undefined) return [];
    const { toll, outcome, plan } = run;
    const rest = { slice, note: `${fault.story}; against ${subjects.champion}` };
    const hours = outcome.stop === undefined ? Number.NaN : (outcome.stop.at - plan.start) / 3600;
    return [
      ...add("hours until stopped", subject, hours, { ...rest, unit: "h" }),
      ...add(`${words.parties} served`, subject, toll.units, { ...rest, n: toll.cases }),
      ...add(`${words.negatives} declined more`, subject, toll.othersDeclined - toll.othersDeclinedBefore, rest),
      ...add("money lost more", subject, toll.lost - toll.lostBefore, rest),
    ];
  });
}
