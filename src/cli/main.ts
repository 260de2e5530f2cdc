/** The `heptad` program: finds the command, hands it what was typed, and prints failures for people. */

import { COMMANDS } from "./commands.gen.ts";
import { guardOutput } from "./guard-output.ts";
import { VERSION } from "./version.gen.ts";

guardOutput(process);

const [name, ...rest] = process.argv.slice(2);

if (name === "--version" || name === "-v") {
  process.stdout.write(`${VERSION}\n`);
} else if (name === undefined || name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
  process.stdout.write(overview());
} else {
  const { dispatch } = await import("./dispatch.ts");
  process.exitCode = await dispatch(name === "help" ? rest[0] : name, name === "help" ? ["--help"] : rest);
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `heptad ${VERSION}: design machine-learning systems as notes that are reviewed, estimated, run and practised

Usage: heptad COMMAND [ARGUMENTS] [OPTIONS]

Commands:
${lines.join("\n")}

heptad COMMAND --help shows what a command takes, with examples.
`;
}
