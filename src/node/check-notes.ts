/** Reviews all notes that paths mean, in the order of their names; many of them on several threads. */

import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { FailureError } from "../core/outcome.ts";
import { mendEffects } from "../note/mend-effects.ts";
import { reviewText } from "../note/review-text.ts";
import { RULES } from "../note/rules.gen.ts";
import { MAPPING_CODES } from "../review/mapping-codes.ts";
import type { MendEffects } from "../review/render/brief.ts";
import type { Review, ReviewFinding } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { findNotes } from "./note-files.ts";
import { isNoteOf, notesWhereNoneNamed, saysItIsDesign } from "./notebook-notes.ts";
import { pathFromHere } from "./project-path.ts";
import {
  idlePaths,
  type PathSettings,
  type ReviewConfiguration,
  readReviewConfiguration,
  reviewOptionsFor,
} from "./review-configuration.ts";
import { type ReviewedNote, type ReviewNotesOptions, reviewNote } from "./review-notes.ts";
import { teamRules } from "./team-rule-files.ts";
import { stagedFiles } from "./text-at-revision.ts";

export interface CheckNotesOptions {
  readonly fix?: boolean;
  /** As the next commit would hold them. */
  readonly staged?: boolean;
  /** Is told of each path that is not there, beside others that are. Without it the first one is thrown, and nothing is reviewed. */
  readonly onMissing?: (failure: FailureError) => void;
  /** Is told of settings for paths that none of the reviewed notes meets, where those of the whole notebook are reviewed. */
  readonly onIdle?: (settings: PathSettings) => void;
  /** Files that are designs for somebody: one found in a folder that is none any more is said, and not passed over. */
  readonly expected?: ReadonlySet<string>;
  /** Threads at most; all processors where absent. */
  readonly threads?: number;
}

/** One file for a thread, and whether it was named by itself. */
export interface NoteTask {
  readonly file: string;
  readonly isNamed: boolean;
}

export interface ReviewJob {
  readonly tasks: readonly NoteTask[];
  readonly options: ReviewNotesOptions;
}

/** Fewer notes for each thread are not worth another one. */
const NOTES_WORTH_A_THREAD = 100;
/** Starting a thread takes as long as reviewing about this many notes. */
const NOTES_OF_A_START = 60;

/** The notes of the notebook where `paths` is empty, and with `staged` those of them that the next commit changes. Throws a `FailureError` where a path is not there or no note is found. */
export async function checkNotes(paths: readonly string[], options: CheckNotesOptions): Promise<ReviewedNote[]> {
  const configuration = readReviewConfiguration(process.cwd(), RULES);
  const asked = paths.length > 0 ? paths : notesWhereNoneNamed(configuration);
  const { files, named, missing } =
    options.staged === true && paths.length === 0
      ? { files: stagedNotes(configuration), named: new Set<string>(), missing: [] }
      : findNotes(asked, configuration.ignore, process.cwd(), configuration.root);
  for (const one of missing) {
    if (options.onMissing === undefined) throw one;
    options.onMissing(one);
  }
  // From a folder inside the notebook only a part of it is seen.
  if (paths.length === 0 && options.staged !== true && resolve(configuration.root) === process.cwd())
    for (const one of idlePaths(configuration, files)) options.onIdle?.(one);
  const tasks = files.map(
    (file): NoteTask => ({
      file,
      isNamed: named.has(file) || options.expected?.has(file) === true,
    }),
  );
  const most = options.threads ?? availableParallelism();
  const threads = Math.max(1, Math.min(most, Math.floor(files.length / NOTES_WORTH_A_THREAD)));
  const job = { configuration, fix: options.fix, staged: options.staged };
  const notes = threads === 1 ? reviewAll({ tasks, options: job }) : await reviewOnThreads(tasks, job, threads);
  // A commit may hold no note at all.
  if (notes.length > 0 || (options.staged === true && paths.length === 0)) return notes;
  throw new FailureError({
    code: "no-notes",
    message: `no design was found in ${asked.join(", ")}`,
    fix: "heptad new NAME writes a note to begin with",
  });
}

