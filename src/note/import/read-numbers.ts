/** Proposes the numbers of a design from its prose: users, items, traffic, latency by percentile, availability, positives, budget, rollout. */

import type { StepNumber } from "../../core/figure.ts";
import { numberValue } from "../../core/number-text.ts";
import { parseQuantity, type QuantityKind } from "../../core/quantity.ts";
import { affirmed } from "./denial.ts";
import type { Proposal, ProseLine, Reading, Remark } from "./proposal.ts";

const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const MAGNITUDE = String.raw`(?:\s?(?:[kKMB]|bn|Bn|mn)(?![\p{L}])|\s(?:thousand|million|billion|trillion)s?)`;
/** A number, perhaps with the other end of a range. */
const AMOUNT = String.raw`(?<n>${NUM})(?<m>${MAGNITUDE})?(?:\s?(?:-|–|—|to)\s?(?<to>${NUM})(?<tm>${MAGNITUDE})?)?\+?`;
const PER = String.raw`\s?(?:/|per|a|each|every)\s?`;
const TIME = String.raw`(?<time>milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|hours?)(?![\p{L}])`;
const SIGN = String.raw`[\s:=~≈<≤‹>]|is|of|at|be|under|below|within|about|around|should|must|than|less|latency|up|to|response|time|target|max|most|not|exceed`;
const BEFORE = String.raw`(?:(?:${SIGN})\s?){0,8}`;
/** Things of a catalogue. */
const ITEMS =
  "items|videos|movies|films|titles|products|listings|documents|images|photos|songs|tracks|podcasts|articles|posts|pins|ads|skus|restaurants|events|jobs|books|recipes";

const ANY_ITEM = new RegExp(ITEMS, "iu");

interface Pattern {
  readonly step: StepNumber;
  /** A word without which `words` cannot match: most lines with a digit hold none of them, and looking for it costs little. */
  readonly about: RegExp;
  readonly words: RegExp;
  readonly kind: QuantityKind;
  /** Where it stands, or undefined where the match is about something else. */
  readonly path: (groups: Groups, line: ProseLine) => readonly string[] | undefined;
  /** How the unit is written, behind the number. */
  readonly unit?: (groups: Groups) => string;
}

type Groups = Readonly<Partial<Record<string, string>>>;

