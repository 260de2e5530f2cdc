/** How prose writes the numbers of a design: users, items, traffic, latency by percentile, availability, positives, budget, and where each belongs. */

import { LATENCY_PATTERNS } from "./latency-patterns.ts";
import { AMOUNT, amountIn, type Groups, MAGNITUDE, NUM, type Pattern, PER, pattern, TO } from "./number-parts.ts";
import type { ProseLine } from "./proposal.ts";

/** Between a name and its number: a colon, the line of a table, `of about`. */
const GIVEN = String.raw`(?:[\s:=~≈|*]|\b(?:is|are|of|about|around|roughly)\b){1,8}`;
/** Things of a catalogue. */
const ITEMS =
  "items|videos|movies|films|titles|products|listings|documents|images|photos|songs|tracks|podcasts|articles|posts|pins|ads|skus|restaurants|events|jobs|books|recipes";

const ANY_ITEM = new RegExp(ITEMS, "iu");

/** `900 QPS at peak`, `900 QPS (peak)`; in `200 QPS, peak 900 QPS` and `200 QPS and peaks of 900` the word is of what follows. */
const PEAK_BEHIND = String.raw`(?:,?\s\(?(?:at|in|during|on|for)\s(?:\p{L}+\s){0,2}peaks?\b|,?\s\(?peak\b)(?=[\p{L}\s]{0,20}(?:[.;,)]|$))`;

/** Of one user, or of one machine: no traffic of the whole system. */
const OF_ONE =
  /\b(?:(?:each|every|per|one|a single) (?:\p{L}+ )?(?:user|member|customer|visitor|session|replica|server|node|machine|instance|gpu|cpu|core|shard|pod|container)|vendor|database|replica|redis|kafka|cassandra)\b/iu;

/** What is earned, and what one thing is worth, is nothing that the system may cost. */
const EARNED =
  /\b(?:worth|revenues?|earn(?:s|ed|ing)?|income|sales|profits?|margin|turnover|saves?|saved|saving|loses?|losing|losses|salary|salaries|subscriptions?|teams?|engineers?|staff|pays? (?:us|him|her|them)|ltv|lifetime value)\b/iu;

/** Before a further number of a line of traffic, as of `15K` in `QPS: 5K average, 15K peak`. */
const OF_TRAFFIC = String.raw`\b(?:qps|rps|tps)\b(?:[^.;?!\n]|\.(?=\d)){0,60}`;
const LEVEL = "(?:peak|average|avg|mean)";
/** Behind a number that is no rate of requests. */
const OTHER = String.raw`\d|[.,]\d|\s?(?:%|[qrt]ps\b|x\b|times\b|/|per\b|ms\b|\p{L}*(?:seconds?|minutes?|hours?|users?|dau|replicas?|servers?|nodes?|machines?|gb|tb|mb)\b)`;

