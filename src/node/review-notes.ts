/** Reviews notes on disk: reads each, runs every rule, and mends what can be mended. */

import type { Finding } from "../core/finding.ts";
import { type Failure, FailureError } from "../core/outcome.ts";
import { createLocator } from "../design/locate.ts";
import { readProseOutline } from "../design/prose-outline.ts";
import { isMeantAsDesign } from "../note/meant-as-design.ts";
import { mendNote } from "../note/mend-note.ts";
import { lacksFrontOnly } from "../note/plain-note.ts";
import { reviewText } from "../note/review-text.ts";
import { isEnglish, languageOf } from "../review/prose-language.ts";
import type { Review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { readTextFile } from "./read-text-file.ts";
import { type ReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";
import { stagedText } from "./text-at-revision.ts";

export interface ReviewedNote {
  readonly review: Review;
  readonly text: string;
  /** Findings whose mend was made. */
  readonly mended: number;
  /** Findings that went with them. */
  readonly cleared: number;
}

export interface ReviewNotesOptions {
  readonly configuration: ReviewConfiguration;
  readonly fix?: boolean;
  /** Notes as the next commit would hold them; one that git does not know is read from disk. */
  readonly staged?: boolean;
}

const UNTOUCHED = { mended: 0, cleared: 0 } as const;

/** Reviews one file. Of a file found in a folder that is no design, undefined. */
export function reviewNote(
  file: string,
  isNamed: boolean,
  { configuration, fix, staged }: ReviewNotesOptions,
): ReviewedNote | undefined {
  let text: string;
  try {
    text = (staged === true ? stagedText(file) : undefined) ?? readTextFile(file);
  } catch (error) {
    // The other notes of the call are reviewed all the same.
    if (!(error instanceof FailureError)) throw error;
    return { review: unreadable(file, error.failure), text: "", ...UNTOUCHED };
  }
  const reviewed = reviewText(text, file, reviewOptionsFor(configuration, file))?.review;
  if (reviewed === undefined) {
    // A note that says it is one and cannot be read would look like a good one, were it passed over.
    return isNamed || isMeantAsDesign(text) ? { review: notADesign(text, file), text, ...UNTOUCHED } : undefined;
  }
  return fix === true ? mend(file, text, reviewed, configuration) : { review: reviewed, text, ...UNTOUCHED };
}

function mend(file: string, text: string, first: Review, configuration: ReviewConfiguration): ReviewedNote {
  const { text: after, review, mended, cleared } = mendNote(text, first, reviewOptionsFor(configuration, file));
  if (after !== text) writeFileAtomically(file, after);
  return { text: after, review, mended, cleared };
}

/** A file that is gone, no text or not ours to read: said where its findings would stand. */
function unreadable(file: string, { message, fix }: Failure): Review {
  const at = createLocator("", file)(0, 0);
  const finding: Finding = { code: "HP009", name: "not-a-design", severity: "error", message, at, fix };
  return { file, findings: [finding], waived: [], outcomes: [], fromProse: false };
}

/** What is wrong with the form of a file that was meant to be a design; a text in another language is not judged, and only that is said. */
function notADesign(text: string, file: string): Review {
  const isMeant = /^(?:heptad|system):/mu.test(text) || lacksFrontOnly(text);
  const isForeign = !isEnglish(text);
  const at = createLocator("", file)(0, 0);
  const none: Finding = {
    code: "HP009",
    name: "not-a-design",
    severity: isForeign && !isMeant ? "advice" : "error",
    message: isForeign
      ? `this file holds no facts of a design; its prose is in ${languageOf(text) ?? "another language than English"}, and headings are read in English only`
      : "this file holds no facts of a design, and fewer than four of its headings are known as steps of one",
    at,
    fix: "begin it with front matter (`heptad: 1`, `title`, `system`) and headings `## 1. …` to `## 7. …`; heptad import makes such a note of a plain one, heptad new NAME writes an empty one",
  };
  // Of a text that was never meant as one of ours only the way in is said; its own numbers and keys are no errors.
  // Front matter that ends as YAML may, or in TOML, is neither open nor absent: it is another tool's.
  const hasForeignFront = readProseOutline(text).front !== undefined;
  const findings = parseDesign(text, file).findings.filter(
    ({ code }) => isMeant || (!isForeign && !hasForeignFront && code === "HP002"),
  );
  return {
    file,
    findings: lacksFrontOnly(text) ? findings : [none, ...findings],
    waived: [],
    outcomes: [],
    fromProse: false,
  };
}
