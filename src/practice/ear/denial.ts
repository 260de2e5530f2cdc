/** What a sentence denies, leaves out or only mentions: the stretches of it in which a cue earns nothing. */

import { remembering } from "../../core/remembering.ts";
import { DISMISSED, KEPT_OUT } from "./dismissal.ts";
import { FAULTS, WARNS } from "./fault.ts";
import { FOREIGN, foreignScope } from "./foreign.ts";
import { CONTRAST, ELSEWHERE, EVALUATED, LEFT_UNDONE, LESS, OPEN, TWICE, VERDICTS, VOICED } from "./rejection.ts";
import { WISHED } from "./wish.ts";

/** A negator, where it stands, and the stretch that it denies. */
export interface Denial {
  readonly at: readonly [start: number, end: number];
  readonly start: number;
  readonly end: number;
}

const HELPER =
  "do|does|did|is|are|was|were|be|been|will|would|should|shall|can|could|has|have|had|need|must|may|might|am|i'd|we'd|i'll|we'll";

/** Denies the whole clause, its subject too: `rules are not kept`, `nobody owns the alerts`, `it would be a mistake to …`. */
const WHOLE = [
  String.raw`(?:${HELPER})(?: \p{L}+)? not`,
  String.raw`(?:do|does|did|is|are|was|were|wo|would|should|ca|could|has|have|had|need|must)n't`,
  "cannot",
  "(?<!(?:,|-|and|but|or) )never",
  "^never",
  "(?:nobody|no one|nothing|none|neither|hardly|seldom|nowhere)",
  // A bound, a rule and a limit refuse what is outside of them; whoever refuses a thing himself does not do it.
  "(?<=(?:we|i|they|team|boss|manager|management|board|company|engineers|everybody|everyone|who) (?:\\p{L}+ )?)refuses?",
  "(?:forget|forgets|ignore|ignores|ignored|ignoring|(?<!(?:a|the|each|every|of|or|and|likes,|one) )skips?|skipped|skipping|omit|omits|omitted|forgo|disregard|disregards|abandon|abandons)",
  "(?:avoid|avoids|avoided|gave up|give up|gives up|stopped|stop|cease|ceased|quit) (?:on )?(?:\\p{L}+ing)",
  "(?:avoid|avoids|avoided)",
  "(?:bother|bothers|bothering)",
  "(?:leave|leaves|leaving|left) (?:it |them |this |that )?out",
  "(?:get|gets|got|do|does|did|doing) (?:away )?without",
  "(?:would be|is|are|was|were|seems|seem|looks) (?:a mistake|wrong|useless|pointless|unnecessary|unneeded|overkill|superfluous|a waste|irrelevant|too expensive|too costly|too much work|out of scope|impossible|not worth|nobody's|no concern|missing|absent|lacking)",
  "(?:lack|lacks|lacking|lacked|fail|fails|failed) (?:to|any|a|an|the|both)",
  "no (?:need|reason|point|use|sense|room|time|plans?|intention)",
  "(?:decided|decide|voted|vote|argued|argue|advise|advised|speaks|speak|spoke|am|are) against",
  "(?:dropped|drop|drops|ditched|abandoned|scrapped|removed|sacrificed|given up) (?:in favour|in favor|altogether|entirely|completely|for good|for the sake)",
  "(?:no|little|hardly any|zero) (?:influence|effect|bearing|impact|role|part|interest|value|attention|thought)",
  "(?:has|have|had) nothing to do",
  "(?:anything but|far from|too (?:slow|late|long|hard|complex|complicated|early) to)",
  "(?:i|we) (?:see|have|know|find) no",
  "(?:threw|throw|throws|thrown|took|take|get|got) (?:\\p{L}+ ){0,3}(?:away|rid of)",
  // Refusals without a `not`: whoever leaves a thing alone, or could do without it, does not do it.
  "(?:leave|leaves|leaving|left|let) (?:\\p{L}+ ){0,6}(?:alone|unattended|untouched|uncorrected|unaddressed|untreated|unmeasured|undone|unchecked|to chance)",
  "(?:can|could|may|might|should|would|will|to) (?:\\p{L}+ ){0,2}(?:be|being) (?:\\p{L}+ly )?(?:ignored|skipped|dropped|neglected|forgotten|omitted|disregarded|overlooked|waived|postponed|deferred|put off|set aside|left (?:out|aside|off|for (?:later|others)))",
  "(?:live|lives|living|manage|manages|cope|copes|survive|survives|fine|well|happy|better off|easily) (?:\\p{L}+ly |well |fine )?without",
  "(?:dispense|dispenses|dispensed|dispensing) with",
  "(?:neglect|neglects|neglected|neglecting|waive|waives|waived)",
  "(?:barely|scarcely) (?:\\p{L}+)",
  "(?:makes?|made) (?:no|little|hardly any) difference",
  "(?:matters?|counts? for) (?:very |so |too )?(?:little|least|less than)",
  "(?:spare|save|spares|saves) (?:ourselves|myself)",
  ...DISMISSED,
  ...LEFT_UNDONE,
].map(wordsOf);

