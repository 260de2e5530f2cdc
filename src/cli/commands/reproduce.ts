/** `heptad reproduce`: a published table beside ours on the same data, by one command. */

import { FailureError } from "../../core/outcome.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import { threadCount } from "../options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "reproduce",
  summary: "run a published table again and print it beside ours",
  description:
    "A table is a small file: data, protocol, published rows with their source, our models and the settings they may take. Settings are chosen on validation and judged on the test; where a test had been read before, a doubt says so. Beside it stands what a dishonest protocol would have claimed. Every finished part is kept: what was interrupted goes on when it is asked again. The data stays in the folder that --data names, and must be the published files, whole and unchanged.",
  arguments: [{ name: "TABLE", description: "its name, as --list prints it", optional: true }],
  options: [
    { name: "list", description: "one line a table: its name, its title, the files it reads" },
    { name: "data", value: "FOLDER", description: "where the data lies" },
    { name: "threads", value: "N", description: "threads for kernels; all processors where absent" },
    { name: "write", description: "keep the result in docs/reproduced and write docs/reproduced.md anew" },
    { name: "json", description: "print the result as JSON" },
  ],
  rules: [notWith(["TABLE", "data", "threads", "write"], "list")],
  examples: [
    { line: "heptad reproduce --list", says: "the tables there are" },
    { line: "heptad reproduce sequences-lastfm --data ../data", says: "the smallest of the tables of next items" },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  stopped: (input, again) =>
    input.has("list") ? undefined : `finished parts are kept; \`${again}\` goes on from there`,
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { readTable, tableNames } = await import("../../node/reproduce/read-tables.ts");
  const [name] = input.arguments;
  if (input.has("list")) {
    const tables = tableNames().map((one) => ({ name: one, table: readTable(one) }));
    if (input.has("json")) {
      const listed = tables.map((one) => ({ name: one.name, title: one.table.title, data: one.table.data }));
      terminal.out(JSON.stringify(listed, null, 2));
      return EXITS.done.code;
    }
    const width = Math.max(...tables.map((one) => one.name.length));
    for (const { name: one, table } of tables)
      terminal.out(`${one.padEnd(width)}  ${table.title}  (${Object.values(table.data).join(", ")})`);
    return EXITS.done.code;
  }
  if (name === undefined) {
    throw new FailureError({
      code: "no-table",
      message: "which table? none is named",
      fix: `name one of ${tableNames().join(", ")}`,
    });
  }
  const folder = input.value("data");
  if (folder === undefined) {
    const files = Object.values(readTable(name).data).join(", ");
    throw new FailureError({
      code: "no-data-folder",
      message: `the data of ${name} is not part of Heptad: ${files}`,
      where: "--data",
      fix: "name the folder that holds it, such as --data ../data",
    });
  }
  const { reproduceTable } = await import("../../node/reproduce/reproduce.ts");
  const reproduced = await reproduceTable({
    name,
    folder,
    threads: threadCount(input, "threads"),
    onPart: (what) => terminal.note(what),
  });
  if (input.has("json")) terminal.out(JSON.stringify(reproduced.result, null, 2));
  else {
    const { describeTable } = await import("../../node/reproduce/describe.ts");
    const { renderTable } = await import("../render-table.ts");
    const { rows, verdicts, cautions, checks, claims, how } = describeTable(reproduced.table, reproduced.result);
    terminal.out(renderTable(rows, terminal).join("\n"));
    terminal.out("");
    for (const one of [...verdicts, ...cautions]) terminal.out(`   ${one}`);
    for (const one of [checks, claims]) if (one !== undefined) terminal.out(renderTable(one, terminal).join("\n"));
    terminal.out(`\n   ${how}`);
  }
  if (input.has("write")) {
    const { keepTable } = await import("../../node/reproduce/kept-tables.ts");
    const { projectRoot } = await import("../../node/project-folder.ts");
    const root = projectRoot(process.cwd());
    for (const path of keepTable(root, reproduced.result)) terminal.note(`wrote ${path}`);
  }
  return EXITS.done.code;
}
