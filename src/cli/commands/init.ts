/** `heptad init`: makes a folder or a repository a notebook. */

import { type Command, EXITS } from "../command.ts";

export const command: Command = {
  name: "init",
  summary: "make a folder a notebook: settings, and on request a hook before each commit and a workflow",
  description:
    "Writes heptad.yaml and has git leave runs/ and .heptad/ alone. Where designs lie elsewhere than in designs/, `review.notes` says where: heptad check, the hook, the workflow, the studio, heptad new and heptad search hear it, in every folder of the notebook. Nothing that is there is changed, but for lines added to .gitignore. With --workflow, GitHub reviews what a pull request changes and shows the findings as code scanning alerts.",
  arguments: [{ name: "FOLDER", description: "the folder; the current one where absent", optional: true }],
  options: [
    {
      name: "notes",
      value: "GLOB",
      description:
        "where the notes are, from the folder on: a folder, a note or a glob; looked for where it is left out",
      repeatable: true,
    },
    { name: "hook", description: "review the designs of each commit before it is made" },
    { name: "workflow", description: "write .github/workflows/heptad.yml" },
    { name: "json", description: "print what was done as JSON" },
  ],
  examples: [
    { line: "heptad init", says: "this folder" },
    { line: "heptad init notes --workflow", says: "a folder with a workflow" },
    { line: "heptad init --notes 'docs/**/*.design.md' --hook", says: "notes that lie among others" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { initNotebook } = await import("../../node/init-notebook.ts");
    const { programVersion } = await import("../../node/code-version.ts");
    const [folder = "."] = input.arguments;
    const { steps, notes } = initNotebook({
      folder,
      notes: input.values("notes"),
      hook: input.has("hook"),
      workflow: input.has("workflow"),
      version: programVersion(),
    });
    if (input.has("json")) {
      terminal.out(JSON.stringify({ files: steps, notes }, null, 2));
      return EXITS.done.code;
    }
    const lines = steps.flatMap(({ path, outcome, add }) => [
      `${path}: ${outcome}`,
      ...(add === undefined ? [] : [`  it does not review this folder; add to it: ${add}`]),
    ]);
    terminal.out(terminal.fit(lines.join("\n")));
    if (notes.length > 0) terminal.out(terminal.fit(`notes: ${notes.join(", ")}, as heptad.yaml says`));
    const next = "next: heptad import NOTES, or heptad check --baseline to adopt the review with the findings of today";
    terminal.out(terminal.fit(next));
    return EXITS.done.code;
  },
};
