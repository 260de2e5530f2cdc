/** What the note calls wanted and unwanted, and how much each sign counts: declared once, and heard by models, baseline, grades, metrics and features alike. */

import { type Comparison, compares } from "../../core/comparison.ts";
import { FailureError } from "../../core/outcome.ts";
import { parseCondition } from "../../design/condition.ts";
import type { FrameFacts } from "../2-frame/schema.ts";

/** A kind of event, and where there is one a condition on its value. Plain data. */
export type PreferenceRule = {
  readonly event: string;
  readonly comparison: Comparison | null;
  readonly limit: number;
};

/** What the note says of events. Plain data: part of a stage's plan. */
export type Preferences = {
  /** Empty where the note leaves it open: then ratings of 4 and more, or every deed where there are no ratings. */
  readonly positive: readonly PreferenceRule[];
  readonly negative: readonly PreferenceRule[];
  /** Later ones count before earlier ones. */
  readonly weights: readonly { readonly rule: PreferenceRule; readonly weight: number }[];
};

/** Events as they are judged: columns of one length. */
export interface JudgedEvents {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly value: Float32Array;
}

/** One verdict an event, and what it counts for. */
export interface Judgement {
  /** 1 wanted, -1 unwanted, 0 neither. */
  readonly judged: Int8Array;
  /** 0 for what is unwanted, and for what the note asks more of. */
  readonly strength: Float32Array;
  readonly positive: number;
  readonly negative: number;
  readonly neither: number;
  /** The rules in words. */
  readonly says: string;
}

/** Ratings of this and more are wanted where the note does not say otherwise, on a scale that ends at 5. */
const USUAL_RATING = 4;
const USUAL_SCALE = 5;

/** The declarations of section 2. Throws a `FailureError` for one that is neither an event nor a condition. */
export function preferencesOf({ label, signals }: FrameFacts): Preferences {
  const event = label?.event;
  const written = label?.positive;
  const positive =
    written === undefined ? (event === undefined ? [] : [usualRule(event)]) : rulesOf(written, event ?? "rating");
  const negative = label?.negative === undefined ? [] : rulesOf(label.negative, event ?? "rating");
  const weights = Object.entries(signals?.weights ?? {}).map(([key, weight]) => ({
    rule: ruleOf(key, event ?? "rating"),
    weight,
  }));
  return { positive, negative, weights };
}

type Written = NonNullable<NonNullable<FrameFacts["label"]>["positive"]>;

function rulesOf(written: Written, event: string): readonly PreferenceRule[] {
  if (Array.isArray(written)) return written.map((one) => ruleOf(one, event));
  return [ruleOf(written.text, event)];
}

/** `rating >= 4`, `>= 4` of the label's own event, or the bare name of an event. */
function ruleOf(text: string, event: string): PreferenceRule {
  if (!/[<>=≤≥]/u.test(text)) return { event: text.trim(), comparison: null, limit: 0 };
  const condition = parseCondition(text);
  if (!condition.ok) throw new FailureError({ ...condition.failure, where: "section 2, label" });
  const { metric, comparison, limit } = condition.value;
  return { event: metric === "" ? event : metric, comparison, limit: limit.value };
}

function usualRule(event: string): PreferenceRule {
  return event === "rating" ? { event, comparison: ">=", limit: USUAL_RATING } : { event, comparison: null, limit: 0 };
}

/** `rating >= 4` */
export function describeRule({ event, comparison, limit }: PreferenceRule): string {
  return comparison === null ? event : `${event} ${comparison} ${limit}`;
}

/**
 * Judges every event. `kinds` are the names of the kinds by code. Throws a `FailureError` where the note wants an event that the data does not
 * hold, where no event is wanted, and where ratings are on another scale than the note's silence would mean.
 */
export function judgeEvents(events: JudgedEvents, kinds: readonly string[], preferences: Preferences): Judgement {
  const present = kindsOf(events, kinds);
  const positive = preferences.positive.length > 0 ? preferences.positive : usualRules(events, kinds, present);
  checkEvents(positive, present, kinds);
  const known = new Set(kinds);
  for (const rule of [...preferences.negative, ...preferences.weights.map((one) => one.rule)])
    if (!known.has(rule.event)) throw unknownEvent(rule, present);
  const judge = openJudge(positive, kinds, preferences);
  const judged = new Int8Array(events.count);
  const strength = new Float32Array(events.count);
  const counts = { positive: 0, negative: 0 };
  for (let row = 0; row < events.count; row++) {
    const verdict = judge(events.kind[row], events.value[row]);
    if (verdict.judged === -1) counts.negative++;
    if (verdict.judged === 1) counts.positive++;
    judged[row] = verdict.judged;
    strength[row] = verdict.strength;
  }
  if (counts.positive === 0) throw nothingWanted(events, kinds, positive);
  return {
    judged,
    strength,
    ...counts,
    neither: events.count - counts.positive - counts.negative,
    says: saysOf(positive, preferences.negative),
  };
}

/** What one event says. */
export interface EventVerdict {
  /** 1 wanted, -1 unwanted, 0 neither. */
  readonly judged: -1 | 0 | 1;
  readonly strength: number;
}

/** Judges events one by one, as `judgeEvents` judged these: for events that arrive after the data. */
export function judgeLikeData(
  events: JudgedEvents,
  kinds: readonly string[],
  preferences: Preferences,
): (kind: number, value: number) => EventVerdict {
  const present = kindsOf(events, kinds);
  const positive = preferences.positive.length > 0 ? preferences.positive : usualRules(events, kinds, present);
  return openJudge(positive, kinds, preferences);
}

