/** The stage that reads a plain table of cases into a scored task, and what is said of cases once they are there. */

import { DAY, dayNumber, dayText } from "../../../core/day.ts";
import { figure } from "../../../core/figure.ts";
import { fileName } from "../../../core/file-name.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { pluralOf } from "../../../core/plural.ts";
import { plural } from "../../../review/words.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { type ScoredTask, type ScoredWords, scoredTaskToStored } from "../scored-task.ts";
import { type Cases, type CaseTable, readCases } from "./scored-table.ts";
import { describePaths, mapPaths, namedPaths } from "./source-paths.ts";

/** A table and what its cases mean. Plain data. */
export type ScoredReading = {
  readonly table: CaseTable;
  /** Values that add up over cases. */
  readonly summed: readonly string[];
  /** The value that a positive case costs; null where there is no money in it. */
  readonly stake: string | null;
  readonly leaves: string;
  readonly words: ScoredWords;
  /** Names that entities have where they are the people whom step 1 counts. */
  readonly people: readonly string[];
  /** What else is to be said with the data. */
  readonly says: readonly string[];
};

/** `fingerprint` covers the contents of the files; the folder they lie in is no part of the stage's key. */
export function scoredTableStage(name: string, reading: ScoredReading, fingerprint: string): Stage {
  return stage({
    name,
    step: 3,
    title: `reading ${describeTable(reading.table)}`,
    inputs: [],
    data: { fingerprint, paths: namedPaths("source", reading.table.path) },
    plan: { ...reading, table: withTablePaths(reading.table, fileName) },
    run: readTable,
  });
}

/** The table in a few words. */
export function describeTable({ path }: Pick<CaseTable, "path">): string {
  return describePaths((typeof path === "string" ? [path] : path).map(fileName));
}

function withTablePaths(table: CaseTable, change: (path: string, name: string) => string): CaseTable {
  return { ...table, path: mapPaths("source", table.path, change) };
}

async function readTable(
  { table, says, ...rest }: ScoredReading,
  { paths, environment }: Pick<StageContext, "paths" | "environment">,
): Promise<StageResult> {
  const cases = await readCases(
    environment,
    withTablePaths(table, (path, name) => paths[name] ?? path),
  );
  return casesResult(describeTable(table), cases, { ...rest, says });
}

/** A scored task as a stage stores it, with its counts and what was mended. `from` names where the cases come from. */
export function casesResult(
  from: string,
  { repairs, readings, ...cases }: Cases,
  { summed, stake, leaves, words, people, says }: Omit<ScoredReading, "table">,
): StageResult {
  const { time, label } = cases;
  const positives = label.reduce((sum, one) => sum + one, 0);
  const last = time[time.length - 1];
  const add = (name: string, value: number, unit: string) => figure({ step: 3, name, subject: "data", value, unit });
  const task: ScoredTask = { ...cases, summed, leaves, words, ...(stake === null ? {} : { stake }) };
  return stageResult({
    ...scoredTaskToStored(task),
    figures: [
      add(words.cases, time.length, words.cases),
      ...[...cases.entities].map(([name, { count }]) => ({
        ...add(pluralOf(name), count, pluralOf(name)),
        ...(people.includes(name) ? { stated: "users" as const } : {}),
      })),
      add(words.positives, positives, words.cases),
      add(`${words.positive} share`, positives / time.length, "share"),
      ...(task.dealt === undefined ? [add("history", (last - time[0]) / DAY, "d")] : []),
    ],
    remarks: [
      {
        kind: "answer",
        text: `${from}: ${formatNumber(time.length)} ${words.cases}${task.dealt === undefined ? ` from ${dayText(dayNumber(time[0]))} to ${dayText(dayNumber(last))}` : ", without time"}, ${formatShare(positives / time.length)} of them ${words.labelled}.`,
      },
      ...readings.map((text): Remark => ({ kind: "assumption", text: `Read: ${text}.` })),
      ...repairs.map(
        ({ count, description }): Remark => ({ kind: "repair", text: `${plural(count, "row")}: ${description}` }),
      ),
      ...says.map((text): Remark => ({ kind: "assumption", text })),
    ],
  });
}
