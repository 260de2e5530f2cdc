/** Tells what is said from what is only named: a row of words with nothing between them earns nothing. */

import type { Hit } from "./pattern.ts";

/** Words that tie others together: whoever says something cannot do without them. */
const GLUE = new Set(
  (
    "a an the this that these those each every all any both some most many one two three four five six seven eight nine ten " +
    "we i you it they he she us our its their my them who which what whose where when whether how than as if so then " +
    "is are was were be been being has have had do does did will would can could may might must should shall " +
    "of to in on at by for from with within into onto over under per between among against before after until since during through across up down out beside beyond towards because while unless instead rather only also alone not never no nor but or " +
    "get gets got take takes took give gives gave make makes made go goes come comes came keep keeps kept put puts let lets tell tells told say says said " +
    "several once about around more less fewer least too still ready another later earlier there here"
  ).split(" "),
);
/** Verbs with which a note gives an order: `Track catalogue coverage weekly`. */
const ORDERS =
  /^\s*(?:track|report|measure|choose|compare|compute|optimise|optimize|minimise|minimize|maximise|maximize|estimate|correct|randomise|randomize|assign|freeze)\s+\p{L}+\s+\p{L}+/u;
/** Words that make a clause of what stands beside them. */
const FINITE_GLUE =
  /(?<!\p{L})(?:we|i|you|it|they|is|are|was|were|be|has|have|had|do|does|did|will|would|can|could|may|might|must|should)(?!\p{L})/u;
/** What a design fills in: `fallback popular titles` says which, where `fallback, cache` only names. */
const SLOT =
  /^\s*(?:(?:offline |online )?metric|baseline|label|fallback|owner|action|guardrails?|cache|canary|retrain|roll ?back|alert on|unit)(?:\s+(?!$)|\s*$)/u;
/** Words that fill nothing in: `fallback path`, `baseline model`. */
const EMPTY =
  /^(?:\s|(?:path|plan|model|models|policy|strategy|system|rules?|logic|choice|selection|design|trigger|triggers|metrics?|baselines?|labels?|fallbacks?|owners?|actions?|guardrails?|caches?|canary|retrain|retraining|roll ?backs?|alerts?|unit|units|caching|monitoring|tests?|testing|experiments?|replicas?|and|or|etc)(?!\p{L}))*$/u;
/** As many bare items in a row are a list. */
const LIST = 3;
const MOST_OF_A_VALUE = 3;

/** The stretches of a `plain` sentence that are a list of words, given all that was met in it. */
export function bareStretches(sentence: string, hits: readonly Hit[]): readonly Hit[] {
  const all = itemsOf(sentence);
  const read = all.map((item, i) => ({
    ...item,
    bare: isBare(sentence, item, hits) && !isFilled(sentence, item) && !fills(sentence, all[i - 1], item),
  }));
  // Among many bare items a short one may hold a preposition: `precision at capacity`.
  const isRow =
    read.length >= 2 * LIST && read.filter(({ bare, words }) => bare || words <= LIST).length === read.length;
  const items = isRow && !FINITE_GLUE.test(sentence) ? read.map((item) => ({ ...item, bare: true })) : read;
  const stretches: Hit[] = [];
  for (let i = 0; i < items.length; ) {
    if (!items[i].bare) {
      i++;
      continue;
    }
    let end = i;
    while (end + 1 < items.length && items[end + 1].bare) end++;
    const words = items.slice(i, end + 1).reduce((sum, one) => sum + one.words, 0);
    const isWhole = i === 0 && end === items.length - 1;
    const isLoose = items.slice(i, end + 1).every((item) => isFragment(sentence, item));
    if (end - i + 1 >= LIST || (isLoose && (isWhole || words >= 5)))
      stretches.push({ start: items[i].start, end: items[end].end });
    i = end + 1;
  }
  return stretches;
}

interface Item extends Hit {
  readonly words: number;
}

/** What stands between commas, colons, slashes, arrows and bullets. */
function itemsOf(sentence: string): readonly Item[] {
  return [...sentence.matchAll(/[^,;:/→•+&|()]+/gu)]
    .map(({ index, 0: text }) => ({
      start: index,
      end: index + text.length,
      words: text.match(/[\p{L}][\p{L}'-]*/gu)?.length ?? 0,
    }))
    .filter(({ words }) => words > 0);
}

/** Nothing ties its words: no glue and no number outside of what was met. `and` alone ties nothing. */
function isBare(sentence: string, { start, end, words }: Item, hits: readonly Hit[]): boolean {
  if (words === 1 && !/\d\s/u.test(sentence.slice(start, end))) return true;
  for (const { index, 0: word } of sentence.slice(start, end).matchAll(/[\p{L}][\p{L}\d'-]*|\d[\d.,]*/gu)) {
    const place = start + index;
    const isMet = hits.some((hit) => hit.start <= place && place + word.length <= hit.end);
    if (/^\d/u.test(word) && !/[@\p{L}]$/u.test(sentence.slice(0, place))) return false;
    if (!isMet && (GLUE.has(word) || (words > 2 && isVerb(word)))) return false;
  }
  return !ORDERS.test(sentence.slice(start, end));
}

/** `baseline most popular`, `metric ndcg@10`: what is chosen stands behind what it is chosen for. */
function isFilled(sentence: string, { start, end }: Hit): boolean {
  const text = sentence.slice(start, end);
  const slot = SLOT.exec(text)?.[0];
  return slot !== undefined && isValue(text.slice(slot.length));
}

/** In a few words, of which one says something: a longer row is a list again. */
function isValue(text: string): boolean {
  return !EMPTY.test(text) && (text.match(/[\p{L}\d@%-]+/gu)?.length ?? 0) <= MOST_OF_A_VALUE;
}

/** The same behind a colon: `baseline: most popular`. */
function fills(sentence: string, slot: Hit | undefined, item: Hit): boolean {
  if (slot === undefined || !/^:\s*$/u.test(sentence.slice(slot.end, item.start))) return false;
  const name = sentence.slice(slot.start, slot.end);
  return SLOT.exec(name)?.[0] === name && isValue(sentence.slice(item.start, item.end));
}

/** Without any glue, in what was met either, or broken off behind it: `features as of`. */
function isFragment(sentence: string, { start, end }: Item): boolean {
  const words = sentence.slice(start, end).match(/[\p{L}][\p{L}\d'-]*/gu) ?? [];
  return GLUE.has(words.at(-1) ?? "") || !words.some((word) => GLUE.has(word));
}

/** A past form or a contraction: `blocked`, `it's`; `embed` and `speed` are neither. */
function isVerb(word: string): boolean {
  return /(?:'s|'t|'re|'ll)$/u.test(word) || (word.length > 5 && /[^e]ed$/u.test(word));
}
