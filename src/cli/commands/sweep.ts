/** `heptad sweep`: runs variants of a design and shows which of them nothing beats. */

import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { combineVariants, nameVariant, parseSweptKey } from "../../system/variants.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import { threadCount, wholeNumber } from "../options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "sweep",
  summary: "run variants of a design and show which of them nothing beats",
  description:
    "Every combination of the values given with --set is run, side by side on all processors, over the same cache as heptad run: a sweep that was killed goes on where it stopped. Quality, latency and memory of each variant are printed and drawn, with the Pareto front. A variant that cannot be run is left out and said.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    {
      name: "set",
      value: "KEY=A,B,C",
      description: "a key of the note and the values it takes; list elements by name",
      repeatable: true,
    },
    { name: "data", value: "PATH", description: "data in place of what the note names" },
    { name: "seed", value: "N", description: "seed in place of the note's" },
    { name: "jobs", value: "N", description: "variants at once; all processors where absent" },
    { name: "verbose", description: "every variant, where there are many" },
    { name: "json", description: "print the points as JSON" },
  ],
  rules: [notWith(["verbose"], "json")],
  examples: [
    {
      line: "heptad sweep designs/movie-recommendations.md --set 4.stages.candidates.factors=16,32,64,128",
      says: "four lengths of the vectors",
    },
    {
      line: "heptad sweep NOTE.md --set 4.stages.ranking.trees=50,200 --set 4.stages.ranking.leaves=15,31",
      says: "four rankers",
    },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  stopped: (_, again) => `finished stages of all variants are kept; \`${again}\` goes on from there`,
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const keys = input.values("set").map((text) => unwrap(parseSweptKey(text)));
  if (keys.length === 0) {
    throw new FailureError({
      code: "nothing-to-sweep",
      message: "a sweep needs at least one --set",
      fix: "write it like --set 4.stages.candidates.factors=16,32,64",
    });
  }
  const variants = unwrap(combineVariants(keys));
  const { runSweep } = await import("../../node/run-sweep.ts");
  const { ownRunsFolder } = await import("../../node/own-folder.ts");
  const { projectRoot } = await import("../../node/project-folder.ts");
  const { writeFileAtomically } = await import("../../node/atomic-write.ts");
  const { renderSweep, sweepPoints, sweepTable } = await import("../../report/sweep.ts");
  const { renderTable } = await import("../render-table.ts");
  const total = variants.length;
  terminal.progress(`variant 1 of ${total}`, 0, total);
  const { runs, leftOut } = await runSweep({
    path,
    variants,
    dataPath: input.value("data"),
    seed: wholeNumber(input, "seed", 0, 2 ** 53 - 1),
    jobs: threadCount(input, "jobs"),
    onVariant: (done) => terminal.progress(`${done} of ${total} variants`, done, total),
  });
  terminal.clearProgress();
  const points = sweepPoints(runs.map(({ variant, record }) => ({ name: nameVariant(variant), record })));
  const title = runs[0].record.title;
  const id = createHash("sha256").update(JSON.stringify(keys)).digest("hex").slice(0, 8);
  const page = join(ownRunsFolder(projectRoot(path), path), `sweep-${id}.html`);
  writeFileAtomically(page, renderSweep(title, points));
  if (input.has("json")) {
    terminal.out(
      JSON.stringify(
        {
          variants: points.map((point, i) => ({
            ...point,
            settings: runs[i].variant,
            folder: relative(process.cwd(), runs[i].folder),
          })),
          leftOut: leftOut.map(({ variant, failure: { code, message, fix } }) => ({
            setting: variant,
            code,
            message,
            fix,
          })),
        },
        null,
        2,
      ),
    );
  } else {
    const { shownPoints, sweepHeadline } = await import("../../report/sweep.ts");
    const shown = input.has("verbose") ? points : shownPoints(points);
    const { wrapLines } = await import("../wrap-text.ts");
    const headline = wrapLines(sweepHeadline(points), Math.min(terminal.width, 100));
    terminal.out(`${terminal.paint("bold", title)}\n${headline}`);
    terminal.out(renderTable(sweepTable(shown), terminal).join("\n"));
    if (shown.length < points.length)
      terminal.out(`${plural(points.length - shown.length, "more variant")}, beaten: --verbose shows all`);
  }
  for (const { variant, failure } of leftOut) {
    const { message, fix } = failure;
    terminal.note(`left out: ${nameVariant(variant)}: ${fix === undefined ? message : `${message}; ${fix}`}`);
  }
  terminal.note(`picture: ${relative(process.cwd(), page)}`);
  return EXITS.done.code;
}
