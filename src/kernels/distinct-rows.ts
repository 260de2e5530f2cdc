/** Equal rows of a matrix taken together: a graph that holds each vector once cannot be cut apart by its copies. */

/** The rows grouped by their vector. Group g holds `rows[starts[g]]` to `rows[starts[g + 1] - 1]`, the first of them its face. */
export interface DistinctRows {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** Groups in the order in which their vectors first appear; undefined where all rows differ. Vectors are compared bit by bit. */
export function distinctRows(vectors: Float32Array, dimensions: number): DistinctRows | undefined {
  const count = vectors.length / dimensions;
  const bits = new Uint32Array(vectors.buffer, vectors.byteOffset, vectors.length);
  const isSame = (a: number, b: number): boolean => {
    for (let d = 0; d < dimensions; d++) if (bits[a * dimensions + d] !== bits[b * dimensions + d]) return false;
    return true;
  };
  const byHash = new Map<number, number[]>();
  const groups: number[][] = [];
  for (let row = 0; row < count; row++) {
    let hash = 0x811c9dc5;
    for (let d = 0; d < dimensions; d++) hash = Math.imul(hash ^ bits[row * dimensions + d], 0x01000193);
    const found = byHash.get(hash);
    const group = found?.find((one) => isSame(groups[one][0], row));
    if (group !== undefined) {
      groups[group].push(row);
      continue;
    }
    if (found === undefined) byHash.set(hash, [groups.length]);
    else found.push(groups.length);
    groups.push([row]);
  }
  if (groups.length === count) return undefined;
  const starts = new Int32Array(groups.length + 1);
  groups.forEach((group, i) => {
    starts[i + 1] = starts[i] + group.length;
  });
  return { rows: Int32Array.from(groups.flat()), starts };
}

/** The vectors of the groups' faces. */
export function faces(vectors: Float32Array, dimensions: number, { rows, starts }: DistinctRows): Float32Array {
  const count = starts.length - 1;
  const own = new Float32Array(count * dimensions);
  for (let group = 0; group < count; group++) {
    const row = rows[starts[group]];
    own.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), group * dimensions);
  }
  return own;
}
