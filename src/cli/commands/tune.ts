/** `heptad tune`: chooses the settings of a note's first-stage model on its validation window, within minutes. */

import { join } from "node:path";
import { unwrap } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { compareSystems } from "../../core/verdict.ts";
import { makeFolder } from "../../node/make-folder.ts";
import type { settingsOf, TestRead } from "../../node/tune/test-reads.ts";
import type { Tuned } from "../../node/tune/tune-design.ts";
import { nameVariant, parseSweptKey } from "../../system/variants.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import { threadCount, wholeNumber } from "../options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "tune",
  summary: "choose the settings of a first-stage model on validation, within minutes",
  description:
    "Successive halving on the note's validation window: all settings on few requests, the better third on three times as many, the best on all; the note's own settings stay to the end. Models learn from all of the training data each time. The test is read once a search, at the end, for the note as it is and for what was chosen, on the same requests; how many searches of the note have read it, and over how many different settings, is kept and said; the same search again counts once. A setting that cannot be measured, because the data or the machine lacks what it needs, is left out and said. What was measured is kept, so a search that was stopped goes on.",
  arguments: [{ name: "DESIGN", description: "the note of a recommender" }],
  options: [
    { name: "minutes", value: "N", description: "how long new settings are begun; 10 where absent" },
    {
      name: "set",
      value: "KEY=A,B,C",
      description: "a key of the note and the values it may take, in place of the model's own space",
      repeatable: true,
    },
    { name: "data", value: "PATH", description: "data in place of what the note names" },
    { name: "seed", value: "N", description: "seed in place of the note's" },
    { name: "threads", value: "N", description: "threads for kernels; all processors where absent" },
    {
      name: "write",
      description: "write the chosen facts into the note, and take out those that only its model before had",
    },
    { name: "verbose", description: "every setting, where there are many" },
    { name: "json", description: "print the search as JSON" },
  ],
  rules: [notWith(["verbose"], "json")],
  examples: [
    { line: "heptad tune designs/movie-recommendations.md --minutes 5", says: "the space of the note's own model" },
    {
      line: "heptad tune NOTE.md --set 4.stages.candidates.model=ease,item-knn,sequence-knn --write",
      says: "which model, written into the note",
    },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  stopped: (_, again) => `what was measured is kept; \`${again}\` goes on from there`,
  run,
};

/** Settings of a rung that are shown. */
const SHOWN = 5;

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const { tuneDesign } = await import("../../node/tune/tune-design.ts");
  const { ownRunsFolder } = await import("../../node/own-folder.ts");
  const { projectRoot } = await import("../../node/project-folder.ts");
  const { writeFileAtomically } = await import("../../node/atomic-write.ts");
  const { earlierReads, settingsOf, withRead } = await import("../../node/tune/test-reads.ts");
  const { renderTable } = await import("../render-table.ts");
  const minutes = wholeNumber(input, "minutes", 1, 10_000) ?? 10;
  const tuned = await tuneDesign({
    path,
    dataPath: input.value("data"),
    seed: wholeNumber(input, "seed", 0, 2 ** 53 - 1),
    threads: threadCount(input, "threads"),
    minutes,
    keys: input.values("set").map((text) => unwrap(parseSweptKey(text))),
    onAttempt: (variant, requests) =>
      terminal.note(`${variant.length === 0 ? "as the note says" : nameVariant(variant)}: ${requests} requests`),
    onLeftOut: (variant, { message }) => terminal.note(`${nameVariant(variant)}: left out, ${message}`),
  });
  const { text, ...record } = tuned;
  const folder = ownRunsFolder(projectRoot(path), path);
  makeFolder(folder);
  const file = join(folder, "tune.json");
  const reads = withRead(earlierReads(file), tuned);
  const kept = JSON.stringify({ minutes, ...record, reads }, null, 2);
  writeFileAtomically(file, `${kept}\n`);
  if (input.has("json")) terminal.out(kept);
  else {
    for (const { requests, values } of tuned.rungs) {
      const shown = input.has("verbose") ? values : values.filter(({ isOwn }, at) => at < SHOWN || isOwn);
      const rows = shown.map(({ settings, value, isOwn }) => [
        value.toFixed(4),
        `${settings}${isOwn ? "  (as the note says)" : ""}`,
      ]);
      const title = `${tuned.metric} of ${values.length} settings on ${requests} validation requests`;
      terminal.out(renderTable({ title, header: [tuned.metric, "settings"], rows }, terminal).join("\n"));
      const rest = values.length - shown.length;
      if (rest > 0)
        terminal.out(
          `   ${plural(rest, "more setting")}, none above ${values[SHOWN - 1].value.toFixed(4)}: --verbose shows all`,
        );
    }
    terminal.out(["", ...summaryOf(tuned, minutes, { reads, settings: settingsOf(reads) })].join("\n"));
  }
  if (!input.has("write")) return EXITS.done.code;
  if (tuned.chosen.length === 0) terminal.note("nothing to write: the note's own settings are the best");
  else {
    writeFileAtomically(path, text);
    const gone =
      tuned.removed.length === 0 ? "" : `; took out ${tuned.removed.join(", ")}, which the new model does not have`;
    terminal.note(`wrote ${nameVariant(tuned.chosen)} into ${path}${gone}`);
  }
  return EXITS.done.code;
}

/** What could not be measured, once for each reason. */
function leftOutLines({ leftOut }: Tuned): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { setting, message, fix } of leftOut) {
    const reason = fix === undefined ? message : `${message}; ${fix}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), nameVariant(setting)]);
  }
  return [...byReason].map(([reason, [first, ...more]]) => {
    const others = more.length === 0 ? "" : ` and ${plural(more.length, "other setting")}`;
    return `left out: ${first}${others}: ${reason}`;
  });
}

interface Reads {
  readonly reads: readonly TestRead[];
  readonly settings: ReturnType<typeof settingsOf>;
}

function summaryOf(tuned: Tuned, minutes: number, { reads, settings }: Reads): readonly string[] {
  const ended = tuned.isComplete ? "" : `; the ${minutes} minutes ended before the last of them`;
  const counted = `${tuned.tried} of ${tuned.settings} settings tried with seed ${tuned.seed}${ended}`;
  const leftOut = leftOutLines(tuned);
  if (tuned.test === null)
    return [`the note's own settings of ${tuned.model} stay; the test was not read`, counted, ...leftOut];
  const { before, after, difference, n } = tuned.test;
  const shown = ({ value, interval }: typeof before): string =>
    interval === null ? value.toFixed(4) : `${value.toFixed(4)} [${interval[0].toFixed(4)}, ${interval[1].toFixed(4)}]`;
  const { verdict } = compareSystems({ ...difference, n });
  const { count, isLeast } = settings;
  const again =
    reads.length < 2
      ? []
      : [
          `${reads.length} searches of this note have read its test, over ${isLeast ? "at least " : ""}${plural(count, "different setting")} in all: what is chosen after looking at it is partly chosen on it`,
        ];
  return [
    `chosen on validation: ${nameVariant(tuned.chosen)}`,
    `test${reads.length < 2 ? ", read once" : ""}, ${tuned.metric} of the first stage: ${shown(after)}, as the note says ${shown(before)}`,
    `difference on the same ${n} members: ${shown(difference)}, ${verdict}`,
    counted,
    ...leftOut,
    ...again,
  ];
}
