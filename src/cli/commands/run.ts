/** `heptad run`: executes a design's seven steps and reports what they found. */

import { stat } from "node:fs/promises";
import { relative } from "node:path";
import type { StepNumber } from "../../core/figure.ts";
import { FailureError } from "../../core/outcome.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { EngineRequest } from "../../node/run-design.ts";
import type { Command, CommandInput } from "../command.ts";
import { EXITS } from "../command.ts";
import { notWith, onlyWith } from "../option-rules.ts";
import { threadCount, wholeNumber } from "../options.ts";
import { createRunProgress } from "../run-progress.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "run",
  summary: "execute a design's seven steps on data and report what they found",
  description:
    "Every step's result is kept under a key of what it read, so that only what a change concerns runs again. An interrupted run resumes. Reports are written to runs/<design>/<run>/ beside the note's repository. With `--engine spark` the declared features are computed by a Spark Connect server out of one SQL text (`heptad sql` prints it); 1,000 rows drawn at random are computed here too, and where one bit differs nothing of the answer is used. The neighbours of an item-kNN are counted there too.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "data", value: "PATH", description: "data in place of what the note names" },
    {
      name: "from",
      value: "STEP",
      description: "run this step (1 to 7) and later ones again even where nothing changed",
    },
    { name: "seed", value: "N", description: "seed in place of the note's" },
    { name: "threads", value: "N", description: "threads for kernels and queries; all processors where absent" },
    {
      name: "engine",
      value: "NAME",
      description:
        "compute the declared features, and the neighbours of an item-kNN, on `spark` in place of this machine",
    },
    { name: "url", value: "URL", description: "where the engine listens: sc://host:15002" },
    { name: "exchange", value: "FOLDER", description: "a folder that this machine and the engine see under one path" },
    { name: "record", description: "put a short evidence line under each section of the note" },
    {
      name: "plan",
      description:
        "run nothing: print what the data holds, what the run takes of this machine, and which stages would run and why",
    },
    { name: "verbose", description: "after the summary, every step's answers, figures and conditions" },
    { name: "json", description: "print the run record as JSON" },
  ],
  rules: [
    onlyWith(["url", "exchange"], "engine"),
    notWith(["record", "from", "verbose"], "plan"),
    notWith(["verbose"], "json"),
  ],
  elsewhere: [
    {
      option: "set",
      does: "a run takes its facts from the note: write it there, or run the note with other facts beside it: heptad sweep NOTE.md --set KEY=A,B",
    },
  ],
  examples: [
    { line: "heptad run designs/movie-recommendations.md", says: "on the simulated world that the note names" },
    {
      line: "heptad run designs/movie-recommendations.md --data ../ml-100k --json",
      says: "on MovieLens, figures as JSON",
    },
    {
      line: "heptad run designs/movie-recommendations.md --from 6",
      says: "serving, experiment and monitoring once more",
    },
    { line: "heptad run designs/movie-recommendations.md --plan", says: "what a run would do, and nothing more" },
  ],
  exits: [EXITS.done, EXITS.failed, EXITS.interrupted],
  stopped: (input, again) => {
    if (input.has("plan")) return undefined;
    // With it the steps begin again however often one asks.
    const from = input.value("from");
    return `finished stages are kept; \`${again}\` ${from === undefined ? "goes on from there" : `begins again with step ${from}`}`;
  },
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const dataPath = input.value("data");
  if (dataPath !== undefined) await requireData(dataPath);
  const from = wholeNumber(input, "from", 1, 7);
  if (input.has("plan")) {
    const { planAgain } = await import("../../node/plan-again.ts");
    const { renderPlan } = await import("../render-run-plan.ts");
    const request = {
      path,
      dataPath,
      seed: seedOf(input),
      threads: threadCount(input, "threads"),
      engine: engineOf(input),
    };
    const planned = await planAgain(request);
    terminal.out(input.has("json") ? JSON.stringify(planned, null, 2) : renderPlan(planned, terminal));
    return EXITS.done.code;
  }
  const { runDesign } = await import("../../node/run-design.ts");
  const { reviewDesign } = await import("../../node/review-design.ts");
  const { describeLoad, isWorthSaying } = await import("../render-run-plan.ts");
  const progress = createRunProgress(terminal, () => performance.now());
  try {
    const finished = await runDesign({
      path,
      dataPath,
      from: STEP_NUMBERS.find((step) => step === from),
      seed: seedOf(input),
      threads: threadCount(input, "threads"),
      engine: engineOf(input),
      progress: progress.say,
      review: reviewDesign,
      onLoad: (load, machine) => {
        if (isWorthSaying(load, machine)) for (const line of describeLoad(load, machine)) terminal.note(line);
      },
      onStart: progress.start,
      onStage: progress.finish,
      onDamage: (message) => terminal.note(`${terminal.paint("yellow", "warning")} ${message}`),
    });
    const took = progress.close();
    if (!input.has("json")) terminal.note(terminal.paint("dim", terminal.fit(took, "note")));
    const { describeLoadTaken } = await import("../../system/load-taken.ts");
    const other = finished.record.load === undefined ? undefined : describeLoadTaken(finished.record.load);
    if (other !== undefined) terminal.note(`took    ${other}`);
    // Before anything is printed: whoever reads the output may be gone by then, and the note would stay as it was.
    if (input.has("record")) {
      const { recordEvidence } = await import("../../node/record-evidence.ts");
      recordEvidence(path, finished.record);
      terminal.note(`evidence recorded in ${path}`);
    }
    if (input.has("json")) terminal.out(JSON.stringify(finished.record, null, 2));
    else {
      const { renderSummary } = await import("../render-summary.ts");
      const folder = relative(process.cwd(), finished.folder) || ".";
      const all = `heptad run ${shellWord(path)}${dataPath === undefined ? "" : ` --data ${shellWord(dataPath)}`} --verbose`;
      const isVerbose = input.has("verbose");
      const after = [
        `report  ${terminal.paint("dim", `${folder}/report.html`)}`,
        ...(isVerbose ? [] : [`all     ${terminal.paint("dim", all)}`]),
      ];
      terminal.out(renderSummary(finished.record, terminal, after));
      if (isVerbose) {
        const { renderRun } = await import("../render-run.ts");
        terminal.out(renderRun(finished.record, finished.sections, terminal));
      }
    }
    return EXITS.done.code;
  } finally {
    progress.close();
  }
}

