import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { printOfText, RecentPrints } from "../../steps/6-deploy/serve/recent-prints.ts";
import { OwnIds } from "./own-ids.ts";

it("ids are known by the text that snapshots hold the prints of: moment, card, terminal and id, a space between them", () => {
  const prints = new RecentPrints(100);
  for (const text of ["12.5 3 4 p1", "12.5 3 4 7", "13 30 4 p1"]) prints.add(printOfText(text), 0, 20);
  const writer = new ByteWriter();
  writer.number(0);
  prints.save(writer);
  const ids = new OwnIds(100);
  ids.load(new ByteReader(writer.finish()));
  const isAnothers = (time: number, customer: number, terminal: number, id: string | number): boolean =>
    ids.isAnothers({ id, time, customer, terminal }, 20);
  const known = [isAnothers(12.5, 3, 4, "p1"), isAnothers(12.5, 3, 4, 7), isAnothers(13, 30, 4, "p1")];
  expect(known).toEqual([false, false, false]);
  const others = [isAnothers(12.5, 3, 4, "p2"), isAnothers(13, 3, 4, "p1"), isAnothers(13, 30, 44, "p1")];
  expect([...others, isAnothers(13, 33, 4, "p1")]).toEqual([true, true, true, true]);
});