const PATTERNS: readonly Pattern[] = [
  {
    step: 1,
    about: /user|dau/iu,
    words: pattern(
      String.raw`${AMOUNT}\s(?:daily\s(?:active\s)?users|dau\b|active users (?:per|a|each) day|users (?:per|a|each) day|users daily)`,
    ),
    kind: "count",
    path: () => ["users", "daily"],
  },
  {
    step: 1,
    about: /dau|daily/iu,
    words: pattern(
      String.raw`(?:\bdau|daily active users)\s?(?:\(dau\))?[\s:=~≈]{1,4}${AMOUNT}(?![\d.,]|\s?(?:%|per\b|/|[qrt]ps\b|(?:\p{L}+\s)?(?:requests?|queries)\b))`,
    ),
    kind: "count",
    path: () => ["users", "daily"],
  },
  {
    step: 1,
    about: /user|member|customer/iu,
    words: pattern(
      String.raw`${AMOUNT}\s(?:(?:registered|total|unique)\s)?(?:users|members|customers)\b(?!\s(?:per|a|each|daily)\b|\s?/)`,
    ),
    kind: "count",
    path: (groups) => (isLarge(groups) ? ["users", "total"] : undefined),
  },
  {
    step: 1,
    about: ANY_ITEM,
    words: pattern(
      String.raw`${AMOUNT}\s(?:(?:different|unique|active|candidate|total)\s)?(?<item>${ITEMS})\b(?!\s(?:per|a|each|every|at|in (?:each|the top)|daily|is|are shown|requests?|queries|impressions?|clicks?|searches|calls|views)\b|\s?/|\sdaily)`,
    ),
    kind: "count",
    path: (groups, { under, text, steps }) =>
      !isLarge(groups) ||
      // Events are rows of a log far more often than things of a catalogue.
      ((!steps.includes(1) || /^events$/iu.test(groups.item ?? "")) &&
        !/catalog|corpus|inventory|library|\bindex|in total/iu.test(text)) ||
      /\blabel/iu.test(text) ||
      /\b(?:top|return|show|display|recommend|candidates?|upload|slot|page)/iu.test(text) ||
      /metric|candidate/u.test(under)
        ? undefined
        : ["items", "count"],
  },
  {
    step: 1,
    about: /request|quer|prediction|impression|search|transaction|call|qps|rps|tps/iu,
    words: pattern(
      String.raw`(?<peak>\bpeak(?:s|ing)?\b[^.;\d]{0,20})?${AMOUNT}\s(?:(?:[\p{L}]+\s){0,2}(?:requests?|queries|predictions?|impressions?|searches|transactions?|calls)${PER}(?<unit>second|sec|s|minute|min|hour|day)\b|(?<rps>qps|rps|tps)\b)(?!\s?(?:per|/|for each|for every|from each|from every|each)(?!\p{L}))(?<after>[^.;\d]{0,16}\bpeak)?`,
    ),
    kind: "rate",
    path: ({ peak, after }) => ["requests", peak === undefined && after === undefined ? "average" : "peak"],
    unit: ({ unit }) => `/${unit === undefined || unit.startsWith("s") ? "s" : unit.replace(/^min$/u, "minute")}`,
  },
  {
    step: 1,
    about: /x|×|times/iu,
    words: pattern(
      String.raw`(?:\bx\s?(?<n>\d+(?:\.\d+)?)|(?<n2>\d+(?:\.\d+)?)\s?(?:x\b|×|times))(?=[^.;]{0,40}(?:\bpeak|usual|average))`,
    ),
    kind: "peak",
    path: (_, { text }) => (/traffic|load|request|rps|qps|peak/iu.test(text) ? ["requests", "peak"] : undefined),
    unit: () => "x",
  },
  {
    step: 1,
    about: /\bp\d/iu,
    words: pattern(String.raw`\bp(?<p>50|90|95|99(?:\.9)?)\b${BEFORE}${AMOUNT}\s?${TIME}`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /percentile/iu,
    words: pattern(String.raw`\b(?<p>50|90|95|99(?:\.9)?)(?:th|\s?%)?\spercentile${BEFORE}${AMOUNT}\s?${TIME}`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /\bp\d/iu,
    words: pattern(String.raw`${AMOUNT}\s?${TIME}\s(?:at|@|\(|for)?\s?(?:the\s)?p(?<p>50|90|95|99(?:\.9)?)\b`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /%/u,
    words: pattern(
      String.raw`(?<n>\d{2}(?:\.\d+)?)\s?%\s(?:uptime|availability|available)|(?:uptime|availability)[\s:=~≈≥>of]{1,8}(?<n2>\d{2}(?:\.\d+)?)\s?%`,
    ),
    kind: "share",
    path: () => ["availability"],
    unit: () => "%",
  },
  {
    step: 1,
    about: /positive/iu,
    words: pattern(
      String.raw`(?:(?:share|fraction|ratio|rate|percentage) of positives?|positives?(?: rate| share| class)?)[\s:=~≈]{0,4}(?:is|are|about|only|around)?[\s:=~≈]{0,3}(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)`,
    ),
    kind: "share",
    path: () => ["labels", "positive-rate"],
  },
  {
    step: 1,
    about: /positive/iu,
    words: pattern(
      String.raw`(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)\s(?:of\s)?(?:(?:the|all|our)\s)?(?:\p{L}+\s){1,2}(?:is|are)\spositives?\b`,
    ),
    kind: "share",
    path: () => ["labels", "positive-rate"],
  },
  {
    step: 1,
    about: /\$|dollars?|usd/iu,
    words: pattern(
      String.raw`(?:\$(?<n>${NUM})(?<m>${MAGNITUDE})?|(?<n2>${NUM})(?<m2>${MAGNITUDE})?\s?(?:(?:us\s)?dollars|usd))\s?(?:/|per|a|each)\s?(?<unit>month|year)\b`,
    ),
    kind: "budget",
    path: (_, { text, under }) =>
      /budget|cost|spend/iu.test(text) || /budget|cost/u.test(under) ? ["budget"] : undefined,
    unit: ({ unit }) => `/${unit}`,
  },
];

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
      const where = path(groups, line);
      if (where === undefined) continue;
      const at = { ...line.place, quote: match[0].trim() };
      if (groups.to !== undefined) {
        remarks.push({
          step,
          says: `${where.join(".")} is a range; write the one number that the design must bear`,
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
  return { proposals: [...proposals, ...rollout(line)], remarks: [...remarks, ...calculation(written)] };
}

const FOREIGN_PRICE = pattern(
  String.raw`(?:[€£¥₹]\s?${NUM}(?:${MAGNITUDE})?|${NUM}(?:${MAGNITUDE})?\s?(?:[€£¥₹]|euros?\b|eur\b|pounds?\b|gbp\b))\s?(?:/|per|a|each)\s?(?:month|year|day|hour)\b`,
  "iu",
);
const BARE_LATENCY = pattern(String.raw`${AMOUNT}\s?${TIME}`, "iu");

function pattern(source: string, flags = "giu"): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d.,^])(?:${source})`, flags);
}

/** A handful of users or items is an example, not a scale. */
function isLarge({ n = "", m }: Groups): boolean {
  return m !== undefined || numberValue(n) >= 1000;
}

/** `10 billions` as `10bn`, `4K` as `4k`, `1/1000` as it is. */
function writtenAmount(groups: Groups, unit: string): string {
  if (groups.share !== undefined) {
    const ratio = /^1\s?(?:\/|in)\s?(?<of>[\d,]+)$/u.exec(groups.share)?.groups?.of;
    return ratio === undefined ? groups.share.replaceAll(" ", "") : `1 in ${ratio.replaceAll(",", "")}`;
  }
  const dollar = groups.unit === "month" || groups.unit === "year" ? "$" : "";
  const number = (groups.n ?? groups.n2 ?? "").replaceAll(",", "");
  return `${dollar}${number}${magnitude(groups.m ?? groups.m2)}${unit}`;
}

function magnitude(written: string | undefined): string {
  const word = (written ?? "").trim();
  if (word === "") return "";
  if (/^k$|^thousand/iu.test(word)) return "k";
  if (/^(?:m|mn)$|^million/iu.test(word)) return "M";
  return /^(?:b|bn)$|^billion/iu.test(word) ? "bn" : "T";
}

function timeUnit({ time = "" }: Groups): string {
  const word = time.toLowerCase();
  if (/^m(?:s|illi)/u.test(word)) return " ms";
  if (word.startsWith("s")) return " s";
  return word.startsWith("h") ? " h" : " min";
}

const ROLLOUT =
  /(?:\bshadow\b[\s\p{L}]{0,12}(?:→|->|=>|,|then)\s*)?\d{1,3}(?:\.\d+)?\s?%(?:\s*(?:→|->|=>|,|then|,? then)\s*(?:\d{1,3}(?:\.\d+)?\s?%|(?:everyone|everybody|all|full)\b))+/giu;

/** `5% → 20% → 50% → 100%`: shares that rise. */
function rollout(line: ProseLine): Proposal[] {
  if (!line.steps.includes(6) && !/roll|canary|shadow|ramp/iu.test(line.text)) return [];
  return [...line.text.matchAll(ROLLOUT)].flatMap(([whole]) => {
    const shares = [...whole.matchAll(/\d{1,3}(?:\.\d+)?|everyone|everybody|all|full/giu)].map(([share]) =>
      /^\d/u.test(share) ? Number(share) : 100,
    );
    const rises = shares.every((share, i) => share <= 100 && share > (shares[i - 1] ?? 0));
    if (!rises) return [];
    const steps = [...(/^\s*shadow/iu.test(whole) ? ["shadow"] : []), ...shares.map((share) => `${share}%`)];
    return [
      {
        step: 6 as const,
        path: ["rollout"],
        value: `[${steps.join(", ")}]`,
        at: { ...line.place, quote: whole.trim() },
      },
    ];
  });
}

const FACTOR = String.raw`\d+(?:\.\d+)?(?:\^\d{1,2}|e\d{1,2})?`;
const CALCULATION = new RegExp(
  String.raw`(?<![\d.^])(?<left>${FACTOR}(?:\s?[*×x]\s?${FACTOR})+)\s?(?:=|~|≈|~=)\s?(?<right>${NUM}\s?(?:[KMGTP]i?B|bytes)?)(?![\p{L}\d])`,
  "giu",
);

/** A calculation in the prose, done again: `10^9 * 256 * 2 ~ 500 GB` is 512 GB. */
function calculation(line: ProseLine): Remark[] {
  return [...line.text.matchAll(CALCULATION)].flatMap((match): Remark[] => {
    const { left = "", right = "" } = match.groups ?? {};
    const factors = left.split(/\s?[*×x]\s?/u).map(numberValue);
    const product = factors.reduce((all, factor) => all * factor, 1);
    const result = parseQuantity(right);
    if (!result.ok || result.value.value <= 0 || !Number.isFinite(product)) return [];
    const off = Math.abs(product / result.value.value - 1);
    const unit = /bytes|B$/iu.test(right) ? " bytes" : "";
    const exact = product < 1e6 ? String(product) : product.toExponential().replace("e+", "e");
    const verdict =
      off <= 0.1 ? "which agrees" : `which is ${off > 1 ? "far" : `${Math.round(off * 100)}%`} from ${right.trim()}`;
    return [
      {
        step: line.steps[0] ?? 1,
        says: `computed again: ${exact}${unit}, ${verdict}`,
        at: { ...line.place, quote: match[0] },
      },
    ];
  });
}
