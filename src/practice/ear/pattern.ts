/** The small language of cues: words met at their start, `#` a number, `…` a gap of a few words, `_` the end of a word, `@name` a concept. */

import { CONCEPTS } from "./concepts.ts";

/** A place in a sentence where a cue is met. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

const NUMBER = String.raw`(?:(?<![\p{L}\p{N}.])[~$€]?\d[\d.,]*\s?(?:[kmbt](?![\p{L}])|million|thousand|hundred|billion|%|percent)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|eighty|hundred|thousand|million|half|third|quarter|fifth|dozen|a few hundred|several hundred)(?!\p{L}))`;
/** What stands for more than itself. */
const SIGNS = /…|#|_|\s+/u;
/** A gap stays inside a clause or two: at most this many signs. */
const GAP = String.raw`[^;.!?]{0,60}?`;

/** One alternative of a cue: without its `letters` a text does not meet it, which is seen much sooner than by the expression. */
interface Alternative {
  readonly letters: string;
  readonly expression: RegExp;
}

const compiled = new Map<string, readonly Alternative[]>();

/** Every place where one of the cue's alternatives (`a|b`) is met. Linear in the text for each alternative. */
export function hitsOf(text: string, cue: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { letters, expression } of alternativesOf(cue)) {
    if (!text.includes(letters)) continue;
    for (const { index, 0: words } of text.matchAll(expression)) hits.push({ start: index, end: index + words.length });
  }
  return hits;
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

function alternativesOf(cue: string): readonly Alternative[] {
  const known = compiled.get(cue);
  if (known !== undefined) return known;
  const made = cue.split("|").flatMap((one) => {
    const word = one.trim().toLowerCase();
    if (!word.startsWith("@")) return [{ letters: lettersOf(word), expression: expressionOf(word) }];
    return (CONCEPTS.get(word.slice(1)) ?? []).flatMap(alternativesOf);
  });
  compiled.set(cue, made);
  return made;
}

/** The longest stretch that stands in a text as it stands in the cue. */
function lettersOf(word: string): string {
  return word.split(SIGNS).reduce((longest, part) => (part.length > longest.length ? part : longest), "");
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
