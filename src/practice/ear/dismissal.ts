/** Ways to say without a `not` that something is not done: it was ruled out, voted down, abolished, given up. */

/** Who may turn a plan down. */
export const WHO =
  "(?:the |our |my )?(?:\\p{L}+ )?(?:teams?|architects?|managers?|management|board|boss|lawyers?|committee|company|leadership|directors?|owners?|finance|legal|security|group|department|majority|cto|ceo)";
const PLACE =
  "(?:the |our |my )?(?:list|plans?|budget|agenda|scope|table|roadmap|backlog|design|calculation|specification|programme|project|system|release|menu|books|objective|score|loss|target|formula|design|picture|pipeline|code)";
const IDEA = "(?:the |that |this |any |such an? )?(?:idea|plan|proposal|notion|suggestion|thought|wish|request)s?";
/** What is better for not being there: who rules it out has done something. */
const HARM =
  "(?:leak\\p{L}*|harms?|loss(?:es)?|bias\\p{L}*|drops?|degradation|regressions?|damage|declines?|effects?|chance|differences?|duplicates?|overlap|confound\\p{L}*|cheating)";

/** No verb and nothing that opens a clause of its own: what stands before the first verb of a sentence. */
const SUBJECT =
  "(?:(?!(?<!\\p{L})(?:that|which|who|whom|when|if|as|where|what|whether|how|because|since|after|before|until|once|than|while|though|whose|why|is|are|was|were|has|have|had|do|does|did|will|would|can|could|we|i|they|you|nobody|somebody|someone|people|users|members|customers|no)(?!\\p{L}))[^,.;:?!]){0,120}?";
/** What is done to a thing that stays. */
const STAYS =
  "(?:added|built|introduced|decided|agreed|computed|measured|tested|trained|sampled|labell?ed|collected|designed|sized|estimated|kept|written|fixed|used|moved|replaced|changed|tuned|checked|verified|planned|calculated|derived|compared|asked|paged|shown|seen|offered|heard|known|taught|served|limited|capped|watched|played|opened|sent|delivered|accepted|reported|chosen|taken (?:from|as|into|over)|given (?:to|a|an|the|by|as)|corrected|calibrated|weighted|extended|improved|automated|doubled|validated|reviewed|documented|deployed|installed|logged|stored|cached|evaluated|learned|trained|fitted|retrained|needed|displayed|observed|recorded|blocked|declined|stopped|clicked|bought|booked|created|posted|called)";

