/** Score sheets of interviews that people hold, as the studio serves them: begun, filled, kept as files, two of them compared. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { newRecordId } from "../../node/history-folder.ts";
import { readProblem, readSheet } from "../../node/problem-files.ts";
import { projectPath } from "../../node/project-path.ts";
import { DIMENSION_NAMES, DIMENSIONS, GRADE_NAMES } from "../../practice/interview/dimension.ts";
import { renderInterviewerView, writeAgreement } from "../../practice/interview/render-interview.ts";
import { compareSheets, emptySheet, type Sheet, sheetSchema, writeSheet } from "../../practice/interview/sheet.ts";
import type { StudioProject } from "./studio-project.ts";

/** As we name them: a problem and an id. */
const NAME = /^[a-z0-9-]{1,160}$/u;
const name = z.string().regex(NAME, { message: "there is no sheet of this name" });
export const sheetNameSchema = z.object({ name });
/** `seen` is the version that the page began from. */
export const saveSheetSchema = z.strictObject({ name, sheet: sheetSchema, seen: z.string().max(64) });
export const comparedSchema = z.object({ a: name, b: name });

export type SheetDesk = ReturnType<typeof openSheetDesk>;

export function openSheetDesk({ root, now }: StudioProject) {
  const folder = join(root, "history", "sheets");
  const fileOf = (one: string): string => projectPath(root, join("history", "sheets", `${one}.yaml`));
  const read = (one: string): Sheet => readSheet(fileOf(one));
  const show = (one: string) => ({
    name: one,
    path: `history/sheets/${one}.yaml`,
    sheet: read(one),
    version: versionOf(readFileSync(fileOf(one), "utf8")),
  });
  return {
    /** The problem for the interviewer's eyes, what is graded, and the sheets that there are, the last changed first. */
    problem(problem: string) {
      const known = readProblem(problem);
      return {
        title: known.title,
        prompt: known.prompt.trim(),
        markdown: renderInterviewerView(known),
        grades: GRADE_NAMES,
        dimensions: DIMENSION_NAMES.map((one) => ({
          name: one,
          title: DIMENSIONS[one].title,
          anchors: DIMENSIONS[one].anchors,
        })),
        sheets: sheetsIn(folder).flatMap((one) => {
          const sheet = readable(() => read(one));
          if (sheet === undefined || sheet.problem !== problem) return [];
          const graded = Object.values(sheet.grades).filter(({ grade }) => grade !== null).length;
          const changed = statSync(fileOf(one)).mtime.toISOString();
          return [{ name: one, candidate: sheet.candidate, interviewer: sheet.interviewer, graded, changed }];
        }),
      };
    },
    begin(problem: string): { readonly name: string } {
      readProblem(problem);
      const one = `${problem}-${newRecordId(now())}`;
      writeFileAtomically(fileOf(one), writeSheet(emptySheet(problem)));
      return { name: one };
    },
    show,
    /** Written over what the page has seen alone; else what stands there is given back. The problem of a sheet stays what it was. */
    save({ name: one, sheet, seen }: z.output<typeof saveSheetSchema>) {
      const { problem } = read(one);
      if (sheet.problem !== problem)
        throw new FailureError({
          code: "other-problem",
          message: `this sheet is of the problem ${problem}`,
          where: one,
        });
      const text = writeSheet(sheet);
      const disk = show(one);
      if (disk.version !== seen && disk.version !== versionOf(text)) return { saved: false, disk } as const;
      writeFileAtomically(fileOf(one), text);
      return { saved: true, version: versionOf(text) } as const;
    },
    compare({ a, b }: z.output<typeof comparedSchema>) {
      const [one, two] = [read(a), read(b)];
      const agreement = compareSheets(one, two);
      const wordOf = (sheet: Sheet, dimension: string): string | null => {
        const grade = sheet.grades[dimension]?.grade;
        return typeof grade === "number" ? GRADE_NAMES[grade] : null;
      };
      return {
        ...writeAgreement(agreement),
        rows: DIMENSION_NAMES.map((dimension) => {
          const grades = agreement.both.find((pair) => pair.dimension === dimension)?.grades;
          return {
            title: DIMENSIONS[dimension].title,
            grades: [wordOf(one, dimension), wordOf(two, dimension)],
            gap: grades === undefined ? null : Math.abs(grades[0] - grades[1]),
          };
        }),
      };
    },
  };
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function sheetsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml") && NAME.test(file.slice(0, -5)))
    .map((file) => file.slice(0, -5))
    .toSorted((a, b) => statSync(join(folder, `${b}.yaml`)).mtimeMs - statSync(join(folder, `${a}.yaml`)).mtimeMs);
}

/** A sheet that somebody broke is left out of the list; opening it says what is wrong. */
function readable(readIt: () => Sheet): Sheet | undefined {
  try {
    return readIt();
  } catch {
    return undefined;
  }
}
