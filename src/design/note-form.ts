/** What a note is made of: the schema of its front matter and of each numbered section. The engines are given one. */

import type { z } from "zod";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { type NoteStructure, readStructure, type YamlBlock } from "./sections.ts";

export interface SectionForm {
  /** From 1, in order. */
  readonly number: number;
  readonly name: string;
  /** The usual words of its heading. */
  readonly title: string;
  readonly schema: z.ZodType;
}

export interface NoteForm {
  readonly front: z.ZodType;
  readonly sections: readonly SectionForm[];
}

/** The section that a path begins with, and the rest of the path. */
export interface Addressed {
  readonly structure: NoteStructure;
  /** 0 for the front matter. */
  readonly number: number;
  readonly schema: z.ZodType;
  /** Undefined where the section holds no facts yet. */
  readonly block: YamlBlock | undefined;
  readonly rest: string;
}

/** Sections are addressed by number or name: `4.stages` or `model.stages`; `0` or `front` is the front matter. */
export function addressSection(text: string, path: string, form: NoteForm): Outcome<Addressed> {
  const structure = readStructure(
    text,
    "",
    form.sections.map((section) => section.title),
  );
  const [head] = path.split(".", 1);
  const rest = path.slice(head.length + 1);
  if (head === "0" || head === "front") {
    if (structure.front === undefined)
      return fail({ code: "no-such-section", message: "the note has no front matter", where: path });
    return succeed({ structure, number: 0, schema: form.front, block: structure.front, rest });
  }
  const section = form.sections.find(({ number, name }) => String(number) === head || name === head);
  if (section === undefined) {
    const known = form.sections.map(({ number, name }) => `${number} (${name})`).join(", ");
    const message = `\`${head.slice(0, 60)}\` is no section`;
    return fail({ code: "no-such-section", message, where: path, fix: `a path begins with one of ${known}` });
  }
  const { number, title, schema } = section;
  const written = structure.sections.find((one) => one.step === number);
  if (written === undefined) {
    const message = `the note has no section ${number}`;
    return fail({ code: "no-such-section", message, where: path, fix: `add a heading \`## ${number}. ${title}\`` });
  }
  return succeed({ structure, number, schema, block: written.facts, rest });
}
