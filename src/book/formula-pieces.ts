/** A formula too wide for its page, cut where a reader would break it: behind a sign or a comma, then between words, then at a fraction's line. */

import { isFenced, readXml, toTypst, typstSign, type XmlNode } from "./mathematics.ts";

/** Typst of a piece; where it is still too wide, the smaller pieces that take its place. */
export interface FormulaPiece {
  readonly whole: string;
  readonly within: readonly FormulaPiece[];
}

/** The pieces of a formula, as Temml writes it, in their order. */
export function formulaPieces(mathMl: string): FormulaPiece[] {
  return piecesOf(readXml(mathMl)).map(settled);
}

/** What stands together: Typst as it is, or something that can be opened. */
type Part =
  | string
  | { readonly form: "fence" | "words" | "fraction"; readonly whole: string; readonly within: Part[][] };

function settled(parts: Part[]): FormulaPiece {
  const whole = parts.map((part) => (typeof part === "string" ? part : part.whole)).join(" ");
  return { whole, within: opened(parts).map(settled) };
}

/** Tall brackets become small ones first; words are parted before a fraction loses its line. */
function opened(parts: readonly Part[]): Part[][] {
  const form = (["fence", "words", "fraction"] as const).find((one) => parts.some((part) => isForm(part, one)));
  if (form === undefined) return [];
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    const within = typeof part === "string" || part.form !== form ? [[part]] : part.within;
    within.forEach((piece, i) => {
      if (i > 0) pieces.push([]);
      pieces.at(-1)?.push(...piece);
    });
  }
  return pieces;
}

function isForm(part: Part, form: "fence" | "words" | "fraction"): boolean {
  return typeof part !== "string" && part.form === form;
}

function piecesOf(node: XmlNode): Part[][] {
  const pieces: Part[][] = [[]];
  const isBegun = (): boolean => (pieces.at(-1)?.length ?? 0) > 0;
  const add = (child: XmlNode): void => {
    const last = pieces.at(-1);
    if (child.name === "annotation" || child.name === "mspace" || last === undefined) return;
    if (isFenced(child)) last.push({ form: "fence", whole: toTypst(child), within: piecesOf(child) });
    else if (GROUPS.has(child.name)) child.children.forEach(add);
    else if (child.name === "mfrac") last.push(fraction(child));
    else if (WORDS.has(child.name)) last.push(words(child));
    else if (child.name !== "mo") last.push(toTypst(child));
    else if (BREAKS.test(child.text)) {
      last.push(`${isBegun() && child.text !== "," ? "space.thin " : ""}${typstSign(child.text)}`);
      pieces.push([]);
    } else last.push(typstSign(child.text));
  };
  node.children.forEach(add);
  return pieces.filter((piece) => piece.length > 0);
}

const GROUPS: ReadonlySet<string> = new Set(["math", "mrow", "semantics", "mstyle", "mpadded"]);
const WORDS: ReadonlySet<string> = new Set(["mtext", "mn", "ms"]);
const BREAKS = /^[,=+×·−<>≤≥≠≈→±∪∩-]$/u;

function words(node: XmlNode): Part {
  const whole = toTypst(node);
  const each = node.text.split(/[ \u00A0]+/u).filter((one) => one !== "");
  if (each.length < 2) return whole;
  return { form: "words", whole, within: each.map((one) => [toTypst({ ...node, text: one })]) };
}

function fraction(node: XmlNode): Part {
  const [over = [], under = []] = node.children.map((child) => held(piecesOf({ ...node, children: [child] })));
  const [last = [], ...before] = over.toReversed();
  return {
    form: "fraction",
    whole: toTypst(node),
    within: [...before.toReversed(), [...last, 'space.thin "/"'], ...under],
  };
}

/** Without the line of a fraction only a single name needs no parentheses. */
function held(pieces: Part[][]): Part[][] {
  const [first = [], ...rest] = pieces;
  if (rest.length === 0 && first.length === 1 && typeof first[0] === "string") return pieces;
  const [last = [], ...between] = [['"("', ...first], ...rest].toReversed();
  return [...between.toReversed(), [...last, '")"']];
}
