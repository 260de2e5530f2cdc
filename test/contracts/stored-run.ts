/** The results of a run's stages, for running one stage again on them as the pipeline would. */

import { createHash } from "node:crypto";
import { expect } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { Stage, StageResult } from "../../src/system/stage.ts";
import { sealedEnvironment } from "../sealed-environment.ts";

export type StoredResults = ReadonlyMap<string, StageResult>;

/** What the stage leaves, given only the results that it declares. It may read nothing else, and change nothing of what it reads. */
export async function runAgain(stage: Stage, results: StoredResults): Promise<StageResult> {
  const read = stage.inputs.map((name) => results.get(name));
  const before = read.map(contentOf);
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
  expect(read.map(contentOf)).toEqual(before);
  return result;
}

/** All that a result holds, to the last bit. Comparing arrays number by number would take longer than the stages. */
function contentOf(result: StageResult | undefined): string {
  const hash = createHash("sha256").update(JSON.stringify(result?.json) ?? "");
  for (const [name, array] of Object.entries(result?.arrays ?? {}))
    hash.update(name).update(ArrayBuffer.isView(array) ? bytesOf(array) : JSON.stringify(array));
  return hash.digest("hex");
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
