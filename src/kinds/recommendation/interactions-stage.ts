/** The stage that reads the interactions: what there is, over which time, and what had to be repaired. */

import type { Chart } from "../../core/chart.ts";
import { DAY } from "../../core/day.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { fileName, namesOf } from "../../core/file-name.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { plural } from "../../core/plural.ts";
import { createRandom } from "../../core/random.ts";
import { type Judgement, judgeEvents, type Preferences } from "../../steps/3-data/preferences.ts";
import { isJsonObject, plainJson } from "../../system/canonical-json.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type InteractionSource, placeless, readInteractions, sourcePaths, withPaths } from "./interaction-source.ts";
import { EVENT_KINDS, historyLength, type Interactions, interactionsToStored } from "./interactions.ts";
import { createWorld } from "./simulated-world.ts";
import type { World } from "./world.ts";

export const INTERACTIONS_STAGE = "interactions";

const SUBJECT = "data";

/** How to build a simulated world again: `createWorld(options, createRandom(seed))`. Kept in the stage's JSON as `world`. */
export type WorldRecipe = { readonly seed: number; readonly options: Readonly<Record<string, number>> };

/** `fingerprint` covers the contents of the source's files; the folder they lie in is no part of the stage's key. */
export function interactionsStage(
  source: InteractionSource,
  fingerprint: string,
  preferences: Preferences = { positive: [], negative: [], weights: [] },
): Stage {
  return stage({
    name: INTERACTIONS_STAGE,
    step: 3,
    title: `reading ${describeSource(source)}`,
    inputs: [],
    data: { fingerprint, paths: sourcePaths(source) },
    plan: { source: placeless(source), preferences },
    run: read,
  });
}

interface ReadingPlan {
  readonly source: InteractionSource;
  readonly preferences: Preferences;
}

async function read(
  { source, preferences }: ReadingPlan,
  { paths, environment, random }: Pick<StageContext, "paths" | "environment" | "random">,
): Promise<StageResult> {
  const seed = random.uint32();
  const unjudged = await readInteractions(environment, withPaths(source, paths), createRandom(seed));
  const kinds = unjudged.events.kinds ?? EVENT_KINDS;
  const { judged, strength, ...verdicts } = judgeEvents(unjudged.events, kinds, preferences);
  const interactions = { ...unjudged, events: { ...unjudged.events, judged, strength } };
  const { json, arrays } = interactionsToStored(interactions);
  const world = source.format === "simulated" ? { seed, options: plainJson(source.world) } : null;
  return stageResult({
    json: isJsonObject(json) ? { ...json, world } : json,
    arrays,
    figures: [...dataFigures(interactions), ...verdictFigures(verdicts)],
    remarks: [...dataRemarks(interactions), verdictRemark(verdicts)],
    charts: interactions.source.timeless === true ? [] : [eventsByWeek(interactions)],
  });
}

/** The world that the stored interactions were simulated in; null where they were not. */
export function worldFromStored({ json }: Pick<StageResult, "json">): World | null {
  const recipe = isJsonObject(json) ? json.world : null;
  if (!isJsonObject(recipe) || typeof recipe.seed !== "number" || !isJsonObject(recipe.options)) return null;
  const options: Record<string, number> = {};
  for (const [name, value] of Object.entries(recipe.options)) if (typeof value === "number") options[name] = value;
  return createWorld(options, createRandom(recipe.seed));
}

/** The source in a few words: `MovieLens ml-100k`, `a simulated world`. */
export function describeSource(source: InteractionSource): string {
  if (source.format === "simulated") return "a simulated world";
  if (source.format === "movielens") return `MovieLens, ${fileName(source.path)}`;
  return namesOf(Object.values(sourcePaths({ ...source, titles: undefined, members: undefined }))).join(", ");
}

type Verdicts = Omit<Judgement, "judged" | "strength">;

function verdictFigures({ positive, negative, neither }: Verdicts): Figure[] {
  const add = (name: string, value: number): Figure =>
    figure({ step: 3, name, subject: SUBJECT, value, unit: "events" });
  return [add("positive events", positive), add("negative events", negative), add("events neither", neither)];
}

function verdictRemark({ positive, negative, neither, says }: Verdicts): Remark {
  const text = `Of these events ${formatNumber(positive)} are wanted, ${formatNumber(negative)} unwanted and ${formatNumber(neither)} neither: ${says}. Models, baseline, grades, metrics and features hear the same.`;
  return { kind: "answer", text };
}

function dataFigures({ events, members, titles, source }: Interactions): Figure[] {
  const cells = members.count * titles.count;
  const byKind = (events.kinds ?? EVENT_KINDS)
    .map((kind, code) => ({ kind, count: countKind(events.kind, code) }))
    .filter(({ count }) => count > 0);
  const add = (name: string, value: number, unit = "", note = ""): Figure =>
    figure({ step: 3, name, subject: SUBJECT, value, unit, note });
  const size = (name: string, value: number): Figure => ({ ...add(name, value, name), role: "size" });
  return [
    { ...size("members", members.count), stated: "users" as const },
    { ...size("titles", titles.count), stated: "items" as const },
    size("events", events.count),
    ...(byKind.length > 1 ? byKind.map(({ kind, count }) => add(`${kind} events`, count, "events")) : []),
    ...(source.timeless === true ? [] : [add("history", historyLength(events) / DAY, "d")]),
    add("density", cells === 0 ? Number.NaN : events.count / cells, "share", "events over members times titles"),
  ].filter(({ value }) => Number.isFinite(value));
}

function countKind(kinds: Uint8Array, code: number): number {
  let count = 0;
  for (const kind of kinds) if (kind === code) count++;
  return count;
}

function dataRemarks({ events, members, titles, repairs, source }: Interactions): Remark[] {
  const span =
    events.count === 0 || source.timeless === true
      ? ""
      : `, from ${dayOf(events.time[0])} to ${dayOf(events.time[events.count - 1])}`;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `${source.description}: ${plural(events.count, "event")} of ${plural(members.count, "member")} on ${plural(titles.count, "title")}${span}.`,
    },
  ];
  for (const reading of source.readings ?? []) remarks.push({ kind: "assumption", text: `Read: ${reading}.` });
  for (const { count, description } of repairs)
    remarks.push({ kind: "repair", text: `${plural(count, "row")}: ${description}` });
  return remarks;
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function eventsByWeek({ events }: Interactions): Chart {
  const start = events.count === 0 ? 0 : events.time[0];
  const kinds = events.kinds ?? EVENT_KINDS;
  const points: { readonly x: number; y: number; readonly series: string }[] = [];
  // Weeks come one after the other: each event is one of the points of its own.
  let week: (typeof points)[number][] = [];
  let x = 0;
  for (let i = 0; i < events.count; i++) {
    const own = Math.floor((events.time[i] - start) / (7 * DAY));
    if (own !== x) {
      week = [];
      x = own;
    }
    let point = week[events.kind[i]];
    if (point === undefined) {
      point = { x, y: 0, series: kinds[events.kind[i]] };
      week[events.kind[i]] = point;
      points.push(point);
    }
    point.y++;
  }
  return {
    form: "lines",
    title: "Events by week",
    caption: "Counts of events in each week since the first one. The last week may be a short one.",
    xLabel: "week",
    yLabel: "events",
    points,
  };
}
