/** Who was shown what and what they did then, as `heptad experiment analyze` reads it: a row an exposure with value 0, a row an outcome. */

import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { writeFileAtomically } from "../node/atomic-write.ts";

export interface ExposureLog {
  readonly path: string;
  /** Writes that a unit was shown an arm; a second time nothing is written. Whether it was the first time. */
  expose(unit: string, arm: string, moment: number): boolean;
  /** Writes what a unit did; nothing for one that was shown no arm. */
  outcome(unit: string, moment: number, value: number): void;
  /** Units that an arm was shown to. */
  count(arm: string): number;
  /** Settles once all that was written so far is kept; undefined where it is already. */
  written(): Promise<void> | undefined;
}

/** One in a file of its own. */
export interface ExposureFile extends ExposureLog {
  /** Whether the unit was shown an arm. */
  has(unit: string): boolean;
  /** Removes every row of a unit; gives their number. */
  forget(unit: string): number;
}

const HEADER = "unit,arm,time,value\n";

/** Opens the log as it stands; a last row that a kill has cut is cut off whole. */
export function openExposureLog(path: string): ExposureFile {
  if (!existsSync(path)) writeFileAtomically(path, HEADER);
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(path, end);
  const arms = new Map<string, string>();
  const counts = new Map<string, number>();
  const know = (unit: string, arm: string): void => {
    arms.set(unit, arm);
    counts.set(arm, (counts.get(arm) ?? 0) + 1);
  };
  for (const row of rowsOf(bytes.subarray(0, end).toString("utf8"))) if (!arms.has(row.unit)) know(row.unit, row.arm);
  const write = (unit: string, arm: string, moment: number, value: number): void =>
    appendFileSync(path, `${quoted(unit)},${arm},${moment},${value}\n`);
  return {
    path,
    expose(unit, arm, moment) {
      if (arms.has(unit)) return false;
      write(unit, arm, moment, 0);
      know(unit, arm);
      return true;
    },
    outcome(unit, moment, value) {
      const arm = arms.get(unit);
      if (arm !== undefined) write(unit, arm, moment, value);
    },
    count: (arm) => counts.get(arm) ?? 0,
    written: () => undefined,
    has: (unit) => arms.has(unit),
    forget(unit) {
      const arm = arms.get(unit);
      if (arm === undefined) return 0;
      const rows = [...rowsOf(readFileSync(path, "utf8"))];
      const kept = rows.filter((row) => row.unit !== unit);
      writeFileAtomically(path, HEADER + kept.map(({ text }) => `${text}\n`).join(""));
      arms.delete(unit);
      counts.set(arm, (counts.get(arm) ?? 1) - 1);
      return rows.length - kept.length;
    },
  };
}

interface Row {
  readonly unit: string;
  readonly arm: string;
  readonly text: string;
}

/** A unit's line breaks are written as spaces, so that a row is a line. */
function* rowsOf(text: string): Iterable<Row> {
  for (const line of text.slice(HEADER.length).split("\n")) {
    const found = /^(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^,]*)),(?<arm>[^,]*),/u.exec(line)?.groups;
    if (found === undefined) continue;
    yield { unit: found.quoted?.replaceAll('""', '"') ?? found.plain, arm: found.arm, text: line };
  }
}

function quoted(unit: string): string {
  const flat = unit.replaceAll(/[\r\n]/gu, " ");
  return /[",]|^[=+\-@]/u.test(flat) ? `"${flat.replaceAll('"', '""')}"` : flat;
}
