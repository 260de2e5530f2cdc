import { describe, expect, it } from "vitest";
import { countingSystem } from "../../test/counting-system.ts";
import type { ServedSystem } from "../system/served-system.ts";
import { BETWEEN_TALLIES, recoverable } from "./replay-log.ts";
import { TallyTurns } from "./tally-turns.ts";

/** Says in order what it was told, and which tallies it took over. */
function listening(): { readonly system: ServedSystem; readonly heard: string[] } {
  const heard: string[] = [];
  const counting = countingSystem();
  const [add, ...others] = counting.endpoints;
  const idOf = (body: unknown): string => JSON.parse(JSON.stringify(body)).id;
  const system: ServedSystem = {
    ...counting,
    endpoints: [
      {
        ...add,
        answer(body, turn) {
          heard.push(`answered ${idOf(body)} at ${turn.arrived}`);
          return add.answer(body, turn);
        },
        remember: (body, turn) => void heard.push(`told ${idOf(body)} at ${turn.arrived}`),
      },
      ...others,
    ],
    disownAnswers: () => void heard.push("disowned"),
    retelling: {
      hurry: (isHurried) => void heard.push(isHurried ? "hurried" : "at ease"),
      tally: () => heard.length,
      expect: (tally) => void heard.push(`expects ${String(tally)}`),
      recount: (tally) => void heard.push(`tally ${String(tally)}`),
    },
  };
  return { system, heard };
}

const entry = (id: string, tally?: number) => ({
  path: "/add",
  body: { id, by: 1 },
  arrived: 7,
  ...(tally !== undefined && { tally }),
});

describe("a system that its log brings back", () => {
  it("is told what a tally stands behind, and answers the rest again", () => {
    const { system, heard } = listening();
    const kept = recoverable(() => system, "folder");
    for (const one of [entry("a", 0), entry("b"), entry("c", 2), entry("d")]) kept.replay(one);
    expect(heard.slice(0, 3)).toEqual(["hurried", "expects 0", "tally 0"]);
    expect(heard.slice(3)).toEqual(["hurried", "expects 2", "told a at 7", "told b at 7", "tally 2"]);
    kept.settle?.();
    expect(heard.slice(8)).toEqual(["at ease", "answered c at 7", "answered d at 7"]);
  });

  it("disowns answers where another model took over, at its place", () => {
    const { system, heard } = listening();
    const kept = recoverable(() => system, "folder");
    for (const one of [entry("a"), { model: "m2", tally: 1 }, entry("b"), entry("c", 2)]) kept.replay(one);
    kept.settle?.();
    const said = heard.filter((one) => one !== "hurried" && !one.startsWith("expects"));
    expect(said).toEqual([
      "told a at 7",
      "tally 1",
      "disowned",
      "told b at 7",
      "tally 2",
      "at ease",
      "answered c at 7",
    ]);
  });

  it("answers all of a log without tallies, and keeps few of its entries waiting", () => {
    const { system, heard } = listening();
    const kept = recoverable(() => system, "folder");
    for (let at = 0; at < BETWEEN_TALLIES + 3; at++) kept.replay(entry(`e${at}`));
    expect(heard).toEqual(["answered e0 at 7", "answered e1 at 7", "answered e2 at 7"]);
    kept.settle?.();
    expect(heard.filter((one) => one.startsWith("answered"))).toHaveLength(BETWEEN_TALLIES + 3);
  });

  it("of other features answers everything, tallies or not: they counted another model's answers", () => {
    const { system, heard } = listening();
    const kept = recoverable(() => system, "folder", true);
    for (const one of [entry("a", 0), entry("b", 1)]) kept.replay(one);
    expect(heard).toEqual(["answered a at 7", "answered b at 7"]);
  });

  it("refuses an entry that it does not take, told or answered", () => {
    const { system } = listening();
    for (const next of [entry("b", 1), undefined]) {
      const kept = recoverable(() => system, "folder");
      kept.replay({ path: "/sum", body: {} });
      expect(() => (next === undefined ? kept.settle?.() : kept.replay(next))).toThrow("none that this system takes");
    }
  });
});

describe("the turns of tallies", () => {
  it("come with the first entry, after so many more, and after so much work; never of a system without one", () => {
    const { system } = listening();
    const turns = new TallyTurns();
    const due: number[] = [];
    for (let at = 0; at < 2 * BETWEEN_TALLIES + 2; at++) {
      const tally = turns.due(system);
      if (tally !== undefined) due.push(at);
      turns.logged(tally !== undefined);
      turns.answered(at === 3 ? 0.05 : 0.0001);
    }
    expect(due).toEqual([0, 4, 4 + BETWEEN_TALLIES]);
    expect(new TallyTurns().due(countingSystem())).toBeUndefined();
  });

  it("come again where the entry could not be written", () => {
    const { system } = listening();
    const turns = new TallyTurns();
    expect([turns.due(system), turns.due(system)]).not.toContain(undefined);
  });
});
