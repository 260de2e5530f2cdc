/** `heptad progress`: areas by level, calibration and what will still be known. */

import { plural } from "../../core/plural.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "progress",
  summary: "see what you know, how surely, and what you are about to forget",
  description:
    "Read from history/ alone: what was right by area and level with the number of answers, your level with a 95 % interval, how your confidence compares with the outcome, and how many of the questions you have seen you would still answer without practice.",
  arguments: [],
  options: [
    { name: "folder", value: "FOLDER", description: "where history/ lies; the current folder unless told" },
    { name: "json", description: "print the measures as JSON" },
  ],
  examples: [
    { line: "heptad progress", says: "the map of areas and levels" },
    { line: "heptad progress --json", says: "the same as data" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { readHistoryFolder } = await import("../../node/history-folder.ts");
  const { dayOf, foldHistory } = await import("../../practice/profile.ts");
  const { measureProgress } = await import("../../practice/progress.ts");
  const { renderProgress } = await import("../../practice/render-progress.ts");
  const { records, damaged } = readHistoryFolder(input.value("folder") ?? ".");
  if (damaged.length > 0)
    terminal.note(
      `${plural(damaged.length, "damaged line of the history is", "damaged lines of the history are")} not read`,
    );
  const progress = measureProgress(foldHistory(records), dayOf(new Date().toISOString()));
  terminal.out(
    input.has("json") ? JSON.stringify(progress, null, 2) : terminal.fit(renderProgress(progress).join("\n")),
  );
  return EXITS.done.code;
}
