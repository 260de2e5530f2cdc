/** Cuts an expression into tokens with their places; hostile lengths are refused before anything is read. */

import { isPointBeforeThree, plainCharacters, powerSign } from "../../core/number-text.ts";
import { ExpressionError } from "./expression-error.ts";

export type TokenKind = "number" | "word" | "symbol" | "newline" | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longer texts and more tokens are refused: a derivation that fits a whiteboard has a tenth of this. */
const MAXIMUM_LENGTH = 4000;
const MAXIMUM_TOKENS = 1200;

const TOKEN =
  /(?<space>[ \t\r]+|#[^\n]*)|(?<newline>[\n;])|(?<number>(?:\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|\d+(?:_\d{3})*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?)|(?<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+)|(?<word>[\p{L}_µ][\p{L}\p{N}_µ₂]*)|(?<symbol>->|=>|→|\*\*|<=|>=|==|!=|[-+*/×÷·^()[\],:=<>%$€£¢.~≈–—…])/uy;
/** `1,000,000` outside a call; within one a comma separates arguments. */
const GROUPED = /\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?/y;
const GROUPED_IN_CALL = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?/y;
/** What sticks to a number and is followed by a digit: `1h30m`, and the `x` of `8xH100`. */
const STUCK = /^(?:[xX](?=[A-Z])|(?:ms|min|us|[dhmsw])(?=\d))/u;

/** The tokens of a text, ending with one of kind `end`. Throws an `ExpressionError` at a character that cannot stand in one. */
export function tokenize(written: string): Token[] {
  const text = plainCharacters(written);
  if (text.length > MAXIMUM_LENGTH) {
    throw new ExpressionError(
      "too-long",
      `an expression has at most ${MAXIMUM_LENGTH} characters, this has ${text.length}`,
      0,
      1,
      "split it into smaller ones",
    );
  }
  const tokens: Token[] = [];
  const calls: boolean[] = [];
  let at = 0;
  while (at < text.length) {
    refusePoints(text, at);
    GROUPED.lastIndex = at;
    const grouped = calls.includes(true) ? null : GROUPED.exec(text);
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match?.groups === undefined) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw new ExpressionError(
        "bad-character",
        `\`${character}\` cannot stand in an expression`,
        at,
        at + character.length,
        character === "‰" ? "write it in percent: 5‰ is 0.5%" : "write units by their names, such as `GB`, `ms` or `%`",
      );
    }
    if (calls.includes(true)) refuseComma(text, at);
    const [kind, whole] = grouped === null ? classify(match.groups) : (["number", grouped[0]] as const);
    const before = tokens.at(-1);
    const isStuck = kind === "word" && before?.kind === "number" && before.end === at;
    const piece = (isStuck ? STUCK.exec(whole)?.[0] : undefined) ?? whole;
    const end = at + piece.length;
    if (match.groups.raised !== undefined) {
      // `10¹⁴` is `10^14`; all of it stands in one place.
      const [, sign, digits] = /^\^([+-]?)(\d+)$/u.exec(powerSign(piece)) ?? [];
      tokens.push({ kind: "symbol", text: "^", start: at, end });
      if (sign === "-") tokens.push({ kind: "symbol", text: "-", start: at, end });
      tokens.push({ kind: "number", text: digits ?? "", start: at, end });
    }
    if (kind === "symbol" && piece === "(") calls.push(tokens.at(-1)?.kind === "word" && tokens.at(-1)?.end === at);
    if (kind === "symbol" && piece === ")") calls.pop();
    if (kind !== undefined) tokens.push({ kind, text: piece, start: at, end });
    if (tokens.length > MAXIMUM_TOKENS) {
      throw new ExpressionError(
        "too-long",
        `an expression has at most ${MAXIMUM_TOKENS} words and signs`,
        at,
        end,
        "split it into smaller ones",
      );
    }
    at = end;
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return tokens;
}

/** `1.234.567`: points that part thousands elsewhere. Read as two numbers it would ask for a sign between them. */
function refusePoints(text: string, at: number): void {
  POINTS.lastIndex = at;
  const number = POINTS.exec(text)?.[0];
  if (number === undefined || /[\p{L}\d_.]/u.test(text[at - 1] ?? "")) return;
  throw new ExpressionError(
    "two-points",
    `\`${number}\` has more than one point`,
    at,
    at + number.length,
    isPointBeforeThree(number)
      ? `write \`${number.replaceAll(".", ",")}\`: the point parts decimals here, and a comma parts thousands`
      : "write a number with one decimal point",
  );
}

const POINTS = /\d+(?:\.\d+){2,}/y;

/** Inside a call `1,000` would be two values, 1 and 0. */
function refuseComma(text: string, at: number): void {
  GROUPED_IN_CALL.lastIndex = at;
  const number = /[\d.]/u.test(text[at - 1] ?? "") ? undefined : GROUPED_IN_CALL.exec(text)?.[0];
  if (number === undefined) return;
  throw new ExpressionError(
    "two-readings",
    `inside a call a comma parts values, so \`${number}\` can be one number or several`,
    at,
    at + number.length,
    `write \`${number.replaceAll(",", "")}\`, or \`${number.replaceAll(",", ", ")}\` for several`,
  );
}

function classify(groups: Readonly<Record<string, string | undefined>>): readonly [TokenKind | undefined, string] {
  const { space, newline, number, raised, word, symbol } = groups;
  if (space !== undefined) return [undefined, space];
  if (raised !== undefined) return [undefined, raised];
  if (newline !== undefined) return ["newline", newline];
  if (number !== undefined) return ["number", number];
  if (word !== undefined) return ["word", word];
  return ["symbol", symbol ?? ""];
}
