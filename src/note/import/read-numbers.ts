/** Proposes the numbers of a design from its prose: each that a pattern knows, where it is this design's and one number. */

import { parseQuantity } from "../../core/quantity.ts";
import { affirmed } from "./denial.ts";
import { AMOUNT, type Groups, MAGNITUDE, NUM, PARTED, PATTERNS, pattern, TIME } from "./number-patterns.ts";
import type { Proposal, ProseLine, Reading, Remark } from "./proposal.ts";
import { readCalculations } from "./read-calculations.ts";
import { readRollout } from "./read-rollout.ts";

/** Every number of a line that a pattern knows. A range is no number: it is said, with what has to be decided. */
export function readNumbers(written: ProseLine): Reading {
  const proposals: Proposal[] = [];
  const remarks: Remark[] = [];
  // Most lines hold no digit, and none of the patterns does without.
  if (!/\d/u.test(written.text)) return { proposals, remarks };
  const line = { ...written, text: affirmed(written.text) };
  for (const { step, about, words, kind, path, unit } of PATTERNS) {
    if (!about.test(line.text)) continue;
    for (const match of line.text.matchAll(words)) {
      const groups: Groups = match.groups ?? {};
      const sentence = sentenceAround(line.text, match.index);
      if (kind === "duration" && TODAY.test(sentence.slice(0, sentence.indexOf(match[0])))) continue;
      const where = path(groups, line, sentence);
      if (where === undefined) continue;
      const at = { ...line.place, quote: match[0].trim() };
      const bound = kind === "rate" && LEAST.test(line.text.slice(0, match.index));
      if (groups.to !== undefined || bound) {
        const what = bound ? "a bound, and no mean" : "a range";
        remarks.push({
          step,
          says: `${where.join(".")} is ${what}; write the one number that the design must bear`,
          at,
        });
        continue;
      }
      const value = writtenAmount(groups, unit?.(groups) ?? "");
      if (parseQuantity(value, kind).ok) proposals.push({ step, path: where, value, at });
      else remarks.push({ step, says: `${where.join(".")} is not read as a number`, at });
    }
  }
  const latency = /\blatency\b/iu.test(line.text) || line.under.includes("latency");
  const bare = latency && !proposals.some(({ path }) => path[0] === "latency") ? BARE_LATENCY.exec(line.text) : null;
  if (bare !== null && !/percentile|\bp\d\d/iu.test(line.text)) {
    remarks.push({
      step: 1,
      says: "a limit of latency; write of which percentile, as latency.p99",
      at: { ...line.place, quote: bare[0] },
    });
  }
  const foreign = FOREIGN_PRICE.exec(line.text);
  if (foreign !== null) {
    remarks.push({
      step: 1,
      says: "a price in another currency; all prices here are in US dollars: convert it, as budget: $5k/month",
      at: { ...line.place, quote: foreign[0].trim() },
    });
  }
  return { proposals: [...proposals, ...readRollout(line)], remarks: [...remarks, ...readCalculations(written)] };
}

const FOREIGN_PRICE = pattern(
  String.raw`(?:[€£¥₹]\s?${NUM}(?:${MAGNITUDE})?|${NUM}(?:${MAGNITUDE})?\s?(?:[€£¥₹]|euros?\b|eur\b|pounds?\b|gbp\b))\s?(?:/|per|a|each)\s?(?:month|year|day|hour)\b`,
  "iu",
);
const BARE_LATENCY = pattern(String.raw`${AMOUNT}\s?${TIME}`, "iu");

/** Up to the ends of sentences around a place. */
function sentenceAround(text: string, place: number): string {
  let start = 0;
  for (const { index } of text.matchAll(/(?<=[.;!?])\s+/gu)) {
    if (index > place) return text.slice(start, index);
    start = index;
  }
  return text.slice(start);
}

/** Traffic that is never less than this has a mean above it. */
const LEAST =
  /\b(?:(?:not|never|no) (?:(?:fall|drop|go|be) )?(?:below|under|less than|fewer than)|at least|a minimum of)\s$/iu;

/** How it is today is not what the design has to reach: "p99 is 400 ms today, it should be 150 ms". */
const TODAY = /\b(?:currently|at present|right now|today|existing|so far)\b/iu;

/** `10 billions` as `10bn`, `4K` as `4k`, `1/1000` as it is. */
function writtenAmount(groups: Groups, unit: string): string {
  if (groups.share !== undefined) {
    const ratio = /^1\s?(?:\/|in)\s?(?<of>[\d,]+)$/u.exec(groups.share)?.groups?.of;
    return ratio === undefined ? groups.share.replaceAll(" ", "") : `1 in ${ratio.replaceAll(",", "")}`;
  }
  const dollar = groups.unit === "month" || groups.unit === "year" ? "$" : "";
  const number = (groups.n ?? groups.n2 ?? "").replaceAll(PARTED, "");
  return `${dollar}${number}${magnitude(groups.m ?? groups.m2)}${unit}`;
}

function magnitude(written: string | undefined): string {
  const word = (written ?? "").trim();
  if (word === "") return "";
  if (/^k$|^thousand/iu.test(word)) return "k";
  if (/^(?:m|mn)$|^million/iu.test(word)) return "M";
  return /^(?:b|bn)$|^billion/iu.test(word) ? "bn" : "T";
}
