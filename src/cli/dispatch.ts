/** Runs one command by name: parses what was typed against its definition, and turns failures into text or JSON. */

import { CommanderError, Command as Parser } from "commander";
import { failureOf } from "../core/failure-of.ts";
import { nearest } from "../core/nearest.ts";
import { shellWord } from "../core/shell-word.ts";
import { attend, isAttended } from "./attended-work.ts";
import type { Command, CommandInput } from "./command.ts";
import { COMMANDS } from "./commands.gen.ts";
import { refuseIgnored, watchedInput } from "./option-rules.ts";
import { printFailure } from "./print-failure.ts";
import { createTerminal, type Terminal, type TerminalStreams } from "./terminal.ts";

/** Returns the exit code. Never throws for anything a user can do. `streams` are the process's own but in tests. */
export async function dispatch(
  name: string,
  args: readonly string[],
  streams: TerminalStreams = process,
): Promise<number> {
  const terminal = createTerminal(streams);
  const asksForJson = args.includes("--json");
  const entry = COMMANDS.find((command) => command.name === name);
  if (entry === undefined) {
    const suggestion = nearest(
      name,
      COMMANDS.map((command) => command.name),
    );
    const mend =
      suggestion === undefined ? "heptad --help lists the commands" : `did you mean \`heptad ${suggestion}\`?`;
    printFailure(
      { code: "unknown-command", message: `there is no command \`${name.slice(0, 60)}\``, fix: mend },
      terminal,
      asksForJson,
    );
    return 2;
  }
  const fails = (error: unknown): number => {
    terminal.clearProgress();
    if (streams.env.HEPTAD_TRACE && error instanceof Error) terminal.note(error.stack ?? "");
    printFailure(failureOf(error), terminal, asksForJson);
    return 2;
  };
  // What is thrown outside of any promise that somebody waits for, such as in a thread.
  if (streams === process) process.once("uncaughtException", (error) => process.exit(fails(error)));
  try {
    const command = await entry.load();
    const input = parseArguments(command, args, terminal);
    if (typeof input === "number") return input;
    const again = ["heptad", name, ...args.map(shellWord)].join(" ");
    const stopped = streams === process ? command.stopped?.(input, again) : undefined;
    if (stopped !== undefined && isAttended(process.env)) {
      const { endWithParent } = await import("../service/studio/end-with-parent.ts");
      endWithParent(0);
    } else if (stopped !== undefined && streams.stderr.isTTY) {
      // Where nobody watches, a process less: a signal ends the work as any other, and what is finished is kept all the same.
      refuseIgnored(command, input);
      return await attend({ args: [name, ...args], stopped }, process);
    }
    return await runCommand(command, input, terminal);
  } catch (error) {
    return fails(error);
  }
}

/** Refuses what would change nothing, runs the command, and names the options that it never looked at. */
export async function runCommand(command: Command, input: CommandInput, terminal: Terminal): Promise<number> {
  refuseIgnored(command, input);
  const watched = watchedInput(command, input);
  const code = await command.run(watched.input, terminal);
  for (const option of watched.unread())
    terminal.note(`--${option} changed nothing here; heptad ${command.name} --help says what it is for`);
  return code;
}

/** The input, or the exit code where the parser has already answered (`--help`, wrong usage). */
export function parseArguments(command: Command, args: readonly string[], terminal: Terminal): CommandInput | number {
  const asksForJson = args.includes("--json");
  let complaint = "";
  const parser = createParser(command).configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => {
      complaint += text;
    },
  });
  try {
    parser.parse(args.map(asOperand), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const unknown = /unknown option '--(?<name>[^'=]+)/u.exec(error.message)?.groups?.name;
    const elsewhere = command.elsewhere?.find(({ option }) => option === unknown);
    const fix = elsewhere?.does ?? `heptad ${command.name} --help shows what it takes`;
    // What does it is known: an option whose letters are near is not.
    const said = elsewhere === undefined ? complaint.trimEnd() : `error: unknown option '--${elsewhere.option}'`;
    const message = elsewhere === undefined ? error.message : said;
    if (asksForJson)
      printFailure(
        { code: "wrong-usage", message: message.replace(/^error: /u, "").replaceAll("\n", " "), fix },
        terminal,
        true,
      );
    else terminal.note(`${said}\n${fix}`);
    return 2;
  }
  const options: Record<string, unknown> = parser.opts();
  const valuesOf = (name: string): string[] => {
    const value = options[camelCase(name)];
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
  };
  return {
    arguments: parser.args.map((arg) => (arg.startsWith(SET_APART) ? arg.slice(SET_APART.length) : arg)),
    has: (option) => options[camelCase(option)] !== undefined,
    value: (option) => valuesOf(option).at(-1),
    values: valuesOf,
  };
}

/** `-3 GB` is a number: no option begins with a digit. */
const NEGATIVE = /^-\s*[$€£]?[.\d(]/u;

/** What stands before a negative number on its way through the parser; nothing that is typed can hold it. */
const SET_APART = "\0";

/** A negative number that is no option's value, set apart, so that the parser takes it for an argument. */
function asOperand(arg: string, at: number, args: readonly string[]): string {
  const isValue = args[at - 1]?.startsWith("--") ?? false;
  return NEGATIVE.test(arg) && (!isValue || args[at - 1] === "--") ? `${SET_APART}${arg}` : arg;
}

/** The help text of a command, as `heptad COMMAND --help` and the documentation show it. */
export function helpOf(command: Command): string {
  let text = "";
  const parser = createParser(command);
  parser.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  parser.outputHelp();
  return text;
}

function createParser(command: Command): Parser {
  const parser = new Parser(`heptad ${command.name}`)
    .description(
      [`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`, command.description ?? ""]
        .join("\n\n")
        .trimEnd(),
    )
    .helpOption("-h, --help", "show this help")
    .exitOverride();
  for (const { name, description, optional, variadic } of command.arguments) {
    const inner = variadic ? `${name}...` : name;
    parser.argument(optional ? `[${inner}]` : `<${inner}>`, description);
  }
  for (const { name, value, description, repeatable } of command.options) {
    if (value === undefined) parser.option(`--${name}`, description);
    else if (repeatable) parser.option(`--${name} <${value}>`, description, collect);
    else parser.option(`--${name} <${value}>`, description);
  }
  const examples = command.examples.map(({ line, says }) => `  $ ${line}\n    ${says}`).join("\n");
  const exits = command.exits.map(({ code, means }) => `  ${code}  ${means}`).join("\n");
  return parser.addHelpText("after", `\nExamples:\n${examples}\n\nExit codes:\n${exits}\n`);
}

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function camelCase(name: string): string {
  return name.replace(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
}
