/** What to do next and what not to believe yet, each from a verdict of the run: nothing is recommended that no shown gain supports. */

import { capital } from "../../core/capital.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { Advice } from "../../system/run-summary.ts";
import { onAlerts, onLatency, onOnlineGain, onTheRollout } from "./advice-on-operation.ts";
import { onColdStart, onCompression, onSuccess, onTheCeiling, onTheGain } from "./advice-on-quality.ts";
import { onFindings, onTheNote } from "./advice-on-the-note.ts";
import { doubt, next, type Remark } from "./advice-remark.ts";
import { besideEstimates } from "./beside-estimates.ts";
import { onLossesBeside } from "./losses-beside.ts";
import { onRepeats } from "./only-repeats.ts";
import { onProposedFacts } from "./proposed-facts-behind.ts";

/** Remarks of kinds next and doubt that only a look over all steps can make. Stages leave their own beside them. */
export function adviceRemarks(run: MeasuredRun): Remark[] {
  return [
    ...onRealData(run),
    ...onTheGain(run),
    ...onLossesBeside(run),
    ...onRepeats(run),
    ...onSuccess(run),
    ...onCompression(run),
    ...onTheCeiling(run),
    ...onLatency(run),
    ...onOnlineGain(run),
    ...onTheNote(run),
    ...onTheRollout(run),
    ...onColdStart(run),
    ...onAlerts(run),
    ...onFindings(run),
    ...onProposedFacts(run),
    ...besideEstimates(run),
  ];
}

/** The first of each kind, by rank; of two that say the same one stays. */
export function firstOf(remarks: readonly Remark[], kind: "next" | "doubt", most: number): Advice[] {
  const seen = new Set<string>();
  return remarks
    .filter((remark) => remark.kind === kind)
    .map((remark, at) => ({ remark, at }))
    .sort((a, b) => (a.remark.rank ?? USUAL_RANK) - (b.remark.rank ?? USUAL_RANK) || a.at - b.at)
    .map(({ remark: { step, text, short, command } }) => ({
      step,
      short: short ?? firstWords(text),
      text: short === undefined ? restOf(text) : text,
      command: command ?? "",
    }))
    .filter(({ short }) => {
      if (seen.has(short)) return false;
      seen.add(short);
      return true;
    })
    .slice(0, most);
}

const USUAL_RANK = 50;

function onRealData({ data, design }: MeasuredRun): Remark[] {
  if (!data.simulated) return [];
  return [
    next(
      3,
      1,
      "Run it on your own data",
      "Every figure here is of a simulated world.",
      `heptad run ${shellWord(design)} --data PATH`,
    ),
    doubt(3, 1, "Anything about people", "The world is simulated, and nobody real did any of this."),
  ];
}

/** A remark that has no short form is called by its first clause, or by the first eight words of that. */
const MOST_WORDS = 8;

function firstWords(text: string): string {
  const clause = clauseOf(text);
  const words = clause.split(" ");
  const plain = (said: string): string => capital(said.replaceAll(/[*`]/gu, ""));
  if (words.length <= MOST_WORDS) return plain(clause);
  const first = words.slice(0, MOST_WORDS).join(" ");
  const isTorn = (first.match(/`/gu)?.length ?? 0) % 2 === 1;
  // Half of what would be typed is left out.
  const before = isTorn ? first.slice(0, first.lastIndexOf("`")).trimEnd() : first;
  return `${plain(before === "" ? first : before)} …`;
}

/** What stands behind the first clause; all of it where the clause was cut, by its length or inside what is set as code. */
function restOf(text: string): string {
  const clause = clauseOf(text);
  const isCut = clause.split(" ").length > MOST_WORDS || (clause.match(/`/gu)?.length ?? 0) % 2 === 1;
  return capital(isCut ? text : text.slice(clause.length + 1).trim());
}

function clauseOf(text: string): string {
  return text.split(/[:;.](?:\s|$)/u, 1)[0];
}
