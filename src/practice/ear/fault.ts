/** Statements that are themselves the mistake a point warns of: their words are the point's, and what they say is the contrary. */

const ROWS =
  "(?:rows?|edges|payments|transactions|orders|events|interactions|impressions|examples|samples|sessions|records|clicks|queries|days|pairs|photos|recordings|clips|ratings|data|dataset|data set|log|logs|split|it|they|everything|all)";
const LEARNING = "(?:train|training|learning|the training set|the training data|training set|training data)";
const TESTING = "(?:test|testing|validation|evaluation|the test set|test set|test data|the test data)";
const BOTH = `(?:${LEARNING}(?: as well as| and| and also)(?: in| over| to| for)? (?:the )?${TESTING}|${TESTING}(?: as well as| and)(?: in)? (?:the )?${LEARNING})`;
const UNSHOWN =
  "(?:never|not|n't) (?:been |yet |ever )?(?:shown|sent|displayed|offered|seen|delivered|exposed|recommended|reviewed|labelled|looked at)";
const AS_BAD =
  "(?:negatives?|failures?|zeros?|zero|dislikes?|rejections?|a no|bad|not interested|unwanted|uninteresting|misses|non-clicks|clean|honest|harmless)";
/** No word that turns it round in between. */
const STRAIGHT = "(?:(?!(?: not|n't| no| never| nor|neither)(?!\\p{L}))[^.;!?]){0,80}?";

