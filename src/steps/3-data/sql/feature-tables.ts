/** The tables that compiled features read: what their columns are called, and which of them there are. */

import type { Measure } from "../features/event-stream.ts";

/** Events, one row each; and requests, what is asked, one row each. */
export const EVENTS = "heptad_events";
export const REQUESTS = "heptad_requests";

/** Seconds since 1970 of an event or a request, a DOUBLE that is never NULL. */
export const MOMENT = "moment";
/** When the label of an event was known, a DOUBLE; NULL where it never was. */
export const KNOWN_AT = "known_at";
/** 1 where `count()` without a measure counts the event. */
export const COUNTED = "counted";

/** The column of an entity's keys in events and requests; NULL where the row is about nobody. */
export function keyColumn(entity: string): string {
  return `key_${entity}`;
}

/** 1 where an event has the measure. */
export function maskColumn(measure: string): string {
  return `is_${measure}`;
}

/** The measure's value in whole units of 2^-20. */
export function unitsColumn(measure: string): string {
  return `units_${measure}`;
}

/** A number that is known of a request, or of an entity in its own table, as a DOUBLE; NULL where it is missing. */
export function factColumn(name: string): string {
  return `fact_${name}`;
}

/** The table of an entity whose keys are lists: columns `list` and `key`, a row for each key in it. */
export function listTable(entity: string): string {
  return `heptad_list_${entity}`;
}

/** The table of what is known of an entity: `key` and its facts. */
export function factTable(entity: string): string {
  return `heptad_facts_${entity}`;
}

/** What the tables hold, as the features' compiler needs to know it. */
export interface FeatureTables {
  /** By name; `isList` where a row's key stands for several. */
  readonly entities: ReadonlyMap<string, { readonly isList: boolean }>;
  readonly measures: ReadonlyMap<
    string,
    Pick<Measure, "per" | "isBinary"> & { readonly hasMask: boolean; readonly hasUnits: boolean }
  >;
  /** Whether events say which of them count. */
  readonly hasCounted: boolean;
  /** The measure that is known at `known_at`; absent where all is known at once. */
  readonly arrival?: string;
  /** Facts by entity; those of the request's own row lie on the request. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** The entity that is the request itself. */
  readonly own?: string;
  /** Whether a request without a key has no value, instead of that of nobody. */
  readonly isMissingWithoutKey: boolean;
}
