/** A replayed rollout in plain words: how it went, what shadow showed, what could be known when, and what the drills say of the guard. */

import { DAY } from "../../../core/day.ts";
import { formatNumber, formatShare, formatValue } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { Drill, DrillRun } from "./rollout-drill.ts";
import type { RolloutStory } from "./rollout-story.ts";
import type { RolloutToll } from "./rollout-toll.ts";
import { period, points, span, stoppedInShadow, whenStopped, whyStopped } from "./rollout-words.ts";

export function rolloutRemarks(story: RolloutStory): Remark[] {
  const { facts, drills } = story;
  return [
    ...answers([verdict(story)]),
    ...marginRemarks(story),
    ...answers([shadowSentence(story), tollSentence(story)]),
    ...drills.map((drill): Remark => drillRemark(drill, story)),
    ...facts.assumed.map((text): Remark => ({ kind: "assumption", text })),
    ...[...unmeasured(story), ...facts.warned, ...lateLabels(story), ...shortData(story)].map(
      (text): Remark => ({ kind: "warning", text }),
    ),
    ...nextSteps(story),
  ];
}

function answers(texts: readonly string[]): Remark[] {
  return texts.filter((text) => text !== "").map((text) => ({ kind: "answer", text }));
}

function verdict({ outcome, plan, subjects, cases, words }: RolloutStory): string {
  const { steps, stop } = outcome;
  const last = steps[steps.length - 1];
  const days = steps.map(({ label, from, until }) => `${label} ${period(from, until)}`).join(", ");
  const head = `**Rollout** of ${subjects.candidate} in place of ${subjects.champion}, replayed on the ${words.cases} after the test days (${days}), looked at every hour:`;
  if (stop === undefined) {
    const reached = last.isCut ? `${last.label}, where the data end` : `all of ${last.label}`;
    return `${head} **go**. No guardrail showed harm from ${steps[0].label} through ${reached}${last.isCut ? "" : `, nor in the ${span(cases.delay)} after it in which its labels arrived`}.`;
  }
  return `${head} **stopped** ${whenStopped(outcome, plan, words)}, ${whyStopped(stop, plan, words)}.`;
}

/** No harm shown is not the same as harm excluded: what the last reading of each guardrail with a margin allows. */
function marginRemarks({ outcome, plan, words }: RolloutStory): Remark[] {
  if (outcome.stop !== undefined) return [];
  return plan.guardrails.flatMap(({ kind, name, margin, isStated }): Remark[] => {
    const last = outcome.steps
      .flatMap(({ readings, label }) => readings.map((reading) => ({ ...reading, label })))
      .findLast((one) => one.kind === kind && (one.when === "confirmed" || kind === "cases declined"));
    if (!isStated || last === undefined) return [];
    const { effect, interval, label } = last;
    const what = kind === "positives missed" ? `the share of ${words.positives} missed` : "it";
    const size = `${what} changed by ${points(effect)} [${interval.map((end) => formatNumber(end * 100, 2)).join(", ")}] at ${label}`;
    const allowed = `its margin of ${points(margin)}`;
    if (interval[1] <= margin)
      return [{ kind: "answer", text: `\`${name}\` is shown to stay within ${allowed}: ${size}.` }];
    if (interval[0] > margin)
      return [
        {
          kind: "warning",
          text: `\`${name}\` has most likely gone beyond ${allowed}: ${size}. The guard asks for more before it stops, because it reads so often`,
        },
      ];
    return [
      {
        kind: "answer",
        text: `No harm shown is no proof of none for \`${name}\`: ${size}, so more than ${allowed} is neither shown nor excluded.`,
      },
    ];
  });
}

