/** The stage that reads the cases, or simulates them: what there is, over which time, and how many are positive. */

import { DAY, dayNumber, dayText } from "../../core/day.ts";
import { figure } from "../../core/figure.ts";
import { fileName } from "../../core/file-name.ts";
import { formatNumber } from "../../core/format-figure.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { type ScoredWords, scoredTaskToStored } from "../../steps/3-data/scored-task.ts";
import { type CaseTable, readCases } from "../../steps/3-data/sources/scored-table.ts";
import { caseTableOf } from "../../steps/3-data/sources/scored-table-facts.ts";
import { describePaths, mapPaths, namedPaths } from "../../steps/3-data/sources/source-paths.ts";
import { checkWorldSize } from "../../steps/3-data/sources/world-size.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type ClickWorld, simulateClicks } from "./simulated-clicks.ts";

/** Entities that are the people whom step 1 counts. */
const PEOPLE: readonly string[] = ["user", "member", "customer"];

export const CASES_STAGE = "cases";

/** A source as plain data. */
export type CaseSource = { readonly world: ClickWorld } | { readonly table: CaseTable };

interface CasesPlan {
  readonly source: CaseSource;
  /** Values that add up over cases. */
  readonly summed: readonly string[];
  readonly words: ScoredWords;
}

/** `locate` makes the note's paths absolute; a path in its place is the data that is read instead of the note's. */
export function caseSourceOf(
  facts: DataFacts,
  declarations: readonly FeatureDeclaration[],
  words: ScoredWords,
  locate: string | ((path: string) => string),
): CaseSource {
  const { source } = facts;
  if (typeof locate !== "string" && (source === undefined || source.format === "simulated")) {
    const { members, items, days } = source ?? {};
    const [people = 800, things = 60, span = 70] = [members, items, days].map((it) => it && Math.round(it.value));
    checkWorldSize({ people: ["members", people], things: ["items", things], days: span });
    return { world: { people, things, days: span } };
  }
  return { table: caseTableOf(facts, declarations, words, typeof locate === "string" ? () => locate : locate) };
}

/** `fingerprint` covers the contents of the source's files; the folder they lie in is no part of the stage's key. */
export function casesStage({ source, ...rest }: CasesPlan, fingerprint: string): Stage {
  const paths = "table" in source ? namedPaths("source", source.table.path) : {};
  return stage({
    name: CASES_STAGE,
    step: 3,
    title: `reading ${describeCases(source)}`,
    inputs: [],
    data: { fingerprint, paths },
    plan: { source: "table" in source ? withPaths(source.table, fileName) : source, ...rest },
    run: openCases,
  });
}

/** The source in a few words. */
export function describeCases(source: CaseSource): string {
  if ("world" in source) return "a simulated world of clicks";
  const { path } = source.table;
  return describePaths((typeof path === "string" ? [path] : path).map(fileName));
}

function withPaths(table: CaseTable, change: (path: string, name: string) => string): CaseSource {
  return { table: { ...table, path: mapPaths("source", table.path, change) } };
}

async function openCases(
  { source, summed, words }: CasesPlan,
  { paths, environment, random }: Pick<StageContext, "paths" | "environment" | "random">,
): Promise<StageResult> {
  const placed = "table" in source ? withPaths(source.table, (path, name) => paths[name] ?? path) : source;
  const { repairs, ...cases } =
    "table" in placed ? await readCases(environment, placed.table) : simulateClicks(placed.world, random);
  const { time, label } = cases;
  const positives = label.reduce((sum, one) => sum + one, 0);
  const last = time[time.length - 1];
  const add = (name: string, value: number, unit: string) => figure({ step: 3, name, subject: "data", value, unit });
  return stageResult({
    ...scoredTaskToStored({ ...cases, summed, leaves: "", words }),
    figures: [
      add(words.cases, time.length, words.cases),
      ...[...cases.entities].map(([name, { count }]) => ({
        ...add(`${name}s`, count, `${name}s`),
        ...(PEOPLE.includes(name) ? { stated: "users" as const } : {}),
      })),
      add(words.positives, positives, words.cases),
      add(`${words.positive} share`, positives / time.length, "share"),
      add("history", (last - time[0]) / DAY, "d"),
    ],
    remarks: [
      {
        kind: "answer",
        text: `${describeCases(source)}: ${formatNumber(time.length)} ${words.cases} from ${dayText(dayNumber(time[0]))} to ${dayText(dayNumber(last))}, ${formatNumber((positives / time.length) * 100, 3)}% of them a ${words.positive}.`,
      },
      ...repairs.map(({ count, description }): Remark => ({ kind: "repair", text: `${count} rows: ${description}` })),
    ],
  });
}
