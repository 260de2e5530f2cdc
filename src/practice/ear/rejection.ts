/** Classes of words that turn down what stands beside them: verbs of leaving undone, verdicts on a thing named before, evaluations, and the voices of others. */

import { WHO } from "./dismissal.ts";

/** A denial that lies within such words is taken back: `we do not forget to correct` corrects. */
const NOT =
  "(?:not|never|cannot|can't|don't|doesn't|didn't|won't|wouldn't|mustn't|shouldn't|couldn't|may not|nobody|no one|none|nothing)";

/** Leaves undone whatever is its object, in each of its forms. */
const LEAVING =
  "(?:postpon(?:e|es|ed|ing)|deferr?(?:s|ed|ing)?|neglect(?:s|ed|ing)?|omit(?:s|ted|ting)?|forgo(?:es|ing|ne)?|forego(?:es|ing|ne)?|forwent|abandon(?:s|ed|ing)?|overlook(?:s|ed|ing)?|depriorit(?:ise|ize)[sd]?|downplay(?:s|ed|ing)?|shun(?:s|ned|ning)?|spurn(?:s|ed|ing)?|sidestep(?:s|ped|ping)?|boycott(?:s|ed|ing)?|forg[eo]t(?:s|ten|ting)?|distrust(?:s|ed)?|disregard(?:s|ed|ing)?|oppos(?:e|es|ing)|(?<!as )opposed|resist(?:s|ed|ing)?|refus(?:e|es|ed) to)";
/** The same in two words. */
const LEAVING_OUT =
  "(?:(?:get|gets|got|getting|scrape|manage|muddle|come|go) (?:by|through|along|on)? ?without|steer(?:s|ed|ing)? clear of|(?:stay|stays|stayed|keep|keeps|kept) (?:well )?(?:away from|clear of|out of it)|sh(?:y|ies|ied|ying) away|back(?:s|ed|ing)? out of|opt(?:s|ed|ing)? out of|hold(?:s|ing)? off (?:on|with)|held off|let(?:s|ting)? go of|part(?:s|ed|ing)? (?:ways )?with|(?:want|like|love|glad|happy|time) to (?:get rid of|be rid of|lose|drop|kill|stop)|(?:am|are|is|was|were|be) (?:done|through|finished|fed up) with|can(?: safely)? wait|will have to wait|has to wait|have to wait|kick(?:s|ed|ing)? [^.,;]{1,60} down the road|put(?:s|ting)? (?:it |that |this |them )?off|leav(?:e|es|ing) (?:\\p{L}+ ){0,8}?(?:for|until|till) (?:later|another day|next year|others|somebody|someone)|(?:stay|stays|stayed|steer|remain) (?:\\p{L}+ )?without|draw(?:s|ing)? the line at|say(?:s|ing)? no to|said no to|thumbs down|cut(?:s|ting)? out the)";

const COPULA =
  "(?:is|are|was|were|be|been|being|it's|that's|seems?|sounds?|looks?|feels?|remains?|appears?|becomes?|strikes? me as|(?:i|we) (?:would )?(?:find|call|consider|think|deem|rate|regard)(?: it| that| this| them)?(?: to be| as)?)";
const DEGREE =
  "(?:\\p{L}+ly |just |quite |rather |pretty |so |such |very |more |all |still |always |often |plain |a bit |a little |of |in my view |to me |for us |here |nothing more than |nothing but |little more than )*";
const POOR =
  "(?:silly|stupid|foolish|overkill|overblown|overdone|overrated|unnecessary|unneeded|needless|pointless|useless|worthless|futile|superfluous|redundant|excessive|premature|irrelevant|immaterial|nonsense|nonsensical|absurd|ridiculous|laughable|impractical|unrealistic|infeasible|unaffordable|uncalled for|unhelpful|boring|tedious|cumbersome|bothersome|wasteful|exaggerated|academic|cosmetic|moot|dispensable|expendable|negligible|misguided|wrong-headed|counterproductive|old-fashioned|outdated|passe|busywork|vanity|hype|bureaucracy|overengineered|over-engineered|over-engineering|overengineering|gold-plating|perfectionism|pedantry|pedantic|paranoia|paranoid|wishful|money down|effort wasted|wasted|asking too much|going too far|hot air|no use|no good|not for us|a no|poppycock|bunk|bogus)";
