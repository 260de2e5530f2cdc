/** Words by which the wording of a heading is read: which say nothing, which turn it round, which are about people. */

/** As people shorten the words of headings. */
export const SHORT: ReadonlyMap<string, string> = new Map([
  ["req", "requirement"],
  ["reqs", "requirement"],
  ["eval", "evaluation"],
  ["evals", "evaluation"],
  ["eng", "engineering"],
  ["arch", "architecture"],
  ["prod", "production"],
  ["preproc", "preprocessing"],
  ["algo", "algorithm"],
  ["algos", "algorithm"],
  ["hyperparams", "hyperparameter"],
  ["gpus", "gpu"],
  ["cpus", "cpu"],
  ["tpus", "tpu"],
  ["perf", "performance"],
  ["exp", "experiment"],
  ["exps", "experiment"],
]);

/** Words that change nothing of what a heading is about. */
export const FILLERS = new Set(
  "the a an of for in on over to with our my your their its by from at and or is are be how what which where when why do does we you it this that will would can could was were did pick choose take should have has need via using use based vs into per ml ai mlops machine learning system design strategy plan overview detail process step stage phase high level deep dive part section initial final key main basic general proposed possible end consideration discussion technique method choice option example aspect component new current".split(
    " ",
  ),
);

/** Of these the ones that a wording is never told by. */
export const ARTICLES = new Set([
  "the",
  "a",
  "an",
  "our",
  "my",
  "your",
  "ml",
  "ai",
  "exactly",
  "really",
  "actually",
  "even",
  "just",
]);

/** "When the model is down" is about what is done then, not about the model; "after it ships" about what comes next. */
export const CONDITIONS = new Set(["when", "if", "until", "unless", "after", "before", "once"]);

/** Words that name a step only where no other word does: "validation approach" is about validation, "the approach" about the model. */
export const WEAK = new Set([
  "approach",
  "solution",
  "architecture",
  "component",
  "methodology",
  "goal",
  "result",
  "requirement",
  "signal",
  "load",
]);

/** People, organisations and machines: beside them a wording most likely means something else, as in "training the staff" and "metrics server". */
export const STRANGERS = new Set([
  "vendor",
  "supplier",
  "staff",
  "employee",
  "hire",
  "hiring",
  "company",
  "business",
  "server",
  "team",
  "card",
]);

/** What is said not to be, or not to be done, is asked. */
export const DENIALS = new Set(["not", "no", "never", "without"]);

/** Concerns that a thing of the same name is about: privacy labels are no labels, and security training trains no model. */
export const CONCERNS = new Set([
  "privacy",
  "security",
  "legal",
  "compliance",
  "safety",
  "regulatory",
  "regulation",
  "ethics",
]);

/** What is done with models as with people: "training the drivers" and "loss of users" are about people alone. */
export const DONE_WITH_PEOPLE = new Set(["training", "loss", "scoping", "serving", "fitting", "tuning", "scoring"]);

export const PEOPLE = new Set([
  "user",
  "customer",
  "member",
  "buyer",
  "seller",
  "driver",
  "rider",
  "courier",
  "moderator",
  "advertiser",
  "creator",
  "worker",
  "person",
  "people",
  "trust",
  "revenue",
]);

/** What is said of a wording follows these: "monitoring of models" is about monitoring, "metrics for ranking" about metrics. */
export const PREPOSITIONS = new Set([
  "of",
  "for",
  "in",
  "on",
  "over",
  "at",
  "from",
  "by",
  "with",
  "via",
  "using",
  "under",
  "about",
]);
