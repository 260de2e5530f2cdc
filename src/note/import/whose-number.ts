/**
 * Whether a number that prose writes is this system's own and of its usual day. A number of another firm, of the past or the future, of a
 * condition, of an extreme, of what is gone or of a part of the request is none to design for: it is named, and not proposed.
 */

import type { QuantityKind } from "../../core/quantity-kind.ts";
import { plannedBelow, plannedOrSupposed } from "./plan-or-supposition.ts";

export interface WrittenNumber {
  /** The whole line, what is denied blanked. */
  readonly text: string;
  /** Where the number begins, and where what was read with it ends. */
  readonly start: number;
  readonly end: number;
  readonly kind: QuantityKind;
  readonly path: readonly string[];
  /** The title of the design, in lower case: of the firm that it names the numbers are its own. */
  readonly titled?: string;
  /** The nearest heading above, and the name of the column that the number stands in. */
  readonly under?: string;
  readonly column?: string;
  /** Of a table whose rows are no quantities of the whole design. */
  readonly rows?: "parts" | "cases";
}

/** In words that follow "said of"; undefined where nothing speaks against the number. */
export function saidOfOther(number: WrittenNumber): string | undefined {
  const { text, start, end, kind, path, titled = "", under = "", column = "", rows } = number;
  const segment = segmentAround(text, start, end);
  const around = withNeighbours(text, segment);
  const before = text.slice(segment.from, start);
  const own = text.slice(segment.from, segment.to);
  const whole = text.slice(around.from, around.to);
  const after = text.slice(end, segment.to);
  const sentence = sentenceOf(text, start, end);
  const firm = otherFirm(number, text.slice(around.from, start), text.slice(end, around.to));
  if (firm !== undefined) return `\`${firm.slice(0, 40)}\``;
  const verdict = ofOtherOrRange(number, before, whole);
  if (verdict !== undefined) return verdict;
  if (kind === "duration" && AS_IT_IS.test(column)) return "how it is today";
  if (OTHER_FIRM.test(column)) return `\`${column.slice(0, 40)}\``;
  if (FUTURE.test(`${whole}; ${column}`) || FUTURE_VERB.test(before) || LATER.test(after)) return "what may come";
  if (PAST_VERB.test(before) || PAST_TIME.test(`${whole}; ${column}`)) return "another time";
  const planned =
    plannedOrSupposed({
      sentence: text.slice(sentence.from, start),
      before,
      after,
      rest: text.slice(end, sentence.to),
      whole,
    }) ??
    plannedBelow(column) ??
    (titled.startsWith(under) ? undefined : plannedBelow(under));
  if (planned !== undefined) return planned;
  if (CONDITION.test(before) || (BEYOND.test(before) && ACTS.test(after))) return "a condition";
  if (EXTREME.test(own) || EXTREME.test(text.slice(around.from, segment.from))) return "an extreme";
  if (kind !== "duration" && EARLY.test(own)) return "an early stage";
  if ((kind === "count" || path[1] === "average") && QUIET.test(own)) return "a part of the day";
  if (path[0] === "availability" && PART_THAT_LASTS.test(own)) return "a part of the system";
  if (kind === "budget" && /\btotal\b/iu.test(text) && !/\btotal\b/iu.test(own)) return "a part of the cost";
  if (kind === "count" && path[0] !== "serving" && (SAMPLE.test(own) || SAMPLE_BEFORE.test(before))) return "a sample";
  if (path[0] === "users" && OF_ONE_MACHINE.test(after)) return "one of several";
  if ((path[0] === "users" || path[1] === "average") && RARE.test(whole))
    return "a day or an hour that is not the usual one";
  if (path[0] === "users" && isOneOfParts(own, text)) return "one of several";
  if (isBoundable(path) && BOUND.test(before)) return "a bound, and not of the usual day";
  if (kind === "count" && (GONE.test(own) || SHARE_OF.test(before))) return "some of them, or of what is gone";
  if (rows !== undefined && !ALL_OF_IT.test(text))
    return rows === "parts" && kind === "duration" ? "a part of the request" : "one of several";
  if (kind === "duration" && (PART.test(whole) || PART_BEFORE.test(before)) && !ALL_OF_IT.test(whole))
    return "a part of the request";
  if (kind === "share" && path[0] === "labels" && QUALIFIED.test(whole)) return "one stage of the data";
  return undefined;
}