/** The same with what is wanted said, where the note leaves that to the data. */
export function settledPreferences(
  events: JudgedEvents,
  kinds: readonly string[],
  preferences: Preferences,
): Preferences {
  if (preferences.positive.length > 0) return preferences;
  return { ...preferences, positive: usualRules(events, kinds, kindsOf(events, kinds)) };
}

function openJudge(
  positive: readonly PreferenceRule[],
  kinds: readonly string[],
  preferences: Preferences,
): (kind: number, value: number) => EventVerdict {
  const named = new Set([...positive, ...preferences.negative].map(({ event }) => event));
  const [wanted, unwanted] = [byKind(positive, kinds), byKind(preferences.negative, kinds)];
  const weigh = byKind(preferences.weights.map(({ rule, weight }) => ({ ...rule, weight })).reverse(), kinds);
  const decide = (kind: number, value: number): EventVerdict => {
    const isUnwanted = unwanted[kind].some((rule) => matches(rule, value));
    const isWanted = !isUnwanted && wanted[kind].some((rule) => matches(rule, value));
    const judged = isUnwanted ? -1 : isWanted ? 1 : 0;
    if (isUnwanted || (!isWanted && named.has(kinds[kind]))) return { judged, strength: 0 };
    const written = weigh[kind].find((rule) => matches(rule, value))?.weight;
    return { judged, strength: written ?? (kinds[kind] === "impression" ? 0 : 1) };
  };
  // Most notes ask for an event whatever its value is: then a kind is judged once, not each of its events.
  const always = kinds.map((_, kind) =>
    [...unwanted[kind], ...wanted[kind], ...weigh[kind]].every(({ comparison }) => comparison === null)
      ? decide(kind, Number.NaN)
      : undefined,
  );
  return (kind, value) => always[kind] ?? decide(kind, value);
}

/** The names of the kinds that there are events of, in the order in which they first occur. */
function kindsOf({ kind }: JudgedEvents, kinds: readonly string[]): ReadonlySet<string> {
  const seen = new Uint8Array(256);
  const present = new Set<string>();
  for (let row = 0; row < kind.length; row++) {
    if (seen[kind[row]] === 1) continue;
    seen[kind[row]] = 1;
    present.add(kinds[kind[row]]);
  }
  return present;
}

function byKind<Rule extends PreferenceRule>(
  rules: readonly Rule[],
  kinds: readonly string[],
): readonly (readonly Rule[])[] {
  return kinds.map((kind) => rules.filter(({ event }) => event === kind));
}

function matches({ comparison, limit }: PreferenceRule, value: number): boolean {
  return comparison === null || compares(value, comparison, limit);
}

function usualRules(
  events: JudgedEvents,
  kinds: readonly string[],
  present: ReadonlySet<string>,
): readonly PreferenceRule[] {
  if (!present.has("rating")) {
    return [...present]
      .filter((event) => event !== "impression")
      .map((event) => ({ event, comparison: null, limit: 0 }));
  }
  const { least, most, isWhole } = rangeOf(events, kinds.indexOf("rating"));
  if (most > USUAL_SCALE || most < USUAL_RATING) {
    throw new FailureError({
      code: "which-positive",
      message: `ratings go from ${least} to ${most}: from which on is one wanted?`,
      where: "section 2, label",
      fix: `say it once, and everything hears it: \`label: { event: rating, positive: ">= ${isWhole ? Math.ceil(least + 0.75 * (most - least)) : round(least + 0.75 * (most - least))}" }\``,
    });
  }
  return [usualRule("rating")];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function rangeOf(
  { kind, value, count }: JudgedEvents,
  code: number,
): { readonly least: number; readonly most: number; readonly isWhole: boolean } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let isWhole = true;
  for (let row = 0; row < count; row++) {
    if (kind[row] !== code) continue;
    least = Math.min(least, value[row]);
    most = Math.max(most, value[row]);
    isWhole &&= Number.isInteger(value[row]);
  }
  return { least, most, isWhole };
}

function checkEvents(rules: readonly PreferenceRule[], present: ReadonlySet<string>, kinds: readonly string[]): void {
  const unknown = rules.find(({ event }) => !kinds.includes(event));
  if (unknown !== undefined) throw unknownEvent(unknown, present);
  // Several kinds may be wanted, of which a short log need not hold every one.
  if (rules.length > 0 && rules.every(({ event }) => !present.has(event))) throw unknownEvent(rules[0], present);
}

function unknownEvent({ event }: PreferenceRule, present: ReadonlySet<string>): FailureError {
  const held = [...present];
  const [first = "rating"] = held;
  return new FailureError({
    code: "label-not-in-data",
    message: `the label wants \`${event}\`; the data holds only ${held.map((one) => `\`${one}\``).join(", ")}`,
    where: "section 2, label",
    fix: `name an event that is there, as in \`label: { event: ${first}${first === "rating" ? ', positive: ">= 4"' : ""} }\`, or map the data's own names in the source's \`events\``,
  });
}

function nothingWanted(events: JudgedEvents, kinds: readonly string[], rules: readonly PreferenceRule[]): FailureError {
  const ranges = [...new Set(rules.map(({ event }) => event))].map((event) => {
    const { least, most } = rangeOf(events, kinds.indexOf(event));
    return `\`${event}\` goes from ${round(least)} to ${round(most)}`;
  });
  return new FailureError({
    code: "nothing-positive",
    message: `no event is ${rules.map(describeRule).join(" or ")}: ${ranges.join(", ")}`,
    where: "section 2, label",
    fix: "choose a bound that some events reach",
  });
}

function saysOf(positive: readonly PreferenceRule[], negative: readonly PreferenceRule[]): string {
  const wanted = `wanted is ${positive.map(describeRule).join(" or ")}`;
  return negative.length === 0
    ? wanted
    : `${wanted}; unwanted is ${negative.map(describeRule).join(" or ")}, and takes back what was wanted before it`;
}
