/** Plans a run of a design: whatever its kind or the machine cannot run is refused before anything is trained, at its place in the note. */

import { type Failure, FailureError, fail, type Outcome } from "../core/outcome.ts";
import { type Design, placeOf } from "../steps/design.ts";
import { checkNeeds } from "../system/need.ts";
import type { Kind, PlanRequest, RunPlan } from "./kind.ts";

/** The kind's plan. A refusal that is thrown on the way is a failure like one that is given back. */
export async function planRun(kind: Kind, request: PlanRequest): Promise<Outcome<RunPlan>> {
  try {
    const planned = await kind.plan(request);
    if (!planned.ok) return fail(inNote(planned.failure, request.design));
    const { load, needs = [] } = planned.value;
    checkNeeds([...(load === undefined ? [] : [load.need]), ...needs], request.machine);
    return planned;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return fail(inNote(error.failure, request.design));
  }
}

const SECTION = /^section (?<step>[1-7]), (?<key>[\w.-]+)$/u;
const PATH = /^[0-7]\./u;

/** A failure that names a fact of the note (`3.split.by`, `section 3, split`) with the line and column of that fact. */
export function inNote(failure: Failure, design: Design): Failure {
  const { at, where } = failure;
  if (at !== undefined || where === undefined) return failure;
  if (failure.code === "no-such-file") return missingFile(failure, where, design);
  const named = SECTION.exec(where)?.groups;
  const path = named === undefined ? where : `${named.step}.${named.key}`;
  return PATH.test(path) ? { ...failure, at: placeOf(design, path).value } : failure;
}

/** A file that the note names, with the place where it does and how its path was read. */
function missingFile(failure: Failure, where: string, design: Design): Failure {
  const last = (path: string): string => path.split(/[\\/]/u).at(-1) ?? "";
  const named = [...design.places]
    .filter(([path]) => /^3\.source\b/u.test(path))
    .map(([path, { start, end }]) => ({ path, written: design.text.slice(start, end).replaceAll(/^["']|["']$/gu, "") }))
    .filter(({ written }) => written !== "" && last(written) === last(where))
    // What holds it ends with it, too.
    .sort((a, b) => a.written.length - b.written.length)
    .at(0);
  if (named === undefined) return failure;
  return {
    ...failure,
    message: `${named.written} is not there`,
    at: placeOf(design, named.path).value,
    fix: `a path is read from the note's own folder: there it is ${where}`,
  };
}
