/** A note that says `status: draft` is reviewed only where it has begun, and what is not written yet is no error in it. */

import type { Design } from "../steps/design.ts";
import type { Hit } from "./rule.ts";

/** A status that cannot be read is one error; until it is mended nothing else is held against what is not written yet. */
export function isDraft({ front, refused }: Pick<Design, "front" | "refused">): boolean {
  return front.status === "draft" || refused.includes("0.status") || refused.includes("0");
}

/** The steps that a draft has not begun: no facts, and no words but comments. None of a note that is no draft. */
export function stepsNotBegun(design: Design): ReadonlySet<number> {
  if (!isDraft(design)) return new Set();
  const begun = new Set(
    design.sections
      .filter(({ facts, prose }) => holdsFacts(facts?.source) || holdsWords(prose))
      .map(({ step }) => step),
  );
  return new Set([1, 2, 3, 4, 5, 6, 7].filter((step) => !begun.has(step)));
}

/** Whether all that a finding asks for belongs to steps that are still to come. */
export function asksForLater(hit: Hit, later: ReadonlySet<number>): boolean {
  const lacks = hit.lacks ?? [];
  return lacks.length > 0 && lacks.every((path) => later.has(Number(path[0])));
}

function holdsFacts(source: string | undefined): boolean {
  return source !== undefined && /^\s*[^\s#]/mu.test(source);
}

function holdsWords(prose: string): boolean {
  return /[^\s]/u.test(prose.replaceAll(/<!--.*?-->/gsu, "").replaceAll(/^#{3,6}\s.*$/gmu, ""));
}
