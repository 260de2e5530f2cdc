/** The plan of a kernel's memory, drawn up before the memory is made: which array lies where. Nothing is ever freed or moved. */

/** An array's place in the memory: its address in bytes and its length in elements. */
export interface Region {
  readonly at: number;
  readonly length: number;
}

export interface Layout {
  int8(length: number): Region;
  int16(length: number): Region;
  int32(length: number): Region;
  float32(length: number): Region;
  float64(length: number): Region;
  /** Bytes planned so far. */
  bytes(): number;
}

/** The first cache lines stay free: the counter that hands out tasks to threads lies there. */
const RESERVED_BYTES = 1024;
const CACHE_LINE = 64;

/** An empty plan. Every array starts on a cache line, so that no two threads' scratch arrays share one. */
export function createLayout(): Layout {
  let end = RESERVED_BYTES;
  const place = (size: number) => (length: number) => {
    const at = end;
    end = Math.ceil((at + length * size) / CACHE_LINE) * CACHE_LINE;
    return { at, length };
  };
  return {
    int8: place(1),
    int16: place(2),
    int32: place(4),
    float32: place(4),
    float64: place(8),
    bytes: () => end,
  };
}