function ofOtherOrRange(
  { text, start, end, kind, path }: WrittenNumber,
  before: string,
  whole: string,
): string | undefined {
  const sentence = text.slice(start).search(/[.;!?](?=\s|$)/u);
  if (sentence >= 0 && text[start + sentence] === "?") return "a question";
  if (OTHER_PARTY.test(before)) return "others";
  if ((kind === "count" || kind === "rate") && DIVISOR.test(text.slice(0, start))) return "a factor of a calculation";
  if ((kind === "count" || kind === "rate") && EACH_OF.test(whole)) return "one of several";
  if (kind === "duration" || path[1] === "peak") return undefined;
  if (!TO_AFTER.test(text.slice(end)) && !TO_BEFORE.test(text.slice(0, start))) return undefined;
  // `1M DAU to 5M DAU` repeats what is counted; `10M DAU → 900 QPS` leads from one quantity to another.
  const noun = /(?<noun>\p{L}+)[^\p{L}]*$/u.exec(text.slice(start, end))?.groups?.noun ?? "";
  const same = String.raw`(?:\s?[kKMB]|\s?bn|\s(?:thousand|million|billion))?`;
  const next = new RegExp(
    String.raw`^\s?(?:to|→|->|–|—)\s?(?:about\s)?\d[\d.,]*${same}(?:\s${noun})?(?=\s*(?:$|[,;)|]|\.(?:\s|$)))`,
    "iu",
  );
  const between = String.raw`\bbetween\s(?:about\s)?`;
  const earlier = new RegExp(
    String.raw`(?:(?<!\p{L})\d[\d.,]*${same}\s(?:${noun}\s?)?(?:to|→|->|–|—)|${between}\d[\d.,]*${same}(?:\s${noun})?\sand)\s?(?:about\s)?$`,
    "iu",
  );
  const isEnd =
    next.test(text.slice(end)) || earlier.test(text.slice(0, start)) || new RegExp(`${between}$`, "iu").test(before);
  return isEnd ? "one end of a range" : undefined;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const BORDER = /[;|()!?]|\.(?=\s|$)|,(?=\s)|\s(?:but|while|whereas|and|though|although|yet)(?=\s)/giu;
/** Past these another thing is spoken of. */
const HARD = /^(?:[;!?.]|\s(?:but|while|whereas|though|although|yet))$/iu;

function segmentAround(text: string, start: number, end: number): Stretch {
  let from = 0;
  for (const { index, 0: border } of text.matchAll(BORDER)) {
    if (index < start) from = index + border.length;
    else if (index >= end) return { from, to: index };
  }
  return { from, to: text.length };
}

function sentenceOf(text: string, start: number, end: number): Stretch {
  const from = [...text.slice(0, start).matchAll(/[;!?]|(?<!\be\.\s?g)\.(?=\s)/giu)].at(-1);
  const to = text.slice(end).search(/[;!?]|\.(?=\s|$)/u);
  return { from: from === undefined ? 0 : from.index + 1, to: to < 0 ? text.length : end + to };
}

/** With what stands beside it and holds no number of its own: `Next year, …`, `… (Twitter)`, the name in the cell before. */
function withNeighbours(text: string, segment: Stretch): Stretch {
  const borders = [...text.matchAll(BORDER)];
  let { from, to } = segment;
  for (;;) {
    const border = borders.findLast(({ index, 0: { length } }) => index + length <= from);
    if (border === undefined || HARD.test(border[0])) break;
    const previous = borders.findLast(({ index }) => index < border.index);
    const begin = previous === undefined ? 0 : previous.index + previous[0].length;
    if (isNumbered(text.slice(begin, border.index))) break;
    from = begin;
  }
  for (;;) {
    const border = borders.find(({ index }) => index >= to);
    if (border === undefined || HARD.test(border[0])) break;
    const begin = border.index + border[0].length;
    const until = borders.find(({ index }) => index >= begin)?.index ?? text.length;
    const next = text.slice(begin, until);
    if (isNumbered(next) || OWN_FIRST.test(next)) break;
    to = until;
  }
  return { from, to };
}

/** A year is a time, and no number of anything. */
function isNumbered(text: string): boolean {
  return /\d/u.test(text.replaceAll(/\b(?:19|20)\d\d\b/gu, ""));
}

const FIRMS =
  "Google|YouTube|Gmail|Twitter|Facebook|Meta|Instagram|WhatsApp|Netflix|Amazon|Uber|Lyft|Airbnb|LinkedIn|Pinterest|Snapchat|TikTok|Spotify|Reddit|Microsoft|Bing|Apple|Yahoo|Baidu|Alibaba|Taobao|Tencent|WeChat|eBay|Etsy|DoorDash|Booking\\.com|Expedia|Stripe|PayPal|Visa|Mastercard|Shopify|Walmart|Zalando|Discord|Slack|Zoom|Telegram|Quora|Yelp|Yandex|DuckDuckGo|Twitch|Hulu|Disney|OpenAI|ChatGPT|GitHub|Wikipedia|Criteo|Grab|Gojek|Flipkart|ByteDance|Kuaishou|Deliveroo|Instacart|AWS|GCP|Azure|IBM|S3|DynamoDB|Snowflake";
const FIRM = String.raw`(?:${FIRMS})(?![\p{L}-])(?!\s(?:Cloud|Maps|Analytics|Sheets|Drive|S3|EC2|SQS|Ads|Web|Azure|Actions))`;
/** Firms that notes speak of. */
export const SOME_FIRM = new RegExp(String.raw`(?<![\p{L}\d])${FIRM}`, "u");
const OTHER_FIRM = new RegExp(String.raw`^[*_\s]*${FIRM}[*_\s]*$`, "u");
const HOLDS =
  "has|offers|guarantees|promises|provides|delivers|supports|handles|serves|processes|sees|gets|receives|reports|claims|reaches|runs|operates|boasts|counts|hosts|stores|answers|takes";
const NAMED = String.raw`(?<![\p{L}\d])\p{Lu}[\p{L}\d&.-]*(?=(?:['’]s)?\s(?:\p{L}+ly\s)?(?:${HOLDS})(?!\p{L}))`;
const OURS = "we|our|ours|us|i|my|this (?:system|service|design|product)";
const SUBJECTS = new RegExp(
  String.raw`(?<ours>(?<![\p{L}\d])(?:[Ww]e|[Oo]urs?|us|I|[Mm]y|[Tt]his (?:system|service|design|product|app|site)|[Tt]he (?:system|service|product|app|site|platform))(?![\p{L}\d]))|(?<firm>(?<![\p{L}\d])${FIRM})|(?<named>${NAMED})`,
  "gu",
);
const OWN_FIRST = new RegExp(String.raw`^\s*(?:(?:and|so|then|now|today|here)\s)?(?:${OURS}|it|they)(?![\p{L}])`, "iu");
/** What begins a sentence, or is written large, without being another's name. */
const COMMON =
  /^(?:it|that|this|they|there|who|which|one|each|every|everyone|everybody|users?|members?|customers?|people|clients?|viewers?|listeners?|system|service|platform|app|application|site|website|product|company|marketplace|store|shop|homepage|home|page|search|feed|traffic|load|production|team|today|now|currently|backend|frontend|servers?|gateway|catalogu?e?|library|inventory|index|database|corpus|dataset|data|ranker|models?|retrieval|recommender|engine|cluster|endpoint|business|serving|deployment|inference|scale|design|step|stage|autocomplete|checkout|pipeline|stream|queue|log)$/iu;

/** Whoever is named last before a number has it; where nobody is, who is named right behind. */
function otherFirm({ titled = "" }: WrittenNumber, before: string, after: string): string | undefined {
  // A name is written large.
  if (!/\p{Lu}/u.test(before) && !/\p{Lu}/u.test(after)) return undefined;
  const isTitle = (name: string): boolean => titled.includes(name.toLowerCase());
  const otherOf = (groups: Readonly<Record<string, string>> | undefined): string | undefined => {
    const { firm, named } = groups ?? {};
    const name = firm ?? named?.replace(/[.-]+$/u, "") ?? "";
    const isPlain = firm === undefined && (COMMON.test(name) || (name.length <= 5 && name === name.toUpperCase()));
    return name === "" || isPlain || isTitle(name) ? undefined : name;
  };
  const last = [...before.matchAll(SUBJECTS)].findLast(
    ({ groups }) => groups?.ours !== undefined || otherOf(groups) !== undefined,
  )?.groups;
  if (last !== undefined) return last.ours === undefined ? otherOf(last) : undefined;
  const [next] = after.matchAll(SUBJECTS);
  return next?.groups?.firm === undefined ? undefined : otherOf(next.groups);
}

const COUNT = String.raw`(?:an?|one|two|three|four|five|six|ten|\d+|a few|some|several|a couple of)`;
const FUTURE = new RegExp(
  String.raw`\b(?:next|coming|following) (?:year|quarter|month|week|summer|winter|season|decade|${COUNT} (?:years|months|quarters))\b|\bby (?:20\d\d\b|(?:the )?end of\b|next\b)|\b(?:in|within|after|over) (?:the next )?${COUNT} (?:years?|months?|quarters?)\b|\b(?:eventually|some ?day|one day|in the (?:long run|future)|later on|long[- ]term)\b`,
  "iu",
);
const LATER = /^\s*(?:much\s)?later(?!\p{L}|\sthan)/iu;
const FUTURE_VERB =
  /\b(?:(?:grow|rise|increase|scale|double|triple)(?:s|ing)?|growth) (?:up )?(?:to|by|towards?)\b|\bwill (?:soon )?(?:reach|grow|rise|double|hit|exceed)\b|\b(?:forecast(?:ed)?|projected|expected|projections?) (?:to (?:reach|grow|rise|double|hit|exceed)|at|of|is|are)\b/iu;
const PAST_VERB =
  /\b(?:had|(?:was|were)(?! (?:asked|decided|agreed|told|set|given|assumed|required|estimated|designed|built|planned)\b)|served|handled|processed|received|saw|(?:started|began|launched) (?:out )?(?:with|at|from)|(?:grew|went|came|up|down) from)\b/iu;
const PAST_TIME =
  /\b(?:last|previous|past) (?:year|quarter|month|week|summer|winter|season)s?\b|\b(?:years?|months?|weeks?) ago\b|\b(?:in|during) (?:19|20)\d\d\b|\b(?:originally|initially|at first|back then|in the beginning)\b/iu;
const CONDITION =
  /\b(?:when|once|until|till|unless|as soon as|in case|whenever)\s[^,;.]{0,40}\b(?:reach\w*|exceed\w*|hits?|pass(?:es|ed)?|grows?|rises?|goes|gets?|climbs?|cross(?:es)?|surpass\w*|doubles?|(?:is|are|be) (?:above|over|beyond|more than))\b/iu;
const BEYOND = /\b(?:above|beyond|past|over|from)\s(?:about\s)?$/iu;
const ACTS =
  /^[^,;.]{0,20},?\s(?:on\s)?(?:we|it|they|the \p{L}+)\s(?:shards?|splits?|scales?|adds?|switch\p{L}*|needs?|must|would|will|have to|has to|moves?|buy|start)\b/iu;
const EXTREME =
  /\b(?:worst|best)[- ]case\b|\bat (?:worst|best)\b|\b(?:optimistic|pessimistic)\p{L}*|\b(?:upper|lower) (?:bound|limit)\b|\btheoretical\p{L}*|\b(?:stress|load)[- ]?test\p{L}*|\bbenchmark\p{L}*|\b(?:broke|breaks|collapse[sd]?|saturate[sd]?|fell over|falls over)\b/iu;
const BOUND =
  /\b(?:up to|at most|no more than|at least|as many as|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?)[\s:=]{1,3}$/iu;
const GONE =
  /\b(?:remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|drop(?:s|ped|ping)?|lose|loses|lost|losing|crash(?:es|ed|ing)?|fail(?:s|ed|ing)?|died?|kill(?:s|ed)?|retired?|decommission\p{L}*|churn(?:s|ed)?|banned|blocked|inactive|unused|idle|are down|is down|missing|dormant|deactivated)\b/iu;
const SHARE_OF =
  /(?:\d\s?(?:of|out of)\s(?:the\s|our\s|its\s|all\s)?|\b(?:first|another|additional|extra|further|remaining|other)\s(?:about\s)?)$/iu;
/** A column of how it is, beside which another says how it has to be. */
const AS_IT_IS =
  /^[*_\s]*(?:current(?:ly)?|today|now|as[- ]is|existing|actual|before|baseline|measured|old|legacy)(?!\p{L})/iu;
const PART =
  /\b(?:stage|phase|hop|component|subsystem|microservice)s?\b|\b(?:feature (?:store|lookup|fetch)|ann|vector (?:search|index|database)|retrieval|retriever|candidate generation|re-?rank(?:er|ing)|ranker|ranking (?:model|service|call)|pre-?processing|post-?processing|tokeni[sz]\p{L}+|embedding (?:lookup|service|call)|database|db|redis|cache|kafka|disk|llm call|model inference|per (?:call|hop|stage|item|token|shard|model))\b/iu;
const PART_BEFORE =
  /\b(?:ranking|retrieval|scoring|blending|filtering|fetching|recall)(?:\s(?:is|takes|has|at))?[\s:=]{1,3}$/iu;
const ALL_OF_IT = /\bend[- ]to[- ]end\b|\be2e\b|\boverall\b|\bin total\b|\btotal\b|\bwhole\b|\bincluding\b/iu;
const QUALIFIED =
  /\b(?:before|after|prior to|without)\b|\b(?:train|training|validation|test|balanced|sampled?|down-?sampled|up-?sampled|filtered|raw)\b/iu;

/** `10k QPS / 500 QPS`, `86400 x 20 users`. */
const DIVISOR = /[\p{L}\d)]\s?[*×÷]\s?$|[\p{L}\d)]\s\/\s$|\d\/$|\s[x]\s$/u;
const TO_AFTER = /^\s?(?:to|→|->|–|—)/iu;
const TO_BEFORE = /(?:to|→|->|–|—|and|between)\s?(?:about\s)?$/iu;
const OTHER_PARTY =
  /\b(?:vendors?|providers?|third[- ]part(?:y|ies)|upstream|partners?|incumbents?|market leaders?)\b/iu;
