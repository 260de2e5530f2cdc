/** Cues: words by which a text is taken to speak of something. A proposal, never a verdict. */

/** `a|b` is met by either; a cue is met at the start of a word, so that `drift` meets `drifting`. */
export function matchesCue(text: string, cue: string): boolean {
  const lower = text.toLowerCase();
  return cue.split("|").some((one) => {
    const escaped = one
      .trim()
      .toLowerCase()
      .replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}`, "u").test(lower);
  });
}

/** Every cue is met somewhere in the text. */
export function matchesAll(text: string, cues: readonly string[]): boolean {
  return cues.every((cue) => matchesCue(text, cue));
}
