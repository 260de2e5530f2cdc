/** Proposes the numbers of a design from its prose: each that a pattern knows, where it is this design's and one number. */

import { parseQuantity } from "../../core/quantity.ts";
import { affirmed } from "./denial.ts";
import { AMOUNT, type Groups, MAGNITUDE, NUM, PARTED, pattern, TIME } from "./number-parts.ts";
import { PATTERNS } from "./number-patterns.ts";
import type { Proposal, ProposalPlace, ProseLine, Reading, Remark } from "./proposal.ts";
import { readCalculations } from "./read-calculations.ts";
import { readRollout } from "./read-rollout.ts";
import { columnAt, oneOfRow, readingsOfRow, rowsAre } from "./table-row.ts";
import { saidOfOther } from "./whose-number.ts";

/** Every number of a line that a pattern knows. A range is no number: it is said, with what has to be decided. */
export function readNumbers(written: ProseLine): Reading {
  // Most lines hold no digit, and none of the patterns does without.
  if (!/\d/u.test(written.text)) return { proposals: [], remarks: [] };
  const [first, ...more] = readingsOfRow(written);
  if (more.length === 0) return readLine(first);
  return oneOfRow([first, ...more].map((line) => ({ line, read: readLine(line) })));
}

function readLine(written: ProseLine): Reading {
  const remarks: Remark[] = [];
  const line = { ...written, text: affirmed(written.text) };
  const found: (Proposal & { readonly start: number })[] = [];
  const refused = new Map<number, Remark>();
  for (const one of PATTERNS) {
    if (!one.about.test(written.text)) continue;
    for (const match of line.text.matchAll(one.words)) {
      const { groups = {} } = match;
      const read = readMatch(one, match, line);
      if (read === undefined) continue;
      const { where, start, value, at, sentence } = read;
      if (one.kind === "rate" && LEAST.test(line.text.slice(0, match.index)) && groups.to === undefined) {
        remarks.push({ ...bounded(one, where, "a bound, and no mean"), at });
        continue;
      }
      if (groups.to !== undefined) {
        remarks.push({ ...bounded(one, where, "a range"), at });
        continue;
      }
      const end = match.index + match[0].length;
      const { text, titled, under } = line;
      const isToday = one.kind === "duration" && TODAY.test(sentence.slice(0, sentence.indexOf(match[0])));
      const other = isToday
        ? "how it is today"
        : saidOfOther({
            text,
            start,
            end,
            kind: one.kind,
            path: where,
            titled,
            under,
            column: columnAt(line, start),
            rows: rowsAre(line),
          });
      if (other !== undefined) refused.set(start, refusal(one, read, other));
      else if (parseQuantity(value, one.kind).ok) found.push({ step: one.step, path: where, value, at, start });
      else remarks.push({ step: one.step, says: `${where.join(".")} is not read as a number`, at, isNumber: true });
    }
    if (line.text === written.text) continue;
    for (const match of written.text.matchAll(one.words)) {
      const read = readMatch(one, match, written);
      if (read === undefined || line.text[read.start] === written.text[read.start] || match.groups?.to !== undefined)
        continue;
      refused.set(read.start, refusal(one, read, "what is denied there, or of something else"));
    }
  }
  remarks.push(...refused.values());
  const proposals = found.filter(({ start }) => !refused.has(start)).map(({ start: _, ...one }): Proposal => one);
  remarks.push(...bareBeside(written, found, refused));
  remarks.push(...otherShares(written, proposals, [...refused.values()]));
  const latency = /\blatency\b/iu.test(line.text) || line.under.includes("latency");
  const bare = latency && !proposals.some(({ path }) => path[0] === "latency") ? BARE_LATENCY.exec(line.text) : null;
  const named = bare === null ? "" : `${line.text} ${columnAt(line, bare.index)}`;
  if (bare !== null && !/percentile|\bp\d\d/iu.test(named) && rowsAre(line) === undefined) {
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
      says: `a price in another currency; all prices here are in US dollars: convert the amount and write it as \`budget: $…/${foreign.groups?.period?.toLowerCase() ?? "month"}\`, a number in place of the dots`,
      at: { ...line.place, quote: foreign[0].trim() },
    });
  }
  const rollout = readRollout(line);
  return {
    proposals: [...proposals, ...rollout.proposals],
    remarks: [...remarks, ...rollout.remarks, ...readCalculations(written)],
  };
}

