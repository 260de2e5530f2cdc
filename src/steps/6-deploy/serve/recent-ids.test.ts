import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { RecentIds } from "./recent-ids.ts";

it("more ids than a set can hold are remembered for their span and forgotten after twice that: the 16,777,217th threw", () => {
  const ids = new RecentIds(100, 4);
  for (let id = 0; id < 50; id++) ids.add(id % 2 === 0 ? id : `text ${id}`, id);
  expect(ids.size).toBe(50);
  expect([0, 48].every((id) => ids.has(id)) && ids.has("text 49")).toBe(true);
  const writer = new ByteWriter();
  ids.save(writer);
  const loaded = new RecentIds(100, 7);
  loaded.load(new ByteReader(writer.finish()));
  for (const one of [ids, loaded]) {
    one.add("next", 150);
    expect([one.has(0), one.has("text 49"), one.size]).toEqual([true, true, 51]);
    one.add("far", 400);
    expect([one.has(0), one.has("next"), one.has("far"), one.size]).toEqual([false, false, true, 1]);
  }
});

it("ids are remembered for their span and forgotten after twice that, whatever pauses there were", () => {
  const ids = new RecentIds(100);
  for (const at of [0, 50, 200]) ids.add(`at ${at}`, at);
  expect(ids.has("at 0")).toBe(true);
  ids.add("at 201", 201);
  expect([0, 50, 200, 201].map((at) => ids.has(`at ${at}`))).toEqual([false, false, true, true]);
  ids.add("at 300", 300);
  expect([200, 201, 300].map((at) => ids.has(`at ${at}`))).toEqual([true, true, true]);
});

it("ids are forgotten after their span too once the time was set back: else they would be kept until it had come where it was", () => {
  const ids = new RecentIds(100);
  ids.add("ahead", 1e6);
  ids.setBack(1000);
  for (let at = 0; at < 50; at++) ids.add(at, 1000 + at * 20);
  expect(ids.has(49)).toBe(true);
  expect(ids.has("ahead")).toBe(false);
  expect(ids.size).toBeLessThan(15);
});

it("ids are read in the form of before too, and written anew in this one: those of both are remembered", () => {
  const old = new ByteWriter();
  old.number(7);
  for (const [numbers, texts] of [
    [
      [5, 2 ** 53 - 1],
      ["five", "\u0416ivago"],
    ],
    [[], ["old"]],
  ] as const) {
    old.number(numbers.length + texts.length);
    old.bytes(Uint8Array.from([...numbers.map(() => 0), ...texts.map(() => 1)]));
    for (const one of numbers) old.number(one);
    old.texts(texts);
  }
  let ids = new RecentIds(100);
  ids.load(new ByteReader(old.finish()));
  for (let round = 0; round < 3; round++) {
    expect([5, 2 ** 53 - 1, "five", "\u0416ivago", "old"].map((id) => ids.has(id))).toEqual(Array(5).fill(true));
    expect([6, "5", "fivE", "five ", "", "ol", "\u0416"].map((id) => ids.has(id))).toEqual(Array(7).fill(false));
    expect(ids.size).toBe(5 + round);
    ids.add(`round ${round}`, 8);
    const writer = new ByteWriter();
    ids.save(writer);
    writer.number(1234);
    const reader = new ByteReader(writer.finish());
    ids = new RecentIds(100);
    ids.load(reader);
    expect(reader.number()).toBe(1234);
  }
  ids.add("next", 108);
  expect([ids.has("old"), ids.has("five"), ids.has("round 2")]).toEqual([false, true, true]);
});