const WISHES = [...WISHED, ...OPEN, ...VOICED].map(wordsOf);
const JUDGEMENTS = [...EVALUATED, ...ELSEWHERE].map(wordsOf);
const OF_OTHERS = FOREIGN.map(wordsOf);
const LAST_WORDS = VERDICTS.map(wordsOf);
const MISTAKES = FAULTS.map(wordsOf);

/** Says that a thing matters, and nothing about it; or takes back the whole sentence. */
const VAGUE = [
  "(?:a|one) luxury",
  "(?:we|i|one|you)(?:'d)? (?:can |could |would )?(?:\\p{L}+ly )?(?:do|live|manage|get by) (?:fine |well )?without(?=[.!?;,]|$)",
  "(?:they|it|this|that|these|those|both|all of (?:it|them|this)) (?:\\p{L}+ )?(?:are|is|were|was|will be|would be|can be|get|gets)(?:n't| not| never) (?:used|done|needed|wanted|kept|in use|in place|there|planned|worth|for us|part|our|a priority|necessary|required|built|something|possible|considered|looked|taken|made)",
  "(?:more|better|larger|bigger) than (?:we|i) can",
  "(?:we|i|to)(?:'d| would| will| can|'ll| could)? (?:live with|leave aside|put aside|set aside for later|ignore|skip|postpone|defer|leave (?:it |this |that |them )?(?:for|to) (?:later|others|another|somebody|someone))",
  "(?:slows?|slowed|hold|holds) us (?:down|back|up)",
  "(?:trade-?offs?|tensions?|differences?|a balance|balance) between",
  "(?:a|one) (?:well-?known|known|common|classic|typical|famous|hard) (?:issue|problem|challenge|topic|question|pitfall)",
  "(?:should|must|need to|needs to|have to|has to|could|would have to|ought to|will have to|want to|let's) (?:also )?(?:be )?(?:think|thought|consider|considered|take into account|taken into account|keep in mind|kept in mind|be careful|look at different|worry|discuss|mention|talk|speak)",
  "(?:would|will|could|can|might|should|to|let me|shall) (?:also )?(?:mention|name|list|say something about|talk about|bring up|touch on)",
  "(?:is|are) (?:very |quite |really |also |well )?(?:important|a challenge|challenging|tricky|crucial|key|known problems?|a known problem|a well known problem|interesting|difficult|complicated|relevant|essential)",
  "(?:when|if|where|as) (?:needed|necessary|bad|appropriate|required|useful|possible)",
  "(?:some|suitable|appropriate|adequate|decent|various|certain) (?:kind of |form of |sort of )?(?:caching|cache|fallbacks?|metrics?|baseline|model|tests?|monitoring|alerts?|rules?|way|thresholds?)",
  "(?:things?|something|points?|topics?) (?:that )?(?:i|we|one) (?:would|will|could|should|might|may)",
  "(?:i|we) would (?:consider|think about|think over)",
  "(?:need|want|require|requires|have) (?:to (?:have|be) )?(?:a |an |some |very |really |both )?(?:good|great|proper|solid|robust|better|strong|careful|nice|low|high|fast|scalable|reliable|sensible|reasonable|smart|right)",
  "(?:use|do|have|make|pick|choose|find|apply|run) (?:a |an |the |some )?(?:good|great|proper|solid|robust|careful|nice|sensible|reasonable|suitable|smart|right|correct|best|modern|state of the art|state-of-the-art)",
  "(?:should|must|need to|needs to|have to|has to|ought to|would be|will be) (?:be )?(?:\\p{L}+ly |very |quite |more |well )?(?:fast|quick|small|robust|scalable|efficient|energy efficient|balanced|fair|reliable|accurate|precise|smart|handled|modelled|modeled|respected|addressed|treated|taken care of|dealt with|safe|fresh|relevant|diverse|personalised|calibrated in general|nice|good|great)(?! (?:by|with|as|for|from|to|in|at|through|per|than|when|within))",
  "because (?:the|our|this) (?:data|problem|task|input|system) (?:is|are) (?:a |an )?\\p{L}+[.!?]?$",
  "(?:deserves?|need|needs|require|requires) (?:some |more |special |particular |our |a lot of )(?:attention|care|thought)",
  "(?:somehow|at some point|in some way|one way or another|in general terms)",
  "not (?:sure|certain) (?:about|whether|how|if)",
  "(?:things|stuff|words|terms|concepts|techniques) like",
  "(?:(?<!that |which |what |who )matters?|keywords?|buzzwords?|topics(?= like| such as|$|[.:])|et cetera|and so on|etc)",
].map(wordsOf);

