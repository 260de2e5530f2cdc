import { expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { MetMoments } from "./met-moments.ts";

const SPAN = 100;
const [paid, never] = [
  { time: 1010, customer: 1, terminal: 2 },
  { time: 1010, customer: 2, terminal: 1 },
];

it("a card is known to have paid nothing of what came behind the first payment here, as long as a label may come, also once it was saved", () => {
  const met = new MetMoments(SPAN);
  expect(met.isNever(never, 1010)).toBe(false);
  met.taken(paid, 1000, 1010);
  const writer = new ByteWriter();
  met.save(writer);
  const again = new MetMoments(SPAN);
  again.load(new ByteReader(writer.finish()));
  for (const one of [met, again]) {
    expect([paid, never].map((moment) => one.isNever(moment, 1010))).toEqual([false, true]);
    // What came before the first one, or with those before it, was noted nowhere.
    expect([999, 1000, 1000.5].map((time) => one.isNever({ ...never, time }, 1010))).toEqual([false, false, true]);
    expect([1110, 1111].map((newest) => one.isNever(never, newest))).toEqual([true, false]);
  }
});

it("what was met is forgotten after its span too once the clock was set back", () => {
  const met = new MetMoments(SPAN);
  met.taken({ ...paid, time: 1e6 }, 0, 1e6);
  met.setBack(1000);
  for (let time = 1000; time < 1300; time += 20) met.taken({ ...paid, time }, time, time);
  const newest = { ...paid, time: 1280 };
  expect([newest, { ...paid, time: 1e6 }].map((moment) => met.isNever(moment, 1280))).toEqual([false, true]);
});
