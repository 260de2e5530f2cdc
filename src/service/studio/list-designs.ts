/** The designs of a project as the studio lists them: reviewed in the background, and again only where a file changed. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import type { Finding } from "../../core/finding.ts";
import { FailureError } from "../../core/outcome.ts";
import { newestRun } from "../../node/newest-run.ts";
import { isNoteOf } from "../../node/notebook-notes.ts";
import { runsFolder } from "../../node/project-folder.ts";
import { CONFIGURATION_FILE } from "../../node/project-settings.ts";
import { readTextFile } from "../../node/read-text-file.ts";
import {
  noConfiguration,
  type ReviewConfiguration,
  readReviewConfiguration,
  reviewOptionsFor,
} from "../../node/review-configuration.ts";
import { reviewText } from "../../note/review-text.ts";
import { RULES } from "../../note/rules.gen.ts";
import { inOrderOfWork } from "../../review/order-of-work.ts";
import type { ReviewFinding } from "../../review/review.ts";
import { stepOfCode } from "../../review/step-of-code.ts";
import { type CannotRun, cannotRun } from "./cannot-run.ts";
import { markdownBelow } from "./markdown-below.ts";
import { unreadNote } from "./unread-note.ts";

/** Errors, warnings and advice of a step. */
export interface StepCount {
  readonly step: number;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  /** False where a draft holds nothing of the step yet. */
  readonly isBegun: boolean;
}

export interface ListedRun {
  readonly id: string;
  readonly verdict: string;
  readonly value: string;
  readonly bounds: string;
  readonly simulated: boolean;
}

/** The finding to work off first. */
export interface FirstFinding {
  readonly message: string;
  readonly line: number;
  readonly consequence: string | undefined;
  readonly severity: string;
}

export interface ListedDesign {
  readonly path: string;
  readonly title: string;
  readonly changed: string;
  readonly steps: readonly StepCount[];
  readonly waived: number;
  readonly first: FirstFinding | undefined;
  /** `first` says why it cannot be read; nothing else was looked at. */
  readonly isUnread: boolean;
  /** Absent where there is none; `older` where another version wrote it. */
  readonly run: ListedRun | "older" | undefined;
  /** Why it cannot be run, as far as the note alone says. */
  readonly cannotRun: CannotRun | undefined;
}

export interface DesignList {
  /** Those reviewed so far, the last changed first. */
  readonly designs: readonly ListedDesign[];
  /** How many files are still to be read. */
  readonly pending: number;
}

const MOST_BYTES = 2 ** 20;
/** How long the server works on the list before it serves others again. */
const SLICE_MS = 40;

interface Known {
  readonly stamp: string;
  /** Undefined for a Markdown file that is no design. */
  readonly design: ListedDesign | undefined;
}

/** A list that fills while it is asked for. */
export function openDesignList(root: string): { list(): DesignList; close(): void } {
  const known = new Map<string, Known>();
  let settings = readSettings(root);
  const stamp = (path: string): string => `${settings.stamp} ${stampOf(root, path)}`;
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const work = (): void => {
    timer = undefined;
    const until = performance.now() + SLICE_MS;
    while (waiting.length > 0 && performance.now() < until) {
      const path = waiting.shift();
      if (path !== undefined)
        known.set(path, {
          stamp: stamp(path),
          design: describe(root, path, settings),
        });
    }
    if (waiting.length > 0) timer = setTimeout(work, 5);
  };
  return {
    list() {
      if (settings.stamp !== settingsStamp(root)) settings = readSettings(root);
      const files = markdownBelow(root).filter(settings.isMeant);
      const there = new Set(files);
      for (const path of known.keys()) if (!there.has(path)) known.delete(path);
      // In the order of the list: what is read later stands below, and moves nothing that somebody reads already.
      waiting = lastChangedFirst(
        root,
        files.filter((path) => known.get(path)?.stamp !== stamp(path)),
      );
      if (waiting.length > 0 && timer === undefined) work();
      const designs = files.flatMap((path) => known.get(path)?.design ?? []).toSorted(inListOrder);
      return { designs, pending: waiting.length };
    },
    close: () => clearTimeout(timer),
  };
}

function lastChangedFirst(root: string, paths: readonly string[]): string[] {
  return paths
    .map((path) => ({
      path,
      changed: statSync(join(root, path), { throwIfNoEntry: false })?.mtime.toISOString() ?? "",
    }))
    .toSorted(inListOrder)
    .map(({ path }) => path);
}

type Dated = Pick<ListedDesign, "path" | "changed">;

function inListOrder(a: Dated, b: Dated): number {
  if (a.changed !== b.changed) return a.changed < b.changed ? 1 : -1;
  return a.path < b.path ? -1 : 1;
}

