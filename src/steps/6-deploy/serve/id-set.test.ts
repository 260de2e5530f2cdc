import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { FrozenTexts } from "./frozen-texts.ts";
import { IdSet, readIdSet } from "./id-set.ts";
import { NumberSet } from "./number-set.ts";
import { TextSet } from "./text-set.ts";

describe("a set of numbers", () => {
  it("holds what a set of the language holds, while it grows", () => {
    const random = createRandom(4, "numbers");
    const [ours, theirs] = [new NumberSet(), new Set<number>()];
    const drawn = (): number => {
      const number = random.below(4000) - 500;
      return random.uniform() < 0.5 ? number : random.uniform() < 0.5 ? number / 7 : number * 2 ** 40;
    };
    for (let at = 0; at < 20_000; at++) {
      const one = drawn();
      expect(ours.has(one)).toBe(theirs.has(one));
      ours.add(one);
      theirs.add(one);
      expect(ours.size).toBe(theirs.size);
    }
    expect([...ours.values()].sort((a, b) => a - b)).toEqual([...theirs].sort((a, b) => a - b));
    expect(ours.bytes).toBeLessThan(8 * 4 * 2 * theirs.size + 64 * 128);
  });

  it("takes 0 and -0 for one, and NaN for none", () => {
    const set = new NumberSet();
    for (const one of [0, -0, Number.NaN, Number.POSITIVE_INFINITY]) set.add(one);
    expect([set.size, set.has(-0), set.has(Number.NaN), set.has(Number.POSITIVE_INFINITY)]).toEqual([
      2,
      true,
      false,
      true,
    ]);
  });
});

describe("a set of texts", () => {
  it("holds what a set of the language holds, while it grows and its characters become wider", () => {
    const random = createRandom(6, "texts");
    const [ours, theirs] = [new TextSet(), new Set<string>()];
    for (let at = 0; at < 20_000; at++) {
      const number = random.below(9000);
      const text = number === 0 ? "" : number < 100 && at > 10_000 ? `\u0416${number}` : `id.${number}`;
      expect(ours.has(text)).toBe(theirs.has(text));
      ours.add(text);
      theirs.add(text);
      expect(ours.size).toBe(theirs.size);
    }
    expect([...ours].sort()).toEqual([...theirs].sort());
    // Of seven characters, most of them two bytes wide by then: a set of the language takes some eighty bytes a text.
    expect(ours.bytes / ours.size).toBeLessThan(40);
  });
});

describe("a set of ids", () => {
  it("takes no bytes while it is empty", () => {
    const ids = new IdSet();
    expect(ids.bytes).toBe(0);
    ids.add("one");
    expect(ids.bytes).toBeGreaterThan(0);
  });

  it("read from a snapshot holds the same ids, each once, whatever is added before and after", () => {
    const random = createRandom(5, "ids");
    const theirs = new Set<string | number>();
    let ours = new IdSet();
    for (let round = 0; round < 4; round++) {
      for (let at = 0; at < 3000; at++) {
        const number = random.below(9000);
        const letter = round > 1 ? "\u0416" : "\u00e9";
        const id = [number, `id ${number}`, `${letter}${number}`, String(number)][random.below(4)];
        expect(ours.has(id), String(id)).toBe(theirs.has(id));
        ours.add(id);
        theirs.add(id);
      }
      expect(ours.size).toBe(theirs.size);
      const writer = new ByteWriter();
      writer.text("odd");
      ours.save(writer);
      writer.number(round);
      const reader = new ByteReader(writer.finish());
      reader.text();
      ours = readIdSet(reader);
      expect(reader.number()).toBe(round);
      expect(ours.size).toBe(theirs.size);
      for (const id of theirs) expect(ours.has(id)).toBe(true);
    }
  });

  it("tells the last character that is a byte from the first that is none, added and read", () => {
    const others = ["\u0000", "\u00ff", "\u0001"];
    for (const text of ["\u00ff", "\u0100"]) {
      const ids = new IdSet();
      ids.add(text);
      const writer = new ByteWriter();
      ids.save(writer);
      for (const one of [ids, readIdSet(new ByteReader(writer.finish()))]) {
        expect(one.has(text)).toBe(true);
        expect(others.filter((other) => one.has(other))).toEqual(others.filter((other) => other === text));
      }
    }
  });

  it("knows texts that hold each other apart, and the empty one", () => {
    const texts = ["", "a", "aa", "ab", "b"];
    const frozen = new FrozenTexts(
      new TextEncoder().encode(texts.join("")),
      Uint32Array.from(texts, ({ length }) => length),
    );
    expect(frozen.size).toBe(5);
    for (const text of texts) expect(frozen.has(text)).toBe(true);
    for (const text of ["ba", "aaa", "aab", "c", " "]) expect(frozen.has(text)).toBe(false);
    expect(new FrozenTexts(new Uint8Array(0), new Uint32Array(0)).has("")).toBe(false);
  });
});
