/** Runs as the studio starts, watches, stops, lists and compares them: one at a time, each in a process of its own. */

import { type ChildProcess, fork } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { remembering } from "../../core/remembering.ts";
import { compareRuns } from "../../node/compare-runs.ts";
import type { PlanAgain } from "../../node/plan-again.ts";
import { runsFolder } from "../../node/project-folder.ts";
import { sealOf } from "../../node/run-seal.ts";
import { escapeHtml } from "../../report/escape-html.ts";
import { readRunRecord } from "../../system/run-record.ts";
import { programBeside } from "./program-beside.ts";
import type { RunNews, RunOrder } from "./run-process.ts";
import { notePath, type StudioProject } from "./studio-project.ts";

export interface StageSeen {
  readonly step: number;
  readonly title: string;
  readonly state: "now" | "done" | "kept";
  readonly seconds: number | undefined;
  /** When it last ran here. */
  readonly usual: number | undefined;
  /** What it measured, in words; empty before its end. */
  readonly figures: readonly string[];
}

/** The run that goes on, or the last one that went. */
export interface RunSeen {
  readonly path: string;
  readonly startedAt: string;
  readonly state: "running" | "stopping" | "done" | "stopped" | "failed";
  readonly stages: readonly StageSeen[];
  readonly run: string | undefined;
  readonly message: string | undefined;
}

export interface EarlierRun {
  readonly id: string;
  readonly at: string;
  readonly verdict: string;
  readonly doubt: string;
  readonly value: string;
  readonly bounds: string;
  readonly simulated: boolean;
  /** Written by another version: its report can be read, its figures not compared. */
  readonly isOlder: boolean;
}

export interface RunDesk {
  readonly current: RunSeen | undefined;
  start(path: string): void;
  /** Which stages a run would run again, and why. */
  plan(path: string): Promise<PlanAgain>;
  stop(): void;
  /** Newest first; the one that was asked for last before all, though its results may be older. */
  list(path: string): readonly EarlierRun[];
  /** The report of a run as HTML, with the address that its figures have here; undefined where there is none. */
  report(path: string, id: string, figures: string): string | undefined;
  /** Its figures as JSON. */
  figures(path: string, id: string): string | undefined;
  compare(path: string, before: string, after: string): ReturnType<typeof compareRuns>;
  close(): void;
}

const MOST_LISTED = 100;
const MOST_KEPT = 2000;
/** A plan reads fingerprints of files, and trains nothing. */
const PLAN_MS = 60_000;
const RUN_NAME = /^(?:latest|[0-9a-f]{12})$/u;

