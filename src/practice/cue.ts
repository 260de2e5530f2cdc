/** Cues: words by which a text is taken to speak of something. A proposal, never a verdict. */

/** `a|b` is met by either; a cue is met at the start of a word, so that `drift` meets `drifting`, and a unit after its number, so that `ms` meets `80ms`. */
export function matchesCue(text: string, cue: string): boolean {
  const lower = text.toLowerCase();
  return cue.split("|").some((one) => expressionOf(one).test(lower));
}

/** Every cue is met somewhere in the text. */
export function matchesAll(text: string, cues: readonly string[]): boolean {
  return cues.every((cue) => matchesCue(text, cue));
}

/** The text with the words of its cues taken out: what is said around them. */
export function withoutCues(text: string, cues: readonly string[]): string {
  return cues
    .flatMap((cue) => cue.split("|"))
    .reduce((rest, one) => rest.replaceAll(expressionOf(one), " "), text.toLowerCase());
}

/** The sentences of a text; lines end them too. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?;])\s+|\n+/u)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function expressionOf(cue: string): RegExp {
  const word = cue.trim().toLowerCase();
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const start = /^\p{L}/u.test(word)
    ? String.raw`(?<!\p{L})`
    : /^\p{N}/u.test(word)
      ? String.raw`(?<![\p{L}\p{N}])`
      : "";
  return new RegExp(`${start}${escaped}`, "gu");
}
