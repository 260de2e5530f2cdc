/** Slices of scored cases: parts that an average hides, such as new units, other new entities, and bands of what is at stake. */

import { DAY } from "../../../core/day.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { pluralOf } from "../../../core/plural.ts";
import { type ScoredTask, stakesOf } from "../../3-data/scored-task.ts";

/** What of a task the names of its slices are made of. */
export interface SlicedShape {
  /** As reports call the units: `cards`. */
  readonly units: string;
  /** Names of the entities, the unit first: `customer`, `terminal`. */
  readonly entities: readonly string[];
  /** What is at stake: `amount`; absent where there is no money. */
  readonly stake?: string;
}

/** Picks rows of a task. */
export interface CaseSlice {
  readonly name: string;
  pick(task: ScoredTask, rows: Int32Array): Int32Array;
}

/** Days from its first case during which a unit or another entity is new. */
const NEW_DAYS = 30;
const BAND =
  /^(?<what>\S+) (?:(?:under|below) (?<under>\d+)|(?:over|above) (?<over>\d+)|(?:from )?(?<from>\d+) to (?<to>\d+))$/u;

/** The slice of that name; a failure lists what there is. */
export function caseSlice(name: string, { units, entities, stake }: SlicedShape): Outcome<CaseSlice> {
  const plain = name.trim().toLowerCase();
  const named = entities.map((entity, at) => (at === 0 ? units : pluralOf(entity)));
  const at = named.findIndex((one) => plain === `new ${one}`);
  if (at >= 0) return succeed({ name, pick: (task, rows) => pickNew(entities[at], task, rows) });
  const band = BAND.exec(plain)?.groups;
  if (stake !== undefined && band?.what === pluralOf(stake)) {
    const least = Number(band.over ?? band.from ?? Number.NEGATIVE_INFINITY);
    const most = Number(band.under ?? band.to ?? Number.POSITIVE_INFINITY);
    return succeed({ name, pick: (task, rows) => pickBand(task, rows, least, most) });
  }
  const bands =
    stake === undefined ? [] : ["under 50", "50 to 200", "over 200"].map((band) => `${pluralOf(stake)} ${band}`);
  const known = [...named.map((one) => `new ${one}`), ...bands].map((one) => `\`${one}\``);
  const last = known.pop() ?? "";
  return fail({
    code: "unknown-slice",
    message: `there is no slice \`${name}\``,
    fix: `use ${known.length === 0 ? "" : `${known.join(", ")} or `}${last}`,
  });
}

/** The shape of a task that is there. */
export function shapeOf({ words, entities, stake }: ScoredTask): SlicedShape {
  return { units: words.units, entities: [...entities.keys()], ...(stake === undefined ? {} : { stake }) };
}

function pickNew(entity: string, { entities, time }: ScoredTask, rows: Int32Array): Int32Array {
  const column = entities.get(entity);
  if (column === undefined) return new Int32Array(0);
  const first = new Float64Array(column.count).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < time.length; row++) {
    const key = column.rows[row];
    first[key] = Math.min(first[key], time[row]);
  }
  return rows.filter((row) => time[row] - first[column.rows[row]] < NEW_DAYS * DAY);
}

function pickBand(task: ScoredTask, rows: Int32Array, least: number, most: number): Int32Array {
  const stakes = stakesOf(task);
  return stakes === null ? new Int32Array(0) : rows.filter((row) => stakes[row] >= least && stakes[row] < most);
}
