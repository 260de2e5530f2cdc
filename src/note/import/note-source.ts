/** A note that is imported: its parts, what stands before and around them, which design each belongs to, and what that is called. */

import type { StepNumber } from "../../core/figure.ts";
import type { ProseHeading } from "../../design/prose-heading.ts";
import { readProseOutline } from "../../design/prose-outline.ts";
import { isOfPairs } from "../../review/prose-forms.ts";
import { type HeadingMap, type ProsePart, placeParts, stepsOfWords } from "../../review/prose-placement.ts";
import { PROSE_STEPS } from "../prose-steps.ts";
import { firstLineFrom, textOfNote } from "./note-text.ts";

/** A note as somebody wrote it. */
export interface ForeignNote {
  readonly file: string;
  readonly text: string;
}

export interface ImportOptions {
  readonly map?: HeadingMap;
  /** In a folder of one file a step the title, or the name of the file, names the step. */
  readonly titleNamesStep?: boolean;
  /** In place of the notes' own. */
  readonly title?: string;
}

/** A heading and where its words went. */
export interface PlacedHeading {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly steps: readonly StepNumber[];
  /** `file`: the heading names no step, and the name of its file does. */
  readonly how: ProsePart["how"] | "file";
}

export interface Source {
  readonly note: ForeignNote;
  /** Front matter to the letter, with its fences. */
  readonly front: string;
  /** What stands before the first heading. */
  readonly lead: string;
  readonly leadEnd: number;
  readonly parts: readonly ProsePart[];
  /** By the name of the file, for a file without headings of its own. */
  readonly fileSteps: readonly StepNumber[];
}

export function readSource(note: ForeignNote, options: ImportOptions): Source {
  const outline = readProseOutline(note.text);
  const start = outline.front?.end ?? 0;
  const opensFolder = options.titleNamesStep === true && OPENING.test(note.file);
  const parts = placeParts(note.text, outline, PROSE_STEPS, options).map((part, i) =>
    opensFolder && i === 0 && isTitleOfFolder(part) ? { ...part, how: "title" as const } : part,
  );
  const leadEnd = parts[0]?.heading.start ?? note.text.length;
  return {
    note,
    front: note.text.slice(0, start),
    lead: note.text.slice(start, leadEnd),
    leadEnd,
    parts,
    fileSteps: options.titleNamesStep === true ? stepsOfFile(note.file, options.map) : [],
  };
}

/** `02-data_collection.md` speaks of step 3. */
export function stepsOfFile(file: string, map?: HeadingMap): StepNumber[] {
  const words = (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.[^.]*$/u, "").replaceAll(/[-_]+/gu, " ");
  return stepsOfWords(words, PROSE_STEPS, map);
}

/** What the first heading of a file says of its step, as `# Part 2: data` does where the file is called `2.md`. */
export function stepsOfTitle({ text }: ForeignNote, map?: HeadingMap): StepNumber[] {
  const first = readProseOutline(text).headings.find((one) => opensFile(one));
  return first === undefined ? [] : stepsOfWords(first.text, PROSE_STEPS, map);
}

/** Whether a heading may name a whole file: no item, no question, no row, and no bold words before a text. */
function opensFile(heading: ProseHeading): boolean {
  return heading.form !== "item" && heading.isRunIn !== true && !isOfPairs(heading);
}

export interface SourcesOfDesign {
  readonly title: string;
  readonly sources: readonly Source[];
}

/** The designs of one file: one, or one for each title. */
export function designsOf(source: Source): SourcesOfDesign[] {
  const { note, parts } = source;
  const byDesign: ProsePart[][] = [[]];
  for (const part of parts) {
    const own = byDesign[part.design];
    if (own === undefined) byDesign.push([part]);
    else own.push(part);
  }
  return byDesign.map((own, i) => {
    const start = own[0]?.heading.start ?? note.text.length;
    const first = i === 0 ? source : { ...source, front: "", lead: "", leadEnd: start };
    const title = own.findLast(({ how }) => how === "title")?.heading.text ?? "";
    const named = i === 0 && title === "" ? frontTitle(source.front) || leadTitle(source.lead) : title;
    return { title: named === "" ? fileTitle(note.file) : named, sources: [{ ...first, parts: own }] };
  });
}

/** `title:` of front matter, as blogs and vaults write it, or `title = ` in TOML. */
function frontTitle(front: string): string {
  const written = /^title[ \t]*[:=][ \t]*(?<words>\S.*)$/mu.exec(front)?.groups?.words ?? "";
  return written.trim().replace(/^(?<quote>["'])(?<inside>.*)\k<quote>$/u, "$<inside>");
}

/** What stands alone before the first heading as a title does: one short line that begins with a letter, and is no sentence and no field. */
export function leadTitle(lead: string): string {
  const line = lead.replace(/^\ufeff/u, "").trim();
  return line.length <= LONGEST_TITLE && /^\p{Lu}[^\r\n:;<>|`*_[\]]*[\p{L}\p{N})?]$/u.test(line) ? line : "";
}

const LONGEST_TITLE = 80;

function fileTitle(file: string): string {
  const words = (file.split(/[\\/]/u).at(-1) ?? file)
    .replace(/\.[^.]*$/u, "")
    .replaceAll(/[-_\s]+/gu, " ")
    .trim();
  return words === "" ? "Design" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The file that opens a folder. */
const OPENING = /(?:^|[\\/])(?:readme|index)\.[^.\\/]+$/iu;

function isTitleOfFolder({ heading, steps, how }: ProsePart): boolean {
  const isFree = how === "title" || how === "unknown";
  return isFree && steps.length === 0 && heading.depth === 1 && !/^(?:readme|index)$/iu.test(heading.text.trim());
}

/** The first heading of the file that opens the folder, else the folder's name. */
export function folderTitle(sources: readonly Source[]): string {
  const opening = sources.find(({ note }) => OPENING.test(note.file));
  const [first] = opening?.parts ?? [];
  if (first !== undefined && isTitleOfFolder(first)) return first.heading.text;
  return fileTitle(`${(sources[0]?.note.file ?? "").split(/[\\/]/u).at(-2) ?? "design"}.md`);
}

export function wholeText({ note, front, lead, leadEnd, parts }: Source): string {
  const end = parts.at(-1)?.body.end ?? leadEnd;
  return front + lead + note.text.slice(leadEnd, end);
}

/** Where a part goes, for what is written as for what is shown: by its heading, else by the name of its file. */
export function placeOf(
  { heading, steps, how }: ProsePart,
  fileSteps: readonly StepNumber[],
): Pick<PlacedHeading, "steps" | "how"> {
  const isOpen = steps.length === 0 && (how !== "beside" || heading.text === "");
  if (!isOpen || fileSteps.length === 0) return { steps, how };
  return { steps: fileSteps, how: how === "unknown" || how === "title" ? "file" : how };
}

export function headingsOf(sources: readonly Source[]): PlacedHeading[] {
  return sources.flatMap(({ note, parts, fileSteps }) => {
    const { lines } = textOfNote(note);
    return parts.flatMap((part) => {
      const { heading } = part;
      if (heading.text === "") return [];
      return [
        {
          file: note.file,
          line: firstLineFrom(lines, heading.start + 1),
          text: heading.text,
          ...placeOf(part, fileSteps),
        },
      ];
    });
  });
}
