/** `heptad mcp`: the server through which an agent calls Heptad. */

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { failureOf } from "../../core/failure-of.ts";
import { type Command, EXITS } from "../command.ts";
import { VERSION } from "../version.gen.ts";

export const command: Command = {
  name: "mcp",
  summary: "serve an agent: check, explain, estimate, run, compare, practise and interview as tools",
  description:
    "Speaks the Model Context Protocol over standard input and output. The project is the folder that it is started in: nothing outside of it is written, and notes outside of it are not read. A run is ended after its limit of time, one at a time; practice and interviews leave no trace in the history.",
  arguments: [],
  options: [{ name: "stdio", description: "over standard input and output, which is also what happens without it" }],
  examples: [{ line: "heptad mcp", says: "as an agent's configuration names it: command `heptad`, arguments `mcp`" }],
  exits: [EXITS.done, EXITS.failed],
  async run() {
    const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
    const { createMcpServer } = await import("../../mcp/server.ts");
    const project = { root: realpathSync(process.cwd()), program: programPath() };
    const server = createMcpServer(project, VERSION, failureOf);
    const closed = new Promise<void>((resolve) => {
      server.server.onclose = resolve;
      process.stdin.once("close", resolve);
      process.stdin.once("end", resolve);
    });
    await server.connect(new StdioServerTransport());
    await closed;
    return EXITS.done.code;
  },
};

/** Beside the built program, wherever it is installed. */
function programPath(): string {
  const up = import.meta.url.endsWith(".ts") ? "../../../" : "../../../../";
  return fileURLToPath(new URL(`${up}bin/heptad.js`, import.meta.url));
}
