/** What stands first of a design: what nobody has accepted of its facts, and what its estimates say where nothing was run. */

import { shellWord } from "../core/shell-word.ts";
import { checkedLimits, type DesignEstimate, writtenFact } from "../note/estimate-design.ts";
import { outermost } from "../note/proposed-facts.ts";
import { plural } from "../review/words.ts";
import { type Block, code, paragraph, text } from "./document.ts";
import type { ReadNote } from "./read-note.ts";
import { rich } from "./rich-text.ts";

/** What nobody has accepted is said before anything that rests on it. */
export function proposedBlocks({ proposed: { paths }, design }: ReadNote): Block[] {
  if (paths.size === 0) return [];
  const all = outermost(paths);
  // Questions stand in a table below, with their answers.
  const isQuestion = (path: string): boolean => /(?:^|\.)questions\[\d+\]/u.test(path);
  const keys = all.filter((path) => !isQuestion(path)).map((path) => writtenFact(design, path));
  const questions = all.length - keys.length;
  const shown = keys.slice(0, MOST_PROPOSED).join("; ");
  const more = keys.length > MOST_PROPOSED ? `; and ${keys.length - MOST_PROPOSED} more` : "";
  const counted = [
    ...(keys.length === 0 ? [] : [plural(keys.length, "fact")]),
    ...(questions === 0 ? [] : [plural(questions, "question")]),
  ].join(" and ");
  const one = all.length === 1;
  return [
    paragraph(
      { kind: "state", state: "open", word: "proposed" },
      text(
        ` ${counted} of this note ${one ? "was" : "were"} read from prose or data and ${one ? "is" : "are"} not accepted; what rests on ${one ? "it" : "them"} is no better${shown === "" ? "" : `: ${shown}${more}`}.`,
      ),
    ),
  ];
}

const MOST_PROPOSED = 12;

/** Without a run the estimate answers, and says that it is one. */
export function notRun({ note, estimate, review: reviewed, canRun }: ReadNote): Block[] {
  const errors = reviewed.findings.filter(({ severity }) => severity === "error").length;
  const said = [
    limitWords(estimate),
    errors === 0 ? "the review finds no error" : `the review finds ${errors === 1 ? "one error" : `${errors} errors`}`,
  ];
  return [
    { kind: "lead", of: rich(`${said.join("; ")}. Nothing has been measured.`) },
    ...(canRun
      ? [
          {
            kind: "paragraph",
            of: [{ kind: "small", of: [text("To measure it: "), code(`heptad run ${shellWord(note.file)}`)] }],
          } as const,
        ]
      : []),
  ];
}

/** What is missing is said with it: a limit that nothing stands beside has not held. */
function limitWords(estimate: DesignEstimate): string {
  const { broken, missing } = estimate;
  const lacks =
    missing.length === 0
      ? ""
      : `, and ${plural(missing.length, "fact")} ${missing.length === 1 ? "is" : "are"} missing`;
  if (broken.length > 0) {
    const named = broken.slice(0, 3).map(({ broken: words }) => words);
    return `By its estimates ${broken.length === 1 ? "one limit is" : `${broken.length} limits are`} broken: ${named.join("; ")}${lacks}`;
  }
  if (checkedLimits(estimate) === 0) return `No limit of the note can be checked yet${lacks}`;
  return `By its estimates every limit that can be checked holds${lacks}`;
}
