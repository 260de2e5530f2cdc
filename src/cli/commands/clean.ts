/** `heptad clean`: removes what can be made anew, and nothing else. */

import { statSync } from "node:fs";
import { relative } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { type Command, EXITS } from "../command.ts";
import { wholeNumber } from "../options.ts";

export const command: Command = {
  name: "clean",
  summary: "remove kept results, and reports where asked: all of it can be made anew",
  description:
    "Kept results of stages lie in .heptad/cache of the project and are bounded by `cache: { limit: 2 GB }` in heptad.yaml (1 GB where it says nothing). Rows that a run handed to an engine and left because it was killed go too. Notes, practice history and whatever carries no name of ours stay.",
  arguments: [{ name: "FOLDER", description: "a folder of the project; the current one where absent", optional: true }],
  options: [
    { name: "runs", description: "reports of runs too" },
    { name: "older", value: "DAYS", description: "only what nobody has used for so many days" },
    { name: "dry-run", description: "say what would go, and leave it" },
    { name: "json", description: "print what went as JSON" },
  ],
  examples: [
    { line: "heptad clean --dry-run", says: "what is kept, and how much of it" },
    { line: "heptad clean --runs --older 30", says: "results and reports of last month" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { cleanProject } = await import("../../node/clean-project.ts");
    const { projectRoot } = await import("../../node/project-folder.ts");
    const [folder = "."] = input.arguments;
    // A name that is mistyped must not clean the project around it.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new FailureError({
        code: "no-such-folder",
        message: `there is no folder \`${folder}\``,
        where: folder,
        fix: "name a folder of the project, or none for the current one",
      });
    const root = projectRoot(folder);
    const days = wholeNumber(input, "older", 0, 36_500) ?? 0;
    const dry = input.has("dry-run");
    const gone = cleanProject(root, { runs: input.has("runs"), olderThan: Date.now() - days * 86_400_000, dry });
    if (input.has("json")) terminal.out(JSON.stringify({ root, dry, ...gone }, null, 2));
    else {
      const parts = [
        `${gone.results} kept results`,
        ...(input.has("runs") ? [`${gone.runs} runs`] : []),
        ...(gone.left === 0 ? [] : [`${gone.left} files of rows for an engine`]),
      ];
      const size = `${(gone.bytes / 1e6).toFixed(1)} MB`;
      terminal.out(
        `${dry ? "would remove" : "removed"} ${parts.join(" and ")} (${size}) in ${relative(process.cwd(), root) || "."}`,
      );
    }
    return EXITS.done.code;
  },
};