export const PATTERNS: readonly Pattern[] = [
  {
    step: 1,
    about: /user|dau/iu,
    words: pattern(
      String.raw`${AMOUNT}\s(?:daily\s(?:active\s)?users|dau\b|(?:(?:unique|active|distinct|different)\s)?users (?:per|a|each) day|(?:(?:unique|active)\s)?users daily)`,
    ),
    kind: "count",
    path: () => ["users", "daily"],
  },
  {
    step: 1,
    about: /(?:user|member|customer)s?.*(?:daily|day)/iu,
    words: pattern(
      String.raw`(?<=\b(?:users|members|customers)\b[^.;?!\n]{0,60})\bof\s(?:which|whom|them|these|those)\s(?:about\s|around\s)?${AMOUNT}\s(?:(?:are|is|come|visit|log in|use it|active)\s){0,3}(?:daily|every day|each day|a day|per day)\b(?!\s\p{L}*(?:requests|queries|views))`,
    ),
    kind: "count",
    path: () => ["users", "daily"],
  },
  {
    step: 1,
    about: /dau|daily/iu,
    words: pattern(
      String.raw`(?:\bdau|daily active users)\s?(?:\(dau\))?${GIVEN}${AMOUNT}(?!\d|[.,]\d|\s?(?:%|per\b|/|[qrt]ps\b|(?:\p{L}+\s)?(?:requests?|queries)\b))`,
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
    about:
      /request|quer|prediction|impression|search|transaction|call|payment|order|booking|checkout|login|qps|rps|tps/iu,
    words: pattern(
      String.raw`(?<peak>\bpeak(?:s|ing)?\b(?:(?!\b(?:average|mean|usual|normal)\b)(?:[^.;\d]|\d{1,2}\s?[x×](?!\p{L}))){0,20})?${AMOUNT}\s(?:(?:[\p{L}]+\s){0,2}(?:requests?|queries|predictions?|impressions?|searches|transactions?|calls|payments|orders|bookings|checkouts|logins)${PER}(?<unit>second|sec|s|minute|min|hour|day)\b|(?<rps>qps|rps|tps)\b)(?!\s?(?:per|/|for each|for every|from each|from every|each)(?!\p{L}))(?<after>${PEAK_BEHIND})?`,
    ),
    kind: "rate",
    path: (groups, _, sentence) =>
      isOfOne(groups, sentence)
        ? undefined
        : ["requests", groups.peak === undefined && groups.after === undefined ? "average" : "peak"],
    unit: ({ unit }) => `/${unit === undefined || unit.startsWith("s") ? "s" : unit.replace(/^min$/u, "minute")}`,
  },
  {
    step: 1,
    about: /qps|rps|tps/iu,
    words: pattern(
      String.raw`(?<peak>\bpeak\s)?\b(?:qps|rps|tps)\b${GIVEN}${AMOUNT}(?!\d|[.,]\d|\s?(?:%|x\b|times\b|/|per\b|[qrt]ps\b|ms\b|\p{L}*(?:seconds?|replicas?|servers?|nodes?|machines?)\b))(?<after>\s\(?peak\b(?![\s:=~≈]{0,4}\d))?`,
    ),
    kind: "rate",
    path: (groups, _, sentence) =>
      OF_ONE.test(sentence)
        ? undefined
        : ["requests", groups.peak === undefined && groups.after === undefined ? "average" : "peak"],
    unit: () => "/s",
  },
  {
    step: 1,
    about: /(?:qps|rps|tps).*(?:peak|average|avg|mean)/iu,
    words: pattern(
      String.raw`(?<=${OF_TRAFFIC})(?<what>${LEVEL})(?:\s(?:of|at|is|about|around)\b)?[\s:=~≈]{1,4}${AMOUNT}(?!${OTHER}|\s\(?${LEVEL}\b)`,
    ),
    kind: "rate",
    path: (groups, _, sentence) => (OF_ONE.test(sentence) ? undefined : levelPath(groups)),
    unit: () => "/s",
  },
  {
    step: 1,
    about: /(?:qps|rps|tps).*(?:peak|average|avg|mean)/iu,
    words: pattern(
      String.raw`(?<=${OF_TRAFFIC}\d(?:[^.;?!\n\d]|\.(?=\d)){0,20})(?<!${LEVEL}(?:\s(?:of|at|is|about|around))?[\s:=~≈]{1,4})${AMOUNT}\s\(?(?:on )?(?<what>${LEVEL})\b(?!\s${NUM})`,
    ),
    kind: "rate",
    path: (groups, _, sentence) => (OF_ONE.test(sentence) ? undefined : levelPath(groups)),
    unit: () => "/s",
  },
  {
    step: 6,
    about: /replica|\bpods\b|instances/iu,
    words: pattern(
      String.raw`(?<n>\d{1,5})(?:${TO}(?<to>\d{1,5}))?\s(?<machine>replicas|pods|instances)\b(?!\s(?:per|a|each|every)\b)`,
    ),
    kind: "count",
    path: ({ machine = "" }, line) => replicasPath(machine, line),
  },
  {
    step: 6,
    about: /replicas|pods/iu,
    words: pattern(
      String.raw`\b(?<machine>replicas|pods)\b(?:[\s:=~≈|*]|\b(?:is|are|about)\b){1,8}(?<n>\d{1,5})(?:${TO}(?<to>\d{1,5}))?(?![\d.,]*\d|\s?(?:%|x\b|[kKmM]\b|\p{L}*(?:ms|gb|qps|rps|cpus?|gpus?|cores?)\b))`,
    ),
    kind: "count",
    path: ({ machine = "" }, line) => replicasPath(machine, line),
  },
  {
    step: 1,
    about: /x|×|times/iu,
    words: pattern(
      String.raw`(?:\bx\s?(?<n>\d+(?:\.\d+)?)|(?<n2>\d+(?:\.\d+)?)\s?(?:x\b|×|times))(?=[^.;]{0,40}(?:\bpeak|usual|average|\bmean\b))`,
    ),
    kind: "peak",
    path: (_, { text }) => (/traffic|load|request|rps|qps|peak/iu.test(text) ? ["requests", "peak"] : undefined),
    unit: () => "x",
  },
  ...LATENCY_PATTERNS,
  {
    step: 1,
    about: /labels?|labell?ed/iu,
    words: pattern(
      String.raw`(?:\blabels?\s(?:delay|latency|lag)${GIVEN}|\blabels?\s(?:(?:are|is|become|come|arrive|arrives|get)\s)?(?:available\s|known\s|final\s|complete\s)?(?:(?:delayed|late)\s(?:by|of)|after|within|with a delay of)\s(?:about\s|around\s)?)${AMOUNT}\s?(?<span>minutes?|hours?|h|days?|d|weeks?)(?![\p{L}])`,
    ),
    kind: "duration",
    path: () => ["labels", "delay"],
    unit: ({ span = "" }) => (/^m/iu.test(span) ? " min" : ` ${span[0].toLowerCase()}`),
  },
  {
    step: 1,
    about: /%/u,
    words: pattern(
      String.raw`(?<n>\d{2}(?:\.\d+)?)\s?%\s(?:uptime|availability|available)|(?:uptime|availability)[\s:=~≈≥>of|*]{1,8}(?<n2>\d{2}(?:\.\d+)?)\s?%`,
    ),
    kind: "share",
    path: () => ["availability"],
    unit: () => "%",
  },
  {
    step: 1,
    about: /positive/iu,
    words: pattern(
      String.raw`(?:(?:share|fraction|ratio|rate|percentage) of (?:the )?positives?(?: (?:examples?|samples?|labels?|cases|class|instances|pairs))?|positives?(?: rate| share| class| examples| samples| labels)?)[\s:=~≈]{0,4}(?:is|are|about|only|around)?[\s:=~≈]{0,3}(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)`,
    ),
    kind: "share",
    path: () => ["labels", "positive-rate"],
  },
  {
    step: 1,
    about: /positives/iu,
    words: pattern(
      String.raw`(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)\s(?:of\s)?positives\b(?!\s(?:are|is|were|was|have|had|get|got|come|arrive)\b)`,
    ),
    kind: "share",
    path: () => ["labels", "positive-rate"],
  },
  {
    step: 1,
    about: /positive|fraud|spam|harmful|toxic|abusive/iu,
    words: pattern(
      String.raw`(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)\s(?:of\s)?(?:(?:the|all|our)\s)?(?:\p{L}+\s){1,2}(?:is|are)\s(?:positives?|fraud|fraudulent|spam|harmful|toxic|abusive)\b`,
    ),
    kind: "share",
    path: () => ["labels", "positive-rate"],
  },
  {
    step: 1,
    about: /rate/iu,
    words: pattern(
      String.raw`(?:fraud|spam|abuse|churn)[ -]rate${GIVEN}(?<share>1\s?/\s?\d[\d,]*|1 in \d[\d,]*|\d+(?:\.\d+)?\s?%)`,
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
    path: (_, { under }, sentence) =>
      (/budget|cost|spend/iu.test(sentence) || /budget|cost/u.test(under)) &&
      !OF_ONE.test(sentence) &&
      !EARNED.test(sentence)
        ? ["budget"]
        : undefined,
    unit: ({ unit }) => `/${unit}`,
  },
];

function replicasPath(machine: string, { steps, text }: ProseLine): readonly string[] | undefined {
  return steps.includes(6) &&
    !/\bper\b|\beach\b|kafka|redis|database|\bdb\b|partition|shard/iu.test(
      text.replace(/,\s(?:each|with)\s.*$/iu, ""),
    ) &&
    // Instances are rows of data far from serving.
    (!/^instances$/iu.test(machine) ||
      /replica|\bpods?\b|server|[gc]pu|cluster|kubernetes|k8s|autoscal|balanc|\bvms?\b|container|machine/iu.test(text))
    ? ["serving", "replicas"]
    : undefined;
}

function levelPath({ what = "" }: Groups): readonly string[] {
  return ["requests", /^peak$/iu.test(what) ? "peak" : "average"];
}

/** So few a day are of one user, whoever is named. */
function isOfOne({ n = "", m, unit }: Groups, sentence: string): boolean {
  return OF_ONE.test(sentence) || (unit === "day" && m === undefined && amountIn(n) < 1000);
}

/** A handful of users or items is an example, not a scale. */
function isLarge({ n = "", m }: Groups): boolean {
  return m !== undefined || amountIn(n) >= 1000;
}