function shadowSentence({ shadow, subjects, plan, words, outcome }: RolloutStory): string {
  if (shadow?.agreement === undefined) return "";
  const { candidate, champion } = subjects;
  const { agreement, onlyCandidate, onlyChampion, volume, drift } = shadow;
  const share = formatValue({ value: agreement.share, unit: "share" });
  const judged = stoppedInShadow(outcome, plan)
    ? `Had shadow gone on for all of its ${span(plan.bake)}, both would have judged ${formatNumber(shadow.cases)} ${words.cases}`
    : `In shadow both judged ${formatNumber(shadow.cases)} ${words.cases}`;
  const both = `${judged} and agreed on ${share}. ${candidate} alone would have declined ${formatNumber(onlyCandidate.cases)}, of which ${formatNumber(onlyCandidate.positives)} were ${words.positive}; ${champion} alone ${formatNumber(onlyChampion.cases)}, of which ${formatNumber(onlyChampion.positives)} were.`;
  const moved =
    drift === undefined
      ? ""
      : ` Its scores ${drift.value > drift.noise ? "have moved" : "have not moved beyond chance"} since the test days (PSI ${formatNumber(drift.value, 2)}, by chance up to ${formatNumber(drift.noise, 2)}).`;
  if (volume === undefined || plan.alertsPerDay === null) return both + moved;
  const [low, high] = volume.interval;
  const within =
    low > plan.alertsPerDay ? "more than" : high < plan.alertsPerDay ? "fewer than" : "not certainly different from";
  return `${both} It makes ${formatNumber(volume.mean, 3)} alerts a day (${formatNumber(low, 3)} to ${formatNumber(high, 3)}), ${within} the ${formatNumber(plan.alertsPerDay)} that the threshold was chosen for.${moved}`;
}

function tollSentence({ toll, subjects, reviewCost, words }: RolloutStory): string {
  const { units, cases, othersDeclined, othersDeclinedBefore, lost, lostBefore } = toll;
  if (cases === 0) return `Nobody was served by ${subjects.candidate}.`;
  const extra = othersDeclined - othersDeclinedBefore;
  const saved = lostBefore - lost;
  return `While it decided, ${subjects.candidate} met ${formatNumber(units)} ${words.parties} and ${formatNumber(cases)} ${words.cases}. It declined ${formatNumber(othersDeclined)} ${words.others}, where ${subjects.champion} would have declined ${formatNumber(othersDeclinedBefore)}, and let ${formatNumber(lost)} of ${words.positive} through instead of ${formatNumber(lostBefore)}: ${formatNumber(Math.abs(saved - reviewCost * extra))} ${saved >= reviewCost * extra ? "saved" : "lost"}${reviewCost > 0 ? `, after ${formatNumber(reviewCost)} for each further review among ${words.negatives},` : ""} in the data's currency.`;
}

function drillRemark(drill: Drill, story: RolloutStory): Remark {
  const { fault, planned, mended } = drill;
  const { words } = story;
  const own = story.outcome.stop;
  const head = `**Drill: ${fault.name}** (injected; ${fault.story}).`;
  const { stop } = planned.outcome;
  // A guard that stops the model without the fault as well, and by the same reading, has not been put to the test.
  const isConfounded = own !== undefined && stop !== undefined && own.at <= stop.at && own.step === stop.step;
  if (isConfounded)
    return {
      kind: "warning",
      text: `${head} It is stopped ${whenStopped(planned.outcome, planned.plan, words)}, but so is the model without the fault: this drill says nothing of the guard.`,
    };
  if (stop !== undefined)
    return {
      kind: "answer",
      text: `${head} The guard **stops it** ${whenStopped(planned.outcome, planned.plan, words)}, ${whyStopped(stop, planned.plan, words)}. ${tollOf(planned, story)} ${otherWays(drill, story)}`,
    };
  const names = planned.plan.guardrails.map(({ name }) => `\`${name}\``).join(", ");
  const lacking = advice(drill);
  const remedy =
    mended === undefined || lacking === undefined
      ? ""
      : ` With \`${lacking}\` in \`abort-on\` it would be stopped ${whenStopped(mended.outcome, mended.plan, words)}.`;
  return {
    kind: "warning",
    text: `${head} **The guard does not catch it**: ${names === "" ? "nothing is watched" : `none of ${names} shows harm`}. ${tollOf(planned, story)}${remedy}${isHarmless(planned.toll) ? ` Against ${story.subjects.champion} it does no harm, so there is nothing to catch.` : ""}`,
  };
}

/** The guardrail that would have stopped it, where the note has none that does. */
function advice({ mended }: Drill): string | undefined {
  return mended?.outcome.stop?.reading?.name;
}

function isHarmless({ lost, lostBefore, othersDeclined, othersDeclinedBefore }: RolloutToll): boolean {
  return lost <= lostBefore && othersDeclined <= othersDeclinedBefore;
}

