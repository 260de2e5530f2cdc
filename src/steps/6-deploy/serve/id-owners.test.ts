import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { IdOwners, mixOf } from "./id-owners.ts";

const SPAN = 100;

it("an id is another's where it was told of others, in either number, also once it was saved", () => {
  const owners = new IdOwners(SPAN);
  owners.add("p1", 3, 4, 1000);
  const writer = new ByteWriter();
  owners.save(writer);
  const again = new IdOwners(SPAN);
  again.load(new ByteReader(writer.finish()));
  for (const one of [owners, again]) {
    expect(one.isAnothers("p1", 3, 4, 1000)).toBe(false);
    expect(one.isAnothers("p1", 3, 4, 1000 + 2 * SPAN)).toBe(false);
    for (const [owner, other] of [
      [4, 3],
      [3, 5],
      [2, 4],
    ])
      expect(one.isAnothers("p1", owner, other, 1000)).toBe(true);
  }
});

it("nothing is called another's as long as an id may have been taken before owners were noted", () => {
  const owners = new IdOwners(SPAN);
  owners.beginAt(1000);
  expect(owners.isAnothers("p1", 3, 4, 1000 + 2 * SPAN)).toBe(false);
  expect(owners.isAnothers("p1", 3, 4, 1001 + 2 * SPAN)).toBe(true);
});

it("numbers in another order are others", () => {
  expect(mixOf([1, 2, 3])).not.toBe(mixOf([2, 1, 3]));
  expect(mixOf([])).toBe(mixOf([]));
});

it("what was told before the time was set back is forgotten after its span: else it would be kept until it had come where it was", () => {
  const owners = new IdOwners(SPAN);
  owners.add("ahead", 3, 4, 1e6);
  owners.setBack(1000);
  for (let at = 1000; at <= 1500; at += 20) owners.add(`at ${at}`, 3, 4, at);
  expect(["ahead", "at 1500"].map((id) => owners.isAnothers(id, 3, 4, 1500))).toEqual([true, false]);
});
