import { expect, it } from "vitest";
import { survive } from "./killed-service.ts";

it("killed at 50 moments under load, a service has lost no acknowledged event, moved nobody, and answers as one that never ended", async () => {
  const { underWay, lost, moved, stopped, exposures, answers, holds } = await survive("small-recommendation.md", 50, 2);
  expect({ lost, moved, stopped, exposures }).toEqual({ lost: [], moved: [], stopped: null, exposures: [] });
  expect(underWay).toBeGreaterThan(40);
  for (const [here, there] of answers) expect(here).toEqual(there);
  expect(holds[0]).toEqual(holds[1]);
});