type Pattern = (typeof PATTERNS)[number];

interface Match {
  readonly where: readonly string[];
  /** Where the number itself begins. */
  readonly start: number;
  readonly value: string;
  readonly at: ProposalPlace;
  readonly sentence: string;
}

function readMatch({ path, unit }: Pattern, match: RegExpExecArray, line: ProseLine): Match | undefined {
  const groups: Groups = match.groups ?? {};
  const sentence = sentenceAround(line.text, match.index);
  const where = path(groups, line, sentence);
  if (where === undefined) return undefined;
  const places = match.indices?.groups;
  const [start] = places?.n ?? places?.n2 ?? places?.share ?? [match.index];
  const value = writtenAmount(groups, unit?.(groups) ?? "");
  return { where, start, value, at: { ...line.place, quote: match[0].trim() }, sentence };
}

function bounded({ step }: Pattern, where: readonly string[], what: string): Omit<Remark, "at"> {
  return {
    step,
    says: `${where.join(".")} is ${what}; write the one number that the design must bear`,
    isNumber: true,
  };
}

function refusal({ step }: Pattern, { where, value, at }: Match, other: string): Remark {
  return {
    step,
    says: `also read: ${where.join(".")} as ${value}, said of ${other}; not proposed`,
    at,
    isNumber: true,
  };
}

/** `DAU: 1M today, 10M tomorrow`: what stands without a name of its own beside a number that has one. */
function bareBeside(
  { text, place }: ProseLine,
  found: readonly (Proposal & { readonly start: number })[],
  refused: ReadonlyMap<number, Remark>,
): Remark[] {
  const starts = new Set([...found.map(({ start }) => start), ...refused.keys()]);
  return found.flatMap(({ path, start, step, at }): Remark[] => {
    if (path[0] !== "users" && path[0] !== "requests") return [];
    const rest = sentenceAround(text, start);
    const from = text.indexOf(rest);
    return [...rest.matchAll(BARE)].flatMap(({ index, 0: number }): Remark[] => {
      const begin = from + index;
      const isRead = starts.has(begin) || /^(?:19|20)\d\d$/u.test(number) || at.quote.includes(number.trim());
      if (begin <= start || isRead) return [];
      const says = `also read: ${number.trim()}, beside ${path.join(".")}; not proposed`;
      return [{ step, says, at: { ...place, quote: text.trim() }, isNumber: true }];
    });
  });
}

const BARE = pattern(
  String.raw`${NUM}(?:${MAGNITUDE})?(?=\s*(?:$|[,;)→]|\.(?:\s|$)|(?:today|tomorrow|now|in|by|at|next|last|later|soon|eventually)\b))`,
);

/** Beside a share of positives the other shares of its line: which of them is meant is the writer's to say. */
function otherShares({ text, place }: ProseLine, proposals: readonly Proposal[], refused: readonly Remark[]): Remark[] {
  const quotes = [
    ...proposals.filter(({ path }) => path[0] === "labels").map(({ at }) => at.quote),
    ...refused.filter(({ says }) => says.includes("labels.positive-rate")).map(({ at }) => at.quote),
  ];
  if (quotes.length === 0) return [];
  const rest = quotes.map((quote) => sentenceAround(text, text.indexOf(quote)).replace(quote, " ")).join(" ");
  return [...rest.matchAll(/(?<![\d.,])\d+(?:\.\d+)?\s?%/gu)].map(([share]): Remark => {
    const says = `also read: ${share.replace(/\s/u, "")}, beside labels.positive-rate; not proposed`;
    return { step: 1, says, at: { ...place, quote: text.trim() }, isNumber: true };
  });
}

const FOREIGN_PRICE = pattern(
  String.raw`(?:[€£¥₹]\s?${NUM}(?:${MAGNITUDE})?|${NUM}(?:${MAGNITUDE})?\s?(?:[€£¥₹]|euros?\b|eur\b|pounds?\b|gbp\b))\s?(?:/|per|a|each)\s?(?<period>month|year|day|hour)\b`,
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
const TODAY = /\b(?:currently|current|at present|right now|today|existing|so far)\b/iu;

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
