/** The place of a fact in the note, by its path; the nearest enclosing fact or section where it is absent. */

import type { FactPlace } from "./facts.ts";
import type { NoteSection } from "./sections.ts";

/** What a place is looked up in: every design has these. */
export interface Located {
  readonly file: string;
  readonly sections: readonly NoteSection[];
  /** Places by path, the step first: `4.stages[0].factors`, `0.system` for the front matter. */
  readonly places: ReadonlyMap<string, FactPlace>;
}

/** The fact's own place, else that of what encloses it, else its section's heading, else the top of the file. */
export function placeOf(design: Located, path: string): FactPlace {
  let at = path;
  for (;;) {
    const place = design.places.get(at);
    if (place !== undefined) return place;
    const shorter = at.replace(/(?:\.[^.[\]]+|\[\d+\])$/u, "");
    if (shorter === at) break;
    at = shorter;
  }
  const section = design.sections.find((one) => one.step === Number(path.split(".")[0]));
  const start = { line: 1, column: 1, offset: 0 };
  const span = section?.heading ?? { file: design.file, start, end: start };
  return { key: span, value: span };
}
