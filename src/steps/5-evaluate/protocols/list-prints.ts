/** Fingerprints of ranked lists: two models that hand out the very same lists differ by nothing, on whichever requests they are asked. */

/** A number below 2^53 that tells a list, in its order, from any other that a run will meet: two hashes after FNV-1a with different primes. */
export function listPrint(items: ArrayLike<number>): number {
  let [one, other] = [0x811c9dc5, 0x01000193 ^ items.length];
  for (let at = 0; at < items.length; at++) {
    one = Math.imul(one ^ items[at], 0x01000193);
    other = Math.imul(other ^ (items[at] + at), 0x85ebca6b);
    other ^= other >>> 15;
  }
  return (one >>> 0) * 2 ** 21 + ((other >>> 0) & 0x1fffff);
}

/** Whether two subjects handed out the same list to each request; not where it is unknown, or nothing was asked. */
export function areSameLists(one: ArrayLike<number> | undefined, other: ArrayLike<number> | undefined): boolean {
  if (one === undefined || other === undefined || one.length === 0 || one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