/** Each takes back the whole sentence. */
export const FAULTS: readonly string[] = [
  // The exam lies in the lesson.
  `(?:stand|stands|lie|lies|is|are|occur|occurs|appear|appears|sit|sits|end up|ends up|spread|mixed|scattered|distributed|both) (?:\\p{L}+ )?(?:in|over|across|between|among|into|on) (?:both )?(?:the )?${BOTH}`,
  `(?:the )?same (?:\\p{L}+ ){1,4}?(?:for|in|on|during) (?:the )?(?:${BOTH}|both)`,
  `(?:the )?(?:test|validation|evaluation)(?: set| days?| week| period| rows)? (?:is |are )?(?:included|too|inclusive|as well)(?!\\p{L})`,
  "(?:including|inclusive of|with) the (?:test|validation) (?:days?|set|week|period|rows)",
  "(?:test|held-out|validation) \\p{L}+ (?:lie|are|stand|sit|occur|appear) (?:among|in|inside) the training",
  `(?:tuned?|tunes|tuning|optimised|optimized|chosen|choose|picked|fitted|trained|train|selected) (?:\\p{L}+ ){0,3}?(?:on|with|against|by) the (?:very |same |very same )*(?:test|questions|queries|days|data|set|rows|examples)(?: \\p{L}+){0,3}? (?:that |which )?(?:we |it is |they are |is |are )?(?:tests?|tested|evaluated?|judged?|measured?|report)`,
  "(?:tuned?|tunes|tuning|optimised|optimized|fitted|trained|train|trains) (?:\\p{L}+ ){0,3}?on the test (?:set|data|days?|questions|rows)",
  `train(?:s|ed|ing)? (?:\\p{L}+ )?(?:right |straight )?(?:up to|until|till|through|into) (?:the )?(?:very )?(?:last|end|final)(?: day| hour| week)?(?: day| hour)? of the ${TESTING}`,
  `${ROWS} (?:is|are|was|were|get|gets|being) (?:\\p{L}+ly |first |simply |just |all )?(?:split|drawn|shuffled|divided|parted|cut|assigned)(?: \\p{L}+){0,2}? (?:at random|randomly|before (?:they|it|we|the|being) |by chance|by a coin)(?![^.;]*(?: by | per |each |of speakers|of users|so that no))`,
  "(?:random|shuffled) (?:split|rows|cut) (?:of|over|is|does|will|suffices|it is|works|is enough)",
  "shuffl(?:e|es|ed|ing) (?:all |the |our |\\p{L}+ )?(?:rows|data|payments|events|sessions|orders|samples) (?:before|and then|and) (?:split|cut|divid|tak)\\p{L}*",
  // What came later is known, what was not seen is counted.
  "(?:know|knows|knew|see|sees|saw|use|uses|contain|contains|include|includes)(?: already)? (?:the future|tomorrow|what came (?:after|later)|later (?:clicks|payments|events))",
  "(?:was|were) (?:measured|observed|recorded) (?:at|on) (?:the )?(?:moment|time|day) of (?:arrival|delivery|the outcome|the label)",
  `${UNSHOWN}${STRAIGHT} (?:go|goes|count|counts|counted|enter|enters|label\\p{L}*|take|taken|treat|treated|serve|serves|used|come|are|is|marked|read)(?: in| into)?(?: \\p{L}+){0,2}? as (?:a |an |the )?(?:\\p{L}+ )?${AS_BAD}`,
  "(?:empty|sold out|out of stock|stock-?out|stockout)[^.;!?]{0,40}(?:go in|count|counts|counted|enter|taken|treated|read|are|is) (?:in )?as (?:zero|no) (?:demand|sales)",
  // No weight, no limit, no order where one is asked for.
  `clicks (?:go|come|are used|enter|are taken|count|are) (?:\\p{L}+ ){0,4}?(?:as they are|as they come|raw|unweighted|uncorrected|at face value|one to one)`,
  "(?:whatever|no matter what|no matter which|regardless of|irrespective of|whichever) (?:\\p{L}+ )?(?:position|slot|place|rank|guardrails?|alerts?|permissions?|budget)",
  "(?:first in,? first out|first come,? first served|in the order (?:they|it) (?:come|arrive|came))",
  "(?:checked|filtered|applied|tested|looked at|verified|enforced) (?:only )?(?:after|once|when) (?:the )?(?:answer|ranking|response|reply|text|model) (?:was|is|has|has been|had been) (?:\\p{L}+ ){0,2}?(?:written|made|sent|shown|done|given|generated|ranked)",
  "(?:all|every|each) (?:\\p{L}+ )?(?:users?|members?|customers?|countries|traffic) (?:at once|from the first (?:day|hour|minute)|in the first (?:day|hour|minute)|on day one|in one go|the same day)",
  "(?:all|100 ?%|hundred percent) (?:of )?(?:the )?(?:users|members|traffic|customers|everyone)(?: \\p{L}+){0,3}? (?:at once|in one go|on day one|from day one|overnight)",
  "(?<!whether (?:\\p{L}+ ){0,6})(?<!(?:why|decide|decides) (?:\\p{L}+ ){0,4})\\p{L}+ or not(?=[.,;!]|$)|(?<=, )whether [^,.;!?]{0,60} or not(?=[.,;!]|$)",
  "(?:is|are) (?:all |both |just |taken as )?(?:one and the same|(?:one|a single) (?:score|figure|number|thing|metric|class|label))(?=[.;!]|$)",
  "(?:costs?|weighs?|counts?|matters?)(?: all| both| just)? (?:the same|alike|equally)(?: to us| for us)?(?=[.,;!]|$)|(?:is|are|costs?) (?:all |both )?(?:the same|alike|equal) (?:to|for) (?:us|me)(?!\\p{L})",
  "(?:one|a single) (?:number|figure|threshold|score|average|metric) (?:covers|serves|for|over|does for|is enough)(?: for)? (?:all|everything|everyone|every|everybody|both|\\p{L}+,)",
  "(?:is|are) all (?:that|we|there)(?: \\p{L}+)? (?:counts?|matters?|is|look at|measure|need|care)",
  "(?:over|from) the (?:whole|full|entire|complete) (?:log|history|data|dataset|data set|period|time) (?:before|and then|,)",
  "(?:until|till) (?:it is|it's|they are|it becomes|it turns|the result is|the p-value is) significant",
  "(?:is|are) (?:also |just |exactly )?(?:what|where|on which) (?:we|i|they) (?:tune|train|fit|learn)",
  "(?:one|a|own|separate) models? (?:for|per) (?:each|every)(?: one)? of the (?:ten |\\d+ |forty |hundred )?(?:million|thousand|billion)",
  "(?:true|real|actual|shown) (?:position|slot|place|rank)[^.;!?]{0,40} (?:at|in|while|during|when) (?:serving|scoring|live)",
  "(?:hand|hands|give|gives|feed|feeds|pass|passes|tell|tells) (?:the model|it|the network) the (?:true |real |actual )?(?:position|slot|place|rank)",
  "(?:just|only|simply|merely) (?:look|looks|count|counts|see|watch) (?:at )?(?:how (?:many|often|much)|the number|numbers)",
  "(?:counts?|worth|weighs?|says|tells|means|costs?)(?: just| exactly)? (?:the same|as much|as many|no more|no less) (?:in|at|on|for|from|as)",
  "\\p{L}+ times in a row|gut feelings?|by feel|by eye|the (?:more|fewer|less) (?:\\p{L}+ )?the better",
  "(?:alone|only) (?:for|in) (?:training|the training set)",
  "(?:stored|kept|held) in full",
  "(?:is|are|be|heard|seen|found|lands?|occurs?|appears?) in (?:the )?training and (?:again |also |then |once more )?(?:in )?(?:the )?test",
  "(?:all|every) \\p{L}+ (?:comes?|are|is|stems?|was|were)(?: recorded| taken)? (?:from|in|at) [^.;]{0,40}(?:one|a single|the same) (?:studio|room|distance|speaker|city|camera|shop|source|language|country|market)(?:, [^.;,]* would (?:only )?(?:spoil|ruin|disturb|hurt|confuse)[^.;]*)?",
  "what (?:nobody|no one) \\p{L}+ (?:is|does|has|counts)[^.;!?]*",
  "(?:thrown|lumped|mixed|stirred|tossed) together",
  `${UNSHOWN}${STRAIGHT} (?:is|are|becomes?|makes?|means?) (?:a |an |the )?(?:(?!no |not )\\p{L}+ )?${AS_BAD}(?!\\p{L})`,
  "(?:is|are|equals?|means?) (?:just |simply |then )?the (?:number|count) of (?:reports|clicks|opens|likes|views)",
  "(?:check|filter|appl[yi]|look at|verif[yi]|enforce|remove|test)(?:s|es|ed|ing)? [^.;!?]{1,60} (?:after|once) (?:the )?(?:answer|ranking|response|reply|results?|text) (?:was|is|are|has|have|had)",
  "(?:in|at|for) training and (?:in |at |for )?(?:serving|scoring|live)(?: alike| as well| too| both)?(?=[.!;]|$)",
  "(?:sales|purchases|orders) (?:were|was|are|is|of) (?:zero|none|nothing|0)[^.;!?]{0,40}demand (?:was|is|must have been|were) (?:zero|none|nothing|0|too|as well)",
  "(?:label|target|truth|outcome|limit|threshold|budget) is (?:simply |just )?whatever",
  "(?:that|it|this|which) (?:is|will be|must be|has to be) (?:good|fine|plenty|close|right) enough(?=[.!,;]|$)",
  "(?:an?|one) (\\p{L}+) (?:is|stays|remains) (?:an?|one) \\1",
  "(?:as much|as many|as often|whatever|whenever|whoever) (?:as )?(?:it|they|she|he|one|we) (?:likes?|wants?|pleases?)",
];

/** The sentence speaks of the mistake to warn of it or to say what is done against it. */
export const WARNS =
  /(?<!\p{L})(?:if|otherwise|would|not|n't|never|no|nobody|wrong|mistake|leak\p{L}*|avoid\p{L}*|instead|rather|unless|forbid\p{L}*|mistaken|fault|flaw\p{L}*|cheat\p{L}*|unlike|danger|pitfall|trap|fool\p{L}*|flatter\p{L}*|optimistic|too good|therefore|so we|hence|so i|against)(?!\p{L})/u;