/** Denies what follows it: `not by shuffled rows`, `no fallback`, `without replicas`, `instead of a cache`. */
const FORWARD = [
  "(?:,|and|but|or|-|^|:)?\\s*(?:not|never)",
  "no",
  "nor",
  "without",
  "let alone",
  "(?:instead of|rather than|as opposed to|in place of)",
  ...LESS,
].map((one) => new RegExp(String.raw`(?<![\p{L}'])(?:${one})(?![\p{L}'])`, "gu"));

/** Looks like a denial and is none. */
const HARMLESS =
  /(?<!\p{L})(?:no (?:increase|rise|drop in|decline|loss of|regression|degradation|more|later|longer|earlier|fewer|less|sooner|worse|matter|doubt|single)|not (?:only|just|merely|least|until|later|more|before|alone)|nothing but|never mind|no-op|(?:must|may|should|shall) not (?:grow|rise|fall|drop|increase|exceed|go (?:up|down|over|above|below)|get (?:worse|slower|longer)|worsen|suffer|be (?:worse|slower|higher|lower|hurt)|lose|cost|climb|sink|decline|shrink)|whether or not|or not|if not|than none|not rule out|not ruled out|cannot rule out|cannot exclude|(?:that|which|who) (?:is|are|was|were|has|have|had)(?: been)? not (?:yet )?(?:in|part of|among|seen in|used in|shown in|trained on|learnt from|learned from) (?:the )?(?:train|test|fit|learn)\p{L}*)(?!\p{L})/gu;

/** A clause ends here. */
const CLAUSE =
  /[;:()]|[.!?](?=\s|$)|(?<!\p{L})(?:but|yet|because|since|while|whereas|although|though|hence|therefore|so that|so (?=(?:we|the|a|an|it|they|that|i|no) )|unless|until)(?!\p{L})|,\s+(?=(?:so|and then|then|we|i|it|they|he|she|one|which|where|when|if|and (?:we|i|it|they|the|a|an|each|every|in|at|on|for|if|when|then)|or (?:we|i|it|they))(?!\p{L}))|\s(?=and (?:we|i|they|it) )|(?<!(?<!\p{L})(?:that|what|which|whether|how|why|where|who|as|than|think|believe|say|know|case|things|something|anything|everything|ones))\s(?=(?:we|i|they) )/gu;

/** Says something, where a topic only names it. */
export const FINITE =
  /(?<!\p{L})(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|could|should|shall|must|may|might|we|i|they|it|you|how|what|which|who|when|why|where)(?!\p{L})/u;

/** Here a sentence turns from what is wished to what is done. */
const TURN =
  /(?<!\p{L})(?:but|until then|till then|meanwhile|for now|for the time being|today|so for|in the meantime)(?!\p{L})/gu;

/** Says what is made sure of, and is no dismissal. */
const SURE = [...KEPT_OUT, ...TWICE].map(wordsOf);

/** Each sentence is read for every point of a problem. */
const remembered = remembering<readonly Denial[]>(256);

/** The denials of a sentence that was made `plain`. */
export function denialsOf(sentence: string): readonly Denial[] {
  return remembered([sentence], () => findDenials(sentence));
}

function findDenials(sentence: string): readonly Denial[] {
  const harmless = [HARMLESS, ...SURE]
    .flatMap((one) => [...sentence.matchAll(one)])
    .map(({ index, 0: { length } }) => [index, index + length] as const);
  const clauses = clausesOf(sentence);
  const found: Denial[] = [];
  const add = (expressions: readonly RegExp[], scope: (start: number, end: number) => readonly [number, number]) => {
    for (const expression of expressions) {
      for (const { index, 0: words } of sentence.matchAll(expression)) {
        const start = index + (words.length - words.replace(/^[\s,:-]+/u, "").length);
        const end = index + words.length;
        if (harmless.some(([from, to]) => from < end && start < to)) continue;
        const [from, to] = scope(start, end);
        found.push({ at: negator(words.trimStart(), start, end), start: from, end: to });
      }
    }
  };
  const contrasted = [...sentence.matchAll(CONTRAST)].map(({ index }) => index);
  const clauseAt = (place: number) => clauses.find(([, end]) => place < end) ?? [0, sentence.length];
  add(WHOLE, (start, end) => {
    const [from, to] = topicScope(sentence, start, clauseAt(start));
    // `A skip isn't neutral, it is a negative`: what both are said of is not denied.
    return contrasted.some((place) => start <= place && place < end)
      ? [start, commaFrom(sentence, end, to)]
      : [from, to];
  });
  add([...VAGUE, ...LAST_WORDS], () => [0, sentence.length]);
  add(JUDGEMENTS, (start, end) => judgedScope(sentence, end, clauseAt(start)));
  add(WISHES, (start) => wishScope(sentence, start));
  add(OF_OTHERS, (start) => foreignScope(sentence, start));
  if (MISTAKES.some((mistake) => isMade(sentence, mistake)))
    found.push({ at: [-1, -1], start: 0, end: sentence.length });
  add(FORWARD, (start, end) => [
    start,
    forwardEnd(sentence, end, clauseAt(start)[1], /(?:not|never)$/u.test(sentence.slice(start, end))),
  ]);
  return found;
}

