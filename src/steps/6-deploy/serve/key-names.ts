/** Numbers by the names that callers use: those of the data first, and newcomers as they come. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";

export class KeyNames {
  #numbers: Map<string, number>;
  #next: number;

  /** Without names the data has numbers, and a number is its own name. */
  constructor({ count, names }: { readonly count: number; readonly names?: readonly string[] }) {
    this.#numbers = new Map(
      names === undefined
        ? Array.from({ length: count }, (_, key) => [String(key), key])
        : names.map((name, key) => [name, key]),
    );
    this.#next = count;
  }

  /** Undefined for a name that was never met. */
  keyOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** Gives a name its number, below `most`; undefined where there is none left. */
  add(name: string, most: number): number | undefined {
    if (this.#next >= most) return undefined;
    this.#numbers.set(name, this.#next);
    return this.#next++;
  }

  /** The number is given to nobody again. Gives it back; undefined for a name that was never met. */
  forget(name: string): number | undefined {
    const key = this.#numbers.get(name);
    this.#numbers.delete(name);
    return key;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#next);
    writer.number(this.#numbers.size);
    writer.texts([...this.#numbers.keys()]);
    for (const key of this.#numbers.values()) writer.number(key);
  }

  load(reader: ByteReader): void {
    this.#next = reader.number();
    const names = reader.texts(reader.number());
    this.#numbers = new Map(names.map((name) => [name, reader.number()]));
  }
}