const POOR_THING =
  "(?:(?:a|an|the) (?:\\p{L}+ |\\p{L}+-\\p{L}+ ){0,2}?(?:waste|luxury|nuisance|distraction|gimmick|fad|hobby|hobbyhorse|toy|joke|myth|chore|burden|headache|pain|hassle|bother|red herring|rabbit hole|dead end|detour|sideshow|extravagance|folly|non-issue|side issue|afterthought|nice-to-have|ceremony|sledgehammer|frill|whim|formality|fetish|obsession|buzzword|fairy tale|waste of [^.,;]{1,20}|bridge too far|solution in search|lot of fuss|fuss))";
const EMPTY = "(?:nothing|little|next to nothing|hardly anything|not much|no \\p{L}+)";
const BURDENS =
  "(?:complicates?|complicate things|complicate matters|delays?|slows?|distracts?|confuses?|confuse|clutters?|annoys?|makes? (?:us|me|things|it|matters|everything|life) \\p{L}+|gets? in the way|adds? (?:work|noise|complexity|cost)|wastes?|burns?|eats?|bloats?|leads? nowhere)";

/** Judges its subject, which stands before it, or what it introduces: `it is pointless to …`. */
export const EVALUATED: readonly string[] = [
  `${COPULA} ${DEGREE}(?:${POOR}(?! (?:without|unless|if|features|signals|words|candidates|results))|${POOR_THING}(?! (?:for (?:the )?(?:customer|member|user|reader|listener|viewer)s?)))(?!\\p{L})`,
  `(?:bring|brings|brought|buy|buys|gain|gains|give|gives|add|adds|yield|yields|change|changes|earn|earns|achieve|achieves|help|helps|solve|solves) (?:us |me |anyone |them )?(?:${EMPTY.replace("|no \\\\p{L}+", "")}|no (?:value|benefit|gain|advantage|lift|more|insight|use))(?!\\p{L})`,
  `(?:would|will|does|do|can) (?:only|just|merely) \\p{L}+|(?:only|just|merely) ${BURDENS}`,
  "(?:more|bigger|greater) (?:\\p{L}+ )?(?:trouble|work|effort|pain|fuss|cost|hassle|risk) than (?:it|they|that|this) (?:is|are|was|were|would be)",
  "(?:is|are|was|were|seems?|looks?|sounds?|(?:would|will) (?:be|take|cost|need)|takes?|costs?|needs?) (?:us )?(?:far |much |way |just |simply |a bit )?too (?:slow|long|much|many|expensive|costly|complex|complicated|heavy|hard|difficult|fancy|clever|academic|cautious|late for|early|big for|ambitious|risky|fiddly|tedious|dear|bulky)",
  "(?:hardly|barely|scarcely) (?:ever )?(?:matters?|pays?|helps?|counts?|worth|merits?|justif\\p{L}+|changes?|moves?)",
  "(?:make|makes|made) (?:no|little|zero) sense",
  "(?:low|far down|last|lowest|at the bottom|bottom) (?:on|of|in) (?:my|our|the) (?:\\p{L}+ )?(?:list|priorities|backlog|agenda|queue of work)",
  "(?:sounds?|looks?|seems?|reads?) (?:\\p{L}+ly |very |so |all )?(?:clever|nice|good|great|fancy|smart|fine|impressive|sophisticated|elegant|tempting|scientific|thorough)",
  "(?:nothing|little|not much) (?:speaks|spoke|can be said|to be said|to gain|is gained|gained)",
];

