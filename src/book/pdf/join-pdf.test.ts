import { describe, expect, it } from "vitest";
import { joinPdf } from "./join-pdf.ts";
import { pageCount, readPart } from "./pdf-part.ts";
import { readPdfValue, writePdfValue } from "./pdf-value.ts";
import { fromLatin1, latin1, readPdf } from "./read-pdf.ts";

/** A PDF of the objects, numbered from 1; the last two are its information and its catalog. */
function pdf(...objects: readonly string[]): Uint8Array {
  let text = "%PDF-1.7\n";
  const places = objects.map((one, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${one}\nendobj\n`;
    return place;
  });
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n\r\n`).join("");
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f\r\n${rows}trailer\n<</Size ${objects.length + 1} /Root ${objects.length} 0 R /Info ${objects.length - 1} 0 R /ID [(a) (a)]>>\nstartxref\n${start}\n%%EOF\n`;
  return fromLatin1(text);
}

/** A page with one heading in the outline, one tagged link to `address` and one table head with its cell. */
function part(title: string, address: string): Uint8Array {
  return pdf(
    "<</Type /Pages /Count 1 /Kids [2 0 R]>>",
    "<</Type /Page /Parent 1 0 R /MediaBox [0 0 200 300] /StructParents 0 /Contents 3 0 R /Annots [4 0 R]>>",
    `<</Length ${title.length}>>\nstream\n${title}\nendstream`,
    `<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (${address})>> /StructParent 1 /Contents (${address})>>`,
    "<</Type /Outlines /First 6 0 R /Last 6 0 R /Count 1>>",
    `<</Parent 5 0 R /Title (${title}) /Dest [2 0 R /XYZ 0 290 0]>>`,
    "<</Type /StructTreeRoot /K [8 0 R] /RoleMap <</Em /Span>> /ParentTree <</Nums [0 12 0 R 1 9 0 R]>> /IDTree <</Names [(U1) 10 0 R]>> /ParentTreeNextKey 2>>",
    "<</Type /StructElem /S /Document /P 7 0 R /K [9 0 R 10 0 R 11 0 R]>>",
    "<</Type /StructElem /S /Link /P 8 0 R /K [0 <</Type /OBJR /Pg 2 0 R /Obj 4 0 R>>]>>",
    "<</Type /StructElem /S /TH /P 8 0 R /ID (U1) /K [1] /Pg 2 0 R>>",
    "<</Type /StructElem /S /TD /P 8 0 R /A [<</O /Table /Headers [(U1)]>>] /K [2] /Pg 2 0 R>>",
    "[9 0 R 10 0 R 11 0 R]",
    `<</Title (${title})>>`,
    "<</Type /Catalog /Pages 1 0 R /Outlines 5 0 R /StructTreeRoot 7 0 R>>",
  );
}

const PLACES = new Map([
  ["#one", { page: 1, below: 40 }],
  ["#two", { page: 2, below: 5 }],
]);
const join = (...depths: readonly number[]): Uint8Array =>
  joinPdf(
    depths.map((depth, i) => ({ bytes: part(`T${i}`, i === 0 ? "heptad:#two" : "heptad:#one"), depth })),
    (name) => PLACES.get(name),
  );

/** The value at the end of a path of keys and places from the catalog. */
function at(bytes: Uint8Array, ...path: readonly (string | number)[]): string {
  const file = readPdf(bytes);
  let value = file.trailer.of.get("Root");
  for (const step of path) {
    const target = value?.kind === "reference" ? file.object(value.to).value : value;
    value =
      target?.kind === "dictionary" && typeof step === "string"
        ? target.of.get(step)
        : target?.kind === "array" && typeof step === "number"
          ? target.of[step]
          : undefined;
  }
  const last = value?.kind === "reference" ? file.object(value.to).value : value;
  return last === undefined ? "" : writePdfValue(last);
}

describe("joining PDFs", () => {
  it("holds the pages of all parts in their order", () => {
    const whole = join(0, 1, 1);
    expect(pageCount(whole)).toBe(3);
    const file = readPdf(whole);
    const streams = file.numbers.flatMap((number) => {
      const { stream } = file.object(number);
      return stream === undefined ? [] : [latin1(stream, 0)];
    });
    expect(streams).toEqual(["T0", "T1", "T2"]);
    expect(at(whole, "Pages", "Kids", 2, "Parent", "Count")).toBe("3");
  });

  it("leads a link from one part to its place in another, a little above it, and says the page", () => {
    const whole = join(0, 0);
    const link = ["Pages", "Kids", 0, "Kids", 0, "Annots", 0] as const;
    const second = /\d+ 0 R/u.exec(at(whole, "Pages", "Kids", 1, "Kids"))?.[0];
    expect(at(whole, ...link, "Dest")).toBe(`[${second} /XYZ 0 300 0]`);
    expect(at(whole, ...link, "Contents")).toBe("(Page 2)");
    expect(at(whole, ...link, "A")).toBe("");
    expect(at(whole, "Pages", "Kids", 1, "Kids", 0, "Annots", 0, "Dest")).toContain("/XYZ 0 270 0");
  });

  it("leaves a link to an address as it is, and refuses one to a place that is not there", () => {
    const out = joinPdf([{ bytes: part("T", "https://a.org/(b)"), depth: 0 }], () => undefined);
    expect(at(out, "Pages", "Kids", 0, "Kids", 0, "Annots", 0, "A", "URI")).toBe("(https://a.org/(b))");
    expect(() => joinPdf([{ bytes: part("T", "heptad:#gone"), depth: 0 }], () => undefined)).toThrow("#gone");
  });

  it("hangs the headings of a deeper part below the last heading above them", () => {
    const whole = join(0, 1, 1, 0);
    expect(at(whole, "Outlines", "Count")).toBe("2");
    expect(at(whole, "Outlines", "First", "Title")).toBe("(T0)");
    expect(at(whole, "Outlines", "First", "Count")).toBe("-2");
    expect(at(whole, "Outlines", "First", "First", "Next", "Title")).toBe("(T2)");
    expect(at(whole, "Outlines", "First", "First", "Next", "Prev", "Parent", "Title")).toBe("(T0)");
    expect(at(whole, "Outlines", "Last", "Title")).toBe("(T3)");
    expect(at(whole, "Outlines", "Last", "Next")).toBe("");
  });

  it("tells the tags of the parts apart: keys of pages and links, and names of table heads", () => {
    const whole = join(0, 0);
    expect(at(whole, "Pages", "Kids", 1, "Kids", 0, "StructParents")).toBe("2");
    expect(at(whole, "Pages", "Kids", 1, "Kids", 0, "Annots", 0, "StructParent")).toBe("3");
    expect(at(whole, "StructTreeRoot", "ParentTree", "Nums", 6)).toBe("3");
    expect(at(whole, "StructTreeRoot", "ParentTree", "Nums", 7, "S")).toBe("/Link");
    expect(at(whole, "StructTreeRoot", "ParentTreeNextKey")).toBe("4");
    const second = ["StructTreeRoot", "K", 0, "K", 1] as const;
    expect(at(whole, ...second, "S")).toBe("/Part");
    expect(at(whole, ...second, "P", "S")).toBe("/Document");
    expect(at(whole, ...second, "K", 1, "ID")).toBe("(p1-U1)");
    expect(at(whole, ...second, "K", 2, "A", 0, "Headers", 0)).toBe("(p1-U1)");
    expect(at(whole, "StructTreeRoot", "IDTree", "Names", 2)).toBe("(p1-U1)");
    expect(at(whole, "StructTreeRoot", "IDTree", "Names", 3, "ID")).toBe("(p1-U1)");
  });

  it.each(["(a (b) \\) c)", "<</A [1 0 R (1 0 R) /N]\n/B <0aFF>>>", "[1 2 0 R 3 -0.5 true null]"])(
    "reads %s as it is written",
    (written) => {
      expect(writePdfValue(readPdfValue(written))).toBe(written);
    },
  );
});

it("a part's headings keep how deep they stand below each other, from the depth of the part on", () => {
  const bytes = pdf(
    "<</Type /Pages /Count 1 /Kids [2 0 R]>>",
    "<</Type /Page /Parent 1 0 R /MediaBox [0 0 200 300]>>",
    "<</Type /Outlines /First 4 0 R /Last 6 0 R /Count 2>>",
    "<</Parent 3 0 R /Title (a) /First 5 0 R /Last 5 0 R /Next 6 0 R /Dest [2 0 R /XYZ 0 290 0]>>",
    "<</Parent 4 0 R /Title (b) /Dest [2 0 R /XYZ 0 200 0]>>",
    "<</Parent 3 0 R /Title (c) /Dest [2 0 R /XYZ 0 100 0]>>",
    "<</Title (T)>>",
    "<</Type /Catalog /Pages 1 0 R /Outlines 3 0 R>>",
  );
  const { outline, pages } = readPart({ bytes, depth: 1, firstNumber: 10, firstKey: 0, prefix: "" });
  expect(outline.map(({ depth }) => depth)).toEqual([1, 2, 1]);
  expect(pages).toEqual([{ number: 11, height: 300 }]);
});
