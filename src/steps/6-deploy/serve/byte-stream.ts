/** Numbers and bytes one after another, for snapshots. */

import { FailureError } from "../../../core/outcome.ts";

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

  text(): string {
    const length = this.number();
    const start = this.#advance(2 * length);
    let text = "";
    for (let at = 0; at < length; at++) text += String.fromCharCode(this.#view.getUint16(start + 2 * at, true));
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
