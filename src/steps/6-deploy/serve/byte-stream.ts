/** Numbers and bytes one after another, for snapshots. */

import { FailureError } from "../../../core/outcome.ts";

/** Texts that are written down, and read, in one go. */
const TEXTS_AT_ONCE = 4096;
/** Characters that are given to one call of a function as its arguments. */
const MOST_ARGUMENTS = 8192;

export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  number(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  bytes(given: Uint8Array): void {
    this.#reserve(given.length);
    this.#bytes.set(given, this.#length);
    this.#length += given.length;
  }

  text(given: string): void {
    this.number(given.length);
    this.#reserve(2 * given.length);
    for (let at = 0; at < given.length; at++) this.#view.setUint16(this.#length + 2 * at, given.charCodeAt(at), true);
    this.#length += 2 * given.length;
  }

  /** Many texts, for `texts`: a byte for a character where all of those at once allow it. */
  texts(given: readonly string[]): void {
    for (let from = 0; from < given.length; from += TEXTS_AT_ONCE) {
      const some = given.slice(from, from + TEXTS_AT_ONCE);
      const whole = some.join("");
      const isNarrow = isAscii(whole);
      this.number(Number(isNarrow));
      this.#reserve(4 * some.length + 2 * whole.length);
      for (const { length } of some) {
        this.#view.setUint32(this.#length, length, true);
        this.#length += 4;
      }
      for (let at = 0; at < whole.length; at++) {
        if (isNarrow) this.#bytes[this.#length + at] = whole.charCodeAt(at);
        else this.#view.setUint16(this.#length + 2 * at, whole.charCodeAt(at), true);
      }
      this.#length += (isNarrow ? 1 : 2) * whole.length;
    }
  }

  /** All that was written. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads in the order of writing. Throws a `FailureError` where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number(): number {
    const at = this.#advance(8);
    return this.#view.getFloat64(at, true);
  }

  bytes(count: number): Uint8Array {
    const at = this.#advance(count);
    return this.#bytes.subarray(at, at + count);
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#at);
  }

  text(): string {
    const length = this.number();
    const start = this.#advance(2 * length);
    let text = "";
    for (let at = 0; at < length; at++) text += String.fromCharCode(this.#view.getUint16(start + 2 * at, true));
    return text;
  }

  /** So many texts, as `texts` wrote them. */
  texts(count: number): string[] {
    const texts: string[] = [];
    while (texts.length < count) {
      const width = this.number() === 1 ? 1 : 2;
      const some = Math.min(TEXTS_AT_ONCE, count - texts.length);
      const lengths = this.#advance(4 * some);
      let all = 0;
      for (let at = 0; at < some; at++) all += this.#view.getUint32(lengths + 4 * at, true);
      const whole = this.#characters(this.#advance(width * all), all, width);
      for (let at = 0, end = 0; at < some; at++) {
        const start = end;
        end += this.#view.getUint32(lengths + 4 * at, true);
        texts.push(whole.slice(start, end));
      }
    }
    return texts;
  }

  #characters(start: number, count: number, width: 1 | 2): string {
    let text = "";
    for (let at = 0; at < count; at += MOST_ARGUMENTS) {
      const length = Math.min(MOST_ARGUMENTS, count - at);
      const codes =
        width === 1
          ? this.#bytes.subarray(start + at, start + at + length)
          : Array.from({ length }, (_, one) => this.#view.getUint16(start + 2 * (at + one), true));
      text += Reflect.apply(String.fromCharCode, undefined, codes);
    }
    return text;
  }

  #advance(count: number): number {
    const at = this.#at;
    if (!(count >= 0 && at + count <= this.#bytes.length)) {
      throw new FailureError({
        code: "bad-snapshot",
        message: "the snapshot ends too early",
        fix: "delete it; the state is built again from the events that follow",
      });
    }
    this.#at += count;
    return at;
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
