/** Loads a note's service with the traffic of its own test window: starts one of its own, finds the rate that holds, and reads what it says of itself. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { readTextFile } from "../../node/read-text-file.ts";
import { type RunRequest, runDesign } from "../../node/run-design.ts";
import { type AddedSection, addToReport } from "../../node/run-folder.ts";
import type { Design } from "../../steps/design.ts";
import { type ServedTraffic, TrafficBytes } from "../../system/served-system.ts";
import { openSystem } from "../build-model.ts";
import { quantileOf, readMetrics, type Sample, total } from "../read-metrics.ts";
import { poissonArrivals } from "./arrivals.ts";
import { type ComparedLoad, compareLoad, type RunFigure } from "./compare-load.ts";
import { drive } from "./drive.ts";
import { type FoundRate, findRate, type LoadReading } from "./find-rate.ts";

export interface LoadNoteOptions {
  readonly run: RunRequest;
  /** The program that starts a service: its words before `serve`. */
  readonly program: readonly string[];
  /** A service that runs already, in place of one of its own. */
  readonly url?: string;
  readonly token?: string;
  /** Requests a second to begin with. */
  readonly start: number;
  readonly most: number;
  /** Seconds of each stretch; longer where it would hold too few requests for a 99th percentile. */
  readonly seconds: number;
  readonly seed: number;
  readonly onReading: (reading: LoadReading) => void;
}

export interface LoadedNote {
  readonly design: Design;
  readonly path: string;
  readonly limit: number;
  readonly found: FoundRate;
  readonly compared: ComparedLoad;
  /** The report of the run, which holds the comparison too. */
  readonly report: string;
}

/** So many requests leave five beyond the 99th percentile. */
const LEAST_REQUESTS = 500;
/** The longest stretch, where the rate is low. */
const LONGEST = 60;

/** Throws a `FailureError` where the note has no limit, is of a kind that cannot be served, or the service does not start. */
export async function loadNote(options: LoadNoteOptions): Promise<LoadedNote> {
  const { run } = options;
  const { record, sections, outcomes, folder } = await runDesign(run);
  const { system, design } = await openSystem(
    run.text ?? readTextFile(run.path),
    run.path,
    async (name) => {
      const found = outcomes.find(({ stage }) => stage.name === name);
      if (found === undefined) throw new Error(`the run has no stage ${name}`);
      return found.result;
    },
    { begin: "end", isBlank: true },
  );
  const limit = design.clarify.latency?.p99?.value;
  if (limit === undefined)
    throw new FailureError({
      code: "no-limit",
      message: "section 1 states no limit of the latency, so no rate can be said to hold it",
      where: "1.latency.p99",
      fix: "write `latency: { p99: 100 ms }`",
    });
  const { traffic } = system;
  const service = options.url === undefined ? await startService(options) : undefined;
  try {
    const url = options.url ?? service?.url ?? "";
    const loaded = await loadService(options, { design, limit, traffic, figures: record.figures, url });
    await addToReport(folder, { record, sections }, sectionOf(loaded.compared));
    return { ...loaded, report: join(folder, "report.html") };
  } finally {
    await service?.stop();
  }
}

interface Loaded {
  readonly design: Design;
  readonly limit: number;
  readonly traffic: ServedTraffic;
  readonly figures: readonly RunFigure[];
  readonly url: string;
}

