/** The results of a run's stages, for running one stage again on them as the pipeline would. */

import { expect } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { Stage, StageResult } from "../../src/system/stage.ts";
import { sealedEnvironment } from "../sealed-environment.ts";

export type StoredResults = ReadonlyMap<string, StageResult>;

/** What the stage leaves, given only the results that it declares. It may read nothing else, and change nothing of what it reads. */
export async function runAgain(stage: Stage, results: StoredResults): Promise<StageResult> {
  const before = stage.inputs.map((name) => JSON.stringify(results.get(name)?.json));
  const arrays = stage.inputs.map((name) => structuredClone(results.get(name)?.arrays));
  const result = await stage.execute({
    paths: stage.data.paths,
    input: async (name) => {
      const found = stage.inputs.includes(name) ? results.get(name) : undefined;
      if (found === undefined) throw new Error(`${stage.name} reads ${name} without declaring it`);
      return found;
    },
    random: createRandom(7, stage.name),
    environment: sealedEnvironment,
  });
  expect(stage.inputs.map((name) => JSON.stringify(results.get(name)?.json))).toEqual(before);
  expect(stage.inputs.map((name) => results.get(name)?.arrays)).toEqual(arrays);
  return result;
}
