/** The ear: whether a text says a point, in a sentence or two where the second goes on with the first, and not whether its words occur. */

import { sentencesOf } from "../cue.ts";
import { denialsOf, FINITE, isVerdict } from "./denial.ts";
import { speaksOfOthers, speaksOfUs } from "./foreign.ts";
import { isLinked } from "./linked.ts";
import { type Hit, hitsOf, plain } from "./pattern.ts";
import { bareStretches } from "./word-list.ts";

/** Ways to say one thing: any of them will do; in each, every cue must be met, and none that begins with `!`. */
export type Ways = readonly (readonly string[])[];

/** In a way that has it, two halves that are things of their own may stand in neighbouring sentences of which neither looks back. */
const APART = "&";

/**
 * The words that say it, or undefined. Denied, put off and merely listed words earn nothing; a denial that a cue itself
 * speaks of (`never shown`) is part of what is said. The same text always reads the same. Words that `suffices` refuses do not say it.
 */
export function hear(text: string, ways: Ways, suffices = (_: string): boolean => true): string | undefined {
  const sentences = withTopics(sentencesOf(text));
  const alone = sentences.map((one) => ({ thought: [one], of: ways }));
  const apart = ways.filter((way) => way.includes(APART));
  const pairs = sentences.slice(1).map((one, i) => {
    const isOne = isLinked(plain(sentences[i]), plain(one));
    return { thought: [sentences[i], one], of: isOne ? ways : apart };
  });
  for (const { thought, of } of [...alone, ...pairs]) {
    const heard = thought.map((sentence) => plain(sentence));
    if (!of.some((cues) => says(heard, cues))) continue;
    const words = thought.join(" ");
    if (suffices(words)) return words;
  }
  return undefined;
}

/** A question without a verb is the topic of the sentence behind it: `a second check? Some day, perhaps.` */
function withTopics(sentences: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let topic = "";
  for (const sentence of sentences) {
    const whole = topic === "" ? sentence : `${topic} ${sentence}`;
    topic = sentence.endsWith("?") && !FINITE.test(sentence.toLowerCase()) ? whole : "";
    if (topic !== "") continue;
    // `Others combine them; we do nothing of it`: the second half tells whose practice the first is.
    const others = speaksOfOthers(plain(joined.at(-1) ?? "")) && speaksOfUs(plain(whole)) ? joined.pop() : undefined;
    if (others !== undefined) {
      joined.push(`${others} ${whole}`);
      continue;
    }
    // What a sentence says no to stands in the one before it: `They interleave; we abandoned that.`
    const last = isVerdict(plain(whole)) ? joined.pop() : undefined;
    joined.push(last === undefined ? whole : `${last} ${whole}`);
  }
  return topic === "" ? joined : [...joined, topic];
}

/** The first of several texts that says it. */
export function hearIn(texts: readonly string[], ways: Ways): string | undefined {
  for (const text of texts) {
    const quote = hear(text, ways);
    if (quote !== undefined) return quote;
  }
  return undefined;
}

function says(thought: readonly string[], way: readonly string[]): boolean {
  const cues = way.filter((cue) => !cue.startsWith("!") && cue !== APART);
  const unwanted = way.flatMap((cue) => (cue.startsWith("!") ? [cue.slice(1)] : []));
  if (unwanted.some((cue) => thought.some((sentence) => hitsOf(sentence, cue).length > 0))) return false;
  const met: (readonly Hit[])[][] = thought.map(() => []);
  // The first cue that is not met ends it: most thoughts say nothing of a point.
  for (const cue of cues) {
    for (const [i, sentence] of thought.entries()) met[i].push(hitsOf(sentence, cue));
    if (met.every((hits) => hits.at(-1)?.length === 0)) return false;
  }
  const valid = thought.map((sentence, i) => {
    const all = met[i].flat();
    const denials = denialsOf(sentence).filter(({ at }) => !all.some((hit) => hit.start < at[1] && at[0] < hit.end));
    const bare = bareStretches(sentence, all);
    const counts = (hit: Hit): boolean =>
      !denials.some(({ start, end }) => start < hit.end && hit.start < end) &&
      !bare.some(({ start, end }) => start <= hit.start && hit.end <= end);
    return met[i].map((hits) => hits.filter(counts));
  });
  return cues.every((_, cue) => valid.some((hits) => hits[cue].length > 0));
}
