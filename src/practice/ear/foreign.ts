/** What others do is no plan of one's own: a competitor, the old employer, `others … ; we only …`. */

/** Whoever says that it is done here, too, has taken it over. */
const TAKEN_OVER =
  "(?:(?:and|as|so|which) (?:so )?(?:do|did|will|shall|would) (?:we|i)|(?:we|i) (?:do|did|will|shall|would|can) (?:too|so|the same|likewise|this|that|it)|the same (?:here|for us|way)|(?:we|i) (?:\\p{L}+ )?(?:cop(?:y|ied)|adopt|adopted|follow|followed|take|took|borrow|borrowed|reuse)|like (?:us|ours)|as (?:we|ours) do|and we (?:do|did|will|keep|kept)|ours (?:does|do|will)(?! not|n't)|here(?:,)? too)";

const COMPANIES =
  "(?:(?:(?:our|my|a|one|the|some|most|many|other|all|every|another|each|no) )?(?:\\p{L}+ )?(?:competitors?|rivals?|competition)|(?:my|our) (?:old|former|last|previous|ex|first|earlier)[ -](?:employers?|company|companies|teams?|jobs?|firms?|boss|bosses|workplace|bank|shop|start-?up)|(?:other|most|many|some|big|bigger|large|larger|rich) (?:companies|firms|competitors|start-?ups|employers)|another (?:company|firm|start-?up)|a friend's (?:company|team|start-?up)|(?:the (?:rest of the )?industry|the market leader|the big players|big tech)|(?:people|teams|others|everybody|everyone|folks|companies) (?:elsewhere|(?:at|in) other \\p{L}+)|elsewhere,? (?:they|people|one|teams)|(?:a|one|some) (?:team|group|friend|colleague|engineer)s? (?:at|of|in|from) (?:another|a different|my (?:old|last|former|previous)|our (?:old|former))|(?:in|at) my (?:old|last|former|previous) \\p{L}+,? (?:they|people|one))";
/** Named as those who do something: `netflix does`, `google weighs`. */
const NAMED =
  "(?:netflix|google|meta|facebook|uber|airbnb|spotify|tiktok|youtube|twitter|linkedin|pinterest|microsoft|doordash|stripe|paypal|bing|amazon|alibaba) (?:\\p{L}+ly )?(?:does|did|uses|used|has|had|lets|let|falls|fell|ranks|ranked|combines|combined|weighs|weights|weighted|splits|trains|trained|retrains|keeps|rolls|runs|ran|computes|predicts|randomises|serves|evaluates|recommends|reports|publishes|published|describes|described)";
/** Facts about others may be inputs: `competitors' prices`. */
const NOT_THEIR_THINGS =
  "(?! (?:prices?|pricing|promotions?|offers?|campaigns?|ads?|listings?|data|products?|items?|catalogues?)(?!\\p{L}))(?=,? \\p{L})";
const HERE_ONLY =
  "(?:nothing else|only|instead|alone|do not|don't|does not|doesn't|never|neither|none|just|no(?= \\p{L}))";

/** Each denies from where it stands to where `we` begin to speak of ourselves. */
export const FOREIGN: readonly string[] = [
  `(?:(?<=(?:^|[;,:] )(?:at |in |with |for |and |but |while |whereas |although |though |because )?)(?:${COMPANIES}|${NAMED})${NOT_THEIR_THINGS}(?! (?:and|or) (?:us|we|ours))(?![^.]*(?<!\\p{L})${TAKEN_OVER}(?!\\p{L})))`,
  `^(?:some )?(?:others|people|colleagues) (?!are |is |were |was |who |that |in |of |go |get |see |wait )\\p{L}+(?=[^.;]*[;.,] (?:but |and |while |here )?(?:we|i|here)(?!\\p{L})[^.;]*(?<!\\p{L})${HERE_ONLY}(?!\\p{L}))(?![^.]*(?<!\\p{L})${TAKEN_OVER}(?!\\p{L}))`,
];

const WE =
  /(?:[;,:.] |(?<!\p{L})(?:but|while|whereas|unlike) )(?:but |and |while |whereas |so )*(?:here,? )?(?:we|i|our|ours|here)(?!\p{L})/u;

/** From the words at `start` to where `we` take over, or the end. */
export function foreignScope(sentence: string, start: number): readonly [number, number] {
  const turn = sentence.slice(start).search(WE);
  return [start, turn < 0 ? sentence.length : start + turn];
}

/** `Others combine them; …`: what follows tells whose practice it is. */
export function speaksOfOthers(sentence: string): boolean {
  return /^(?:some )?(?:others|people|colleagues)(?!\p{L})/u.test(sentence);
}

/** `we predict likes and nothing else`. */
export function speaksOfUs(sentence: string): boolean {
  return /^(?:but |and |while )?(?:here,? )?(?:we|i|our|here)(?!\p{L})/u.test(sentence);
}
