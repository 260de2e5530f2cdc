/** The small language of cues: words met at their start, `#` a number, `…` a gap of a few words, `_` the end of a word, `@name` a concept. */

import { CONCEPTS } from "./concepts.ts";

/** A place in a sentence where a cue is met. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

const NUMBER = String.raw`(?:(?<![\p{L}\p{N}.])[~$€]?\d[\d.,]*\s?(?:[kmbt](?![\p{L}])|million|thousand|hundred|billion|%|percent)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|eighty|hundred|thousand|million|half|third|quarter|fifth|dozen|a few hundred|several hundred)(?!\p{L}))`;
/** A gap stays inside a clause or two: at most this many signs. */
const GAP = String.raw`[^;.!?]{0,60}?`;

const compiled = new Map<string, readonly RegExp[]>();

/** Every place where one of the cue's alternatives (`a|b`) is met. Linear in the text for each alternative. */
export function hitsOf(text: string, cue: string): readonly Hit[] {
  return expressionsOf(cue).flatMap((expression) =>
    [...text.matchAll(expression)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
  );
}

/** The names of concepts that a cue speaks of and that are not there. */
export function unknownConcepts(cue: string): readonly string[] {
  return cue
    .split("|")
    .filter((one) => one.startsWith("@") && !CONCEPTS.has(one.slice(1)))
    .map((one) => one.slice(1));
}

/** Lower case, with plain quotes, hyphens and spaces: each sign keeps its place. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[’‘]/gu, "'").replaceAll(/[‐‑–]/gu, "-").replaceAll(/\s/gu, " ");
}

function expressionsOf(cue: string): readonly RegExp[] {
  const known = compiled.get(cue);
  if (known !== undefined) return known;
  const made = cue.split("|").flatMap((one) => {
    const word = one.trim().toLowerCase();
    if (!word.startsWith("@")) return [expressionOf(word)];
    return (CONCEPTS.get(word.slice(1)) ?? []).flatMap(expressionsOf);
  });
  compiled.set(cue, made);
  return made;
}

function expressionOf(word: string): RegExp {
  const body = word
    .split(/(…|#|_|\s+)/u)
    .map((part) => {
      if (part === "…") return GAP;
      if (part === "#") return NUMBER;
      if (part === "_") return String.raw`(?!\p{L})`;
      if (/^\s+$/u.test(part)) return String.raw`[ -]`;
      return part.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
    })
    .join("")
    .replaceAll(`[ -]${GAP}[ -]`, String.raw`(?:[ -]|[ ,]${GAP}[ -])`);
  const start = /^\p{L}/u.test(word)
    ? String.raw`(?<!\p{L})`
    : /^\p{N}/u.test(word)
      ? String.raw`(?<![\p{L}\p{N}])`
      : "";
  return new RegExp(`${start}${body}`, "gu");
}
