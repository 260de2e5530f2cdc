/** Assigns units to arms by a hash: the same unit always gets the same arm, and no list of assignments is kept. */

/**
 * The arm's index. `salt` names the experiment: another salt shuffles anew, so that two experiments do not share their arms.
 * `shares` add up to 1.
 */
export function assignByHash(unit: string, salt: string, shares: readonly number[]): number {
  const place = hashToUnit(`${salt}/${unit}`);
  let sum = 0;
  for (let arm = 0; arm + 1 < shares.length; arm++) {
    sum += shares[arm];
    if (place < sum) return arm;
  }
  return shares.length - 1;
}

/** FNV-1a over UTF-16 code units, then the finalizer of MurmurHash3, which spreads neighbours over [0, 1). */
function hashToUnit(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
