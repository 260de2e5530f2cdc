/** Facts that an import or a draft has proposed and nobody has accepted: their lines end in a comment that begins with `proposed`. */

import type { FactPlace } from "../design/fact-tree.ts";
import { PROPOSED_MARK } from "../design/proposed-mark.ts";
import { endOfLine, startOfLine } from "../design/text-lines.ts";
import type { Design } from "../steps/design.ts";

export interface ProposedFacts {
  /** Paths of the facts on those lines, as in `places`. */
  readonly paths: ReadonlySet<string>;
  /** Whether a fact, or what it is a part of, or a part of it, is proposed. A fact that is absent is what it would be a part of. */
  has(path: string): boolean;
  /** The same of a place in the note. */
  covers(place: FactPlace): boolean;
}

/** Whoever accepts a fact deletes the mark, or writes another value. */
export function proposedFacts({ text, sections, places }: Pick<Design, "text" | "sections" | "places">): ProposedFacts {
  const marks = sections.flatMap(({ facts }) => (facts === undefined ? [] : marksIn(text, facts.span)));
  if (marks.length === 0) return { paths: new Set(), has: () => false, covers: () => false };
  const paths = new Set<string>();
  for (const mark of marks) {
    const [from, to] = [startOfLine(text, mark), endOfLine(text, mark)];
    const here = [...places].filter(([, { key }]) => key.start >= from && key.start < to);
    // A number sign in a text is part of it.
    const isInText = here.some(([, one]) => one.start <= mark && mark < one.end && one.end <= to);
    if (isInText) continue;
    // Of a fact of several lines that holds another on this one, only that other is meant.
    const isMeant = (one: FactPlace): boolean =>
      one.end <= to || here.every(([, inner]) => inner === one || inner.start < one.start || inner.end > one.end);
    for (const [path, one] of here) if (one.key.start < mark && isMeant(one)) paths.add(path);
  }
  const marked = [...paths].flatMap((path) => places.get(path) ?? []);
  const isWithin = (place: FactPlace): boolean =>
    marked.some((one) => one.key.start <= place.key.start && place.end <= one.end);
  const covers = (place: FactPlace): boolean =>
    isWithin(place) || marked.some((one) => place.start <= one.key.start && one.end <= place.end);
  return {
    paths,
    covers,
    has(path) {
      const whole = places.get(path);
      if (whole !== undefined) return covers(whole);
      const above = places.get(nearestPath(places, path) ?? "");
      return above !== undefined && isWithin(above);
    },
  };
}

/** Whether the note holds the fact, itself or in the short form of what it is a part of: `users: 2M` holds `users.daily`, `users: { total: 5M }` does not. */
export function isHeld(places: Design["places"], path: string): boolean {
  const held = nearestPath(places, path);
  return (
    held === path || (held !== undefined && ![...places.keys()].some((one) => one !== held && isPartOf(one, held)))
  );
}

/** Without those that are a part of another of them. */
export function outermost(paths: ReadonlySet<string>): string[] {
  return [...paths].filter((path) => ![...paths].some((one) => one !== path && isPartOf(path, one)));
}

/** Whether a path is another or lies within it. */
export function isPartOf(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);
}

function marksIn(
  text: string,
  { start, end }: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } },
): number[] {
  const source = text.slice(start.offset, end.offset);
  return [...source.matchAll(PROPOSED_MARK)].map(({ index }) => start.offset + index);
}

/** The path itself, or the nearest one above it, that the note holds. */
function nearestPath(places: Design["places"], path: string): string | undefined {
  for (let at = path; at !== ""; at = at.replace(/(?:\.[^.[\]]+|\[\d+\])$|^[^.[\]]+$/u, "")) {
    if (places.has(at)) return at;
  }
  return undefined;
}
