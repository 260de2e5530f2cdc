/** What a note was at each of its commits: its findings by severity, how many facts it held, and its estimate. */

import { FailureError } from "../core/outcome.ts";
import { diffDesigns, factsOf, lackTheSame, unreadFacts, unreadWords } from "../note/diff-designs.ts";
import { reviewText } from "../note/review-text.ts";
import { RULES } from "../note/rules.gen.ts";
import { summarize } from "../review/summary.ts";
import type { Design } from "../steps/design.ts";
import { readReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";
import { commitsOf, textAtCommit } from "./text-at-revision.ts";

export interface NoteState {
  readonly commit: string;
  readonly day: string;
  readonly subject: string;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  readonly facts: number;
  /** What changed of the estimate since the commit before, and before that what cannot be read. */
  readonly estimate: readonly string[];
}

/** Oldest first, the newest `most` of them. Throws a `FailureError` where there is no history. */
export function noteHistory(file: string, most: number): NoteState[] {
  const commits = commitsOf(file, most);
  if (commits.length === 0)
    throw new FailureError({
      code: "no-history",
      message: `git has no commit of ${file}`,
      where: file,
      fix: "name a note that is committed in a git repository",
    });
  const options = reviewOptionsFor(readReviewConfiguration(process.cwd(), RULES), file);
  let last: Design | undefined;
  return commits.toReversed().flatMap(({ commit, day, subject, path }) => {
    const text = textAtCommit(file, commit, path);
    const reviewed = text === undefined ? undefined : reviewText(text, file, options);
    if (reviewed === undefined) return [];
    const { errors, warnings, advice } = summarize([reviewed.review]);
    const { design } = reviewed;
    const unread = design === undefined ? [] : unreadFacts(design);
    const changes = design === undefined || last === undefined ? [] : diffDesigns(last, design).estimate;
    // A state of which more cannot be read is passed over: the next one is held against the last before it.
    const isPassedOver =
      last !== undefined && unread.length > 0 && !lackTheSame({ before: unreadFacts(last), after: unread });
    if (!isPassedOver) last = design ?? last;
    const estimate = [
      ...unread.map((path) => `${unreadWords(path)} cannot be read`),
      ...changes.map(({ key, before, after }) => `${key}: ${before ?? "not there"} to ${after ?? "not there"}`),
    ];
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
