import { describe, expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { rankedTaskToStored } from "../ranked-task.ts";
import { listAt, sharedListAt } from "../row-lists.ts";
import { requestSets, whenAsked } from "./request-sets.ts";
import { cutsFromStored, requestsFromStored } from "./stored-requests.ts";
import { timeSplitStage } from "./time-split-stage.ts";

const WORDS = { unit: "reader", items: "books" };

/** Everybody did something before the cut; times have ties. */
async function aSplit() {
  const random = createRandom(5);
  const events = Array.from({ length: 1200 }, () => ({
    time: 1 + random.below(500),
    unit: random.below(40),
    item: random.below(60),
    value: 5,
  })).sort((one, other) => one.time - other.time);
  const task = plantRanked(events, { units: 40, items: 60 });
  const made = await timeSplitStage("task", {}, { kind: "rating", atLeast: 4 }, { folds: 0 }).execute({
    paths: {},
    random: createRandom(9),
    input: async () => stageResult(rankedTaskToStored(task)),
    environment: Object({}),
  });
  return { events, made };
}

/** The requests as the sentence of a report has them made, from the rows alone. */
function asSaid(events: Awaited<ReturnType<typeof aSplit>>["events"], cut: number, share: number) {
  return Array.from({ length: 40 }, (_, unit) => {
    const own = events.filter((one) => one.unit === unit);
    const later = own.filter(({ time }) => time >= cut);
    if (later.length === 0) return undefined;
    const moment = later[Math.floor(share * later.length)].time;
    const had = own.filter(({ time }) => time < moment);
    const known = new Set(had.map(({ item }) => item));
    const wanted = [...new Set(own.filter(({ time }) => time >= moment).map(({ item }) => item))];
    const relevant = wanted.filter((item) => !known.has(item)).sort((a, b) => a - b);
    return relevant.length === 0 ? undefined : { unit, moment, history: had.length, relevant };
  }).filter((one) => one !== undefined);
}

describe("the requests of the test", () => {
  it("are those that the report's sentence lets somebody make from the rows", async () => {
    const said = /floor\((?<share>[\d.]+) × n\) \+ 1/u.exec(whenAsked(WORDS, false));
    const { events, made } = await aSplit();
    const { testStart } = cutsFromStored(made);
    for (const [name, share] of [["test", Number(said?.groups?.share)] as const, ["test-cold", 0] as const]) {
      const requests = requestsFromStored(made, name);
      const shown = Array.from({ length: requests.count }, (_, at) => ({
        unit: requests.unit[at],
        moment: requests.moment[at],
        history: sharedListAt(requests.history, at).length,
        relevant: [...listAt(requests.relevant, at)],
      }));
      expect(shown.length).toBeGreaterThan(30);
      expect(shown).toEqual(asSaid(events, testStart, share));
    }
  });

  it("have a history at the first event after the cut: all that was done before it", async () => {
    const { made } = await aSplit();
    const { history, count } = requestsFromStored(made, "test-cold");
    const lengths = Array.from({ length: count }, (_, at) => sharedListAt(history, at).length);
    expect(Math.min(...lengths)).toBeGreaterThan(0);
  });

  it("are spoken of with impressions only where there are some", () => {
    expect(whenAsked(WORDS, true)).toContain("n events after the cut, impressions aside, at the moment");
    expect(whenAsked(WORDS, false)).toContain("of their n events after the cut at the moment");
  });

  it("share what is folded in with those of validation", () => {
    const share = (wanted: string) => requestSets(0).find(({ name }) => name === wanted)?.foldIn;
    expect(share("validation")).toBe(share("test"));
  });
});