/** Whose it is: `is the policy team's business`, `left to the platform people`, `what they do at big companies`. */
export const ELSEWHERE: readonly string[] = [
  "(?:is|are|was|were|be) (?:best |better |simply |entirely |usually )?(?:left|up|outsourced) to(?! chance| right)",
  "\\p{L}+'s? (?:business|headache|turf|baby|hobby horse|domain|worry)(?=[.,;!]| and | to |$)",
  "(?:and|,) (?:certainly |surely |definitely )?not (?:ours|mine|us|me)(?=[.,;!]|$)",
  "(?:is|are|would be) (?:only |just |really |something |more |fine )?for (?:companies|people|teams|firms|those|folks|big|large|larger|bigger|rich|start-ups|startups|giants|experts|scientists|researchers|purists|nerds)(?!\\p{L})",
  "what (?:they|others|people|everybody else|big companies|other \\p{L}+|the big \\p{L}+|the giants|the competition|my predecessor) (?:do|did|does|use|used|have|had|would do)",
];

const VOICES =
  "(?:(?:some|other|many|most|certain) (?:people|teams|folks|colleagues|companies|firms|engineers|experts)|others|(?:the|some|our|my|a) (?:consultants?|predecessors?|vendors?|boss|manager|colleagues?|cto|architects?|professors?|purists|academics|literature|textbooks?|papers?|blogs?|intern|former \\p{L}+|previous \\p{L}+|old \\p{L}+|salesman|agency|contractor)|the (?:team|people|guys|crew|engineer|lead) before (?:us|me)|textbooks|papers|blogs|purists|academics|consultants|vendors|i was|we were|we got|i got)";
const SPOKEN =
  "(?:propos(?:e|es|ed)|suggest(?:s|ed)?|insist(?:s|ed)?|sw(?:ear|ears|ore)|recommend(?:s|ed)?|advis(?:e|es|ed)|preach(?:es|ed)?|advocat(?:e|es|ed)|argu(?:e|es|ed)|claim(?:s|ed)?|lik(?:e|es|ed)|lov(?:e|es|ed)|want(?:s|ed)?|wish(?:es|ed)?|car(?:e|es|ed)|demand(?:s|ed)?|ask(?:s|ed)?|push(?:es|ed)? for|pleaded|told|urged|used|tried|did|do|rav(?:e|es|ed)|praise[sd]?|say|says|said|think|thinks|thought|believed?|believes|dream(?:s|ed|t)?)";
const AGREES =
  "(?:rightly|(?:is|are|was|were) right|agree|agreed|so do (?:we|i)|so did (?:we|i)|follow(?:ed)? (?:it|them|that|him|her)|took (?:it|that) over|with reason|accept(?:ed)?|and (?:we|i) (?:do|did|will|keep|kept))";
/** What others say or did is no plan of one's own, unless one agrees. */
export const VOICED: readonly string[] = [
  `${VOICES} (?:once |always |still |may |might |would |will |keep |kept |all |have |had |even )*${SPOKEN}(?!\\p{L})(?![^.;]*(?<!\\p{L})${AGREES}(?!\\p{L}))`,
];

/** Not where it says what a guardrail does: `if latency rises, we drop it`. */
const UNASKED =
  "(?<!(?<!\\p{L})(?:if|when|whenever|unless|once|as soon as|whether|until)(?!\\p{L})(?:(?!,? (?:but|yet|though|although|however)(?!\\p{L}))[^.;])*)";
const FORMS =
  "(?:drop(?:ped)?|abandon(?:ed)?|reject(?:ed)?|skip(?:ped)?|cut|kill(?:ed)?|leave|left|revert(?:ed)?|remove[d]?|withdr[ae]w|cancel(?:led)?|decline[d]?|refuse[d]?|dismiss(?:ed)?|ignore[d]?|avoid(?:ed)?|stop(?:ped)?|shelve[d]?|scrap(?:ped)?|delete[d]?|regret(?:ted)?|hate[d]?|oppose[d]?|resist(?:ed)?|deny|denied|discard(?:ed)?|bury|buried|forg[eo]t|disagree(?:d)? with|pass(?:ed)? on|do without|did without|(?:got|get) rid of|lost)";
const SELF =
  "(?:we|i)(?:'ve|'ll|'d)?(?: \\p{L}+ly| then| soon| all| both| just| have| had| will| would| later| quickly)*";
