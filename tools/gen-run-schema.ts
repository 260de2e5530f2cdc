/** Generates docs/run.schema.json: what `run.json` and `heptad run --json` hold. */

import { z } from "zod";
import type { Generated } from "./generated.ts";

export async function generateRunSchema(): Promise<Generated[]> {
  const { runRecordSchema }: { runRecordSchema: z.ZodType } = await import(
    new URL("../src/system/run-record.js", import.meta.url).href
  );
  const schema = { $id: "heptad-run", title: "The record of a Heptad run", ...z.toJSONSchema(runRecordSchema) };
  return [{ path: "docs/run.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` }];
}
