/** Whether a sentence goes on with the one before it: only then do the two say a thing together. */

/** Looks back at what was just said: `we do it by slices`, `the same goes for cards`, `otherwise the rules answer`. */
const LOOKS_BACK =
  /^(?:(?:and|but|or|so|that|if so|if not|second|secondly|instead|also|each|another|the rest|the others?|in that case|with that|for that|on that|from that|after that)(?!\p{L})|(?:\p{L}[\p{L}'-]* ){0,3}(?:it|its|it's|they|them|their|this|these|those|such|both|the same|the latter|the former|otherwise|then|thereby|therefore|hence|thus|too)(?!\p{L}))/u;
/** What stands behind a semicolon, a colon or a question is said in the same breath. */
const SAME_BREATH = /[;:?]["')\]]*$/u;

/** Both `plain`. A full stop parts two sentences, unless the second looks back. */
export function isLinked(before: string, sentence: string): boolean {
  return SAME_BREATH.test(before) || LOOKS_BACK.test(sentence);
}