const HAVING = "(?: \\p{L}+ly| has| have| had| also| all| then| since| just)*";
/** Past forms of a refusal, so that a rule of the system (`the team rejects it`) is none. */
const TURNED_DOWN =
  "(?:refused|rejected|vetoed|forbidden|forbade|prohibited|banned|overruled|opposed|turned (?:it |that |this |them )?down|voted (?:it |that |this )?down|shot (?:it |that |this )?down|struck (?:it |that )?down|called (?:it |that )?off|ruled (?:it |that |this )?out|said no|not allowed|not approved|not agreed)";
/** What becomes of a single plan; of rows and clicks it would be said in the plural (`they were dropped`). */
const PUT_AWAY =
  "(?:dropped|shelved|abandoned|scrapped|cancell?ed|killed|buried|postponed|deferred|given up|thrown out|axed|mothballed|parked|put (?:off|aside)|forgotten)";
const HEADS_OF =
  "(?:(?:the |our |my )?(?:\\p{L}+ )?(?:management|managers?|board|boss|finance|legal|lawyers?|leadership|cto|ceo|committee|directors?|compliance|architects?))";
const NEVER_MADE =
  "(?:built|done|started|finished|shipped|launched|released|approved|implemented|deployed|switched on|adopted|introduced|funded|went live|gone live|happened|came (?:to anything|about))";
