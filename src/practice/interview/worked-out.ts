/** Whether an estimate is worked out: numbers that lead to another, in signs or in words. A number alone, an arrow or a name with `=` is none. */

import { digitsForWords } from "../../core/number-words.ts";
import { sentencesOf } from "../cue.ts";

/** In digits; `hundred million` stays in words where nothing is counted before it. */
const NUMBER = String.raw`(?:(?<![\p{L}\d@.,])\d[\d.,]*|(?<![\p{L}\d] ?)(?:hundred|thousand|million|billion)(?!\p{L}))`;
const WORDS = "[^;:!?]{0,60}?";
/** Says that what follows was reckoned from what stands before it. */
const RECKONED =
  "gives?|giving|makes?|making|comes? to|adds? up to|sums? to|amounts? to|yields?|results? in|works? out (?:at|to)|in total|altogether|hence|therefore";
/** May as well say something else: only behind an operation. */
const LEADS_TO = `${RECKONED}|is|are|means?|leaves?|leaving|needs?|takes?|costs?|occup(?:y|ies)|requires?|equals?|so|that's`;
const OPERATION = "times|multiplied by|divided by|plus|minus|x|at|of|by|with|per|over|each";
/** What a size may do. */
const SIZED =
  "be|fills?|weighs?|holds?|hits?|reach(?:es)?|runs? to|ends? up|lands? at|totals?|eats?|uses?|using|consumes?|wants?|about|around|roughly";
/** What so many of something come to: `400 requests a second need 12 replicas`. */
const COMES_TO = `${RECKONED}|needs?|takes?|costs?`;

const IN_WORDS = [
  worked("at|of|times|by|with|per|over|plus|minus|and|each|for|in", RECKONED),
  worked(OPERATION, LEADS_TO),
  inOrder(NUMBER, NUMBER, word("each|apiece"), word(LEADS_TO), NUMBER),
  // Two numbers, and the bytes that they come to: `400 million 128-byte vectors are 51 GB`.
  inOrder(
    NUMBER,
    NUMBER,
    word(`${LEADS_TO}|${SIZED}|multipl(?:y|ied|ying)|which is`),
    String.raw`${NUMBER} ?(?:[kmgt]i?b|\p{L}*bytes?)(?!\p{L})`,
  ),
  new RegExp(`multipl(?:y|ied|ying)${WORDS}${NUMBER}${WORDS}${NUMBER}${WORDS}${NUMBER}`, "iu"),
  // The result first: `205 GB for 100M vectors of 512 floats`.
  inOrder(NUMBER, word("for|from"), NUMBER, word("times|x|at|of|by"), NUMBER),
  inOrder(NUMBER, word("each|apiece"), word(LEADS_TO), NUMBER, word("for|at|with|by"), NUMBER),
  inOrder(NUMBER, word(String.raw`(?:a|an|per|each) \p{L}+ (?:${COMES_TO})`), NUMBER),
  // `100M items times 512 floats of 4 bytes: 205 GB`.
  new RegExp(
    `${NUMBER}${WORDS}${word("times|multiplied by|divided by|x")}${WORDS}${NUMBER}${WORDS}:[^;!?]{0,20}?${NUMBER}`,
    "iu",
  ),
];

/** What may stand between a number and the sign behind it: its unit, such as ` GB` or ` analysts`. */
const UNIT = String.raw`(?: ?[\p{L}%/-]{1,20}){0,3} ?`;
const IN_SIGNS = [
  // Of a product at least one is a number; the star of a list or of emphasis is no sign.
  new RegExp(
    String.raw`${NUMBER}${UNIT}×|× ?${NUMBER}|${NUMBER}${UNIT}(?<=[\p{L}\p{N})] ?)\*(?!\*) ?[\p{L}\p{N}(]|[\p{L}\p{N})] ?\*(?!\*) ?${NUMBER}`,
    "iu",
  ),
  // A formula: an equation with an operation in it.
  /[\p{L}\p{N})] [/×*+−-] [\p{L}\p{N}(].{0,120}[=≈]|[=≈].{0,120}[\p{L}\p{N})] [/×*+−-] [\p{L}\p{N}(]/iu,
  // Two numbers that are put equal.
  new RegExp(`${NUMBER}${UNIT}[=≈] ?[~$€]?${NUMBER}`, "iu"),
  // What an arrow leads to has to be a rate, a size or money: `500 → 50` is a funnel, `1% → 10%` a rollout.
  new RegExp(
    String.raw`${NUMBER}[^;:!?]{0,40}(?:→|->) ?[~$€]?${NUMBER} ?(?:[kmgt]i?b\b|bytes|(?:\p{L}{1,20} ){0,3}(?:(?:a|an|per|each) (?:second|minute|hour|day|week|month|year)\b)|\p{L}{0,20}\/\p{L})`,
    "iu",
  ),
];

/** Of a sentence or two that belong together: `100M vectors of 2 kB. That makes 200 GB.` */
export function isWorkedOut(thought: string): boolean {
  const digits = digitsForWords(thought);
  return [...IN_SIGNS, ...IN_WORDS].some((one) => one.test(digits));
}

/** The first sentence of the texts that works an estimate out. */
export function workedOutIn(texts: readonly string[]): string | undefined {
  return texts.flatMap(sentencesOf).find(isWorkedOut);
}

/** `20 analysts at 10 minutes give 960 looks`: two numbers put together, and what they lead to. */
function worked(together: string, leadsTo: string): RegExp {
  return inOrder(NUMBER, word(together), NUMBER, word(leadsTo), NUMBER);
}

function inOrder(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(WORDS), "iu");
}

function word(one: string): string {
  return String.raw`(?<!\p{L})(?:${one})(?!\p{L})`;
}