/** Each denies its whole clause. */
export const DISMISSED: readonly string[] = [
  "rul(?:e|es|ed|ing) (?:it |them |that |this )?out",
  "abolish(?:es|ed|ing)?",
  "scrap(?:s|ped|ping)?",
  "veto(?:es|ed|ing)?",
  "overruled",
  "(?:vote|votes|voted|shot|shoot|talked (?:us|me)) (?:it |them |that |this )?(?:down|out of)",
  `turn(?:ed|s|ing)? (?:(?:it|them|this|that|${IDEA}) down|down (?:${IDEA}|by ${WHO}))`,
  "(?:considered|discussed|debated|proposed|suggested|tried|examined|weighed) (?:it |them |this )?and (?:then |soon |quickly |finally )?(?:turned down|rejected|declined|dropped|dismissed|discarded|refused|forgotten)",
  "(?:do|does|did|done|doing) away with",
  "phas(?:e|es|ed|ing) (?:it |them )?out",
  "(?:shelv(?:e|es|ed|ing)|mothball(?:s|ed|ing)?|jettison(?:s|ed|ing)?|ditch(?:es|ed|ing)?|axed|renounc(?:e|es|ed|ing)|forwent|forgone|discontinued?)",
  `(?:cross|crossed|struck|strike|taken|took|take|cut|removed|remove|deleted|discarded|dropped|drop|thrown|threw|kicked|erased) (?:\\p{L}+ ){0,4}?(?:off|from|out of) ${PLACE}`,
  "off the (?:table|agenda|list|roadmap|menu)",
  "out of the question",
  "(?:is|are|was|were|be) (?:already |long |ancient |all |now )?history(?=[.,;!]|$)",
  "(?:a )?things? of the past",
  "(?:say|says|said|saying|waved|wave) (?:goodbye|farewell|good-bye)",
  "(?:go|goes|went|gone|going|thrown|threw|throw) (?:it |them )?(?:overboard|out of the window|out the window|by the board)",
  "(?:fall|falls|fell|fallen) (?:a )?(?:victim|prey) to",
  "(?:is|are|was|were|been|be|got|we|they|i) (?:long |quietly |finally )?buried(?! (?:in|under|deep|inside))",
  "laid (?:it |them )?to rest",
  "(?<!(?:that|which|if|when|bookings|booking|orders|order|trips|rides|reservations|payments|subscriptions) )(?:was|were|been) (?:called off|cancell?ed)",
  `(?:is|are|was|were|be|been|got) (?:\\p{L}+ly )?(?:rejected|dismissed|discarded|declined|refused|killed|thrown out|turned down|dropped|deleted|cut|blocked|stopped) (?:by ${WHO}|as (?:too|unnecessary|useless|overkill|needless|superfluous|premature|a waste|not)|for (?:cost|budget|lack|reasons)|in favou?r of)`,
  `(?:reject|rejects|rejected|dismiss|dismisses|dismissed|discard|discarded|drop|dropped|drops|kill|killed|bury|buried|abandon|give up|gave up|against) ${IDEA}`,
  `${IDEA} (?:\\p{L}+ ){0,8}?(?:is|are|was|were|got|has been|have been) (?:\\p{L}+ly )?(?:rejected|dismissed|discarded|declined|refused|killed|thrown out|turned down|dropped|buried|abandoned|dead)`,
  "declared (?:as )?(?:irrelevant|unnecessary|superfluous|obsolete|dead|pointless|useless|needless)",
  "(?:is|are|was|were|became|become|becomes) (?:\\p{L}+ly )?(?:obsolete|superfluous|needless|dispensable|expendable)",
  "(?:was|were|been|got) retired (?:last|in|years|long|for)",
  "(?:was|were|been|have|has|we|they|i) (?:written|wrote|write) (?:it |them |that |this )?off",
  "(?:got over|moved on from|move on from|moved away from|backed away from|(?:turned|turn) (?:our|my) backs? on|walked? away from|pulled the plug on|put an end to|puts an end to|put a stop to|had enough of|lost interest in|opted against|decided not)",
  "(?:a no-go|no go|a non-starter|dead in the water|not going to happen|sacrificed|axe)",
  "(?:get|gets|got|given|gave|give)(?: it| them)? the (?:boot|sack|chop|axe|push|elbow|cold shoulder)",
  "(?:on ice|on hold|on the shelf|to the dogs|into the bin|in the bin|to the bin|down the drain|by the wayside|under the carpet|under the rug|in the drawer|up the chimney)",
  "(?:brush|brushes|brushed|wave|waved|push|pushed|sweep|swept|shove|shoved|toss|tossed|cast|laugh|laughed|wish|shrug|shrugged|write) (?:it |them |that )?(?:aside|off|away|out of the room|out of court)",
  "(?:pulled|pull|pulls) the (?:plug|rug)|cut(?:s|ting)? corners|(?:got|get) cold feet",
  "(?:a )?(?:hard|clear|firm|flat) no(?: from| by)?",
  `(?:refused|rejected|denied|blocked|stopped|forbidden|prohibited|killed|overruled|struck down|thrown out) by ${WHO}`,
  "(?:must be|are you|have to be) (?:joking|kidding)|dream on|no way|not on my watch|over my dead body|forget (?:it|that|about)|who (?:cares|needs)|end of (?:the )?story|so be it|no harm done|tough luck|good riddance",
  "(?:not|none of|nobody's|somebody else's|someone else's) (?:our |my |of our )?(?:problem|business|concern|job|department|duty)",
  "(?:is|are|was|were|all) (?:beside the point|off topic|overrated|over-rated|hot air|a fig leaf|snake oil|humbug|nonsense|rubbish|a joke|silly|ridiculous|theatre|a fad|a waste|a gimmick|a nuisance|a distraction|done to death|a pet project|a hobby)",
  "(?:is|are|was|were) for (?:the )?(?:cowards|weak|weaklings|losers|wimps|amateurs|beginners|nerds|academics|others|the others|textbooks|big companies|pessimists|perfectionists|birds)",
  "(?:so|and) (?:it|they|that|this) (?:went|is gone|are gone|was gone|had to go|has to go|got cut)|had to go|has to go",
  "(?:belongs?|left|leave it|leave them) to (?:another|some other|a different) (?:department|team|group)",
  "(?:old |previous |last )?(?:model|models|weights|versions?|artefacts?|artifacts?|checkpoints?)(?: of [^,;.]{0,20})? (?:has|have|had|is|are|was|were|get|gets)(?: been| then| always)? (?:deleted|overwritten|destroyed|thrown away|lost|gone)",
  "more than (?:the|our|any|this) \\p{L}+ (?:can|could|wants?|will|would)",
  "(?:is|are|was|were|be|go|goes|get|gets) left (?:entirely |simply )?without",
  "(?:would|will|does|do) (?:only|just|merely) (?:cost|take|eat|waste|delay|slow)",
  // A design is told in the present: what was done to a part of it, and is none of the things that keep it, put an end to it.
  `(?<=^${SUBJECT} )(?:was|were|has been|have been|had been|got|is being|are being) (?!(?:\\p{L}+ly )?${STAYS}(?!\\p{L}))(?:\\p{L}+ly |now |then |soon |long |once )?(?:\\p{L}{2,}ed|\\p{L}{2,}en|left|lost|cut|sold|shot|shut|thrown|struck|swept|torn|met)`,
  "(?:the )?less (?:is )?said|in (?:the literature|textbooks|papers|other companies|other firms)(?=[.,;!]|$)",
  "(?:fall|falls|fell|fallen) (?:out of favou?r|flat)|(?:is|are|was|were) no more(?=[.,;!]|$)|(?:went|go|goes|going) down (?:badly|poorly)|swallowed by|(?:edited|written|argued|talked|budgeted|designed|taken) out of(?! (?:training|the training))|raised? eyebrows|out of fashion",
  "nobody (?:signed|asked|paid|wants|wanted)",
  "(?:has|have|had) no (?:place|home|seat)",
  "(?:stay|stays|stayed|remain|remains|is|are|left|kept|keep|leave) (?:\\p{L}+ ){0,3}?out(?:side)? of (?:the |our )?(?:objective|score|loss|target|plan|picture|equation|calculation|scope|design|formula|discussion)",
];

/** Looks like a dismissal and says what is made sure of: `leakage is ruled out`. */
export const KEPT_OUT: readonly string[] = [
  `${HARM} (?:[^,.;]{0,40} )?(?:is|are|was|were|be|been) (?:\\p{L}+ )?ruled out`,
  `rul(?:e|es|ed|ing) out (?:that|(?:any|a|an|the|all|such|every|\\p{L}+) )?(?:\\p{L}+ ){0,2}?${HARM}`,
  "(?:harm|loss|drop|fall|effect) of (?:more|over|at least)[^,;]{0,30}ruled out",
];
