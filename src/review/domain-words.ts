/** Words that stand beside a wording and change nothing of its step: what systems are about, what they are made of, and small words. */

/** In lower case and in the singular, as headings are read. */
export const DOMAIN_WORDS: ReadonlySet<string> = new Set(
  `about abuse account across action ad ads advert advertisement advertiser after afterward afterwards against
    agent airflow algorithm all als also always analysis and ann anomaly answer any anything app article as ask
    asking aspect asr assistant attention attribute auc auction audio author autocomplete automated automatic
    autonomous aws azure bad bagging base basket batch before begin behavior bert best better between beyond bid
    bidding binary book boosted boosting both bottom breakdown browser bucket budget bug build building but buyer campaign
    candidate caption car card cart categorical category challenge chart chat chatbot cheap choice choose choosing
    chunk chunking churn claim class classification classifier click clip cloud cluster clustering cnn cold
    collaborative collect collecting collection column command comment community compare compared comparison
    complex compute computing concern config configuration connection consider considered content contextual
    continuous contract conversion cost count courier course cpu create creating creative creator credit cron ctr
    current custom customer cv cvr cycle daily database date day deal dealing decision decoder dedup deduplication
    deep default define defining definition delivery demand demographic dense deploy deploying depth description
    designing detection detector device diagnosis diagram discrete disk distributed distribution docker document
    down driver driving duplicate during each early edge electricity else email embedding employer encoder end
    energy engine entity error eta evaluate evaluated evaluating event ever every everything existing expensive
    expert explanation explicit external face factorization fast feed few field figure film filter filtering
    finding firmware first flight flink flow follow follower food forecast forecasting forest formulation frame
    framework fraud fresh friend full function future game gan gbdt gcp generate generating generation generator
    geo geographic global goal good gpt gpu graph group growth guest hand handle handling hard harm harmful hashed hate head
    health heavy here heuristic high historical hnsw home homepage host hot hotel hour hourly house human hybrid
    hyperparameter id idea if image imaging implicit impression improve improving insurance intent interaction
    internal introduction intrusion inventory invoice ir issue it item job joint justification kafka keep keeping
    key keyword kind knn knowledge kpi kubernetes label lake lane language large last late later layer lead length
    less lesson level library lightgbm like linear list listener listing llm load loan local location log
    logging logistic long loop low lstm ltv mail make making malware many map marketing match matching
    matrix measure measuring medical member memory merchant message microcontroller minute mobile moderation moderator moderator
    module monitor monitoring month more movie mrr multi multiclass multilabel multimodal multiple music ndcg
    nearline negative network neural new news next nlp no non not note notification number numeric numerical
    object ocr off offline old one online only optimize optimizing or order other out pacing page parallel
    parameter partial passenger path patient payment pedestrian people person personalization personalized phone
    photo picture pipeline pixel place plan platform player policy positive post power pre previous price pricing
    private probability problem product professional prompt property protocol public publisher purchase quality
    query question queue rag rank ranked ranker ranking rate rating ratio rationale raw reaction reader real
    realtime reason receipt recent recognition recognizer recommendation recommender recommending redis reduce
    reducing refresh refreshing regression rejected related remark rent rental report reporting request rerank
    response restaurant result retrieval retriever revenue review ride rider risk rnn road robot robust roi route
    row rule run running s3 safety sale same scaling scan schedule schema score search season second segment segmentation
    select selecting seller sensor sentence sequential serve server service serving session set setting setup
    shallow share ship shipping shop shopping short signal similar similarity simple single size sizing skill slow
    small so social soft something song soon sound source spam spark sparse spatial spec specification speech
    sport spot sql stack stage start statistic statistical stay stock store storing story stream streaming student
    suggestion summarization supply svm synthetic table tag tail target task team technique temporal term test
    testing text textual their them then there they third three through ticket tier time timeline tip title today
    token tool top topic topology tower toxicity tpu track traffic train training transaction transformer translation tree
    trick tried trip trust try tts two type unit up update updating use used user value vector vehicle very video
    version view viewer visitor visual voice wake warehouse warm watch watching weather web week weekly who whose wide
    width within without word work worker working xgboost`.split(/\s+/u),
);
