import { expect, it } from "vitest";
import { type FormulaPiece, formulaPieces } from "./formula-pieces.ts";
import { toMathMl } from "./mathematics.ts";

const read = (typst: string): string =>
  typst
    .replaceAll(/class\("\w+", ("[^"]+")\)|space\.thin|upright|italic/gu, "$1")
    .replaceAll(/[" ()]+/gu, " ")
    .trim();
const piecesOf = (tex: string): FormulaPiece[] => formulaPieces(toMathMl(tex, false));
const shownBy = (pieces: readonly FormulaPiece[]): string[] => pieces.map(({ whole }) => read(whole));
const smallest = (pieces: readonly FormulaPiece[]): string[] =>
  pieces.flatMap(({ whole, within }) =>
    within.length === 0 ? [whole.replaceAll(/["]|space\.thin /gu, "")] : smallest(within),
  );

it("cuts a formula behind its signs and commas: on a pocket page it ran over the edge", () => {
  const pieces = piecesOf(String.raw`= \text{f}\left(\text{rate},\; \text{service}\right) \times 3`);
  expect(pieces).toHaveLength(3);
  expect(pieces[1].whole).toContain("lr(");
  expect(shownBy([pieces[0], ...pieces[1].within, pieces[2]])).toEqual(["=", "f rate ,", "service ×", "3"]);
});

it("parts words, and keeps a fraction where it fits", () => {
  const [piece] = piecesOf(String.raw`\text{peak requests per second}\frac{1}{2}`);
  expect(shownBy(piece.within)).toEqual(["peak", "requests", "per", "second display frac 1 , 2"]);
});

it("sets a fraction that does not fit on one line, in parentheses wherever they change what it says", () => {
  expect(
    smallest(piecesOf(String.raw`\frac{a + b}{\frac{c}{d}}`)).map((one) =>
      one.replaceAll(/italic\((\w)\)|class\(\w+, (.)\)/gu, "$1$2"),
    ),
  ).toEqual(["( a +", "b ) /", "( c /", "d )"]);
});

it("loses no sign of a formula, however it is cut", () => {
  const tex = String.raw`\text{up to } \left(1 + x\right)^{2} - \sqrt{y} \le \frac{\text{two words}}{3, 4}`;
  const letters = (text: string): string =>
    text.replaceAll(
      /display|frac|attach|sqrt|class|binary|relation|italic|upright|space\.thin|t:|[^\p{L}\d+≤−-]/gu,
      "",
    );
  expect(letters(smallest(piecesOf(tex)).join(""))).toBe(
    letters(
      piecesOf(tex)
        .map(({ whole }) => whole)
        .join(""),
    ),
  );
});