const EACH_OF =
  /\b(?:per|each|every|one|a single) (?:region|country|market|city|shard|tenant|store|cell|zone|data ?cent(?:er|re)|cluster|category|seller|warehouse|merchant|partition)\b|\b(?:biggest|largest|smallest|busiest|typical|median) (?:customer|client|tenant|store|city|country|region|market|seller|merchant|shard)\b/iu;
const EARLY =
  /\b(?:beta|pilot|alpha (?:version|test|users?)|trial|staging|test users?|proof of concept|start(?:s|ing)? (?:out )?(?:with|at|from))\b/iu;
const PART_THAT_LASTS =
  /\b(?:databases?|db|dependenc(?:y|ies)|redis|kafka|cache|storage|disks?|networks?|dns|cdn|load balancers?|nodes?|servers?|replicas?|feature store|upstreams?|provider|each|every single)\b/iu;
/** People or things that are tried on, and not those of the system. */
const SAMPLE =
  /\b(?:test|control|treatment|holdout|validation|training) (?:groups?|arms?|sets?|data)\b|\bexperiments?\b|\ba\/b\b|\b(?:per|each|every) (?:arm|variant|group)\b|\bsampl(?:e|ed|es|ing)\b|\bsurvey(?:ed)?\b/iu;
const SAMPLE_BEFORE =
  /\b(?:train(?:s|ed|ing)?|evaluat(?:e|es|ed|ing)|validat(?:e|es|ed|ing)|test(?:s|ed|ing)?|simulat(?:e|es|ed|ing)|fine-?tun(?:e|ed|ing)) (?:it |them |the model )?(?:on|with|over|against)\s(?:about\s)?$/iu;
