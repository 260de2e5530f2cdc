/** Bits one after another: fields of a given width, and whole numbers that take the fewer bits the smaller they are. */

/** So many ones in a row say that a number is not written as usual, and that six bits follow which say how. */
const ESCAPE = 12;
/** What the six bits say beyond the 53 bits that a number may have: something that only the caller knows. */
const FIRST_MARK = 54;

export class BitBuffer {
  #bytes = new Uint8Array(2048);
  #view = new DataView(this.#bytes.buffer);
  readonly #double = new DataView(new ArrayBuffer(8));
  /** Where the next bit is read or written. */
  position = 0;
  /** What stands where `readNumber` gave -1. */
  mark = 0;

  /** The bytes, for reading whole words; valid until the next write. */
  get view(): DataView {
    return this.#view;
  }

  /** The bytes, for at least `length` of them and a few to look ahead. */
  bytes(length: number): Uint8Array {
    if (length + 16 > this.#bytes.length) {
      const larger = new Uint8Array(2 * length + 16);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return this.#bytes;
  }

  /** The next `count` bits, up to 32, as a number from 0. */
  read(count: number): number {
    const word = wordAt(this.#view, this.position);
    this.position += count;
    return count === 0 ? 0 : word >>> (32 - count);
  }

  /** Writes the lowest `count` bits, up to 32; what stood behind them is no more. */
  write(value: number, count: number): void {
    const at = this.position >>> 3;
    const shift = this.position & 7;
    if (at + 16 > this.#bytes.length) this.bytes(at + 16);
    const bits = count === 0 ? 0 : value << (32 - count);
    const before = this.#bytes[at] & ~(255 >>> shift);
    this.#view.setUint32(at, (bits >>> shift) | (before << 24));
    this.#bytes[at + 4] = bits << (8 - shift);
    this.position += count;
  }

  /** The number that `writeNumber` wrote with this scale; -1 where `writeMark` wrote instead, and then `mark` says what. */
  readNumber(scale: number): number {
    const word = wordAt(this.#view, this.position);
    const ones = onesOf(word);
    if (!isShort(ones, scale, SHORT_WORD)) return this.#readLonger(ones, scale);
    this.position += ones + 1 + scale;
    return shortNumber(word, ones, scale);
  }

  /** A whole number from 0 below 2^53: its multiples of 2^scale as ones, then the rest (Rice); its length and bits where it is large. */
  writeNumber(value: number, scale: number): void {
    const ones = Math.floor(value / (1 << scale));
    if (ones < ESCAPE) {
      this.write(((1 << ones) - 1) << 1, ones + 1);
      this.write(value, scale);
      return;
    }
    const length = lengthOf(value);
    this.writeMark(length);
    if (length > 32) this.write(Math.floor(value / 2 ** 32), length - 32);
    this.write(value, Math.min(length, 32));
  }

  /** Writes a mark, `FIRST_MARK` to 63, where a number is expected. */
  writeMark(mark: number): void {
    this.write(((1 << ESCAPE) - 1) * 64 + mark, ESCAPE + 6);
  }

  readDouble(): number {
    this.#double.setUint32(0, this.read(32));
    this.#double.setUint32(4, this.read(32));
    return this.#double.getFloat64(0);
  }

  writeDouble(value: number): void {
    this.#double.setFloat64(0, value);
    this.write(this.#double.getUint32(0), 32);
    this.write(this.#double.getUint32(4), 32);
  }

  /** Writes the bits of another buffer from its position up to `end`. */
  copyFrom(other: BitBuffer, end: number): void {
    const odd = Math.min(-this.position & 7, end - other.position);
    this.write(other.read(odd), odd);
    const words = (end - other.position) >>> 5;
    const at = this.position >>> 3;
    this.bytes(at + 4 * words);
    for (let word = 0; word < words; word++) {
      this.#view.setUint32(at + 4 * word, wordAt(other.view, other.position + 32 * word));
    }
    this.position += 32 * words;
    other.position += 32 * words;
    const rest = end - other.position;
    this.write(other.read(rest), rest);
  }

  /** A number that is marked, or that goes beyond 32 bits. */
  #readLonger(ones: number, scale: number): number {
    if (ones < ESCAPE) {
      this.position += ones + 1;
      return ones * (1 << scale) + this.read(scale);
    }
    this.position += ESCAPE;
    const code = this.read(6);
    if (code < FIRST_MARK) return this.#readLong(code);
    this.mark = code;
    return -1;
  }

  #readLong(length: number): number {
    const high = length > 32 ? this.read(length - 32) : 0;
    return high * 2 ** 32 + this.read(Math.min(length, 32));
  }
}

/** Bits of what `wordAt` and `shortWordAt` give. */
export const WORD = 32;
export const SHORT_WORD = 25;

/** The 32 bits at a position. */
export function wordAt(view: DataView, position: number): number {
  const at = position >>> 3;
  const shift = position & 7;
  return (view.getUint32(at) << shift) | (view.getUint8(at + 4) >>> (8 - shift));
}

/** The 25 bits at a position, and zeros: faster than 32. */
export function shortWordAt(view: DataView, position: number): number {
  return view.getUint32(position >>> 3) << (position & 7);
}

/** How many ones a word begins with. */
export function onesOf(word: number): number {
  return Math.clz32(~word);
}

/** Whether a number that begins with so many ones lies in the first `word` bits. */
export function isShort(ones: number, scale: number, word: number): boolean {
  return ones < ESCAPE && ones + scale < word;
}

/** The number at the beginning of a word, which takes `ones` + 1 + `scale` bits. */
export function shortNumber(word: number, ones: number, scale: number): number {
  return (ones << scale) + (((word << (ones + 1)) >>> 1) >>> (31 - scale));
}

/** Bits that `writeNumber` takes. */
export function bitsOfNumber(value: number, scale: number): number {
  const ones = Math.floor(value / (1 << scale));
  return ones < ESCAPE ? ones + 1 + scale : ESCAPE + 6 + lengthOf(value);
}

function lengthOf(value: number): number {
  return value < 2 ** 32 ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / 2 ** 32));
}
