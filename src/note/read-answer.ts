/** What a fact would be read as, before it is written: by the same reading and the same rules as the review of the note that holds it. */

import { formatQuantity } from "../core/format-quantity.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { sameDimension } from "../core/unit.ts";
import type { ReviewFinding, ReviewOptions } from "../review/review.ts";
import { trafficOf } from "../steps/1-clarify/traffic.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import { reviewText } from "./review-text.ts";
import { setFact } from "./set-fact.ts";
import { vary } from "./with-fact.ts";

export interface ReadAnswer {
  /** The note with the fact. */
  readonly text: string;
  /** A number as it is read; undefined for words. */
  readonly reads: string | undefined;
  /** What the review says of the fact that it did not say without it. */
  readonly findings: readonly ReviewFinding[];
}

/** The note with facts set by key, each as it would be written; fails where the note then could not be read. */
export function writeFacts(text: string, facts: readonly (readonly [key: string, value: string])[]): Outcome<string> {
  let written = text;
  for (const [key, value] of facts) {
    const set = setFact(written, key, value);
    if (!set.ok) return set;
    written = set.value;
  }
  const wrong = parseDesign(written, FILE).findings.find(({ severity }) => severity === "error");
  return wrong === undefined
    ? succeed(written)
    : fail({ code: wrong.name, message: wrong.message, ...(wrong.fix === undefined ? {} : { fix: wrong.fix }) });
}

const FILE = "note.md";

/** Fails as `writeFacts` does, with the words that the review would have for the line. */
export function readAnswer(text: string, key: string, value: string, options: ReviewOptions = {}): Outcome<ReadAnswer> {
  const written = writeFacts(text, [[key, value]]);
  if (!written.ok) return written;
  const after = reviewText(written.value, FILE, options);
  const known = new Set(reviewText(text, FILE, options)?.review.findings.map(said));
  const findings = (after?.review.findings ?? []).filter((one) => one.fact === key && !known.has(said(one)));
  const reads = after?.design === undefined ? undefined : readingOf(after.design, key);
  return succeed({ text: written.value, reads, findings });
}

function said({ code, message }: ReviewFinding): string {
  return `${code} ${message}`;
}

function readingOf(design: Design, key: string): string | undefined {
  const varied = vary(design, key);
  if (!varied.ok) return undefined;
  const { value, dimension, percent } = varied.value.current;
  const isPure = sameDimension(dimension, {});
  if (key !== PEAK || !isPure) return formatQuantity(value, isPure && percent ? "share" : dimension, { digits: 4 });
  const { peak } = trafficOf(design);
  const factor = `${formatQuantity(value, {}, { digits: 4 })} times the average`;
  return peak === undefined
    ? `${factor}, which the note does not state: a rate has a unit, as in ${formatQuantity(value, {})}/s`
    : `${factor}, that is ${formatQuantity(peak, { second: -1 })}`;
}

/** A rate, or a factor of another fact: what stands without a unit is the second. */
const PEAK = "1.requests.peak";
