/** The system in a report. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runContextOf } from "../../note/run-context.ts";
import { parseDesign } from "../../steps/design.ts";
import { runContextSchema } from "../../system/run-context.ts";
import { systemFigure } from "./system-figure.ts";

function contextOf(path: string) {
  const { design } = parseDesign(readFileSync(path, "utf8"), path);
  if (design === undefined) throw new Error("the note is a design");
  return runContextSchema.parse(runContextOf(design));
}

test("a report draws the system as the note's facts have it, for a wide page and for a phone, and says what breaks", () => {
  const figure = systemFigure({ context: contextOf("designs/bad/movie-recommendations.md") });
  expect(figure.match(/class="system-svg"/gu)).toHaveLength(2);
  expect(figure.match(/class="box broken"/gu)).toHaveLength(2);
  expect(figure).toContain("The budgets exceed the p99 of 100 ms.");
  const widths = [...figure.matchAll(/class="system-svg"[^>]* width="(?<width>\d+)"/gu)].map(({ groups }) =>
    Number(groups?.width),
  );
  expect([widths[0] <= 744, widths[1] <= 328]).toEqual([true, true]);
});

test("a record of before there were drawings, and a note without stages, have none", () => {
  const { stated, estimates } = contextOf("designs/movie-recommendations.md");
  expect(systemFigure({ context: { stated, estimates } })).toBe("");
});
