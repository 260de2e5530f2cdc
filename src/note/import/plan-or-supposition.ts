/**
 * What prose says of a stage of a plan, of a supposition or of an example. What is assumed for the whole design (`assume 10M DAU`, `say we
 * have 10M DAU`) is its fact; what holds only if, or only then, is none.
 */

export interface SaidWords {
  /** The sentence up to the number, and its stretch between two borders. */
  readonly sentence: string;
  readonly before: string;
  /** Behind the number: as far as the stretch goes, and as far as the sentence goes. */
  readonly after: string;
  readonly rest: string;
  /** The stretch with what stands beside it. */
  readonly whole: string;
}

const ORDINAL = String.raw`(?:\d+|one|two|three|four|five|i{1,3}|iv)`;
const RELEASE = String.raw`(?:mvp|poc|prototype|v\d+(?:\.\d+)?|version\s${ORDINAL}|phase\s?${ORDINAL}|milestone\s?${ORDINAL}|iteration\s${ORDINAL})`;
const SPAN = String.raw`(?:year\s?${ORDINAL}|y\d|month\s?${ORDINAL}|day[\s-]?(?:1|one)|q[1-4]\s?(?:['’/]\s?|fy)?\d{2,4}|launch|(?:short|mid|near)[\s-]term)`;
/** What stands before a name: the mark of an item, its number, emphasis, the bar of a table. */
const OPEN = String.raw`^(?:[\s>|*_+#\x60-]|\d+[.)]\s)*(?:the\s|our\s)?`;
const STAGE_NAMED = new RegExp(
  String.raw`${OPEN}(?:${RELEASE}|${SPAN})(?:\s\([^)]*\))?[*_\x60]*\s?(?::|–|—|-(?=\s)|\||→|=>|=)`,
  "iu",
);
const STAGE_DOES = new RegExp(
  String.raw`${OPEN}(?:${RELEASE}|first\s(?:version|release))\s(?:must|should|shall|will|has|needs?|serves?|targets?|supports?|handles?|takes?|gets?|aims?|is|runs?|uses?)(?!\p{L})`,
  "iu",
);
const IN_STAGE = new RegExp(
  String.raw`(?<!\p{L})(?:(?:in|for|by|as of|during|of)\s(?:the\s|our\s|a\s)?(?:${RELEASE}|(?:first|second|third|next|later|initial)\s(?:versions?|releases?|phases?|iterations?|years?|quarters?|months?)|(?:year|month)\s${ORDINAL}|q[1-4])|(?:at|on|before|after|since|for)\s(?:the\s|our\s)?(?:soft[\s-])?launch|launch(?:es|ed|ing)?\swith|on\sday\s(?:1|one)|(?:at|after)\sga|to\s(?:begin|start)\swith)(?![\p{L}\d])`,
  "iu",
);
const QUARTER = /(?<!\p{L})q[1-4][*_]*\s?[:|–—]\s?[~≈]?\s?(?:about\s)?$/iu;
const LATER_HEADING = new RegExp(
  String.raw`^[^\p{L}]*(?:${RELEASE}|${SPAN.replace("|launch", "")}|stretch\sgoals?|nice[\s-]to[\s-]haves?|future\s(?:work|improvements?|plans?|scope)|next\ssteps|roadmap)(?![\p{L}\d])`,
  "iu",
);
const OUTSIDE = /^[^\p{L}]*(?:non[\s-]?goals?|anti[\s-]?goals?|out[\s-]of[\s-]scope|not in scope)(?!\p{L})/iu;
const WISH = /(?<!\p{L})(?:stretch(?:\s(?:goal|target))?|nice[\s-]to[\s-]have)[*_]*\s?[:|–—-]/iu;
const OF_SEVERAL = new RegExp(
  String.raw`${OPEN}(?:scenario|option|variant|alternative|plan|approach)\s(?:[a-d]|${ORDINAL})(?:\s\([^)]*\))?[*_]*\s?[:|–—-]`,
  "iu",
);
const EXAMPLE = /(?<!\p{L})(?:e\.\s?g\.|for (?:example|instance)|such as)[,:]?\s(?:an? |about |around )?[~≈]?\s?$/iu;

const SOFT = String.raw`(?!\s(?:possible|needed|necessary|any|feasible|applicable|so|not|wanted|required|you)(?!\p{L}))`;
const IF = String.raw`(?<!(?:even|as|ask|asks|asked|see|check|know|unclear)\s)(?<!\p{L})if(?!\p{L})${SOFT}`;
const HAS_IF = new RegExp(IF, "iu");
const IF_BEHIND = new RegExp(`^[^;:.!?]{0,60}?${IF}`, "iu");
/** In the second half of `If they leave, our 2 million users stay` the number holds all the same. */
const HOLDS_ANYWAY = /(?<!\p{L})(?:our|ours|today|currently|now|already|still|as usual)(?!\p{L})/iu;
const POSSIBLE =
  /(?<!\p{L})(?:would|could|might|may)(?!\p{L})(?!\s(?:like|want|prefer|love|rather|say|guess|assume|estimate)(?!\p{L}))/iu;
const UNTIL_THERE =
  /(?<!\p{L})(?:when|once|until|till|unless|as soon as)\s(?:(?:we|it|they|you|there|the \p{L}+)\s)?(?:(?:have|has|are|is|get|gets|see|serve|at)\s){0,2}(?:about\s)?$/iu;

/** In words that follow "said of"; undefined where the words are no plan and no supposition. */
export function plannedOrSupposed({ sentence, before, after, rest, whole }: SaidWords): string | undefined {
  if (OUTSIDE.test(sentence)) return "what is out of scope";
  if (isOfStage(whole) || STAGE_NAMED.test(sentence) || QUARTER.test(before)) return "a stage of a plan";
  if (WISH.test(whole)) return "a wish";
  if (OF_SEVERAL.test(whole)) return "one of several";
  if (EXAMPLE.test(sentence)) return "an example";
  if (HAS_IF.test(before) || (HAS_IF.test(sentence) && !HOLDS_ANYWAY.test(before))) return "a condition";
  // `10M DAU, if we are lucky 20M` says the condition of another number.
  if (IF_BEHIND.test(after) || (IF_BEHIND.test(rest) && !/\d/u.test(rest))) return "a condition";
  if (UNTIL_THERE.test(before)) return "a condition";
  return POSSIBLE.test(before) ? "a possibility" : undefined;
}

/** Whether a sentence, or its part, speaks of one stage of a plan: `MVP: …`, `in phase 2 we …`. */
export function isOfStage(words: string): boolean {
  return STAGE_NAMED.test(words) || STAGE_DOES.test(words) || IN_STAGE.test(words);
}

/** Whether what follows these words of a sentence holds only if, or is only possible. */
export function isSupposed(before: string): boolean {
  return HAS_IF.test(before) || POSSIBLE.test(before);
}

/** Of what stands below such a heading, or in a column of such a name; undefined where it says nothing of the kind. */
export function plannedBelow(heading: string): string | undefined {
  if (OUTSIDE.test(heading)) return "what is out of scope";
  return LATER_HEADING.test(heading) ? "a stage of a plan" : undefined;
}
