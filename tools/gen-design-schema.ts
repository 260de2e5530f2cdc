/** Generates docs/design.schema.json, the JSON Schema of a note's facts. */

import { designJsonSchema } from "../src/note/json-schema.ts";
import type { Generated } from "./generated.ts";

export function generateDesignSchema(): Generated[] {
  return [{ path: "docs/design.schema.json", text: `${JSON.stringify(designJsonSchema(), null, 2)}\n` }];
}