/** The notes of the notebook that the next commit adds or changes. */
function stagedNotes(configuration: ReviewConfiguration): readonly string[] {
  const isNote = isNoteOf(configuration);
  const isUsual = configuration.notes.length === 0;
  return stagedFiles()
    .filter((file) => {
      const path = pathFromHere(resolve(file), configuration.root);
      return isNote(path) || (isUsual && /^[^/]+\.md$/u.test(path) && saysItIsDesign(file));
    })
    .sort();
}

/** What is reviewed in the current folder where nothing is named. */
export function notesHere(): readonly string[] {
  return notesWhereNoneNamed(readReviewConfiguration(process.cwd(), RULES));
}

/** What the mends of a note would do, by the settings that it was reviewed with: `note` as its text was reviewed, `shown` what is printed of it. */
export function effectsOfMends(
  { text, review }: ReviewedNote,
  shown: Review,
  first: readonly ReviewFinding[],
): MendEffects {
  const configuration = readReviewConfiguration(process.cwd(), RULES);
  const effects = mendEffects(text, review, first, reviewOptionsFor(configuration, review.file));
  // What the files of a note say of its mapping no mend of its text takes away.
  const ofFiles = shown.findings.filter(({ code }) => Object.hasOwn(MAPPING_CODES, code)).length;
  return { ...effects, left: effects.left + ofFiles };
}

/** The rules of the program and those of the team in the current folder. */
export function allRules(): readonly Rule[] {
  return [...RULES, ...teamRules(readReviewConfiguration(process.cwd(), RULES).team)];
}

/** The findings of a note that an earlier text of it did not have. */
export function newFindings(review: Review, before: string | undefined): Review {
  if (before === undefined) return review;
  const options = reviewOptionsFor(readReviewConfiguration(process.cwd(), RULES), review.file);
  const had = (reviewText(before, review.file, options)?.review.findings ?? []).map(identity);
  const findings = review.findings.filter((finding) => {
    const at = had.indexOf(identity(finding));
    if (at >= 0) had.splice(at, 1);
    return at < 0;
  });
  return { ...review, findings };
}

function identity({ code, message }: ReviewFinding): string {
  return `${code} ${message}`;
}

/** Reviews a share of the files, in order. */
export function reviewAll({ tasks, options }: ReviewJob): ReviewedNote[] {
  return tasks.flatMap(({ file, isNamed }) => reviewNote(file, isNamed, options) ?? []);
}

/**
 * This thread takes the first share itself; the others are stretches of the list, so that the order stays. While the others start it reviews
 * already, so its share is the longer one.
 */
async function reviewOnThreads(
  tasks: readonly NoteTask[],
  options: ReviewNotesOptions,
  threads: number,
): Promise<ReviewedNote[]> {
  const first = Math.ceil((tasks.length + (threads - 1) * NOTES_OF_A_START) / threads);
  const size = Math.ceil((tasks.length - first) / (threads - 1));
  const shares = Array.from({ length: threads - 1 }, (_, i) => tasks.slice(first + i * size, first + (i + 1) * size));
  const others = shares.map((share) => reviewOnThread({ tasks: share, options }));
  const own = reviewAll({ tasks: tasks.slice(0, first), options });
  return [...own, ...(await Promise.all(others)).flat()];
}

function reviewOnThread(job: ReviewJob): Promise<ReviewedNote[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerEntry(), { workerData: job });
    worker.once("message", (notes: ReviewedNote[]) => resolve(notes));
    worker.once("error", reject);
  });
}

function workerEntry(): string {
  const here = import.meta.url;
  const built = here.endsWith(".ts") ? "../../dist/src/node/review-worker.js" : "./review-worker.js";
  return fileURLToPath(new URL(built, here));
}