/** Changes with the file and with its newest run. */
function stampOf(root: string, path: string): string {
  const about = statSync(join(root, path), { throwIfNoEntry: false });
  const runs = statSync(runsFolder(root, path), { throwIfNoEntry: false });
  return `${about?.mtimeMs}:${about?.size}:${runs?.mtimeMs}`;
}

interface Settings {
  readonly stamp: string;
  readonly rules: ReviewConfiguration;
  /** By the settings; what a file holds is seen when it is read. */
  readonly isMeant: (path: string) => boolean;
  /** Whether a file lies where `heptad check` looks for notes. */
  readonly isNote: (path: string) => boolean;
}

/** A file that is wrong changes nothing here: the page of each design says what is wrong with it. */
function readSettings(root: string): Settings {
  const stamp = settingsStamp(root);
  try {
    const rules = readReviewConfiguration(root, RULES);
    const isIgnored = rules.ignore.length === 0 ? () => false : picomatch([...rules.ignore], { dot: true });
    const isNote = isNoteOf(rules);
    return { stamp, rules, isNote, isMeant: rules.notes.length > 0 ? isNote : (path) => !isIgnored(path) };
  } catch {
    const rules = noConfiguration(root);
    return { stamp, rules, isNote: isNoteOf(rules), isMeant: () => true };
  }
}

function settingsStamp(root: string): string {
  const about = statSync(join(root, CONFIGURATION_FILE), { throwIfNoEntry: false });
  return `${about?.mtimeMs}:${about?.size}`;
}

function describe(root: string, path: string, { rules, isNote }: Settings): ListedDesign | undefined {
  try {
    const file = join(root, path);
    const about = statSync(file);
    if (about.size > MOST_BYTES) return undefined;
    const text = textOf(file);
    const read = text === undefined ? undefined : reviewText(text, path, reviewOptionsFor(rules, path, root));
    const listed = {
      path,
      title: read?.design?.front.title ?? headingOf(text) ?? path,
      changed: about.mtime.toISOString(),
      run: runOf(root, path),
    };
    if (read?.design === undefined) {
      const why = unreadNote({ path, file, isNote: isNote(path), text, isProse: read !== undefined }, rules);
      if (why !== undefined) {
        const steps = countsOf({ findings: [{ ...why, severity: "error" }] });
        const first = firstOf({ ...why, severity: "error" });
        return { ...listed, steps, waived: 0, first, isUnread: true, cannotRun: undefined };
      }
      // A page of documentation may have headings like a design's; only its place, or a title that says so, makes it one here.
      if (read === undefined || !(isNote(path) || /^#\s.*\bdesign\b/imu.test(text ?? ""))) return undefined;
    }
    const { review } = read;
    const [first] = inOrderOfWork(review.findings);
    return {
      ...listed,
      steps: countsOf(review),
      waived: review.waived.length,
      first: first && firstOf(first),
      isUnread: false,
      cannotRun: read.design && cannotRun(read.design),
    };
  } catch {
    // A file that vanished is not listed.
    return undefined;
  }
}

/** Undefined where it is no text, or may not be read. */
function textOf(file: string): string | undefined {
  try {
    return readTextFile(file);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

function headingOf(text = ""): string | undefined {
  return /^#\s+(?<title>.+)$/mu.exec(text)?.groups?.title;
}

function firstOf({ message, at, severity, consequence }: Finding & Partial<ReviewFinding>): FirstFinding {
  return { message, line: at.start.line, consequence, severity };
}

interface Counted {
  readonly findings: readonly Finding[];
  readonly draft?: readonly number[];
}

/** Findings that belong to no step stand under 0. */
function countsOf({ findings, draft = [] }: Counted): readonly StepCount[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((step) => {
    const own = findings.filter(({ code }) => stepOfCode(code) === step);
    const count = (severity: string): number => own.filter((one) => one.severity === severity).length;
    return {
      step,
      errors: count("error"),
      warnings: count("warning"),
      advice: count("advice"),
      isBegun: !draft.includes(step),
    };
  });
}

function runOf(root: string, path: string): ListedDesign["run"] {
  if (!existsSync(runsFolder(root, path))) return undefined;
  const newest = newestRun(root, path);
  if (newest === undefined || newest === "older") return newest;
  if (newest === "altered") return "older";
  const { record } = newest;
  const [row] = record.summary.ledger;
  return {
    id: "latest",
    verdict: record.summary.headline.verdict,
    value: row?.value ?? "",
    bounds: row?.bounds ?? "",
    simulated: record.data.simulated,
  };
}