function tollOf({ toll }: DrillRun, { subjects, words }: RolloutStory): string {
  if (toll.cases === 0) return "Nobody was served by it.";
  const lost = toll.lost - toll.lostBefore;
  return `By then ${formatNumber(toll.units)} ${words.parties} had been served by it, ${formatNumber(toll.othersDeclined)} ${words.negatives} declined (${formatNumber(toll.othersDeclinedBefore)} by ${subjects.champion}), and ${formatNumber(Math.abs(lost))} ${lost >= 0 ? "more" : "less"} lost to ${words.positive}.`;
}

function otherWays({ unshadowed, atOnce }: Drill, story: RolloutStory): string {
  const tell = (how: string, run: DrillRun): string => {
    const { outcome, toll, plan } = run;
    const end =
      outcome.stop === undefined ? "not stopped at all" : `stopped ${whenStopped(outcome, plan, story.words)}`;
    return `${how}: ${end}, ${formatNumber(toll.othersDeclined)} ${story.words.negatives} of ${formatNumber(toll.units)} ${story.words.parties} declined, ${formatNumber(Math.max(0, toll.lost - toll.lostBefore))} more lost than under ${story.subjects.champion}`;
  };
  return [
    ...(unshadowed === undefined ? [] : [tell("Without the shadow step", unshadowed)]),
    ...(atOnce === undefined ? [] : [tell("For everybody at once, under the same watch", atOnce)]),
  ]
    .map((text) => `${text}.`)
    .join(" ");
}

function unmeasured({ facts, words }: RolloutStory): string[] {
  return facts.unmeasured.map(
    (name) => `\`${name}\` in \`abort-on\` cannot be measured by replaying ${words.cases}: nothing stopped on it here`,
  );
}

/** Nothing of a step's own labels had arrived when it ended: it went on on what is known at once. */
function lateLabels({ outcome, plan, cases, words }: RolloutStory): string[] {
  const followed = outcome.steps.slice(0, -1);
  const blind = followed.filter(({ share, labelled }) => share > 0 && labelled === 0);
  const isWatched = outcome.steps.some(({ readings }) => readings.some(({ when }) => when === "confirmed"));
  if (blind.length === 0 || outcome.stop !== undefined || !isWatched) return [];
  return [
    `labels take ${span(cases.delay)} and a step lasts ${span(plan.bake)}: ${blind.map(({ label }) => label).join(", ")} ended before any label of these ${words.cases} had arrived, and the next step began on what is known at once (errors, latency, ${words.cases} declined) and on labels of earlier ${words.cases}; a longer \`bake\` would wait`,
  ];
}

function shortData({ outcome }: RolloutStory): string[] {
  const last = outcome.steps[outcome.steps.length - 1];
  const missing = outcome.stop === undefined ? outcome.withoutData : [];
  return [
    ...(last.isCut && outcome.stop === undefined ? [`the data end within the step ${last.label}`] : []),
    ...(missing.length === 0 ? [] : [`the data end too early for ${missing.join(", ")}: nothing is said of them`]),
  ];
}

function nextSteps({ outcome, plan, subjects, drills, shadow, words }: RolloutStory): Remark[] {
  const { stop, steps } = outcome;
  const remarks: Remark[] = [];
  if (stop?.reading?.kind === "false positives" || stop?.reading?.kind === "cases declined") {
    const volume = plan.alertsPerDay;
    const perDay = shadow === undefined ? Number.NaN : (shadow.cases * DAY) / plan.bake;
    const share = Number.isFinite(perDay)
      ? ` (${formatShare((volume ?? 0) / perDay, 2)} of ${formatNumber(perDay)})`
      : "";
    remarks.push({
      kind: "next",
      short: "Fit the threshold to the guardrail",
      text: `The two do not fit together: ${volume === null ? "its alerts" : `${formatNumber(volume)} alerts a day${share}`} are more of these ${words.cases} than the margin over ${subjects.champion} allows (step ${steps[stop.shownBy].label}). Lower the capacity of step 2, or widen the margin in \`experiment.guardrails\`.`,
    });
  }
  const lacking = new Set(drills.flatMap((drill) => advice(drill) ?? []));
  for (const name of lacking)
    remarks.push({
      kind: "next",
      short: `Add \`${name}\` to \`abort-on\``,
      text: "An injected fault came through because nothing looked at it.",
    });
  return remarks;
}
