/** Names of columns as the words that they are, and whether these speak of what happened before the row. */

/** What happened before, a rule, or somebody who comes back: known when the row is. */
const EARLIER =
  /(?:^|[^a-z])(?:prev|prior|past|last|earlier|histor|hist|before|former|num_|n_|count|rate|ratio|polic|avg|mean|total_(?:return|cancel))|policy|able(?:$|[^a-z])|returning|(?:^|[^a-z])\d+_?d(?:$|[^a-z])|_\d+(?:d|h|w|m)$/iu;

/** `isReturned` and `chargeBackDate` as the words that they are. */
export function asWords(name: string): string {
  return name.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1_$2");
}

/** Whether a name speaks of what happened before the row, or of how often it did. */
export function speaksOfEarlier(name: string): boolean {
  return EARLIER.test(asWords(name));
}