const NO_IT = "(?:it|this|that|them|these|the idea|the plan|the proposal|any of it)";
/** The sentence ends on a `no` to what it named: `…, so we drop it`, `… was on the table, but we passed`. */
export const VERDICTS: readonly string[] = [
  `(?:${WHO}|legal|compliance|nobody else|everybody|everyone)${HAVING} ${UNASKED}(?:${TURNED_DOWN}|refuses|forbids?|prohibits?|vetoes|opposes|says no|say no|(?:is|are|was|were) (?:\\p{L}+ly )?(?:against|opposed)|(?:does|do|did|will|would)(?: not|n't) (?:want|allow|approve|accept|permit|support|like|let us|agree|have|hear of|pay for|fund|sign))(?: to| with)?(?: it| that| this| them| the idea| the plan| the proposal| any of it| both| us)?[.!]*$`,
  `(?:it|this|that|these|they|which|both|all of it)(?: \\p{L}+ly| also| then)* (?:was|were|got|has been|have been|had been) ${UNASKED}${TURNED_DOWN}(?: by ${WHO})?[.!]*$`,
  `(?:it|this|that|which|the idea|the plan)(?: \\p{L}+ly| also| then| soon)* (?:was|got|has been|had been)(?: \\p{L}+ly| soon| then)* ${UNASKED}${PUT_AWAY}(?: by ${WHO})?(?: again)?[.!]*$`,
  `(?:it|this|that|which|they|these)(?: \\p{L}+ly)? (?:(?:was|were|got|has|have|had) never(?: been)?|never(?: was| were| got| has been| had been)?) ${UNASKED}${NEVER_MADE}(?: here)?[.!]*$`,
  `(?:nobody|no one|none of us)(?: here)?(?: has| have| ever)* (?:approved|built|wanted|accepted|agreed to|supported|funded|paid for|signed|did|does|has done|started|implemented) ${NO_IT}(?: here)?[.!]*$`,
  `${HEADS_OF}${HAVING} ${UNASKED}(?:cut|stopped|killed|dropped|shelved|cancell?ed|blocked|buried|scrapped|froze|axed|postponed|abandoned|removed|struck) ${NO_IT}[.!]*$`,
  `(?:a|an|the|one|some) (?:plan|idea|proposal|step|wish|project|thing|something|measure)(?: that| which)? (?:${WHO}|legal|nobody|no one)${HAVING} (?:${TURNED_DOWN}|${PUT_AWAY}|stopped|cut|refuses|wants|wanted|forbids?|approved)[.!]*$`,
  `(?:it|this|that|which)(?: is|'s| was)(?: not|n't) (?:what we do|how we (?:do it|work)|our way|what we have|(?:allowed|possible|done|wanted|planned|used) here)[.!]*$`,
  `which (?:is|are|was|were|will be|has been|have been)(?:n't| not| never) (?:done|planned|in place|built|implemented|in scope|our plan|the plan|the case|for us|wanted|foreseen|what we do|how we do it)(?: here| yet| today| by us)?[.!]*$`,
  `(?<=^|[.;!?:,] )(?:but |and |yet )?(?:here,? )?(?:we|i) (?:do|did|will|would|can|have)(?:n't| not)(?: do| have| want| use| need| follow| offer)?(?: it| that| this| so| any of (?:it|that|this))?(?: here| at all| ourselves| yet)*[.!]*$`,
  `(?<=^|[.;!?:,] )(?:but |and |yet )?(?:nobody|no one|none of us)(?: here| of us| in our team)? (?:does|did|wants|wanted|will do) (?:it|that|this|so)(?: here)?[.!]*$`,
  `(?<=^|[.;!?:,] )(?:but |and )?(?:here,? )?(?:we|i) (?:do|did|have|want|use) (?:none|nothing) of (?:it|this|that|these|the kind|the sort)(?: here)?[.!]*$`,
  `(?<=^|[.;!?:,] )(?:but |and )?not (?:here|us|we|at our place|in our (?:house|case|company|system)|so here|with us)[.!]*$`,
  `(?:which|that|and that|but that) (?:nobody|no one)(?: here)? (?:does|did|wants|wanted|will do|has done|has built)[.!]*$`,
  `(?:but|yet|though|although|whereas|while|only|which|,) (?:here,? |over here,? |in our case,? )?(?:we|i|ours|our (?:team|system|company|service))(?: here| ourselves| \\p{L}+ly)? (?:do|does|did|have|has|will|would|can|could|are|is|shall)(?: not|n't)(?: do| have| follow| want| plan)?(?: so| it| that| this| any of it| any)?[.!]*$`,
  `(?<=[,;:-] ?(?:and |but |so )?)(?:no|nope|nah|never|not for (?:me|us)|not with (?:me|us)|no thanks|no thank you|count (?:me|us) out|i'll pass|i pass|we pass|not here|not today)${UNASKED}[.!]*$`,
  `${SELF} ${UNASKED}(?:passed|declined|refused|said no|disagree|disagreed|resisted|balked|won't|don't|didn't|wouldn't|can't|couldn't|aren't|haven't|am not|do not|did not|will not|would not|never did|never will)[.!]*$`,
  `${SELF} ${UNASKED}${FORMS} (?:it|that|this|them|these|those|both|all of it|all of them|the idea)(?: (?:altogether|again|soon|later|entirely|long ago|at once|after \\p{L}+ \\p{L}+|for good|last \\p{L}+))?[.!]*$`,
];

/** Talks of what might be: nobody commits to it. */
export const OPEN: readonly string[] = [
  "^(?:later on|later|next year|next quarter|afterwards,? perhaps),? (?:we|i|it|this|one|there)",
  "(?<!(?:otherwise|else|or|because|since|that|which|as|where|what),? )(?:we|i|one) (?:might|may)(?! not)(?: \\p{L}+)?",
  "^had (?:we|i|the|there|they|our|my|someone|somebody)(?!\\p{L})",
  "^(?:given|with) (?:more|enough|another|twice|double|a few more|a bigger|a larger|unlimited|infinite) (?:\\p{L}+ ){0,2}?(?:people|time|money|budget|hands|engineers|staff|months?|weeks?|years?|quarter|resources|headcount|team|day|days|sprint)(?!\\p{L})",
  "(?:once|when|if|as soon as) (?:we|i) (?:are|were|have|had|get|become|am|grow) (?:\\p{L}+ )?(?:rich|richer|bigger|bored|big|grown|older|famous|desperate|idle|nothing (?:better|else)|a bigger|time|money|spare|more people|large enough|profitable)",
  "(?:when|if|once|until) (?:somebody|someone|anybody|anyone|the boss|management|the regulator|a customer) (?:\\p{L}+ )?(?:complains?|asks?|insists?|notices?|pays?|forces?|demands?|shouts?)",
  "(?:we|i|one|you) could (?:[^.;,]{1,80}),? (?:but|though|only)(?!\\p{L})",
  "(?:wait|waits|waiting|left|leave|keep|save|saved|kept) (?:[^.;,]{1,40} )?(?:until|till|for) (?:next|later|version|phase|the next|another)",
];

