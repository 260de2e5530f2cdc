import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { idOfRow } from "./row-ids.ts";
import { SharedMoments } from "./shared-moments.ts";

const moment = { time: 1000.5, customer: 1, terminal: 2 };

function shared(ids: readonly string[]): SharedMoments {
  const moments = new SharedMoments(() => true);
  for (const id of ids) moments.taken({ ...moment, id }, moments.before(moment));
  return moments;
}

it("a row of the data is found where an earlier version wrote it without its mark", () => {
  const writer = new ByteWriter();
  shared(["17", "18"]).save(writer);
  const loaded = new SharedMoments(() => true);
  loaded.load(new ByteReader(writer.finish()));
  expect([17, 18, 19].map((row) => loaded.placeOf(moment, idOfRow(row), false))).toEqual([1, 2, 0]);
});

it("an id that is nowhere here means the first, unless it may be that of a row without one", () => {
  expect(shared(["p"]).placeOf(moment, "q", false)).toBe(0);
  const withRow = shared(["p", idOfRow(3)]);
  const places = [["q", false] as const, ["q", true] as const, ["p", false] as const, [idOfRow(3), false] as const];
  expect(places.map(([id, isKnown]) => withRow.placeOf(moment, id, isKnown))).toEqual([undefined, 0, 1, 2]);
  expect(withRow.placeOf(moment, undefined, true)).toBeUndefined();
});

it("what is kept of a customer is removed, and of nobody else", () => {
  const moments = shared(["p", "q"]);
  moments.taken({ ...moment, customer: 5, id: "r" }, 1);
  expect([moments.forget(1), moments.forget(1), moments.before(moment), moments.forget(5)]).toEqual([2, 0, 1, 1]);
});
