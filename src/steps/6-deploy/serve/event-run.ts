/** Events of one key in the order of time, and how they are written in few bits without loss. */

import { quantize } from "../../3-data/features/feature-plan.ts";
import { bestScale, hundredthsOf, quantizeHundredths, readAmount, writeAmount } from "./amount-code.ts";
import { type BitBuffer, isShort, onesOf, SHORT_WORD, shortNumber, shortWordAt, WORD, wordAt } from "./bit-buffer.ts";

/** What events are made of. */
export interface EventFields {
  readonly flagBits: number;
  /** For each column of values the flag that says that the event has one; 0 when all have. */
  readonly presence: readonly number[];
  /** The first event of a run lies less than 2^span seconds before the moment that it is read for; 0 where that is not known. */
  readonly span: number;
}

/** An event taken out of its run. */
export interface RunEvent {
  readonly time: number;
  readonly flags: number;
  readonly values: readonly number[];
  readonly print: number;
}

/** The mark of an event that is not just some seconds later. */
const DETAILS = 63;
const SCALE_BITS = 5;
/** Ticks of a second where times are written in thousandths, and the bits of those beyond a whole second. */
const FINE = 1000;
const FINE_BITS = 10;
const LARGEST_WHOLE = 2 ** 52;

/**
 * A run is the whole second of its first event (modulo 2^span), how it is written (in ticks of a second or of a thousandth, and then the first
 * event's; whether flags take their bits in every event or only where they are set; the scale of ticks and of each column), and then for each
 * event the ticks since that of the one before and, for each column that it has, the hundredths. What does not fit is marked and written out:
 * a time or an amount of 8 bytes, a flag, the print of an event that shares its moment with the one before. A payment of a customer takes 30
 * bits, 40 where its time has milliseconds.
 */
export class EventRun {
  count = 0;
  times = new Float64Array(64);
  flags = new Int32Array(64);
  /** All flags that an event has, and possibly some that none has any more. */
  someFlags = 0;
  /** What tells an event apart from those before it at the same moment; 0 for the first. */
  prints = new Int32Array(64);
  /** By column, quantized; 0 where the event lacks it. */
  readonly values: Float64Array[];
  /** Where the bits of an event go on after its time. */
  #bodies = new Int32Array(64);
  /** What scales are chosen for. */
  #numbers = new Float64Array(64);
  readonly #fields: EventFields;
  /** 2^span. */
  readonly #range: number;
  #isMarked = false;
  #isFine = false;
  #isInline = false;
  #gapScale = 0;
  readonly #scales: number[];

  constructor(fields: EventFields) {
    this.#fields = fields;
    this.#range = 2 ** fields.span;
    this.values = fields.presence.map(() => new Float64Array(64));
    this.#scales = fields.presence.map(() => 0);
  }

  /** Index of the first event at or after the moment. */
  indexOf(moment: number): number {
    let at = 0;
    while (at < this.count && this.times[at] < moment) at++;
    return at;
  }

  eventAt(at: number): RunEvent {
    return {
      time: this.times[at],
      flags: this.flags[at],
      values: this.values.map((column) => column[at]),
      print: this.prints[at],
    };
  }

  /** Takes the first events away. */
  remove(count: number): void {
    for (const array of [this.times, this.flags, this.prints, ...this.values]) array.copyWithin(0, count, this.count);
    this.count -= count;
  }

  /** Makes room at `at` and puts an event there. */
  insert(at: number, time: number, flags: number, values: ArrayLike<number>, print: number): void {
    this.#reserve(this.count + 1);
    if (at < this.count) {
      for (const array of [this.times, this.flags, this.prints, ...this.values])
        array.copyWithin(at + 1, at, this.count);
    }
    this.count++;
    this.times[at] = time;
    this.setFlags(at, flags);
    this.prints[at] = print;
    for (let column = 0; column < this.values.length; column++) {
      this.values[column][at] = this.#has(flags, column) ? quantize(values[column]) : 0;
    }
  }

  /** Gives an event its flags. */
  setFlags(at: number, flags: number): void {
    this.flags[at] = flags;
    this.someFlags |= flags;
  }

