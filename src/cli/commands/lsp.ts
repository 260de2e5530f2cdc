/** `heptad lsp`: the language server for editors. */

import { fileURLToPath } from "node:url";
import { type Command, EXITS } from "../command.ts";

export const command: Command = {
  name: "lsp",
  summary: "serve an editor: findings while you type, hover, completion of keys and units, quick fixes",
  description:
    "Speaks the Language Server Protocol over standard input and output. Point an editor's LSP client for Markdown at it. Rules are set in the heptad.yaml of the folder it is started in, those of a path too.",
  arguments: [],
  options: [{ name: "stdio", description: "over standard input and output, which is also what happens without it" }],
  examples: [{ line: "heptad lsp --stdio", says: "as an editor starts it" }],
  exits: [EXITS.done],
  async run() {
    const { createConnection, StreamMessageReader, StreamMessageWriter } = await import("vscode-languageserver/node");
    const { serve } = await import("../../lsp/server.ts");
    const { readReviewConfiguration, reviewOptionsFor } = await import("../../node/review-configuration.ts");
    const { RULES } = await import("../../note/rules.gen.ts");
    const { pathFromHere } = await import("../../node/project-path.ts");
    const configuration = readReviewConfiguration(process.cwd(), RULES);
    const connection = createConnection(
      new StreamMessageReader(process.stdin),
      new StreamMessageWriter(process.stdout),
    );
    const closed = new Promise<number>((resolve) => {
      connection.onExit(() => resolve(EXITS.done.code));
      process.stdin.once("close", () => resolve(EXITS.done.code));
    });
    serve(connection, (uri) => reviewOptionsFor(configuration, pathOf(uri, pathFromHere)));
    return closed;
  },
};

/** A document that is not on a disk has no path, and the settings of all notes. */
function pathOf(uri: string, fromHere: (path: string) => string): string {
  try {
    return fromHere(fileURLToPath(uri));
  } catch {
    return "";
  }
}
