import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { openLatencyGuard } from "./latency-guard.ts";

/** Answers of both arms in turns, of so many members each; looks after each fifty. Gives the answer at which harm was seen, or undefined. */
function watch(
  name: string,
  answers: number,
  margin: number,
  seconds: (side: number, random: ReturnType<typeof createRandom>, at: number) => number,
): number | undefined {
  const random = createRandom(1, name);
  const guard = openLatencyGuard({ rank: 0.99, margin, alpha: 0.05 / 4, units: 512 });
  for (let at = 0; at < answers; at++) {
    const side = at % 2;
    guard.add(side, (at * 7) % 500, seconds(side, random, at));
    if (at % 50 === 49 && guard.harm() !== undefined) return at;
  }
  return undefined;
}

/** Most are quick, few are slow: p99 is 20 ms and (1 + more) of it. */
const tailed = (random: ReturnType<typeof createRandom>): number => 0.005 - 0.0033 * Math.log(1 - random.uniform());

describe("a guardrail on p99", () => {
  it("sees a treated arm whose p99 is above the control's by more than the margin, though most answers are as quick", () => {
    const stopped = watch("tail", 60_000, 0.005, (side, random) =>
      side === 1 && random.uniform() < 0.05 ? 0.06 : tailed(random),
    );
    expect(stopped).toBeDefined();
    expect(stopped).toBeLessThan(30_000);
  });

  it("sees an arm that is slower in all of its answers sooner", () => {
    const stopped = watch("all", 60_000, 0.005, (side, random) => tailed(random) + (side === 1 ? 0.05 : 0));
    expect(stopped).toBeLessThan(20_000);
  });

  it("lets a difference within the margin pass, however often it is looked at", () => {
    expect(watch("within", 60_000, 0.005, (side, random) => tailed(random) + (side === 1 ? 0.004 : 0))).toBeUndefined();
  });

  it("stops neither arm where both are alike, nor where both become slow together", () => {
    for (let run = 0; run < 20; run++)
      expect(watch(`alike ${run}`, 20_000, 0, (_, random) => tailed(random))).toBeUndefined();
    expect(
      watch("together", 40_000, 0.005, (_, random, at) => tailed(random) + (at > 10_000 ? 0.1 : 0)),
    ).toBeUndefined();
  });

  it("says the thresholds and what is beyond them, and nothing before there are answers enough", () => {
    const guard = openLatencyGuard({ rank: 0.99, margin: 0.005, alpha: 0.05, units: 16 });
    for (let at = 0; at < 1000; at++) {
      expect(guard.read()).toBeUndefined();
      guard.add(0, at % 16, at / 1000);
    }
    for (let at = 0; at < 4; at++) {
      guard.add(0, at, at === 0 ? 2 : 0);
      guard.add(1, at, at < 3 ? 2 : 0.994);
    }
    expect(guard.read()).toEqual({
      control: { limit: 0.994, slower: 0.25 },
      treated: { limit: 0.999, slower: 0.75 },
    });
  });
});