async function loadService(options: LoadNoteOptions, loaded: Loaded): Promise<Omit<LoadedNote, "report">> {
  const { design, limit, traffic, figures, url } = loaded;
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const look = async (): Promise<readonly Sample[]> => {
    const answer = await fetch(`${url}/metrics`, { headers }).catch(() => undefined);
    if (answer?.ok !== true)
      throw new FailureError({
        code: "no-service",
        message: answer === undefined ? `nothing answers at ${url}` : `${url} answers ${answer.status}`,
        where: "--url",
        fix: "start it with `heptad serve`, or leave --url out",
      });
    return readMetrics(await answer.text());
  };
  // Another round each time the command runs: a service that remembers ids takes none for a repeat.
  const run = `${process.pid}.${Date.now().toString(36)}`;
  let [sent, stretch] = [0, 0];
  const around = new Map<LoadReading, readonly [readonly Sample[], readonly Sample[]]>();
  const measure = async (rate: number): Promise<LoadReading> => {
    const seconds = Math.min(LONGEST, Math.max(options.seconds, LEAST_REQUESTS / rate));
    const arrivals = poissonArrivals(rate, seconds, createRandom(options.seed, `stretch ${stretch++}`));
    const first = sent;
    sent += arrivals.length;
    const before = await look();
    const reading = await drive({
      ...{ url, path: traffic.path, headers, arrivals, rate },
      body: (at) => bodyOf(traffic.body((first + at) % traffic.count, `${run}.${first + at}`)),
    });
    around.set(reading, [before, await look()]);
    options.onReading(reading);
    return reading;
  };
  const found = await findRate({ limit, start: options.start, most: options.most, measure });
  const shown = found.held ?? found.readings.at(-1);
  const [before, after] = (shown && around.get(shown)) ?? [[], []];
  const isPath = (labels: Sample["labels"]): boolean => labels.path === traffic.path;
  const mean = (name: string, fits: (labels: Sample["labels"]) => boolean): number =>
    (total(after, `${name}_sum`, fits) - total(before, `${name}_sum`, fits)) /
    (total(after, `${name}_count`, fits) - total(before, `${name}_count`, fits));
  const names = [
    ...new Set(after.flatMap(({ name, labels }) => (name === "heptad_stage_seconds_count" ? [labels.stage] : []))),
  ];
  const answered =
    total(after, "heptad_request_seconds_count", isPath) - total(before, "heptad_request_seconds_count", isPath);
  const cpu = total(after, "heptad_cpu_seconds_total") - total(before, "heptad_cpu_seconds_total");
  const compared = compareLoad(design, figures, {
    found,
    stages: names
      .map((stage) => ({
        stage,
        mean: mean("heptad_stage_seconds", (labels) => labels.stage === stage),
        p99: quantileOf(after, "heptad_stage_seconds", 0.99, (labels) => labels.stage === stage, before),
      }))
      .filter((one) => Number.isFinite(one.mean)),
    request: { mean: mean("heptad_request_seconds", isPath) },
    cpu: cpu / answered,
    processors: availableParallelism(),
    busy: loadavg()[0],
  });
  return { design, path: traffic.path, limit, found, compared };
}

/** What the report's step 6 shows of it. */
function sectionOf({ rows, reasons }: ComparedLoad): AddedSection {
  return {
    step: 6,
    table: {
      title: "Estimated beside measured under load",
      header: ["", "note", "run, one at a time", "under load"],
      rows: rows.map(({ what, note, run, load }) => [what, note, run, load]),
    },
    answers: reasons.map((reason) => `Under load: ${reason}.`),
  };
}

function bodyOf(body: ReturnType<ServedTraffic["body"]>): {
  readonly type: string;
  readonly bytes: string | Uint8Array;
} {
  return body instanceof TrafficBytes ? body : { type: "application/json", bytes: JSON.stringify(body) };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface StartedService {
  readonly url: string;
  stop(): Promise<void>;
}

/** A service of its own, whose memory is thrown away: what is sent to it is not what members did. */
async function startService({ run, program }: LoadNoteOptions): Promise<StartedService> {
  let state: string | undefined;
  let child: ChildProcess | undefined;
  // Whoever interrupts this one leaves no service behind: a signal ends a process without its `exit`. Listened for before there is anything to leave.
  const killed = (): void => {
    child?.kill("SIGKILL");
    if (state !== undefined) rmSync(state, { recursive: true, force: true, maxRetries: 3 });
  };
  const interrupted = (_signal: NodeJS.Signals, number: number): void => process.exit(128 + number);
  process.once("exit", killed);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const forget = (): void => {
    process.removeListener("exit", killed);
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
  };
  const folder = mkdtempSync(join(tmpdir(), "heptad-load-"));
  state = folder;
  const [command, ...words] = program;
  const data = run.dataPath === undefined ? [] : ["--data", run.dataPath];
  const seed = run.seed === undefined ? [] : ["--seed", String(run.seed)];
  const started = spawn(command, [...words, "serve", run.path, "--port", "0", "--state", folder, ...data, ...seed], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  const ended = new Promise<void>((resolve) => started.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    started.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const url = await addressOf(started);
    return { url, stop: () => stop().finally(forget) };
  } catch (error) {
    forget();
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [out, errors] = ["", ""];
    child.stdout?.on("data", (text) => {
      out += text;
      const url = /on (http:\S+)/u.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.on("data", (text) => {
      errors = (errors + text).slice(-2000);
    });
    child.once("exit", (code) =>
      reject(
        new FailureError({
          code: "no-service",
          message: `the service ended with ${code} before it listened: ${errors.trim() || "it said nothing"}`,
          fix: "start it by hand with `heptad serve`, which says more",
        }),
      ),
    );
  });
}
