import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextCensus, TextDialect } from "./text-dialect.ts";
import { createRowReader, type RowReaderOptions } from "./text-rows.ts";

const COMMAS: TextDialect = { delimiter: ",", isBlank: false, quote: '"', escaper: '"', comment: "" };

function censusOf(text: string, dialect: TextDialect, options: RowReaderOptions, cuts: readonly number[]): TextCensus {
  const reader = createRowReader(dialect, options);
  const places = [0, ...[...cuts].sort((one, other) => one - other).map((cut) => cut % (text.length + 1)), text.length];
  const ordered = places.sort((one, other) => one - other);
  for (let at = 1; at < ordered.length; at++) reader.push(text.slice(ordered[at - 1], ordered[at]));
  return reader.end();
}

const pieces = fc.array(
  fc.constantFrom("a", "7.5", ",", ",", "\n", "\n", "\r\n", "\r", '"', '""', "#", " ", "\0", ";", '"b,c"', '"d\ne"'),
  { maxLength: 60 },
);
const dialects = fc.constantFrom<TextDialect>(
  COMMAS,
  { ...COMMAS, quote: "", escaper: "" },
  { ...COMMAS, delimiter: ";", comment: "#" },
  { ...COMMAS, delimiter: "\t" },
  { ...COMMAS, escaper: "\\" },
);

describe("a census of rows", () => {
  it("is the same whether cells are cut out or only counted, however the text comes in pieces", () => {
    fc.assert(
      fc.property(
        pieces,
        dialects,
        fc.array(fc.nat(500), { maxLength: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (parts, dialect, cuts, skip, hasHeader) => {
          const text = `x${dialect.delimiter}y\n${parts.join("")}`;
          // With a sink every row is cut into cells, one character at a time; without one, ordinary rows are only stepped over.
          const options = { skip, missing: ["a", "7", "#,"], hasHeader };
          const cut = censusOf(text, dialect, { ...options, sink: () => undefined }, cuts);
          expect(censusOf(text, dialect, { ...options, sink: () => "enough" }, cuts)).toEqual(cut);
          expect(censusOf(text, dialect, options, [])).toEqual(cut);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("leaves out as many lines at the beginning as it is told, and no more", () => {
    const { rows, broken } = censusOf("made by hand\n\na,b\n1,2\n3,4\n", COMMAS, { skip: 2 }, []);
    expect([rows, broken]).toEqual([3, 0]);
  });

  it("counts the line ends within a cell once each, of whichever form they are", () => {
    for (const end of ["\n", "\r\n", "\r"])
      expect(censusOf(`a,b\n"x${end}y${end}z",2\n3\n`, COMMAS, {}, []).firstBroken?.line, JSON.stringify(end)).toBe(5);
  });

  it("counts rows, and the line and column of the first that is not as the others", () => {
    const ordinary = "a,b\n1,2\n3,4\n";
    expect(censusOf(ordinary, COMMAS, {}, [])).toMatchObject({
      rows: 3,
      broken: 0,
      isPlain: true,
      endsWithReturn: false,
    });
    expect(censusOf(ordinary.replaceAll("\n", "\r\n"), COMMAS, {}, [5])).toMatchObject({
      ...{ rows: 3, broken: 0, isPlain: true, endsWithReturn: true },
    });
    expect(censusOf(`${ordinary}5,6,7\n8,9\n`, COMMAS, {}, [])).toMatchObject({
      ...{ rows: 4, broken: 1, isPlain: false },
      firstBroken: { line: 4, says: "the row has 3 cells where 2 are due" },
    });
    expect(censusOf(`${ordinary}5,6\0\n`, COMMAS, {}, []).firstBroken).toMatchObject({ line: 4, column: 4 });
    expect(censusOf(`${ordinary}\n5,6`, COMMAS, {}, [])).toMatchObject({ rows: 4, skipped: 1, broken: 0 });
    // Line ends of two kinds are no plain text.
    expect(censusOf(`${ordinary}5,6\r\n`, COMMAS, {}, [])).toMatchObject({ rows: 4, isPlain: false });
  });
});
