/** Ways to wish for a thing and promise nothing: `it would be nice to have some day`, `if only we had the time`. */

const FINE =
  "(?:nice|lovely|great|good|cool|ideal|wonderful|awesome|desirable|welcome|helpful|useful|interesting|fun|neat|sweet|beautiful|fantastic|perfect|a dream|a pleasure|a plus|a bonus|worthwhile|appreciated)";
const WOULD = "(?:would|'d|might|could|must) (?:\\p{L}+ly |also |really |even )?";
const TIME = "(?:time|money|budget|resources|people|hands|capacity|month|months|week|weeks|year|spare|staff|funds)";

/** Each takes back the whole sentence, unless what is done stands behind a `but`. */
export const WISHED: readonly string[] = [
  `${WOULD}(?:be|have been|seem|sound|feel|look) (?:\\p{L}+ly |so |very |quite |too )?(?:a |an )?${FINE}(?! (?:by|with|for (?:\\d|the)|from|at|per|than|when|within|through))`,
  "nice[ -]to[ -]haves?",
  "a (?:nice|good|great|welcome|useful|fine) (?:thing|idea|addition|extra|bonus|feature) (?:to have|to add|for later|some day|one day)",
  "(?:some day|someday|one fine day|one of these days|in the long run, perhaps|when pigs fly)",
  "(?:maybe|perhaps|possibly|ideally|hopefully|eventually),? (?:\\p{L}+ ){0,3}?(?:one day|some time|sometime|later|next year|in future|in the future|at some point|another time)",
  "(?<!(?:of|by|for|in|about|only|than|least|is) )one day(?=[,.!]? (?:we|i|someone|somebody|there|it|they|perhaps|maybe|hopefully|this)(?!\\p{L})|[.!]?$)",
  "(?:some time|sometime|at some time|sooner or later), (?:hopefully|perhaps|maybe|possibly)",
  "(?:at|in|on|for|until) (?:some|a|another|any|one) (?:much )?(?:later|future|coming|distant) (?:date|stage|point|time|year|release|version|phase|day|project|iteration|quarter|sprint|moment)",
  "in (?:a |some |the )?(?:distant|far|not too distant|near) future",
  "hopefully",
  "(?:some|one) (?:sweet|sunny|bright|lucky|fine|glorious) day|another (?:time|day|year|life)|down the (?:line|road)|in the long term we|the long-term vision|a long-term vision|a vision",
  "(?:with|given) (?:a bit of |some |a little |any |good )?luck|god willing|fingers crossed|cross our fingers|knock on wood|for the best|pray(?:s|ing)?|whenever (?:somebody|someone|anybody|we) (?:feels?|likes?|has time|have time|remembers?)",
  "in theory|theoretically|on paper|hypothetically|remains to be seen|who knows",
  "(?:would|'d) (?:be|make) (?:the|a|an) (?:\\p{L}+ )?(?:dream|cherry|icing|cream|crown|ideal|treat|luxury|wish|slide|story|bonus|plus|touch|hit|gift|blessing|start)",
  "a (?:nice|fine|good|great|lovely) (?:slide|touch|story|extra|topic|idea|exercise|project)",
  "(?:is|are) where (?:i|we)(?:'d| would) (?:like|love|want) to be",
  "(?:been |always )?meaning to(?! (?:say|show))",
  "(?:perhaps|maybe|possibly)[^.;,]{0,40} (?:should|ought to|might|could)",
  "there (?:might|may) (?:be|come)|(?:it|they|this|that) might (?:be|become|get|come|have)",
  "(?:might|may|could) (?:one day|some day|later|in time|eventually)",
  // A condition that is not met, and a question whether to do it.
  "if (?:we|i|they|you|one|somebody|someone|anybody|only|it) (?:ever |only |just )?(?:had|were|did|knew|could|dared)(?!\\p{L})[^.;!?]{0,120}(?:would|could|might|'d)",
  "^(?:and |but |so )?(?:perhaps|maybe)(?!\\p{L})|(?<=, )(?:were|had) (?:it|they|we|there|i|that) (?:only |just )?\\p{L}+",
  "(?:finds?|found|had|has the) time (?:for|to)|the next intern|when (?:the|our|a) new \\p{L}+ (?:is here|arrives|starts|comes|has come)",
  "if there were(?!\\p{L})[^.;!?]{0,120}(?:would|could|might|'d)",
  "^(?:and |but |so |well,? |or )?(?:should|shall|could|can|would|will|may|might|must|do|did) (?:we|i|you|one|somebody|someone|anybody|anyone|they)(?!\\p{L})[^?]*\\?",
  "(?:i|we) (?:do |really |just |all |only |still )?(?:wish|wished|dream|dreamt|dreamed|long for|yearn|crave|fancy|hope|hoped)(?! to (?:learn|see|find|detect|measure) (?:that|whether|if|an? (?:lift|gain|effect)))",
  "wish (?:there were|there was|we had|i had|we could|i could|somebody|someone)",
  "(?:on|to) (?:the|our|my) (?:wish ?-?list|backlog|back burner|list of wishes|bucket list|long list)",
  "(?:wish ?-?list|pipe dream|wishful|back burner|parking lot|low priority|no priority|nobody's priority)",
  "(?:on|for) (?:the|our) roadmap",
  "in (?:my|our) (?:wildest )?(?:dreams|ideal \\p{L}+|head|mind)",
  "if only (?:we|i|there|it|they|somebody|someone|time)",
  "in (?:an ideal|a perfect|a better|an perfect|the best of all) worlds?",
  `if (?:there(?:'s| is| was| were| will be)|(?:we|i|anyone|anybody|someone|somebody|they)(?: only| ever|'d)? (?:had|have|has|find|finds|found|get|gets|got))(?! (?:no|not|too little) )(?:[^,.;]{0,24} )?${TIME}(?!\\p{L})(?! (?:in|of|from|before) )`,
  `(?:time|budget|money|resources) (?:permitting|allowing)|if (?:the )?(?:time|budget|money|resources|schedule) (?:permits?|allows?|is left|remains?)`,
  "(?:would|'d) (?:really |so |just )?(?:love|be (?:\\p{L}+ly )?(?:happy|glad|delighted|grateful|pleased|thrilled)|enjoy|deserve|appreciate|welcome|kill for|give a lot)",
  "(?:someone|somebody|anybody|anyone|one) (?:could|might|may)(?! (?:game|see|steal|read|guess|learn|abuse|attack|cheat|be ))",
  "(?:someone|somebody) (?:should|ought to)",
  "(?:we|i) (?:might|may) (?:perhaps |maybe |some day |one day |possibly )(?:\\p{L}+)",
  "(?:would|might|could|should) (?:perhaps|maybe|possibly|one day|some day) (?:be|look|try|think|add|help)",
  "(?:is|are) (?:still )?(?:only |just |merely )?(?:an idea|a vision|a dream|an aspiration|a hope|a thought|music of the future|wishful thinking|a plan for)",
  "(?:planned|scheduled|reserved|foreseen|slated|earmarked) for (?:next|later|a later|the next|after|version|phase|another|some)",
  "not (?:before|until) (?:next year|version|phase|the next|later)",
  "(?:would|could) have (?:been (?:nice|lovely|good|great|better|useful|possible|an option)|liked|loved|wanted|preferred)",
];
