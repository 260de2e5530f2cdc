import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { PartyIds } from "./party-ids.ts";

const NAMES = ["7", "0042", "card", "123456789012345", "1234567890123456", "__proto__"];

function restored(ids: PartyIds, names: readonly string[] | undefined): PartyIds {
  const writer = new ByteWriter();
  ids.save(writer);
  const again = new PartyIds(names);
  again.load(new ByteReader(writer.finish()));
  return again;
}

it("ids of the data have their places for numbers, as numbers or as texts, and zeros before one are its own", () => {
  const ids = new PartyIds(NAMES);
  for (const one of [ids, restored(ids, ["other"])]) {
    expect(NAMES.map((name) => one.numberOf(name))).toEqual([0, 1, 2, 3, 4, 5]);
    expect([7, " 7 ", 123456789012345, 1234567890123456, " card"].map((id) => one.numberOf(id))).toEqual([
      0, 0, 3, 4, 2,
    ]);
    const strangers = [42, "07", "7.0", "Card", "constructor"].map((id) => one.numberOf(id));
    expect(new Set(strangers).size).toBe(1);
    expect(strangers[0]).toBeGreaterThan(1e6);
  }
});

it("whoever comes later gets the next number and keeps it, is forgotten for good, and blanks are nobody", () => {
  for (const [names, base] of [
    [NAMES, NAMES.length],
    [undefined, 2 ** 25],
  ] as const) {
    let ids = new PartyIds(names);
    expect([ids.meet("new"), ids.meet("newer"), ids.meet(" new")]).toEqual([base, base + 1, base]);
    expect(["", "  "].map((id) => ids.meet(id))).toEqual([-1, -1]);
    expect([ids.forget("new"), ids.forget("new")]).toEqual([base, undefined]);
    ids = restored(ids, names);
    expect([ids.meet("newer"), ids.meet("new")]).toEqual([base + 1, base + 2]);
  }
});

it("whole numbers of a simulated world are their own, what is no id has none, and a snapshot of the one is not the other's", () => {
  const ids = new PartyIds(undefined);
  expect([0, "5", 2 ** 25 - 1].map((id) => ids.meet(id))).toEqual([0, 5, 2 ** 25 - 1]);
  expect([-1, 0.5, Number.NaN].map((id) => ids.meet(id))).toEqual([-1, -1, -1]);
  expect(ids.meet(2 ** 25)).toBe(2 ** 25);
  expect(() => restored(ids, NAMES)).toThrow("simulated world");
});

it("a number stands for an id where the data has none that a number would not keep", () => {
  expect(new PartyIds(["7", "card"]).idOf(0)).toBe(7);
  expect(new PartyIds(NAMES).idOf(0)).toBe("7");
});
