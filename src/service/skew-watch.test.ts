import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import type { SkewCount } from "../system/served-system.ts";
import { openAlertWatch } from "./alert-watch.ts";
import { readMetrics } from "./read-metrics.ts";
import { createServiceMetrics } from "./service-metrics.ts";
import { openSkewWatch } from "./skew-watch.ts";

const SAME: SkewCount = { requests: 100, compared: 1500, differing: 0 };
const OTHER: SkewCount = {
  ...SAME,
  differing: 3,
  first: { row: 7, feature: "amount_30d", batch: 2, served: 2.5 },
};

/** A service whose models' windows are replayed as is said of each. */
function serviceOf(counts: Readonly<Record<string, SkewCount | null | Error>>) {
  const metrics = createServiceMetrics();
  const said: string[] = [];
  const replayed: string[] = [];
  const state = { model: Object.keys(counts)[0] };
  const look = openSkewWatch({
    model: () => state.model,
    async replay() {
      replayed.push(state.model);
      const found = counts[state.model];
      if (found instanceof Error) throw found;
      return found;
    },
    onCounted: metrics.skew,
    say: (message) => said.push(message),
  });
  const serve = (id: string): void => {
    state.model = id;
    metrics.model(id);
  };
  serve(state.model);
  const seen = async () =>
    readMetrics(await metrics.peek())
      .filter(({ name }) => name.startsWith("heptad_skew"))
      .map(({ name, labels, value }) => [name, labels.model ?? "", value]);
  return { metrics, said, replayed, serve, look, seen };
}

describe("the watch over skew", () => {
  it("counts the values of each model that comes to serve once, and none before it was replayed", async () => {
    const { look, seen, serve, said, replayed, metrics } = serviceOf({ a: SAME, b: OTHER });
    expect(await seen()).toEqual([
      ["heptad_skew_compared_total", "", 0],
      ["heptad_skew_differing_total", "", 0],
    ]);
    await look();
    await look();
    expect(await seen()).toEqual([
      ["heptad_skew_compared_total", "", 1500],
      ["heptad_skew_differing_total", "", 0],
      ["heptad_skew_share", "a", 0],
    ]);
    expect(said).toEqual([]);
    serve("b");
    expect((await seen()).map(([name]) => name)).not.toContain("heptad_skew_share");
    await look();
    expect(await seen()).toEqual([
      ["heptad_skew_compared_total", "", 3000],
      ["heptad_skew_differing_total", "", 3],
      ["heptad_skew_share", "b", 0.002],
    ]);
    expect(said).toEqual([
      "model b reads features otherwise than its run did: 3 of 1,500 values, at 100 rows of the test window; first amount_30d of row 7: 2.5 where the run has 2",
    ]);
    expect(replayed).toEqual(["a", "b"]);
    metrics.close();
  });

  it("says that it could not look, once, and counts nothing for a system without features", async () => {
    const { look, seen, serve, said, metrics } = serviceOf({ a: new Error("no memory"), b: null });
    await look();
    await look();
    serve("b");
    await look();
    expect(said).toEqual([expect.stringContaining("model a reads features as its run did was not looked at")]);
    expect((await seen()).map(([, , value]) => value)).toEqual([0, 0]);
    metrics.close();
  });

  it("says nothing of a model that was replaced while its window was replayed", async () => {
    let model = "a";
    const counted: string[] = [];
    const look = openSkewWatch({
      model: () => model,
      async replay() {
        model = "b";
        return OTHER;
      },
      onCounted: (id) => counted.push(id),
      say: (message) => counted.push(message),
    });
    await look();
    expect(counted).toEqual([]);
  });

  it("rings the alarm of the note's `skew-check` beyond its limit, and none other", async () => {
    const note = readFileSync("designs/card-fraud.md", "utf8");
    const ringing = async (limit: string, count: SkewCount): Promise<readonly string[]> => {
      const text = note.replace("skew-check: { sample: 1%, limit: 0% }", `skew-check: { sample: 1%, limit: ${limit} }`);
      const { design } = parseDesign(text, "card-fraud.md");
      if (design === undefined) throw new Error("the note is no design");
      const { look, metrics } = serviceOf({ a: count });
      await look();
      const watch = openAlertWatch(design);
      for (const at of [1000, 1015]) watch.look({ at, samples: readMetrics(await metrics.peek()) });
      metrics.close();
      return watch.ringing;
    };
    expect(await ringing("0%", SAME)).toEqual([]);
    expect(await ringing("0%", OTHER)).toEqual(["7.skew-check"]);
    expect(await ringing("0.1%", OTHER)).toEqual(["7.skew-check"]);
    expect(await ringing("0.3%", OTHER)).toEqual([]);
  });
});
