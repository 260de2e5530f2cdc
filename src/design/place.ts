/** The place of a fact in the note, by its path; the nearest enclosing fact or section where it is absent. */

import type { Span } from "../core/span.ts";
import type { FactNode, FactPlace } from "./fact-tree.ts";
import type { Locate } from "./locate.ts";
import type { NoteSection } from "./sections.ts";

/** What a place is looked up in: every design has these. */
export interface Located {
  readonly file: string;
  readonly sections: readonly NoteSection[];
  /** Places by path, the step first: `4.stages[0].factors`, `0.system` for the front matter. */
  readonly places: ReadonlyMap<string, FactPlace>;
  /** Turns an offset of the file into a place: of hundreds of facts few are ever pointed at. */
  readonly spanAt: Locate;
}

/** The places of a fact's key and of its value. List elements have no key of their own. */
export interface PlacedFact {
  readonly key: Span;
  readonly value: Span;
}

/** The fact's own place, else that of what encloses it, else its section's heading, else the top of the file. */
export function placeOf(design: Located, path: string): PlacedFact {
  let at = path;
  for (;;) {
    const place = design.places.get(at);
    if (place !== undefined) {
      const { key } = place;
      return { key: design.spanAt(key.start, key.end), value: design.spanAt(place.start, place.end) };
    }
    const shorter = at.replace(/(?:\.[^.[\]]+|\[\d+\])$/u, "");
    if (shorter === at) break;
    at = shorter;
  }
  const section = design.sections.find((one) => one.step === Number(path.split(".")[0]));
  const start = { line: 1, column: 1, offset: 0 };
  const span = section?.heading ?? { file: design.file, start, end: start };
  return { key: span, value: span };
}

/** Enters every fact below a node under its path; the node itself, a section's whole block, has none. */
export function addPlaces(places: Map<string, FactPlace>, node: FactNode, path: string): void {
  const add = (one: FactNode, at: string): void => {
    places.set(at, one);
    addPlaces(places, one, at);
  };
  for (const [key, one] of node.entries ?? []) add(one, `${path}.${key}`);
  for (const [i, one] of (node.items ?? []).entries()) add(one, `${path}[${i}]`);
}
