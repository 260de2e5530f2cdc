/** Events in few bytes, without loss: whole seconds since the event before, flags, and amounts in hundredths where that is exact. */

import { quantize } from "../../3-data/features/feature-plan.ts";

/**
 * One event is a number of variable length (seconds since the event before, then the flags, then whether a time of 8 bytes follows
 * because the seconds are not whole) and, for each column whose flag is set, another (0 when 8 bytes follow, otherwise 1 plus the
 * hundredths, with the sign in the lowest bit). A payment takes about 5 bytes instead of 16.
 */
export class EventCodec {
  /** What `read` found: the place after the event. */
  at = 0;
  time = 0;
  flags = 0;
  /** Quantized; 0 where the event lacks the column. */
  readonly values: Float64Array;
  readonly #presence: readonly number[];
  readonly #flagScale: number;
  readonly #wide = new DataView(new ArrayBuffer(8));
  /** The longest an event can be. */
  readonly longest: number;

  /** `flagBits` flags, of which `presence[c]` (a power of two; 0 for always) says that the event has a value in column c. */
  constructor(flagBits: number, presence: readonly number[]) {
    this.#flagScale = 2 ** (flagBits + 1);
    this.#presence = presence;
    this.values = new Float64Array(presence.length);
    this.longest = 16 + 9 * presence.length;
  }

  /** Writes an event at `at` and returns the place after it. Values are quantized on the way. */
  write(bytes: Uint8Array, at: number, before: number, time: number, flags: number, values: ArrayLike<number>): number {
    const gap = time - before;
    const isShort = Number.isInteger(gap) && gap < 2 ** 52 / this.#flagScale && before + gap === time;
    let next = writeNumber(bytes, at, isShort ? gap * this.#flagScale + flags * 2 : flags * 2 + 1);
    if (!isShort) next = this.#writeWide(bytes, next, time);
    for (let column = 0; column < this.#presence.length; column++) {
      const bit = this.#presence[column];
      if (bit !== 0 && (flags & bit) === 0) continue;
      const value = quantize(values[column]);
      const hundredths = Math.round(value * 100);
      if (quantize(hundredths / 100) === value && Math.abs(hundredths) < 2 ** 50) {
        next = writeNumber(bytes, next, 1 + (hundredths < 0 ? -2 * hundredths - 1 : 2 * hundredths));
      } else {
        bytes[next++] = 0;
        next = this.#writeWide(bytes, next, value);
      }
    }
    return next;
  }

  /** Reads the event at `at` into the fields; `before` is the time of the one before it. */
  read(bytes: Uint8Array, at: number, before: number): void {
    this.at = at;
    const head = this.#readNumber(bytes);
    const isWide = (head & 1) === 1;
    const rest = Math.floor(head / this.#flagScale);
    this.flags = (head - rest * this.#flagScale) >>> 1;
    this.time = isWide ? this.#readWide(bytes) : before + rest;
    for (let column = 0; column < this.#presence.length; column++) {
      const bit = this.#presence[column];
      if (bit !== 0 && (this.flags & bit) === 0) {
        this.values[column] = 0;
        continue;
      }
      const code = this.#readNumber(bytes) - 1;
      if (code < 0) this.values[column] = this.#readWide(bytes);
      else this.values[column] = quantize((code % 2 === 1 ? -(code + 1) / 2 : code / 2) / 100);
    }
  }

  #writeWide(bytes: Uint8Array, at: number, value: number): number {
    this.#wide.setFloat64(0, value, true);
    for (let byte = 0; byte < 8; byte++) bytes[at + byte] = this.#wide.getUint8(byte);
    return at + 8;
  }

  #readWide(bytes: Uint8Array): number {
    for (let byte = 0; byte < 8; byte++) this.#wide.setUint8(byte, bytes[this.at + byte]);
    this.at += 8;
    return this.#wide.getFloat64(0, true);
  }

  /** Seven bits a byte, the lowest first. */
  #readNumber(bytes: Uint8Array): number {
    let byte = bytes[this.at++];
    let result = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[this.at++];
      result += (byte & 127) * scale;
    }
    return result;
  }
}

function writeNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 127) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}
