/** Numbers for texts, so that a table finds them: from a seed of its own texts, since whoever chooses texts must not choose where they lie. */

/** Characters of texts, one behind the other: bytes where every one fits. */
export type Characters = Uint8Array | Uint16Array;

/** Of the first `count` characters. */
export function seedOf(characters: Characters, count: number): number {
  return hashOfCharacters(characters, 0, count, 0x2545f491);
}

/** 32 bits of the characters from `start` to `end`. */
export function hashOfCharacters(characters: Characters, start: number, end: number, seed: number): number {
  let bits = seed;
  for (let at = start; at < end; at++) bits = mixed(bits, characters[at]);
  return ended(bits);
}

/** The same of a text. */
export function hashOfText(text: string, seed: number): number {
  let bits = seed;
  for (let at = 0; at < text.length; at++) bits = mixed(bits, text.charCodeAt(at));
  return ended(bits);
}

/** A multiplication and a turn for each character. */
function mixed(bits: number, character: number): number {
  const product = Math.imul(bits ^ character, 0x9e3779b1);
  return product ^ (product >>> 15);
}

function ended(bits: number): number {
  const product = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  return (product ^ (product >>> 13)) >>> 0;
}