/** A wish takes its sentence back, up to a `but` or a `for now` behind which stands what is done. */
function wishScope(sentence: string, at: number): readonly [number, number] {
  const turns = [0, ...[...sentence.matchAll(TURN)].map(({ index }) => index), sentence.length];
  const after = turns.findIndex((turn) => turn > at);
  return [turns[after - 1], turns[after]];
}

/** An evaluation judges what its clause names before it, and what follows up to a comma; `which` and `that` stand for all before. */
function judgedScope(sentence: string, at: number, [start, end]: readonly [number, number]): readonly [number, number] {
  const isOfAll =
    /^[,;\s]*(?:and |but |so )?(?:which|that|this|it)(?!\p{L})(?! (?:is|was|would be) (?:\p{L}+ )+to )/u.test(
      sentence.slice(start, end),
    );
  return [isOfAll ? 0 : start, commaFrom(sentence, at, end)];
}

/** The next comma or colon, and no further than the end. */
function commaFrom(sentence: string, at: number, end: number): number {
  const comma = sentence.slice(at, end).search(/[,:]/u);
  return comma < 0 ? end : at + comma;
}

/** A short sentence that says only no to the one before it: `we abandoned that`. */
export function isVerdict(sentence: string): boolean {
  return sentence.split(" ").length <= 7 && LAST_WORDS.some((one) => sentence.search(one) >= 0);
}

function wordsOf(one: string): RegExp {
  // The `'d` of `it'd` is a word of its own.
  return new RegExp(String.raw`(?:(?<![\p{L}'])|(?<=\p{L})(?='))(?:${one})(?![\p{L}])`, "gu");
}

/** What is dismissed right behind a colon or a question stood before it: `a holdout? We said goodbye to it`. */
function topicScope(sentence: string, at: number, [start, end]: readonly [number, number]): readonly [number, number] {
  const topic = /^(?<words>[^:?]*)[:?]\s*(?:\p{L}+ ){0,3}$/u.exec(sentence.slice(0, at))?.groups?.words;
  return topic !== undefined && !FINITE.test(topic) ? [0, end] : [start, end];
}

/** Whether the sentence makes a mistake: a warning beside it, and not the mistake's own `never`, says that it does not. */
function isMade(sentence: string, mistake: RegExp): boolean {
  const rest = sentence.replaceAll(mistake, " ");
  return rest !== sentence && !WARNS.test(rest);
}

/** The word that denies: the `not` of `are not`, the first of `stopped measuring`. */
function negator(words: string, start: number, end: number): readonly [number, number] {
  return words.endsWith(" not")
    ? [end - 3, end]
    : [start, start + (words.indexOf(" ") < 0 ? end - start : words.indexOf(" "))];
}

function clausesOf(sentence: string): readonly (readonly [number, number])[] {
  const ends = [...sentence.matchAll(CLAUSE)].map(({ index }) => index).filter((index) => index > 0);
  return [...ends, sentence.length].map((end, i) => [i === 0 ? 0 : ends[i - 1], end] as const);
}

/** As far as the clause, but not beyond a comma, unless an enumeration goes on there: `no cache, fallback or replicas`. */
function forwardEnd(sentence: string, from: number, clauseEnd: number, isNot: boolean): number {
  const rest = sentence.slice(from, clauseEnd);
  const subject = /\s(?:we|i|they)\s/u.exec(rest)?.index ?? rest.length;
  // `Impressions that were shown and not played are negatives`: the main verb is outside.
  const verb = isNot
    ? (/\s(?:is|are|was|were|go|goes|get|gets|count|counts|become|becomes)\s/u.exec(rest)?.index ?? rest.length)
    : rest.length;
  const own = rest.slice(0, Math.min(subject, verb));
  const last = Math.max(own.lastIndexOf(" or "), own.lastIndexOf(" nor "));
  const comma = own.indexOf(",", Math.max(0, last));
  return from + (comma < 0 ? own.length : comma);
}
