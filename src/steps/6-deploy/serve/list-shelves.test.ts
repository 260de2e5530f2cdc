import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitBuffer } from "./bit-buffer.ts";
import { KeyPlaces } from "./key-places.ts";
import { ListShelves } from "./list-shelves.ts";

describe("lists on shelves", () => {
  it("hold what was stored last, whatever grew and shrank beside them", () => {
    const aStore = fc.tuple(fc.nat(300), fc.nat(255), fc.nat(900));
    fc.assert(
      fc.property(fc.array(aStore, { maxLength: 300 }), (stores) => {
        const shelves = new ListShelves();
        const known = new Map<number, readonly number[]>();
        const buffer = new BitBuffer();
        for (const [list, first, length] of stores) {
          const bytes = Array.from({ length }, (_, at) => (first + at) & 255);
          buffer.bytes(length).set(bytes);
          shelves.store(list, buffer, 8 * length);
          known.set(list, bytes);
        }
        for (let list = 0; list <= 300; list++) {
          const bytes = known.get(list) ?? [];
          expect(shelves.bitsOf(list)).toBe(8 * bytes.length);
          shelves.load(list, buffer);
          expect([...buffer.bytes(bytes.length).subarray(0, bytes.length)]).toEqual(bytes);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("take little more than their bytes", () => {
    const shelves = new ListShelves();
    const buffer = new BitBuffer();
    buffer.bytes(200).fill(255);
    for (let list = 0; list < 1280; list++) shelves.store(list, buffer, 8 * 200);
    expect(shelves.bytes / 1280).toBeLessThan(200 + 6);
  });
});

describe("places of keys", () => {
  it.each([2 ** 20, 2 ** 40])("are few where few of %d keys occur, and keep apart what is apart", (range) => {
    const places = new KeyPlaces(range);
    const keys = [0, 5, range - 1, 128, 700];
    const taken = keys.map((key) => places.take(key));
    expect(new Set(taken).size).toBe(keys.length);
    expect(Math.max(...taken)).toBeLessThan(128 * keys.length);
    expect(keys.map((key) => places.find(key))).toEqual(taken);
    expect(places.find(range / 2)).toBe(-1);
    const entries = new Map(places.entries());
    expect(keys.map((key) => entries.get(key))).toEqual(taken);
  });

  it("are given anew once they are released, where keys are numbered one by one", () => {
    const places = new KeyPlaces(2 ** 40);
    const first = places.take(10);
    places.release(first);
    places.release(first);
    expect([places.find(10), places.take(11), places.find(10)]).toEqual([-1, first, -1]);
    expect(places.take(10)).not.toBe(first);
  });
});
