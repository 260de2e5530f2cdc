import { expect, it } from "vitest";
import { survive } from "./killed-service.ts";

it("killed at 8 moments under load, a service has lost no acknowledged event, moved nobody, and answers as one that never ended", async () => {
  const { underWay, acknowledged, lost, moved, exposures, answers, holds } = await survive(
    "tiny-recommendation.md",
    8,
    1,
  );
  expect({ lost, moved, exposures }).toEqual({ lost: [], moved: [], exposures: [] });
  expect(underWay).toBeGreaterThan(4);
  expect(acknowledged).toBeGreaterThanOrEqual(80);
  for (const [here, there] of answers) expect(here).toEqual(there);
  expect(holds[0]).toEqual(holds[1]);
}, 240_000);
