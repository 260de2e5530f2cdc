/** A plain note: a text without front matter of ours and without one fact that is read, be it rich in YAML of its own. */

import { type Failure, FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import { isTableName } from "../core/table-name.ts";
import { type Design, parseDesign, STEPS } from "../steps/design.ts";
import { isMeantAsDesign } from "./meant-as-design.ts";

/** Front matter of ours, or one fact at least that is read: other people's front matter and their YAML of Kubernetes are neither. */
export function holdsFacts(design: Design): boolean {
  if (design.places.has("0.heptad") || design.places.has("0.system")) return true;
  return STEPS.some(({ name }) => Object.keys(design[name]).length > 0);
}

/** A design that has lost its front matter holds facts in its sections all the same. */
export function lacksFrontOnly(text: string): boolean {
  const design = underFront(text);
  return design !== undefined && holdsFacts(design);
}

/** A text as it would be read below front matter; undefined where it has one. */
function underFront(text: string): Design | undefined {
  if (/^---[ \t]*[\r\n]/u.test(text)) return undefined;
  return parseDesign(`---\ntitle: none\n---\n${text}`, "note.md").design;
}

/** Sections with facts from which on a text without front matter was a design: YAML of other tools rarely meets three. */
const FEWEST_SECTIONS = 3;

/** Whether a text that cannot be read as a design was one: to say of it that it holds no facts, and to read its prose, would pass over them. */
export function wasDesign(text: string): boolean {
  if (isMeantAsDesign(text)) return true;
  // Facts stand in blocks of YAML: a text without any is not read once more.
  const design = /^[ \t]*(?:`{3,}|~{3,})[ \t]*ya?ml/imu.test(text) ? underFront(text) : undefined;
  return (
    design !== undefined && STEPS.filter(({ name }) => Object.keys(design[name]).length > 0).length >= FEWEST_SECTIONS
  );
}

/** Why nothing is asked of the facts of a plain note: what it holds was never meant as ours, and its keys are no errors. Nothing for a design. */
export function plainNoteFailure(
  { text, file }: Pick<Design, "text" | "file">,
  design: Design | undefined,
  /** In place of the file's name, such as a file at a commit. */
  where = file,
): Failure | undefined {
  if (isMeantAsDesign(text) || (design === undefined ? lacksFrontOnly(text) : holdsFacts(design))) return undefined;
  return {
    code: "not-a-design",
    message: isTableName(file)
      ? `${where} is a file of data, not a note`
      : `${where} holds no facts of a design: it is a plain note`,
    where,
    fix: isTableName(file)
      ? `a note is drafted from it: heptad new NAME --data ${shellWord(file)}`
      : `heptad import ${shellWord(file)} makes a design note of it`,
  };
}

/** Throws for a plain note. */
export function refusePlainNote(
  note: Pick<Design, "text" | "file">,
  design: Design | undefined,
  where = note.file,
): void {
  const failure = plainNoteFailure(note, design, where);
  if (failure !== undefined) throw new FailureError(failure);
}
