import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { printOfText, RecentPrints, TextPrint } from "./recent-prints.ts";

describe("recent prints", () => {
  it("say what a map of the last bits says, whatever was added, changed or is unknown, also once they were saved", () => {
    const random = createRandom(3, "prints");
    const prints = new RecentPrints(1e9);
    const map = new Map<number, 0 | 1>();
    for (let i = 0; i < 20_000; i++) {
      const print = printOfText(String(random.below(9000)));
      const bit = random.below(2) === 1 ? 1 : 0;
      prints.add(print, bit, i);
      map.set(print, bit);
    }
    const writer = new ByteWriter();
    prints.save(writer);
    const again = new RecentPrints(1e9);
    again.load(new ByteReader(writer.finish()));
    for (const one of [prints, again]) {
      expect(one.size).toBe(map.size);
      for (let i = 0; i < 12_000; i++) {
        const print = printOfText(String(i));
        expect(one.get(print)).toBe(map.get(print));
      }
    }
    // Of eight bytes each, in a table that is between three eighths and three quarters full.
    expect(prints.bytes / prints.size).toBeLessThan(8 / 0.37);
  });

  it("are kept for their span, a fifth longer at most, and take no more room the longer it goes on", () => {
    const prints = new RecentPrints(1000);
    let most = 0;
    for (let now = 0; now < 50_000; now += 10) {
      prints.add(printOfText(`p${now}`), 1, now);
      if (now >= 1000) expect(prints.get(printOfText(`p${now - 1000}`))).toBe(1);
      if (now >= 1300) expect(prints.get(printOfText(`p${now - 1300}`))).toBeUndefined();
      most = Math.max(most, prints.size);
    }
    expect(most).toBeLessThanOrEqual(130);
  });

  it("say the bit that was added last, however long after the first", () => {
    const prints = new RecentPrints(1000);
    prints.add(1, 1, 0);
    prints.add(1, 0, 500);
    expect(prints.get(1)).toBe(0);
  });

  it("go by the moment that the time is set back to", () => {
    const prints = new RecentPrints(1000);
    prints.add(1, 0, 1e6);
    prints.setBack(100);
    for (let now = 200; now <= 1100; now += 100) prints.add(now, 0, now);
    expect(prints.get(1)).toBe(0);
    for (let now = 1200; now <= 1700; now += 100) prints.add(now, 0, now);
    expect(prints.get(1)).toBeUndefined();
  });

  it("tell texts apart that differ in one sign", () => {
    const texts = Array.from({ length: 100_000 }, (_, i) => `1738400${i} ${i % 7} ${i % 11} p${i}`);
    expect(new Set(texts.map(printOfText)).size).toBe(texts.length);
    for (const text of texts.slice(0, 100)) expect(printOfText(text)).toBeLessThan(2 ** 52);
  });
});

it("texts one behind the other have the print of one text, whichever of them were added before", () => {
  const begun = new TextPrint().add("12.5 ");
  const other = new TextPrint().add("something else");
  expect(other.become(begun).add("").add("3 ").add("\u0416").value).toBe(printOfText("12.5 3 \u0416"));
  expect(begun.value).toBe(printOfText("12.5 "));
});
