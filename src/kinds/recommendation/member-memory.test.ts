import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import { type Deed, MemberMemory } from "./member-memory.ts";

const deed = (title: number, time: number, strength = 1, judged = 0): Deed => ({ title, time, strength, judged });

/** A memory in which member 7 did these, in the order in which they were told. */
function memoryOf(...deeds: readonly Deed[]): MemberMemory {
  const memory = new MemberMemory();
  for (const one of deeds) memory.take(7, one);
  return memory;
}
const known = (memory: MemberMemory, moment: number) => {
  const { history, deeds } = memory.before(7, moment);
  return { titles: [...history.indices], values: [...history.values], times: [...(history.times ?? [])], deeds };
};

describe("what is known of a member before a moment", () => {
  it("is each title once, with its strongest sign and its latest time", () => {
    expect(known(memoryOf(deed(9, 1, 2), deed(3, 2), deed(9, 3)), 10)).toEqual({
      titles: [3, 9],
      values: [1, 2],
      times: [2, 3],
      deeds: 3,
    });
  });

  it("leaves out the moment itself and what comes after it", () => {
    expect(known(memoryOf(deed(1, 1), deed(2, 5)), 5)).toMatchObject({ titles: [1], deeds: 1 });
    expect(known(memoryOf(deed(1, 1), deed(2, 5)), 5.1)).toMatchObject({ titles: [1, 2], deeds: 2 });
    expect(known(new MemberMemory(), 5)).toMatchObject({ titles: [], deeds: 0 });
  });

  it("is one and the same of all who had done nothing by then", () => {
    const memory = memoryOf(deed(1, 5));
    const nobody = memory.before(8, 9);
    expect(nobody).toMatchObject({ deeds: 0, history: { indices: new Int32Array(0) } });
    expect([memory.before(7, 5), memory.before(-1, 2), new MemberMemory().before(8, 9)]).toEqual([
      nobody,
      nobody,
      nobody,
    ]);
    expect(memory.before(7, 5).history).toBe(nobody.history);
    expect(memory.before(-1, 2).history).toBe(nobody.history);
    expect(memory.before(7, 5.1).history).not.toBe(nobody.history);
  });

  it("counts deeds that say nothing, and takes out what is unwanted later", () => {
    expect(known(memoryOf(deed(1, 1, 0), deed(2, 2)), 9)).toMatchObject({ titles: [2], deeds: 2 });
    expect(known(memoryOf(deed(1, 1), deed(1, 2, 0, -1)), 9)).toMatchObject({ titles: [], deeds: 2 });
    expect(known(memoryOf(deed(1, 1, 0, -1), deed(1, 2)), 9)).toMatchObject({ titles: [1], deeds: 2 });
  });

  it("is the same in whatever order deeds were told, the first of all told last too", () => {
    // Wanted at 1, unwanted at 2.
    const late = memoryOf(deed(1, 2, 0, -1), deed(1, 1));
    expect(known(late, 9)).toMatchObject({ titles: [], deeds: 2 });
    expect(known(late, 2)).toMatchObject({ titles: [1], deeds: 1 });
    // Of one moment the one that was told later counts as later.
    expect(known(memoryOf(deed(1, 1), deed(1, 1, 0, -1)), 9).titles).toEqual([]);
    expect(known(memoryOf(deed(1, 1, 0, -1), deed(1, 1)), 9).titles).toEqual([1]);
  });

  it("is the same for one who is asked about after every deed, and for one who is asked about once", () => {
    const random = createRandom(15);
    for (let round = 0; round < 40; round++) {
      const asked = new MemberMemory();
      const told: Deed[] = [];
      for (let one = 0; one < 25; one++) {
        // Some come late, some of one moment, some take back, some say nothing.
        const time = Math.max(0, one - (random.below(5) === 0 ? random.below(6) : 0));
        told.push(deed(random.below(6), time, random.below(3) / 2, random.below(3) - 1));
        asked.take(7, told[one]);
        expect(known(asked, 100)).toEqual(known(memoryOf(...told), 100));
      }
    }
  });

  it("is one object until the member does something more", () => {
    const memory = memoryOf(deed(1, 1));
    const before = memory.before(7, 9);
    expect(memory.before(7, 10)).toBe(before);
    memory.take(7, deed(2, 2));
    expect(memory.before(7, 10)).not.toBe(before);
  });

  it("keeps its history as one object while deeds change nothing of it", () => {
    const memory = memoryOf(deed(1, 1));
    const { history } = memory.before(7, 9);
    for (const [at, one] of [deed(1, 2, 0), deed(2, 3, 0), deed(2, 4, 0, -1)].entries()) {
      memory.take(7, one);
      expect(memory.before(7, 10)).toEqual({ history, deeds: at + 2 });
      expect(memory.before(7, 10).history).toBe(history);
    }
    memory.take(7, deed(1, 5, 0, -1));
    expect(memory.before(7, 10).history).not.toBe(history);
  });
});

it("counts members and deeds, forgets them, and is the same after it was saved", () => {
  const memory = memoryOf(deed(1, 1, 0.5, -1), deed(2, 2));
  memory.take(8, deed(3, 3));
  expect([memory.members, memory.count]).toEqual([2, 3]);
  const writer = new ByteWriter();
  memory.save(writer);
  const loaded = memoryOf(deed(5, 5));
  loaded.load(new ByteReader(writer.finish()));
  expect([loaded.members, loaded.count]).toEqual([2, 3]);
  expect(known(loaded, 9)).toEqual(known(memory, 9));
  expect([memory.forget(7), memory.forget(7), memory.members, memory.count]).toEqual([2, 0, 1, 1]);
  expect(known(memory, 9).deeds).toBe(0);
});
