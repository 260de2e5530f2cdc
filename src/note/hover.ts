/** What is said of the place under the pointer: the meaning of the key, and the page of each rule that marks it. */

import { describeKeys } from "../design/schema-keys.ts";
import { explainRule } from "../review/explain.ts";
import { explainNoteCode, NOTE_CODES } from "../review/note-codes.ts";
import type { Review } from "../review/review.ts";
import type { Design } from "../steps/design.ts";
import { REFERENCES } from "../steps/references.ts";
import { schemaOf } from "./complete.ts";
import { RULES } from "./rules.gen.ts";

/** Markdown; undefined where there is nothing to say. */
export function hoverAt(design: Design | undefined, review: Review | undefined, offset: number): string | undefined {
  const holds = (start: number, end: number): boolean => start <= offset && offset <= end;
  // An element of a list has no key of its own: its key is its value.
  const key = [...(design?.places ?? [])].find(
    ([, place]) => holds(place.key.start, place.key.end) && place.key.start !== place.start,
  )?.[0];
  const marking = new Set(
    (review?.findings ?? []).filter(({ at }) => holds(at.start.offset, at.end.offset)).map(({ code }) => code),
  );
  const pages = [
    ...NOTE_CODES.filter(({ code }) => marking.has(code)).map(explainNoteCode),
    ...RULES.filter(({ code }) => marking.has(code)).map((rule) => explainRule(rule, REFERENCES)),
  ];
  const parts = [...(key === undefined ? [] : describe(key)), ...pages];
  return parts.length === 0 ? undefined : parts.join("\n\n---\n\n");
}

function describe(path: string): string[] {
  const schema = schemaOf(Number(path.split(".")[0]));
  if (schema === undefined) return [];
  const wanted = path.slice(2).replaceAll(/\[\d+\]/gu, "[]");
  const keys = describeKeys(schema);
  const known =
    keys.find((one) => one.path === wanted) ?? keys.find((one) => one.path === wanted.replace(/\.[^.]+$/u, ".*"));
  if (known === undefined) return [];
  const example = known.example === "" ? "" : `\n\nWritten like \`${known.example}\`.`;
  return [`**${wanted}**: ${known.kind}\n\n${known.description}${example}`];
}
