import fc from "fast-check";
import { expect, it } from "vitest";
import { guardFormula, readCsv, unguardFormula, writeCsv } from "./csv.ts";

it("reads back what it wrote, whatever the cells hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      expect(readCsv(writeCsv(rows))).toEqual(rows);
    }),
  );
});

it("quotes only what has to be, and ends rows with CRLF", () => {
  expect(
    writeCsv([
      ["a", 1, 'say "no"'],
      ["b,c", "d\ne", ""],
    ]),
  ).toBe('a,1,"say ""no"""\r\n"b,c","d\ne",\r\n');
});

it("reads rows with any line end, leaves empty ones out, and takes a quote inside a cell as it stands", () => {
  expect(readCsv("a,b\nc,d\re,f\r\n\r\n\ng,h")).toEqual([
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
    ["g", "h"],
  ]);
  expect(readCsv('a"b,"c"')).toEqual([['a"b', "c"]]);
  expect(readCsv("one\n,\n")).toEqual([["one"], ["", ""]]);
  expect(readCsv("")).toEqual([]);
});

it("makes text of what a spreadsheet would run, and takes that back", () => {
  for (const text of ["=1+1", "+1", "-1", "@x", "\t=1", "\r", "'=1"]) {
    expect(guardFormula(text)).toBe(`'${text}`);
    expect(unguardFormula(guardFormula(text))).toBe(text);
  }
  for (const text of ["1-1", "a=b", "'quoted'", ""]) {
    expect(guardFormula(text)).toBe(text);
    expect(unguardFormula(text)).toBe(text);
  }
});
