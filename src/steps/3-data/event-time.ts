/** Which data of a design carries the time of its events. */

import type { Design } from "../design.ts";

export interface EventTime {
  /** The source, as the note calls it. */
  readonly source: string;
  readonly column: string;
  readonly path: string;
}

/** Formats that carry a time of their own. */
const TIMED_FORMATS: readonly string[] = ["movielens", "simulated", "handbook-fraud"];

/** The first source with a time column; undefined where there is none or where the note says `none`. */
export function eventTimeOf({ data }: Design): EventTime | undefined {
  const i = data.sources?.findIndex(({ time }) => time !== undefined && time !== "none") ?? -1;
  const listed = i === -1 ? undefined : data.sources?.[i];
  if (listed?.time !== undefined) {
    return { source: listed.name ?? "a source", column: listed.time, path: `3.sources[${i}].time` };
  }
  if (data.time !== undefined) {
    return data.time === "none" ? undefined : { source: "the data", column: columnIn(data.time), path: "3.time" };
  }
  const format = data.source?.format;
  return format !== undefined && TIMED_FORMATS.includes(format)
    ? { source: `${format} data`, column: "a time", path: "3.source.format" }
    : undefined;
}

function columnIn(time: Exclude<Design["data"]["time"], undefined>): string {
  if (typeof time === "string") return time;
  return typeof time.column === "string" ? time.column : time.column.join(" and ");
}
