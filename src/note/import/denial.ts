/**
 * What a line of prose denies, or says of others, of what was before, or of what is only thought of: the stretches from which no fact may
 * be proposed, blanked so that every other word keeps its place.
 */

const HELPER =
  "do|does|did|is|are|was|were|be|been|will|would|should|shall|can|could|has|have|had|need|must|may|might|am|we'd|we'll";

/** Denies its whole clause, what stands before it too: `99.99% is not required`. */
const WHOLE = [
  String.raw`(?:${HELPER})(?: \p{L}+)? not`,
  "(?:do|does|did|is|are|was|were|wo|would|should|ca|could|has|have|had|need|must)n['’]t",
  "cannot|never|nobody|no one|nothing|neither",
  "no (?:need|reason|point|use|plans?|intention)",
  "no longer(?! than)",
  "(?:is|are|was|were|seems|would be) (?:unnecessary|unneeded|overkill|out of scope|rejected|ruled out|dropped)",
  "(?:is|are|was|were|would be|seems) (?:an? )?(?:bad|poor|wrong|useless|misleading)(?: idea| choice| fit| metric)?",
  "(?:chose|chosen|decided|prefer|preferred) not to",
  "(?:reject|rejects|rejected|avoid|avoids|avoided|ruled out|decided against)",
  // Of others, and of what was before.
  "competitors?(?:['’]s?)?|rivals?|other (?:companies|firms|shops|teams)",
  "(?:the |our |its )?(?:old|previous|former|legacy) (?:\\p{L}+ )?(?:system|stack|model|version|service|design|solution|setup|pipeline)",
  "used to|previously|formerly|in the past|until recently|before(?=\\s*(?:[,.;]|$))|years? ago",
  // Only thought of.
  "if (?:we|it|there|they|traffic|the \\p{L}+) (?:ever )?(?:had|were|was|got|grew|reached|doubled|became)",
].map(alone);

/** Denies what follows: as far as the next comma or the next subject. */
const FORWARD = [
  "not|nor|no|without|instead of|rather than|as opposed to|in place of|let alone|unlike|compared (?:to|with)",
].map(alone);

/** Looks like a denial and states a limit, or nothing: `must not exceed 150 ms`, `no more than 20 items`, `not only`. */
const HARMLESS =
  /(?:\bnot|n['’]t|\bnever|\bcannot)(?: be| go| take| get| rise| last| grow)?(?: \p{L}+ly)? (?:exceed\p{L}*|above|over|more|longer|higher|greater|larger|slower|worse|later|beyond|less|lower|below|under|fall below|drop below|only|just|merely)(?!\p{L})|\bno (?:more|later|longer than|less|fewer|slower|worse|higher|greater|lower|doubt|matter)(?!\p{L})|\b(?:whether )?or not(?!\p{L})/giu;

/** A clause ends here: the marks, the words that turn a sentence, and a comma before a new subject. */
const CLAUSE =
  /[;:()|]|[.!?](?=\s|$)|(?<!\p{L})(?:but|yet|because|since|while|whereas|although|though|therefore|so that|unless|until)(?!\p{L})|,\s+(?=(?:so|then|now|and|we|it|they|which|where|when|who|that)(?!\p{L}))/giu;

const SOME =
  /\b(?:unlike|compared|competitors?|rivals?|other|old|previous\p{L}*|former\p{L}*|legacy|used|past|recently|before|ago|if|not|no|nor|never|neither|nobody|nothing|cannot|without|instead|rather|opposed|place|alone|unnecessary|unneeded|overkill|bad|poor|wrong|useless|misleading|scope|reject\p{L}*|avoid\p{L}*|ruled|dropped|decided)\b|n['’]t\b/iu;

/** The line with a mark in place of each letter and digit that is denied. */
export function affirmed(text: string): string {
  if (!SOME.test(text)) return text;
  const harmless = [...text.matchAll(HARMLESS)].map(({ index, 0: { length } }) => [index, index + length] as const);
  const ends = [...text.matchAll(CLAUSE)].map(({ index }) => index);
  const clauseAt = (place: number): readonly [number, number] => [
    ends.findLast((end) => end <= place) ?? 0,
    ends.find((end) => end > place) ?? text.length,
  ];
  const denied: (readonly [number, number])[] = [];
  for (const [expressions, isWhole] of [
    [WHOLE, true],
    [FORWARD, false],
  ] as const) {
    for (const expression of expressions) {
      for (const { index, 0: words } of text.matchAll(expression)) {
        if (harmless.some(([from, to]) => from < index + words.length && index < to)) continue;
        const [from, to] = clauseAt(index);
        denied.push(isWhole ? [from, to] : [index, forwardEnd(text, index + words.length, to)]);
      }
    }
  }
  return denied.reduce(
    (left, [from, to]) => left.slice(0, from) + left.slice(from, to).replaceAll(/\S/gu, hidden) + left.slice(to),
    text,
  );
}

/** As many code units as before: the places of the other words stay. */
function hidden(character: string): string {
  return "·".repeat(character.length);
}

function forwardEnd(text: string, from: number, clauseEnd: number): number {
  const end = /,\s|\s(?:we|i|they|it)\s/iu.exec(text.slice(from, clauseEnd))?.index;
  return end === undefined ? clauseEnd : from + end;
}

function alone(words: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}'’-])(?:${words})(?![\p{L}-])`, "giu");
}
