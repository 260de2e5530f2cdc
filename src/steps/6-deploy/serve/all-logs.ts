/** What all logs of a state say of an event or a request together. */

import type { EventIdentity, Reason, Refusal, StateRequest } from "./state-event.ts";
import type { StateLog } from "./state-log.ts";

/** Everywhere or nowhere: an event that one of the logs should have and has not is not the one that is meant. */
export function faultOfPlace(logs: readonly StateLog[], event: EventIdentity, measure: string): Refusal | undefined {
  const found = logs.map((log) => log.find(event, measure));
  if (found.every((one) => one === "unused")) return undefined;
  return found.includes("missing") || !found.includes("here") ? "unknown-event" : undefined;
}

/** Of an event that has its place. Whether any value is another now. */
export function reviseAll(
  logs: readonly StateLog[],
  event: EventIdentity,
  print: number,
  measure: string,
  value: number,
): boolean {
  // Where no feature looks at the measure nothing remembers what it was.
  let isChanged = logs.every((log) => log.find(event, measure) === "unused");
  for (const log of logs)
    if (log.find(event, measure) === "here") isChanged = log.revise(event, print, measure, value) || isChanged;
  return isChanged;
}

/** Why a request cannot be answered; counts it where nobody knows whom it is about. */
export function askAll(
  logs: readonly StateLog[],
  request: StateRequest,
  counts: Record<Reason, number>,
): Refusal | undefined {
  let isKnown = true;
  for (const log of logs) {
    const answer = log.ask(request);
    if (answer === "not-exact") return "sum-not-exact";
    isKnown = isKnown && answer === "known";
  }
  if (!isKnown) counts["unknown-entity"]++;
  return undefined;
}