  /** The time of the first event of the run; NaN where it takes reading all of the event to know it. */
  firstTime(bits: BitBuffer, latest: number): number {
    const { span } = this.#fields;
    bits.position = 0;
    const isMarked = bits.read(1) === 1;
    return isMarked ? Number.NaN : timeOf(this.#readStart(bits, latest, span), this.#isFine);
  }

  /** Reads in what ticks the run is written, and the tick of its first event. */
  #readStart(bits: BitBuffer, latest: number, span: number): number {
    const whole = wholeBefore(latest, bits.read(span), this.#range);
    this.#isFine = bits.read(1) === 1;
    return this.#isFine ? whole * FINE + bits.read(FINE_BITS) : whole;
  }

  /** Reads the run of `end` bits whose first event is not after `latest`, up to the first event at or after `until`. */
  read(bits: BitBuffer, end: number, latest: number, until = Number.POSITIVE_INFINITY): void {
    this.count = 0;
    bits.position = 0;
    if (end > 0) this.#readEvents(bits, this.#readHead(bits, latest), end, until);
  }

  /** Reads what stands before the first event's details; returns its tick. */
  #readHead(bits: BitBuffer, latest: number): number {
    this.#isMarked = bits.read(1) === 1;
    const first = this.#readStart(bits, latest, this.#fields.span);
    this.#isInline = bits.read(1) === 1;
    this.#gapScale = bits.read(SCALE_BITS);
    for (let column = 0; column < this.#scales.length; column++) this.#scales[column] = bits.read(SCALE_BITS);
    return first;
  }

  /** Written out for speed: nearly all the time that serving takes is spent here. Whatever is rare is left to the methods behind. */
  #readEvents(bits: BitBuffer, start: number, end: number, until: number): void {
    const { view } = bits;
    const gapScale = this.#gapScale;
    const isFine = this.#isFine;
    const valueScale = this.#scales[0] ?? 0;
    const isBare = !this.#isInline && this.values.length === 0;
    const isPlain = !this.#isInline && this.values.length === 1 && this.#fields.presence[0] === 0;
    // An event takes a bit at least; the first may take none.
    this.#reserve(end + 1);
    const { times, flags, prints } = this;
    const bodies = this.#bodies;
    const values = this.values[0];
    let time = this.#readFirst(bits, start);
    let position = bits.position;
    let tick = tickOf(time, isFine);
    let at = 1;
    for (; position < end && !(time >= until); at++) {
      flags[at] = 0;
      prints[at] = 0;
      const word = isFine ? wordAt(view, position) : shortWordAt(view, position);
      const ones = onesOf(word);
      if (isShort(ones, gapScale, isFine ? WORD : SHORT_WORD)) {
        position += ones + 1 + gapScale;
        tick += shortNumber(word, ones, gapScale);
        time = isFine ? tick / FINE : tick;
      } else {
        bits.position = position;
        time = this.#readTime(bits, at, tick);
        tick = tickOf(time, isFine);
        position = bits.position;
      }
      times[at] = time;
      bodies[at] = position;
      if (isBare) continue;
      const amount = shortWordAt(view, position);
      const many = onesOf(amount);
      if (isPlain && isShort(many, valueScale, SHORT_WORD)) {
        position += many + 1 + valueScale;
        values[at] = quantizeHundredths(shortNumber(amount, many, valueScale));
      } else {
        bits.position = position;
        this.#readBody(bits, at);
        position = bits.position;
      }
    }
    this.count = at;
  }

