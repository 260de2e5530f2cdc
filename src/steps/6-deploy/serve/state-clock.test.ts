import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StateClock } from "./state-clock.ts";

const open = (): StateClock =>
  new StateClock({ lateness: 3600, jump: 86_400, step: 3600, leeway: 300, confirmations: 20 });
const BEGIN = 1.6e9;

describe("the clock of a state", () => {
  it("stays within the leeway of the arrivals and believes the honest, whoever else says what", () => {
    const hostile = fc.record({ who: fc.nat(60), ahead: fc.oneof(fc.integer({ min: -7200, max: 1e6 }), fc.nat(4000)) });
    fc.assert(
      fc.property(fc.array(fc.record({ gap: fc.nat(20_000), told: fc.array(hostile, { maxLength: 30 }) })), (turns) => {
        const clock = open();
        let arrived = BEGIN;
        for (const { gap, told } of turns) {
          arrived += gap;
          for (const { who, ahead } of told) {
            if (clock.believes(arrived + ahead, who, arrived)) clock.follow(arrived + ahead, who);
          }
          expect(clock.newest).toBeLessThanOrEqual(arrived + 300);
          // An honest one that happened up to 55 minutes ago.
          for (const age of [0, 60, 3300]) {
            expect(arrived - age).toBeGreaterThanOrEqual(clock.newest - 3600);
            expect(clock.believes(arrived - age, 1000, arrived)).toBe(true);
          }
        }
      }),
    );
  });

  it("goes back only where twenty witnesses in a row and the receiver agree", () => {
    const ahead = BEGIN + 30 * 86_400;
    const clock = open();
    clock.follow(ahead, 1);
    const back = (who: number, time: number, arrived?: number) => clock.wayBack(time, who, arrived);
    for (let at = 0; at < 40; at++) {
      expect(back(1, BEGIN + at, BEGIN + at)).toBeUndefined();
      expect(back(at, BEGIN + at)).toBeUndefined();
      expect(back(at, BEGIN + at, 5000)).toBeUndefined();
    }
    const said = Array.from({ length: 20 }, (_, at) => back(100 + at, BEGIN + at, BEGIN + at));
    // Customer 1 was the first witness.
    expect(said.findIndex((one) => one !== undefined)).toBe(18);
    expect(said[18]).toBe(BEGIN + 18 + 300);
  });
});
