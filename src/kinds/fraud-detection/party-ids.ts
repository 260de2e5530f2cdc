/** Cards, or terminals, by the ids of the team's own data: each has a number in the state, and one that comes later gets the next. */

import { FailureError } from "../../core/outcome.ts";
import type { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { oddId } from "../../steps/6-deploy/serve/odd-id.ts";
import { KEYS } from "./payment-vocabulary.ts";

/** An id as a request states it: a whole number, or a text. */
export type PartyId = string | number;

/** Where the data has whole numbers from 0 for ids, those below are their own, and whoever is called otherwise gets one from here on. */
const OWN_NUMBERS = 2 ** 25;
/** Nobody's number: nothing was ever told of it. */
const STRANGER = KEYS - 1;
/** A whole number of so few digits is one that no computer rounds. */
const MOST_DIGITS = 15;
const MOST = 10 ** MOST_DIGITS;

export class PartyIds {
  /** Of the data, by number; undefined where its ids are whole numbers from 0 as they are. */
  readonly #names: readonly string[] | undefined;
  /** An id of the data that no number can stand for: it has zeros before it, or more digits than a number keeps. */
  readonly odd: string | undefined;
  /** Made when it is first asked: a snapshot brings its own. */
  #numbers: Map<PartyId, number> | undefined;
  /** The first number that is given away. */
  readonly #base: number;
  #next: number;

  constructor(names: readonly string[] | undefined) {
    this.#names = names;
    this.odd = oddId(names);
    this.#base = names === undefined ? OWN_NUMBERS : 0;
    this.#next = this.#base + (names?.length ?? 0);
  }

  /** The number of an id; that of a stranger for one that was never met, and -1 for what is no id. */
  numberOf(id: PartyId): number {
    const plain = plainOf(id);
    if (plain === "") return -1;
    if (this.#base > 0) {
      if (typeof plain === "number" && plain < OWN_NUMBERS) return plain;
      if (typeof id === "number" && typeof plain !== "number") return -1;
    }
    return this.#known().get(plain) ?? STRANGER;
  }

  /** The same, and whoever was never met gets a number; -1 where there is none left. */
  meet(id: PartyId): number {
    const known = this.numberOf(id);
    if (known !== STRANGER) return known;
    if (this.#next >= STRANGER) return -1;
    this.#known().set(plainOf(id), this.#next);
    return this.#next++;
  }

  /** What the data calls a number, as a request states it. */
  idOf(number: number): PartyId {
    const name = this.#names?.[number] ?? String(number);
    return this.odd === undefined ? plainOf(name) : name;
  }

  /** The number is given to nobody again. Gives it back; undefined for an id that was never met. */
  forget(id: PartyId): number | undefined {
    const number = this.#known().get(plainOf(id));
    this.#known().delete(plainOf(id));
    return number;
  }

  save(writer: ByteWriter): void {
    // No id is empty: that is the place of one that was forgotten.
    const names = new Array<string>(this.#next - this.#base).fill("");
    for (const [id, number] of this.#known()) names[number - this.#base] = String(id);
    writer.number(this.#base);
    writer.number(names.length);
    writer.texts(names);
  }

  load(reader: ByteReader): void {
    if (reader.number() !== this.#base)
      throw new FailureError({
        code: "other-state",
        message: "what is remembered is of a simulated world, or this model is of one, and its ids are others",
        fix: "begin anew with the data alone",
      });
    const names = reader.texts(reader.number());
    this.#next = this.#base + names.length;
    this.#numbers = numbered(names, this.#base);
  }

  #known(): Map<PartyId, number> {
    this.#numbers ??= numbered(this.#names ?? [], this.#base);
    return this.#numbers;
  }
}

function numbered(names: readonly string[], base: number): Map<PartyId, number> {
  const numbers = new Map<PartyId, number>();
  for (let at = 0; at < names.length; at++) if (names[at] !== "") numbers.set(plainOf(names[at]), base + at);
  return numbers;
}

/** 639119 and "639119" are one id, "0639119" is another; files are read without blanks around an id. */
function plainOf(id: PartyId): PartyId {
  if (typeof id === "number") return Number.isInteger(id) && id >= 0 && id < MOST ? id : String(id);
  const text = id.trim();
  return isPlainNumber(text) ? Number(text) : text;
}

function isPlainNumber(text: string): boolean {
  if (text.length === 0 || text.length > MOST_DIGITS || (text.length > 1 && text[0] === "0")) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