/** The second of two that is not taken: `rather … than this`, `prefer … over this`. */
export const LESS: readonly string[] = [
  "than(?<=(?:rather|sooner|better) [^.;]{1,80})",
  "(?:over|before|to|above)(?<=(?<!\\p{L})(?:prefer|prefers|preferred|favour|favor|favours|favors|choose|chose|pick|picked) [^.;]{1,60})(?= (?:\\p{L}+ ){0,2}\\p{L}+(?:[.,;!]|$))",
  "over(?= [^.;]{1,60} (?:any day|any time|every time|at any time))",
];

/** Two negatives that make one yes. */
export const TWICE: readonly string[] = [
  `${NOT} (?:\\p{L}+ ){0,2}?(?:${LEAVING}|(?:be )?(?:skip|skipped|drop|dropped|ignore|ignored|avoid|left out|omitted|miss|missed|overlooked)|leave (?:\\p{L}+ ){0,5}?out|(?:do|live|get by|go|manage) without|give up|save (?:on|at))`,
  `(?:wouldn't|won't|don't|never|not|cannot|can't) (?:\\p{L}+ ){0,1}?(?:throw|get rid|part) (?:\\p{L}+ ){0,6}?(?:away|of|with|out)`,
  "(?:no|nobody|nothing|never|not|n't|cannot|can't|none)(?: (?!(?:and|but|so|we|i)(?!\\p{L}))\\p{L}+){1,9}? (?:without|unless)(?! (?:\\p{L}+ ){0,3}(?:and|or) (?:that|it) is (?:fine|ok|good))",
  "no (?:launch|release|rollout|go|promotion|step|model|version)(?: \\p{L}+){0,5}? (?:if|when|until|before|as long as|while)",
  "(?:isn't|aren't|not|n't) (?:trusted|taken|believed|accepted|used|applied) (?:blindly|on faith|at face value|as they are|as it is|untested|unchecked|alone)",
  "(?:cannot|can't|can not|must not|may not|mustn't) be (?:taken|read|believed|trusted|used) (?:at face value|as they (?:are|come|stand)|as it (?:is|comes|stands)|blindly|raw|on faith|literally)",
  "without [^.;,]{1,60} (?:we|i|it|they|you|there|this)(?: would|'d) (?:lose|miss|fail|drown|leak|be (?:blind|lost|wrong|biased|nothing|no)|not|never|have no)",
  "(?:n't|not|never|cannot) (?:\\p{L}+ ){1,3}?(?:nothing|nobody|nowhere)",
  "(?:cannot|can't|can not) (?:\\p{L}+ )?(?:lean|rely|depend|build|count|draw|fall back) on",
  "(?:n't|not|never|cannot) (?:let|allow|permit|show|give|take|send|exceed)(?: \\p{L}+){0,5}? more than",
  "(?:on average |alone |by itself |by themselves )?(?:isn't|aren't|is not|are not|don't|doesn't|do not|does not|won't|will not) (?:be )?(?:enough|sufficient|suffice|tell (?:us )?(?:what|how|the|everything)|do (?=[.,:;]))",
];

/** `is no A but B`, `isn't A, it is B`: A is denied, and not what both are said of. */
export const CONTRAST =
  /(?:n't| not)(?= (?:[^.;,:]{1,60})(?:, (?:it|they|that|this|she|he|these|those)(?:'s|'re)? |[,:] what (?:counts|matters)))/gu;

export const LEFT_UNDONE: readonly string[] = [LEAVING, LEAVING_OUT];
