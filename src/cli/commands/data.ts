/** `heptad data`: looks at data files and says what each column seems to be, and what no data can answer. */

import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "data",
  summary: "say what data files seem to hold, and what they cannot answer",
  description:
    "No mapping is needed: delimiter, header, encoding and the encoding of times are found out, and each guess comes with its reason. Folders and patterns such as part-*.parquet are read as one table. Nothing is written, and nothing leaves the machine. `heptad new --data FILE` drafts a note from the same look.",
  arguments: [
    {
      name: "FILE",
      description: "text (packed or not) or Parquet; a folder, or several that belong together",
      variadic: true,
    },
  ],
  options: [
    { name: "json", description: "print the profile as JSON" },
    { name: "html", value: "OUT", description: "write a page with a histogram a column" },
  ],
  examples: [
    { line: "heptad data events.csv", says: "what its columns seem to be, and why" },
    {
      line: "heptad data events.csv items.csv --html profile.html",
      says: "how well two files join, and a page to look at",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { profileData } = await import("../../node/profile-data.ts");
  const profile = await profileData(input.arguments);
  const out = input.value("html");
  if (out !== undefined) {
    const { profilePage } = await import("../profile-page.ts");
    const { writeFileAtomically } = await import("../../node/atomic-write.ts");
    writeFileAtomically(out, profilePage(profile));
    terminal.note(`wrote ${out}`);
  }
  if (input.has("json")) {
    const { openQuestions } = await import("../../steps/3-data/profile/open-questions.ts");
    terminal.out(JSON.stringify({ ...profile, questions: openQuestions(profile) }, null, 2));
  } else {
    const { renderProfile } = await import("../render-profile.ts");
    terminal.out(terminal.fit(renderProfile(profile, terminal)));
  }
  return EXITS.done.code;
}
