/** The split that a design needs for its time and its entities together, so that rules on one line propose one thing. */

import type { Design } from "../design.ts";
import { eventTimeOf } from "./event-time.ts";

export interface SplitAdvice {
  readonly by: "time" | "group" | "group-and-time";
  /** The entity to be kept on one side. */
  readonly group: string | undefined;
}

/** By time where events have one; by an entity too where the model must serve new ones and rows of one repeat. */
export function splitAdvice(design: Design): SplitAdvice {
  const { entities = [], split } = design.data;
  const isTimed = eventTimeOf(design) !== undefined || design.frame.task === "forecasting";
  const repeated = entities.find(({ rows }) => (rows?.value ?? 0) >= 2)?.key;
  const group = repeated !== undefined && (split?.for === "new" || !isTimed) ? repeated : undefined;
  if (group === undefined) return { by: "time", group };
  return { by: isTimed ? "group-and-time" : "group", group };
}
