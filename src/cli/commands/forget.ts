/** `heptad forget`: removes a person from what the service of a design remembers. */

import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { NATS_OPTIONS, NATS_RULES, natsIn } from "../nats-options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "forget",
  summary: "remove a member from what the service of a design remembers",
  description:
    "Events, histories and exposures of the member go, of a card where payments are decided; a new snapshot is written, and no older log is left. Stop the service first, since one process at a time writes there; with --nats services go on, and forget too. Not touched: the data that the note names, results kept in .heptad/cache and in the models of the registry, which hold training data until you train without the member, and ids of events of the last days; totals of features over all members stay as they are, and lead to nobody.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "member", value: "ID", description: "whom to forget, by the id that events or payments were sent with" },
    {
      name: "state",
      value: "FOLDER",
      description: "where the service keeps what it knows, in place of .heptad/serve/",
    },
    ...NATS_OPTIONS,
    { name: "json", description: "print what went as JSON" },
  ],
  rules: NATS_RULES,
  examples: [
    { line: "heptad forget designs/movie-recommendations.md --member 4711", says: "events, history and exposures" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

/** What went of a person. */
export function saidGone({ entries, exposures }: { readonly entries: number; readonly exposures: number }): string {
  return `${plural(entries, "entry", "entries")} of the memory and ${plural(exposures, "row")} of exposures`;
}

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { forgetPerson } = await import("../../service/forget-person.ts");
  const [path] = input.arguments;
  const member = input.value("member");
  if (member === undefined || member === "")
    throw new FailureError({
      code: "who",
      message: "it is not said whom to forget",
      where: "--member",
      fix: "give the member's id",
    });
  const { elsewhere, ...gone } = await forgetPerson(path, member, input.value("state"), natsIn(input));
  if (input.has("json")) terminal.out(JSON.stringify({ member, ...gone }, null, 2));
  else if (gone.entries + gone.exposures === 0) terminal.out(`nothing is known of ${member}`);
  else terminal.out(`forgot ${member}: ${saidGone(gone)}`);
  if (elsewhere !== undefined) terminal.note(elsewhere);
  return EXITS.done.code;
}
