/** The precision that trees are rounded to, as the note asks for it. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { TreesPrecision } from "../../4-model/models/compact-trees.ts";
import type { CompressionEntry } from "./variant.ts";

/** int8 where the note does not say. Fails for a precision that trees are not kept in. */
export function treesPrecisionOf({ precision = "int8" }: Pick<CompressionEntry, "precision">): Outcome<TreesPrecision> {
  if (precision === "int8") return succeed("int8");
  if (precision === "fp16") return succeed("float16");
  return fail({ code: "unknown-precision", message: `trees can be rounded to int8 and fp16, not to ${precision}` });
}
