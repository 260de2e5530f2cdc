/** Typed arrays that are made longer as they fill, by an eighth at a time so that little lies idle. */

/** The array itself when it has `length` elements, otherwise a longer one that starts with its elements and goes on with zeros. */
export function growTo<A extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  array: A,
  length: number,
): A;
export function growTo(
  array: Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array,
  length: number,
): Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array {
  if (array.length >= length) return array;
  const size = Math.max(length, array.length + (array.length >> 3) + 16);
  if (array instanceof Float64Array) return filled(new Float64Array(size), array);
  if (array instanceof Uint32Array) return filled(new Uint32Array(size), array);
  if (array instanceof Int32Array) return filled(new Int32Array(size), array);
  if (array instanceof Uint16Array) return filled(new Uint16Array(size), array);
  return filled(new Uint8Array(size), array);
}

function filled<A extends { set(from: ArrayLike<number>): void }>(larger: A, from: ArrayLike<number>): A {
  larger.set(from);
  return larger;
}
