/** The `heptad` program: finds the command, hands it what was typed, and prints failures for people. */

import { COMMANDS } from "./commands.gen.ts";
import { guardOutput } from "./guard-output.ts";
import { VERSION } from "./version.gen.ts";
import { wrapSentence } from "./wrap-text.ts";

guardOutput(process);

const HEAD = `heptad ${VERSION}: design machine-learning systems as notes that are
reviewed, estimated, run and practised`;

const [name, ...rest] = process.argv.slice(2);

if (name === "--version" || name === "-v") {
  process.stdout.write(`${VERSION}\n`);
} else if (name === undefined) {
  process.stdout.write(firstSteps());
} else if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
  process.stdout.write(overview());
} else {
  const { dispatch } = await import("./dispatch.ts");
  process.exitCode = await dispatch(name === "help" ? rest[0] : name, name === "help" ? ["--help"] : rest);
}

/** What one does first, on less than a screen of 24 lines by 80 columns. */
function firstSteps(): string {
  return `${HEAD}

  heptad new         begin a note: an interview problem, a design that runs,
                     or your own data
  heptad check       the most important findings of your notes
  heptad estimate    what a design needs: traffic, memory, latency, money
  heptad run NOTE    its seven steps on data, and a report
  heptad practice    a question at your level, with an honest grade
  heptad interview   a mock interview
  heptad studio      all of this in your browser

heptad --help lists all ${COMMANDS.length} commands; heptad COMMAND --help shows what one takes.
`;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const columns = Math.max(60, Math.min(process.stdout.columns ?? 100, 100));
  const lines = COMMANDS.map(({ name, summary }) => {
    const [first, ...more] = wrapSentence(summary, columns - width - 4, "");
    return [`  ${name.padEnd(width)}  ${first}`, ...more.map((line) => `${" ".repeat(width + 4)}${line}`)].join("\n");
  });
  return `${HEAD}

Usage: heptad COMMAND [ARGUMENTS] [OPTIONS]

Commands:
${lines.join("\n")}

heptad COMMAND --help shows what a command takes, with examples.
`;
}