/** `changed` is called whenever something happened to the run. */
export function openRunDesk(project: StudioProject, changed: () => void): RunDesk {
  let child: ChildProcess | undefined;
  let current: RunSeen | undefined;
  /** By the note: a newer question ends the older one. */
  const planning = new Map<string, ChildProcess>();
  /** A record is read once, and again where the file is another. */
  const once = remembering<EarlierRun>(MOST_KEPT);
  const update = (change: Partial<RunSeen>): void => {
    if (current !== undefined) current = { ...current, ...change };
    changed();
  };
  const folderOf = (path: string): string => {
    notePath(project.root, path);
    return runsFolder(project.root, path);
  };
  const runFolder = (path: string, id: string): string => {
    if (RUN_NAME.test(id)) return join(folderOf(path), id);
    throw new FailureError({ code: "no-such-run", message: "there is no run of this name", where: id.slice(0, 40) });
  };
  return {
    get current() {
      return current;
    },
    start(path) {
      const real = notePath(project.root, path);
      if (child !== undefined)
        throw new FailureError({
          code: "busy",
          message: `a run of ${current?.path} is going on`,
          fix: "stop it, or wait: two at once would both be measured wrong",
        });
      current = {
        path,
        startedAt: project.now().toISOString(),
        state: "running",
        stages: [],
        run: undefined,
        message: undefined,
      };
      const process = fork(programBeside("run-process.js"), [], {
        cwd: project.root,
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      });
      child = process;
      let errors = "";
      process.stderr?.on("data", (part) => {
        errors = `${errors}${String(part)}`.slice(-2000);
      });
      process.on("message", (news: RunNews) => update(seenAfter(current?.stages ?? [], news)));
      process.once("close", () => {
        child = undefined;
        if (current?.state === "stopping") update({ state: "stopped" });
        else if (current?.state === "running")
          update({
            state: "failed",
            message: errors.trim() || "the run ended without a word; finished stages are kept",
          });
      });
      process.send({ path: real });
      changed();
    },
    plan(path) {
      const real = notePath(project.root, path);
      const process = fork(programBeside("run-process.js"), [], {
        cwd: project.root,
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      planning.get(path)?.kill("SIGKILL");
      planning.set(path, process);
      const timer = setTimeout(() => process.kill("SIGKILL"), PLAN_MS);
      const planned = new Promise<PlanAgain>((done, failed) => {
        process.on("message", (news: RunNews) => {
          if (news.news === "planned") done(news.plan);
          if (news.news === "failed")
            failed(new FailureError({ code: "cannot-plan", message: news.message, fix: news.fix }));
        });
        process.once("close", () => {
          clearTimeout(timer);
          if (planning.get(path) === process) planning.delete(path);
          failed(new FailureError({ code: "not-planned", message: "what would run could not be found out" }));
        });
      });
      process.send({ plan: real } satisfies RunOrder);
      return planned;
    },
    stop() {
      if (child === undefined || current?.state !== "running") return;
      // Whoever trains hears no word, not even between two stages. Finished stages are stored, and no file is half written.
      update({ state: "stopping" });
      child.kill("SIGKILL");
    },
    list(path) {
      const folder = folderOf(path);
      if (!existsSync(folder)) return [];
      const latest = latestIn(folder);
      return readdirSync(folder)
        .filter((name) => RUN_NAME.test(name) && name !== "latest" && !lstatSync(join(folder, name)).isSymbolicLink())
        .map((id) => ({ id, file: join(folder, id, "run.json") }))
        .filter(({ file }) => existsSync(file))
        .map((one) => ({ ...one, at: statSync(one.file).mtime.toISOString() }))
        .toSorted((a, b) => (a.id === latest ? -1 : b.id === latest ? 1 : a.at < b.at ? 1 : -1))
        .slice(0, MOST_LISTED)
        .map(({ id, file, at }) => once([file, at, statSync(file).size], () => earlierRun(id, file, at)));
    },
    report: (path, id, figures) =>
      textOf(join(runFolder(path, id), "report.html"))?.replace(
        'href="run.json"',
        () => `href="${escapeHtml(figures)}"`,
      ),
    figures: (path, id) => textOf(join(runFolder(path, id), "run.json")),
    compare: (path, before, after) => compareRuns(runFolder(path, before), runFolder(path, after)),
    close() {
      child?.kill("SIGKILL");
      for (const one of planning.values()) one.kill("SIGKILL");
    },
  };
}

function seenAfter(stages: readonly StageSeen[], news: RunNews): Partial<RunSeen> {
  switch (news.news) {
    case "starts": {
      const { step, title, usual } = news;
      return { stages: [...stages, { step, title, state: "now", seconds: undefined, usual, figures: [] }] };
    }
    case "ends": {
      const { step, title, seconds, cached, figures } = news;
      const state = cached ? "kept" : "done";
      const ended: StageSeen = { step, title, state, seconds, usual: undefined, figures };
      const others = stages.filter((one) => one.state !== "now");
      return { stages: [...others, ended] };
    }
    case "planned":
    case "drafted":
      return {};
    case "done":
      return { state: "done", run: basename(news.folder) };
    case "failed":
      return { state: "failed", message: `${news.message}${news.fix === undefined ? "" : `: ${news.fix}`}` };
    default:
      return news satisfies never;
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function latestIn(folder: string): string | undefined {
  try {
    return basename(realpathSync(join(folder, "latest")));
  } catch {
    return undefined;
  }
}

function earlierRun(id: string, file: string, at: string): EarlierRun {
  const blank = { id, at, verdict: "", doubt: "", value: "", bounds: "", simulated: false };
  try {
    const record = readRunRecord(JSON.parse(readFileSync(file, "utf8")));
    if (record === undefined || record === "older" || sealOf(file) === "altered") return { ...blank, isOlder: true };
    const { headline, ledger } = record.summary;
    const [row] = ledger;
    return {
      ...blank,
      ...headline,
      value: row?.value ?? "",
      bounds: row?.bounds ?? "",
      simulated: record.data.simulated,
      isOlder: false,
    };
  } catch {
    return { ...blank, isOlder: true };
  }
}
