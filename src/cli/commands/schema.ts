/** `heptad schema`: prints the JSON Schema of a note's facts for editors and other programs. */

import { FailureError } from "../../core/outcome.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "schema",
  summary: "print the JSON Schema of a design's facts",
  description:
    "The facts are checked by `heptad check` in any case; the schema lets an editor complete and explain them while they are written.",
  arguments: [],
  options: [{ name: "step", value: "N", description: "only section N, 1 to 7; 0 is the front matter" }],
  examples: [
    { line: "heptad schema > design.schema.json", says: "all sections by name" },
    { line: "heptad schema --step 4", says: "what the block of section 4 may hold" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { designJsonSchema, sectionJsonSchema } = await import("../../note/json-schema.ts");
  const step = input.value("step");
  const schema = step === undefined ? designJsonSchema() : sectionJsonSchema(/^\d$/u.test(step) ? Number(step) : -1);
  if (schema === undefined) {
    const message = `\`--step ${String(step).slice(0, 20)}\` is no section`;
    throw new FailureError({ code: "no-such-section", message, where: "--step", fix: "give a number from 0 to 7" });
  }
  terminal.out(JSON.stringify(schema, null, 2));
  return EXITS.done.code;
}
