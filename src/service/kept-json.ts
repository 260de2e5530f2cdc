/** Small files that outlive the program that wrote them: how another version reads them. docs/decisions/kept-files.md has the rule. */

import { z } from "zod";
import { type Failure, FailureError } from "../core/outcome.ts";

/** The format that this version writes, and the newest that it reads. */
export const FORMAT = 1;

const formatSchema = z.looseObject({ format: z.int().min(FORMAT + 1) });

/**
 * What was written. Throws a `FailureError`: `damaged` for what is not what was written, and another one for what a newer version wrote in a
 * format that this one does not know.
 */
export function readKept<Schema extends z.ZodType>(text: string, schema: Schema, damaged: Failure): z.output<Schema> {
  const json = jsonOf(text);
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const newer = formatSchema.safeParse(json);
  if (!newer.success) throw new FailureError(damaged);
  throw new FailureError({
    code: "newer-format",
    message: `a newer version of the program wrote this: it is of format ${newer.data.format}, and this version reads up to ${FORMAT}`,
    ...(damaged.where === undefined ? {} : { where: damaged.where }),
    fix: "go on with that version, or a later one",
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
