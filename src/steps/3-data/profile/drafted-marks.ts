/** How a drafted note marks what nobody has said yet. */

/**
 * The mark of a value that stands where only a person can say the right one. It begins with `proposed`, so that all that rests on it says so
 * until somebody deletes the mark or writes another value. A question without a value is marked `asked` alone.
 */
export const ASKED = "proposed, asked";

/** The marks, for who reads the note. */
export const MARKS =
  "**measured** (counted in the data), **proposed** (usual for such data; change it) or **asked** (nobody but you can say: what stands there\nis a guess).";
