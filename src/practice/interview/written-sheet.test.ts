import { expect, it } from "vitest";
import { parse } from "yaml";
import { blankSheet, emptySheet, sheetSchema, writeSheet } from "./sheet.ts";

it("is read back as it was written, whatever stands in its texts", () => {
  const sheet = sheetSchema.parse({
    ...emptySheet("feed-ranking"),
    candidate: 'Ana "A." Ruiz: senior?',
    interviewer: "Ben # of three\nand a line",
    grades: { ...emptySheet("feed-ranking").grades, data: { grade: 2, evidence: "said: { split by time }, 'a gap'" } },
  });
  expect(sheetSchema.parse(parse(writeSheet(sheet)))).toEqual(sheet);
});

it("begins with no grade, which is not the grade 0", () => {
  const read = sheetSchema.parse(parse(blankSheet({ name: "feed-ranking" })));
  expect(read).toEqual(emptySheet("feed-ranking"));
  expect(Object.values(read.grades).map(({ grade }) => grade)).toEqual(Array.from({ length: 9 }, () => null));
});
