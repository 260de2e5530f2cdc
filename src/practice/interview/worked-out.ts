/** Whether an estimate is worked out: numbers that lead to another, in signs or in words. */

import { digitsForWords } from "../../core/number-words.ts";
import { sentencesOf } from "../cue.ts";

/** `a = b`, `10 × 4`, `2 * 3`; the star of a list or of emphasis is no sign. */
const SIGNS = /[=≈×→]|->|[\p{L}\p{N})] ?\* ?[\p{N}(]/u;
const NUMBER = String.raw`(?<![\p{L}\d])\d[\d.,]*`;
const WORDS = "[^;:!?]{0,60}?";
/** Says that what follows was reckoned from what stands before it. */
const RECKONED =
  "gives?|giving|makes?|making|comes? to|adds? up to|sums? to|amounts? to|yields?|results? in|works? out (?:at|to)|in total|altogether|hence|therefore";
/** May as well say something else: only behind an operation. */
const LEADS_TO = `${RECKONED}|is|are|means?|leaves?|leaving|needs?|takes?|so|that's`;
const OPERATION = "times|multiplied by|divided by|plus|minus|x|at|each";

const IN_WORDS = [
  worked("at|of|times|by|with|per|over|plus|minus|and|each|for|in", RECKONED),
  worked(OPERATION, LEADS_TO),
  inOrder(NUMBER, NUMBER, word("each|apiece"), word(LEADS_TO), NUMBER),
];

export function isWorkedOut(text: string): boolean {
  if (SIGNS.test(text)) return true;
  return sentencesOf(digitsForWords(text)).some((sentence) => IN_WORDS.some((one) => one.test(sentence)));
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
