/** A new note: a problem in a sentence becomes a draft with the seven headings, whose facts are then asked for one by one. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { plainLetters } from "../../core/plain-letters.ts";
import { writeValue } from "../../design/set-fact.ts";
import { placeForNote } from "../../node/notebook-notes.ts";
import { readReviewConfiguration } from "../../node/review-configuration.ts";
import { importNotes } from "../../note/import/import-note.ts";
import { isMeantAsDesign } from "../../note/meant-as-design.ts";
import { RULES } from "../../note/rules.gen.ts";
import { STEPS } from "../../steps/design.ts";
import type { StudioProject } from "./studio-project.ts";

export const newNoteSchema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  problem: z.string().trim().max(2000).default(""),
  /** A note to be imported, in place of a problem. */
  text: z
    .string()
    .max(2 ** 20)
    .optional(),
});

/** Writes the note where the review looks, under designs/ unless the settings mean other notes, and says where. */
export function newNote(
  { root, now }: StudioProject,
  { title, problem, text }: z.output<typeof newNoteSchema>,
  create: (path: string, text: string) => string,
): { readonly path: string; readonly version: string } {
  const slug = slugOf(title);
  const path = placeOf(root, slug);
  if (text === undefined)
    return { path, version: create(path, draft(title, problem, slug, now().toISOString().slice(0, 10))) };
  const [first, ...others] = designsIn(text, title, slug);
  const places: string[] = [];
  for (const { title: other } of others) places.push(nextPlace(root, `${slug}-${slugOf(other)}`, [path, ...places]));
  const taken = places.filter((place) => existsSync(join(root, place)));
  // All of them or none: half of a note in the folder would pass for all of it.
  if (taken.length > 0)
    throw new FailureError({
      code: "file-exists",
      message: `the note holds ${others.length + 1} designs, and ${taken.join(" and ")} would be written over: nothing was written`,
      fix: "choose another name",
    });
  const version = create(path, first.text);
  for (const [i, other] of others.entries()) create(places[i], other.text);
  return { path, version };
}

/** Designs of one title are told apart by a number. */
function nextPlace(root: string, slug: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const place = placeOf(root, number === 1 ? slug : `${slug}-${number}`);
    if (!taken.includes(place)) return place;
  }
}

/** As `heptad import` makes them: a design stays to the letter, and of another note every line is placed and facts are proposed. */
function designsIn(
  text: string,
  title: string,
  slug: string,
): readonly { readonly title: string; readonly text: string }[] {
  if (isMeantAsDesign(text)) return [{ title, text }];
  const note = { file: `${slug}.md`, text };
  const made = importNotes([note]);
  // Several designs in one note keep the titles that tell them apart.
  return made.length > 1 ? made : importNotes([note], { title });
}

function draft(title: string, problem: string, system: string, date: string): string {
  const sections = STEPS.map(({ number, title: heading }) => `## ${number}. ${heading}\n\n\`\`\`yaml\n\`\`\`\n`);
  const quoted = problem === "" ? "" : `${problem.replaceAll(/\s+/gu, " ")}\n\n`;
  const front = [
    "---",
    "heptad: 1",
    `title: ${writeValue(title)}`,
    `system: ${system}`,
    "status: draft",
    `date: ${date}`,
    "---",
  ];
  return `${front.join("\n")}\n\n# ${title.replaceAll(/\s+/gu, " ")}\n\n${quoted}${sections.join("\n")}`;
}

/** Settings that are wrong are said with each design; a new one is begun all the same. */
export function placeOf(root: string, slug: string): string {
  try {
    return placeForNote(readReviewConfiguration(root, RULES), slug, root);
  } catch (error) {
    if (error instanceof FailureError) return `designs/${slug}.md`;
    throw error;
  }
}

/** The name of a file for a title. */
export function slugOf(title: string): string {
  const slug = plainLetters(title)
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, 60);
  return slug === "" ? "design" : slug;
}
