/** Tools about runs: execute a design in a process of its own and within a limit of time, and compare two runs. */

import { spawn } from "node:child_process";
import { relative } from "node:path";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { compareRuns } from "../node/compare-runs.ts";
import { projectPath } from "../node/project-path.ts";
import { type RunRecord, runRecordSchema } from "../system/run-record.ts";
import { type Tool, type ToolProject, tool } from "./tool.ts";

/** A run of a reference design takes a minute on two cores; one that takes longer than this is called in a terminal. */
const MOST_SECONDS = 1800;
/** Of one answer; `step` asks for the rest. */
const MOST_FIGURES = 150;

/** One at a time: two would share the machine, and both would be measured wrong. */
let isRunning = false;

const step = z.number().int().min(1).max(7).optional().describe("Only figures of this step; 5 is the evaluation");

export const runTool: Tool = tool({
  name: "run",
  title: "Run a design",
  description:
    "Executes a design's seven steps on the data that the note names and gives what was measured, with intervals, verdicts and what not to " +
    "believe. Results are kept: what did not change is not computed again. Writes runs/ and .heptad/ in the project, nothing else.",
  input: z.strictObject({
    path: z.string().max(4096).describe("The note, such as designs/feed.md"),
    step,
    seed: z.number().int().min(0).optional(),
    seconds: z
      .number()
      .int()
      .min(1)
      .max(MOST_SECONDS)
      .default(300)
      .describe("Ended after so long; what is finished is kept"),
  }),
  readOnly: false,
  async run({ path, seconds, seed, step: wanted }, project) {
    const note = projectPath(project.root, path);
    if (isRunning) {
      throw new FailureError({ code: "busy", message: "another run is going on", fix: "call again when it has ended" });
    }
    isRunning = true;
    try {
      const seeded = seed === undefined ? [] : ["--seed", String(seed)];
      const record = await runInProcess(project, [...seeded, "--", relative(project.root, note)], seconds);
      return summaryOf(record, wanted);
    } finally {
      isRunning = false;
    }
  },
});

function runInProcess({ root, program }: ToolProject, args: readonly string[], seconds: number): Promise<RunRecord> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, "run", "--json", ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [text, errors, isLate] = ["", "", false];
    // Killed at any moment, finished stages are whole: the next run goes on from there.
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, seconds * 1000);
    child.stdout.on("data", (part) => {
      text += String(part);
    });
    child.stderr.on("data", (part) => {
      errors = `${errors}${String(part)}`.slice(-4000);
    });
    child.once("error", reject);
    child.once("close", () => {
      clearTimeout(timer);
      if (isLate) return reject(tooLong(seconds));
      try {
        resolve(recordIn(text, errors));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Throws the failure that the run ended with. */
function recordIn(text: string, errors: string): RunRecord {
  const read = parseJson(text);
  const record = runRecordSchema.safeParse(read);
  if (record.success) return record.data;
  const failed = z.object({ failure: z.looseObject({ code: z.string(), message: z.string() }) }).safeParse(read);
  throw new FailureError(failed.success ? failed.data.failure : { code: "run-failed", message: errors.trim() });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tooLong(seconds: number): FailureError {
  return new FailureError({
    code: "out-of-time",
    message: `the run was ended after ${seconds} s; finished stages are kept`,
    fix: `call again to go on from there, or give more seconds (${MOST_SECONDS} at most)`,
  });
}

function summaryOf(record: RunRecord, wanted: number | undefined) {
  const figures = record.figures.filter((one) => wanted === undefined || one.step === wanted);
  return {
    title: record.title,
    data: record.data,
    seed: record.seed,
    remarks: record.remarks,
    alerts: record.alerts,
    figures: figures.slice(0, MOST_FIGURES),
    figuresLeftOut: Math.max(0, figures.length - MOST_FIGURES),
    computed: record.steps.filter(({ cached }) => !cached).map(({ stage }) => stage),
  };
}

export const compareTool: Tool = tool({
  name: "compare",
  title: "Compare two runs",
  description:
    "Sets two runs of this project side by side: paired differences of the headline metric with intervals where both runs' results are kept, " +
    "else why not. A run is its folder, such as runs/feed/latest.",
  input: z.strictObject({ before: z.string().max(4096), after: z.string().max(4096) }),
  readOnly: true,
  async run({ before, after }, { root }) {
    const { differences, why, unlike } = await compareRuns(projectPath(root, before), projectPath(root, after));
    return { differences, why, unlike };
  },
});
