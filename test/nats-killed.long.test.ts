import { expect, it } from "vitest";
import { surviveTogether } from "./killed-replicas.ts";
import { hasNats, WITHOUT_NATS } from "./nats-servers.ts";

/** HEPTAD_KILLS=50 takes some five minutes. */
const KILLS = Number(process.env.HEPTAD_KILLS ?? "12");

it.skipIf(!hasNats)(
  `two services and three servers, killed at ${KILLS} moments under load, have lost no acknowledged event, moved nobody, and answer as one that never ended${WITHOUT_NATS}`,
  async () => {
    const { underWay, lost, moved, stopped, exposures, answers, holds } = await surviveTogether(
      "tiny-recommendation.md",
      KILLS,
      3,
    );
    expect({ lost, moved, stopped, exposures }).toEqual({ lost: [], moved: [], stopped: null, exposures: [] });
    expect(underWay).toBeGreaterThan(KILLS / 2);
    expect(answers).toHaveLength(120);
    for (const [here, there] of answers) expect(here).toEqual(there);
    expect(holds[0]).toEqual(holds[1]);
  },
);
