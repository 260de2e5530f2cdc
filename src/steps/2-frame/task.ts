/** What a task implies: whether it learns from labels, and whether it orders things. */

import { domainOf } from "../1-clarify/domain.ts";
import type { Design } from "../design.ts";

const SUPERVISED: readonly string[] = [
  "ranking",
  "retrieval",
  "binary-classification",
  "multiclass",
  "multilabel",
  "regression",
  "forecasting",
  "detection",
];

/** Undefined where no task is stated. */
export function isSupervised({ frame }: Design): boolean | undefined {
  return frame.task === undefined ? undefined : SUPERVISED.includes(frame.task);
}

/** Ranking and retrieval: only the order matters. */
export function ordersThings({ frame }: Design): boolean {
  return frame.task === "ranking" || frame.task === "retrieval";
}

const RECOMMENDING: readonly string[] = ["recommendation", "search", "feed", "ads"];

/** Things are chosen for somebody out of a catalogue. Undefined where neither task nor field is known. */
export function choosesFromCatalogue(design: Design): boolean | undefined {
  const domain = domainOf(design);
  if (design.frame.task === undefined && domain === undefined) return undefined;
  return ordersThings(design) || RECOMMENDING.includes(domain ?? "");
}
