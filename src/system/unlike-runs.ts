/** Why the figures of two runs cannot be held against each other, as their records say: other data, another split, another metric. */

import type { RunRecord } from "./run-record.ts";

type Compared = Pick<RunRecord, "data" | "seed" | "facts" | "evaluation">;

/** One sentence's part a reason; none where the records name none. */
export function unlikeRuns(before: Compared, after: Compared): readonly string[] {
  return [
    ...unlikeData(before, after),
    ...unlikeFacts(before, after, SPLIT, "the split differs"),
    ...unlikeMetric(before, after),
  ];
}

/** Why they read different data; empty where they read the same, as far as their records say. */
export function unlikeData(before: Compared, after: Compared): string[] {
  const [a, b] = [before.data, after.data];
  if (a.source !== b.source) return [`they read different data: ${a.source}, and ${b.source}`];
  // Absent in the records of worlds that were kept before those had one: nothing is known then.
  const isOther = a.fingerprint !== b.fingerprint && a.fingerprint !== "" && b.fingerprint !== "";
  const changed = isOther ? [`they read different data: what ${a.source} holds has changed`] : [];
  if (!a.simulated) return changed;
  // What a simulated world is made from says more than that it differs.
  const made = [
    ...(before.seed === after.seed
      ? []
      : [`they read different data: worlds simulated from seed ${before.seed}, and from seed ${after.seed}`]),
    ...unlikeFacts(before, after, WORLD, "they read different data: the simulated world differs"),
  ];
  return made.length > 0 ? made : changed;
}

function unlikeMetric(before: Compared, after: Compared): string[] {
  const [a, b] = [before.evaluation?.metric, after.evaluation?.metric];
  return a === undefined || b === undefined || a === b ? [] : [`they decide by different metrics: ${a}, and ${b}`];
}

const SPLIT = /^3\.split\.(?!rows$)/u;
const WORLD = /^3\.source\./u;

/** Nothing where one of them was kept without its facts, as records of earlier versions are. */
function unlikeFacts({ facts: a }: Compared, { facts: b }: Compared, keys: RegExp, says: string): string[] {
  if (a === undefined || b === undefined) return [];
  const differing = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => keys.test(key) && a[key] !== b[key],
  );
  if (differing.length === 0) return [];
  const told = differing
    .slice(0, MOST_TOLD)
    .map((key) => `\`${key.slice("3.".length)}\` ${a[key] ?? "not stated"}, and ${b[key] ?? "not stated"}`);
  const rest = differing.length > MOST_TOLD ? `; and ${differing.length - MOST_TOLD} more` : "";
  return [`${says}: ${told.join("; ")}${rest}`];
}

const MOST_TOLD = 3;
