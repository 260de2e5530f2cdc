/** What a note was at each of its commits: its findings by severity, how many facts it held, and its estimate. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { diffDesigns, factsOf } from "../note/diff-designs.ts";
import { reviewText } from "../note/review-text.ts";
import { RULES } from "../note/rules.gen.ts";
import { summarize } from "../review/summary.ts";
import type { Design } from "../steps/design.ts";
import { readReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";
import { textAtRevision } from "./text-at-revision.ts";

export interface NoteState {
  readonly commit: string;
  readonly day: string;
  readonly subject: string;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  readonly facts: number;
  /** What changed of the estimate since the commit before. */
  readonly estimate: readonly string[];
}

/** Oldest first, the newest `most` of them. Throws a `FailureError` where there is no history. */
export function noteHistory(file: string, most: number): NoteState[] {
  const commits = commitsOf(file, most);
  const options = reviewOptionsFor(readReviewConfiguration(process.cwd(), RULES), file);
  let last: Design | undefined;
  return commits.reverse().flatMap(({ commit, day, subject }) => {
    const text = textAtRevision(file, commit);
    const reviewed = text === undefined ? undefined : reviewText(text, file, options);
    if (reviewed === undefined) return [];
    const { errors, warnings, advice } = summarize([reviewed.review]);
    const { design } = reviewed;
    const changes = design === undefined || last === undefined ? [] : diffDesigns(last, design).estimate;
    last = design ?? last;
    const estimate = changes.map(
      ({ key, before, after }) => `${key}: ${before ?? "not there"} to ${after ?? "not there"}`,
    );
    return [
      {
        commit,
        day,
        subject,
        errors,
        warnings,
        advice,
        facts: design === undefined ? 0 : factsOf(design).size,
        estimate,
      },
    ];
  });
}

function commitsOf(file: string, most: number): { commit: string; day: string; subject: string }[] {
  const folder = dirname(file);
  let log = "";
  if (existsSync(folder)) {
    try {
      log = execFileSync(
        "git",
        ["log", `--max-count=${most}`, "--format=%h%x09%cs%x09%s", "--", `./${basename(file)}`],
        {
          cwd: folder,
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
          maxBuffer: 64 * 2 ** 20,
          timeout: 20_000,
        },
      );
    } catch {
      log = "";
    }
  }
  const commits = log.split("\n").flatMap((line) => {
    const [commit, day, ...subject] = line.split("\t");
    return commit === "" ? [] : [{ commit, day, subject: subject.join(" ") }];
  });
  if (commits.length > 0) return commits;
  throw new FailureError({
    code: "no-history",
    message: `git has no commit of ${file}`,
    where: file,
    fix: "name a note that is committed in a git repository",
  });
}