const OF_ONE_MACHINE =
  /^\s?(?:per|\/|each|on (?:each|one|a single))\s?(?:server|node|machine|instance|replica|pod|gpu|shard|core)\b/iu;
const RARE =
  /\b(?:black friday|cyber monday|prime day|singles['’]? day|christmas|holidays?|holiday season|thanksgiving|new year['’]?s?(?: eve)?|super bowl|world cup|flash sales?|sales? (?:day|event)s?|rush hours?|busy hours?|busiest (?:day|hour|week)|traffic spikes?)\b/iu;
/** By where people are, on what they read, or what they pay: `Android: 70M DAU, iOS: 30M DAU`. */
const PEOPLE_BY =
  /(?<![\p{L}\d])(?:android|ios|web|desktop|mobile|us|usa|eu|uk|europe|asia|apac|emea|latam|india|china|brazil|free(?: (?:tier|users|plan))?|paid|paying|premium|pro|enterprise|consumers?|businesses|buyers|sellers|drivers|riders|guests|hosts|new|returning|anonymous|logged[- ](?:in|out))(?![\p{L}\d])/giu;

/** Where the line names another such part with a number of its own. */
function isOneOfParts(own: string, text: string): boolean {
  const parts = (words: string): string[] => [...words.matchAll(PEOPLE_BY)].map(([part]) => part.toLowerCase());
  const numbered = text.split(/[;|.](?=\s|$)|,\s/u).filter((one) => /\d/u.test(one));
  return parts(own).length > 0 && new Set(numbered.flatMap(parts)).size > 1;
}

const QUIET = /\b(?:at night|overnight|off[- ]peak|on weekends?)\b/iu;

function isBoundable(path: readonly string[]): boolean {
  return path[0] === "serving" || (path[0] === "requests" && path[1] === "average");
}
