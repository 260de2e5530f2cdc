/** Puts a run's evidence into the note it came from: one line under each section, between comments that the tool owns. */

import { unwrap } from "../core/outcome.ts";
import { setEvidence } from "../design/evidence.ts";
import { evidenceLines } from "../report/evidence.ts";
import { NOTE_FORM, STEPS } from "../steps/design.ts";
import type { RunRecord } from "../system/run-record.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { readTextFile } from "./read-text-file.ts";

/** Replaces the evidence of every section; a section that measured nothing loses what stood there. Prose and facts stay byte for byte. */
export function recordEvidence(path: string, record: RunRecord): void {
  const before = readTextFile(path);
  const lines = evidenceLines(record);
  let text = before;
  for (const { number } of STEPS) {
    const own = lines.filter(({ step }) => step === number).map((line) => line.text);
    text = unwrap(setEvidence(text, number, own, NOTE_FORM));
  }
  if (text !== before) writeFileAtomically(path, text);
}