  /** Reads the first event, whose tick is known; returns its time. */
  #readFirst(bits: BitBuffer, tick: number): number {
    this.flags[0] = 0;
    this.prints[0] = 0;
    this.someFlags = 0;
    this.times[0] = this.#isMarked ? this.#readTime(bits, 0, tick) : timeOf(tick, this.#isFine);
    this.#bodies[0] = bits.position;
    this.#readBody(bits, 0);
    return this.times[0];
  }

  /** Reads what stands before an event's values, `before` being the tick of the one before; returns its time. */
  #readTime(bits: BitBuffer, at: number, before: number): number {
    const gap = at > 0 ? bits.readNumber(this.#gapScale) : -1;
    if (gap >= 0) return timeOf(before + gap, this.#isFine);
    const hasFlags = bits.read(1) === 1;
    const isWide = bits.read(1) === 1;
    const hasPrint = bits.read(1) === 1;
    if (hasFlags) this.setFlags(at, bits.read(this.#fields.flagBits));
    if (hasPrint) this.prints[at] = bits.read(32);
    if (isWide) return bits.readDouble();
    return timeOf(at === 0 ? before : before + bits.readNumber(this.#gapScale), this.#isFine);
  }

  #readBody(bits: BitBuffer, at: number): void {
    if (this.#isInline) this.setFlags(at, bits.read(this.#fields.flagBits));
    for (let column = 0; column < this.values.length; column++) {
      this.values[column][at] = this.#has(this.flags[at], column) ? readAmount(bits, this.#scales[column]) : 0;
    }
  }

  /** Writes the run anew, with the scales that suit it best. Returns its length in bits. */
  write(bits: BitBuffer): number {
    this.chooseScales();
    bits.position = 0;
    if (this.count > 0) this.#writeHead(bits, 0);
    for (let at = 0; at < this.count; at++) {
      if (at > 0) this.#writeTime(bits, at);
      this.#writeBody(bits, at);
    }
    return bits.position;
  }

  /**
   * Writes the run that was read from `read`, without its first `from` events, of which at least one is left. All else is taken over as it
   * is. Returns the length in bits.
   */
  writeFrom(bits: BitBuffer, from: number, read: BitBuffer, end: number): number {
    bits.position = 0;
    this.#writeHead(bits, from);
    read.position = this.#bodies[from];
    bits.copyFrom(read, end);
    return bits.position;
  }

  /** Writes the last event behind the others, which take `end` bits. Returns the length in bits. */
  writeLast(bits: BitBuffer, end: number): number {
    bits.position = end;
    this.#writeTime(bits, this.count - 1);
    this.#bodies[this.count - 1] = bits.position;
    this.#writeBody(bits, this.count - 1);
    return bits.position;
  }

  /** Whether the last event's time would take its bits in finer ticks alone. */
  get wantsFiner(): boolean {
    const time = this.times[this.count - 1];
    return !this.#isFine && !isWhole(time, false) && isWhole(time, true);
  }

  /** Chooses how the events are best written; whether that is not how they were written or read last. */
  chooseScales(): boolean {
    let flagged = 0;
    for (let at = 0; at < this.count; at++) if (this.flags[at] !== 0) flagged++;
    const isInline = flagged * MARK_BITS > this.count * this.#fields.flagBits;
    const isFine = this.#areFine();
    let isNew = isInline !== this.#isInline || isFine !== this.#isFine;
    this.#isInline = isInline;
    this.#isFine = isFine;
    const numbers = this.#numbers;
    for (let at = 1; at < this.count; at++)
      numbers[at - 1] = tickOf(this.times[at], isFine) - tickOf(this.times[at - 1], isFine);
    const gapScale = bestScale(numbers, this.count - 1);
    isNew = isNew || gapScale !== this.#gapScale;
    this.#gapScale = gapScale;
    for (let column = 0; column < this.values.length; column++) {
      for (let at = 0; at < this.count; at++) numbers[at] = hundredthsOf(this.values[column][at]);
      const scale = bestScale(numbers, this.count);
      isNew = isNew || scale !== this.#scales[column];
      this.#scales[column] = scale;
    }
    return isNew;
  }

  /** Whether all times are whole thousandths of a second, and not all of them whole seconds. */
  #areFine(): boolean {
    let isFine = false;
    for (let at = 0; at < this.count; at++) {
      const time = this.times[at];
      if (!isWhole(time, true)) return false;
      isFine ||= !isWhole(time, false);
    }
    return isFine;
  }

  #has(flags: number, column: number): boolean {
    const bit = this.#fields.presence[column];
    return bit === 0 || (flags & bit) !== 0;
  }

  #reserve(length: number): void {
    if (length <= this.times.length) return;
    const size = 2 * length;
    this.times = filled(new Float64Array(size), this.times);
    this.flags = filled(new Int32Array(size), this.flags);
    this.prints = filled(new Int32Array(size), this.prints);
    this.#bodies = filled(new Int32Array(size), this.#bodies);
    this.#numbers = new Float64Array(size);
    for (const [column, values] of this.values.entries()) this.values[column] = filled(new Float64Array(size), values);
  }

  /** All that stands before the first event's body. */
  #writeHead(bits: BitBuffer, first: number): void {
    const { span, flagBits } = this.#fields;
    const time = this.times[first];
    const [hasFlags, isWide] = [!this.#isInline && this.flags[first] !== 0, span === 0 || !isWhole(time, this.#isFine)];
    const isMarked = hasFlags || isWide || this.prints[first] !== 0;
    bits.write(Number(isMarked), 1);
    bits.write(isWide ? 0 : remainder(Math.floor(time), this.#range), span);
    bits.write(Number(this.#isFine), 1);
    if (this.#isFine) bits.write(isWide ? 0 : remainder(tickOf(time, true), FINE), FINE_BITS);
    bits.write(Number(this.#isInline), 1);
    bits.write(this.#gapScale, SCALE_BITS);
    for (const scale of this.#scales) bits.write(scale, SCALE_BITS);
    if (isMarked) this.#writeDetails(bits, first, hasFlags, isWide, flagBits);
  }

  #writeTime(bits: BitBuffer, at: number): void {
    const gap = tickOf(this.times[at], this.#isFine) - tickOf(this.times[at - 1], this.#isFine);
    const isWide = !(gap < LARGEST_WHOLE && isWhole(this.times[at], this.#isFine));
    const hasFlags = !this.#isInline && this.flags[at] !== 0;
    if (hasFlags || isWide || this.prints[at] !== 0) {
      bits.writeMark(DETAILS);
      this.#writeDetails(bits, at, hasFlags, isWide, this.#fields.flagBits);
    }
    if (!isWide) bits.writeNumber(gap, this.#gapScale);
  }

  #writeDetails(bits: BitBuffer, at: number, hasFlags: boolean, isWide: boolean, flagBits: number): void {
    const print = this.prints[at];
    bits.write(Number(hasFlags), 1);
    bits.write(Number(isWide), 1);
    bits.write(Number(print !== 0), 1);
    if (hasFlags) bits.write(this.flags[at], flagBits);
    if (print !== 0) bits.write(print, 32);
    if (isWide) bits.writeDouble(this.times[at]);
  }

  #writeBody(bits: BitBuffer, at: number): void {
    const flags = this.flags[at];
    if (this.#isInline) bits.write(flags, this.#fields.flagBits);
    for (let column = 0; column < this.values.length; column++) {
      if (this.#has(flags, column)) writeAmount(bits, this.values[column][at], this.#scales[column]);
    }
  }
}

/** What a flag costs that is not written in every event. */
const MARK_BITS = 22;

function filled<A extends { set(from: ArrayLike<number>): void }>(larger: A, from: ArrayLike<number>): A {
  larger.set(from);
  return larger;
}

/** The tick that a time lies in, or that it is nearest to where ticks are thousandths: later times never have an earlier one. */
function tickOf(time: number, isFine: boolean): number {
  return isFine ? Math.round(time * FINE) : Math.floor(time);
}

function timeOf(tick: number, isFine: boolean): number {
  return isFine ? tick / FINE : tick;
}

/** Whether a time is a tick to the last bit. */
function isWhole(time: number, isFine: boolean): boolean {
  const tick = tickOf(time, isFine);
  return Number.isSafeInteger(tick) && timeOf(tick, isFine) === time;
}

/** The latest whole number that is not after `latest` and leaves this remainder when divided by `range`. */
function wholeBefore(latest: number, rest: number, range: number): number {
  const whole = Math.floor(latest);
  return whole - remainder(whole - rest, range);
}

function remainder(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}
