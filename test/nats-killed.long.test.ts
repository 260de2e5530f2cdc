import { expect, it } from "vitest";
import { surviveTogether } from "./killed-replicas.ts";
import { hasNats, WITHOUT_NATS } from "./nats-servers.ts";

/** Some four minutes; HEPTAD_KILLS asks for more, or fewer. */
const KILLS = Number(process.env.HEPTAD_KILLS ?? "50");

it.skipIf(!hasNats)(
  `two services and three servers, killed at ${KILLS} moments of start, load, snapshot and swap, have lost no acknowledged event, moved nobody, and answer as one that never ended${WITHOUT_NATS}`,
  async () => {
    const { underWay, lost, moved, stopped, exposures, answers, holds, ...more } = await surviveTogether(
      "tiny-recommendation.md",
      KILLS,
      3,
    );
    expect({ lost, moved, stopped, exposures }).toEqual({ lost: [], moved: [], stopped: null, exposures: [] });
    expect(more.refusals).toEqual([]);
    expect(underWay).toBeGreaterThan(KILLS / 2);
    expect(new Set(more.moments).size).toBe(5);
    // Snapshots were taken, since what lies before one is removed, and all of them serve one model at last.
    expect(more.firstMessage).toBeGreaterThan(1);
    expect(new Set(more.models).size).toBe(1);
    expect(answers).toHaveLength(120);
    for (const [here, there] of answers) expect(here).toEqual(there);
    expect(holds[0]).toEqual(holds[1]);
  },
);
