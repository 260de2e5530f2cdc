import fc from "fast-check";
import { expect, it } from "vitest";
import { DueQueue } from "./due-queue.ts";

it("gives back what is due in the order of its moments, and keeps the rest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 60 }), (moments, until) => {
      const queue = new DueQueue<number>();
      for (const [at, moment] of moments.entries()) queue.add(moment, at);
      const taken: number[] = [];
      for (let next = queue.take(until); next !== undefined; next = queue.take(until)) {
        expect(moments[next.item]).toBe(next.moment);
        taken.push(next.moment);
      }
      expect(taken).toEqual(moments.filter((moment) => moment < until).sort((a, b) => a - b));
      expect([...queue].map(({ moment }) => moment).sort((a, b) => a - b)).toEqual(
        moments.filter((moment) => moment >= until).sort((a, b) => a - b),
      );
    }),
  );
});