function seedOf(input: CommandInput): number | undefined {
  return wholeNumber(input, "seed", 0, 2 ** 53 - 1);
}

/** Throws a `FailureError` for an engine that there is none of, and for options that belong to one. */
function engineOf(input: CommandInput): EngineRequest | undefined {
  const [name, url, exchange] = [input.value("engine"), input.value("url"), input.value("exchange")];
  const refuse = (where: string, message: string, fix: string): never => {
    throw new FailureError({ code: "bad-engine", message, where, fix });
  };
  if (name === undefined) return undefined;
  if (name !== "spark") return refuse("--engine", `there is no engine \`${name}\``, "write `--engine spark`");
  if (url === undefined)
    return refuse(
      "--url",
      "nothing says where Spark listens",
      "add `--url sc://localhost:15002`, or the server's name",
    );
  return { name, url, ...(exchange === undefined ? {} : { exchange }) };
}

const STEP_NUMBERS: readonly StepNumber[] = [1, 2, 3, 4, 5, 6, 7];

async function requireData(path: string): Promise<void> {
  const about = await stat(path).catch(() => undefined);
  if (about !== undefined) return;
  throw new FailureError({
    code: "no-such-data",
    message: `there is no ${path}`,
    where: "--data",
    fix: "give the file or folder of the data",
  });
}
