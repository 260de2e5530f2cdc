/** How a rollout's moments and sizes are said. */

import { DAY } from "../../../core/day.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { Reading } from "./guardrail-watch.ts";
import type { RolloutOutcome, RolloutPlan, RolloutStop } from "./run-rollout.ts";

/** `0.14 points`: a difference of two shares. */
export function points(share: number): string {
  return `${formatNumber(share * 100, 2)} points`;
}

const HOUR = 3600;
const TWO_DAYS = 48 * HOUR;

/** `1 h`, `35 h`, `9.2 d`. */
export function span(seconds: number): string {
  const isHours = seconds >= HOUR && seconds < TWO_DAYS;
  return isHours ? `${formatNumber(seconds / HOUR, 3)} h` : formatValue({ value: seconds, unit: "s" });
}

/** `2018-08-15 to 2018-08-21`; an end within a day is given with its hour. */
export function period(from: number, until: number): string {
  const isMidnight = until % DAY === 0;
  return `${momentText(from)} to ${momentText(isMidnight ? until - DAY : until)}`;
}

function momentText(seconds: number): string {
  const text = new Date(seconds * 1000).toISOString();
  return seconds % DAY === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** `in the step 10%, 5 h into it`. */
export function whenStopped({ stop, steps }: RolloutOutcome, plan: RolloutPlan, { cases }: ScoredWords): string {
  if (stop === undefined) return "never";
  const { label, from } = steps[stop.step];
  const into = stop.at - from;
  const where = into > plan.bake ? `${span(into - plan.bake)} after the step ${label}` : `${span(into)} into ${label}`;
  const shown = stop.shownBy === stop.step ? "" : `, by labels of the ${cases} of ${steps[stop.shownBy].label}`;
  return `${where}${shown}`;
}

/** Stopped before the end of the shadow step, whose figures are of all of it: what came after the stop is replayed, and did not happen. */
export function stoppedInShadow({ stop, steps }: RolloutOutcome, { bake }: Pick<RolloutPlan, "bake">): boolean {
  return stop !== undefined && steps[stop.step].share === 0 && stop.at < steps[stop.step].from + bake;
}

/** What a reading's number is a share of, where the guardrail's own name does not say it. */
export function measureName({ name, kind, when }: Pick<Reading, "name" | "kind" | "when">, words: ScoredWords): string {
  if (kind === "false positives" && when === "at once") return `all ${words.cases} declined`;
  if (kind === "positives missed") return `${words.positives} missed`;
  return kind === "money lost" ? "money at stake lost" : name;
}

/** Why it was stopped, in a clause that begins with `because`. */
export function whyStopped({ reading, volume }: RolloutStop, plan: RolloutPlan, words: ScoredWords): string {
  if (reading !== undefined) return `because of ${describeHarm(reading, words)}`;
  if (volume !== undefined)
    return `because it makes ${formatNumber(volume.mean, 3)} alerts a day (${volume.interval.map((end) => formatNumber(end, 3)).join(" to ")}), and the team can work off ${formatNumber(plan.alertsPerDay ?? 0, 3)}`;
  return "because its latency at p99 rises by more than the margin, for certain";
}

function describeHarm({ name, kind, when, effect, limit, interval }: Reading, words: ScoredWords): string {
  const size = `${points(effect)} [${interval.map((end) => formatNumber(end * 100, 2)).join(", ")}]`;
  switch (kind) {
    case "errors":
      return `\`${name}\`: the share of ${words.cases} that it fails on rises by ${size}, and ${points(limit)} are accepted`;
    case "cases declined":
      return `\`${name}\`: the share of ${words.cases} declined rises by ${size}, and ${points(limit)} are accepted`;
    case "false positives":
      return when === "confirmed"
        ? `\`${name}\`, confirmed by labels: it rises by ${size}, and ${points(limit)} are accepted`
        : `\`${name}\`, known without a label: the share of ${words.cases} declined rises by ${size}, more than ${words.positive} and margin together can explain (${points(limit)})`;
    case "positives missed":
      return `\`${name}\`: the share of ${words.positives} that are missed rises by ${size}, and ${points(limit)} are accepted`;
    case "money lost":
      return `\`${name}\`: the share of the money at stake that gets lost rises by ${size}, and ${points(limit)} are accepted`;
    case "latency p99":
      return `\`${name}\` rises by more than its margin`;
    default:
      return kind satisfies never;
  }
}
