/** Proposes what a design has chosen from its prose: the task, the metrics, the models; what is only listed stays a remark. */

import { affirmed } from "./denial.ts";
import { isOfStage, isSupposed, plannedBelow } from "./plan-or-supposition.ts";
import type { Proposal, ProseLine, Reading, Remark } from "./proposal.ts";
import { cellsOf } from "./table-row.ts";
import { SOME_FIRM } from "./whose-number.ts";

type Named = readonly (readonly [name: string, words: RegExp])[];

const TASKS: Named = [
  ["binary-classification", /\bbinary[- ]classif/iu],
  ["multilabel", /\bmulti[- ]?label\b/iu],
  ["multiclass", /\bmulti[- ]?class\b/iu],
  ["ranking", /\blearning[- ]to[- ]rank\b|\branking (?:problem|task)\b/iu],
  ["forecasting", /\bforecasting\b/iu],
  ["anomaly-detection", /\banomaly detection\b/iu],
  ["regression", /(?<!logistic )\bregression (?:problem|task)\b/iu],
];

/** How far down a list a metric looks: `@10`, ` @ k`, ` at 20`; a share of something else is no place of a list. */
const LISTED =
  "of|and|or|for|in|on|is|was|are|as|with|to|by|vs|over|than|items?|results?|positions?|candidates?|documents?|hits|the|per|we";
/** Behind ` at 1` another noun says of what: `recall at 1 false alarm an hour`. */
const CUT = String.raw`(?:\s?@\s?|\sat\s(?!\d+\s(?!(?:${LISTED})\b)\p{L}))(?<k>\d+|k)(?![\p{L}\d]|[.,]\d|\s?%)`;

const OFFLINE: Named = [
  ["ndcg", new RegExp(String.raw`\bndcg(?:${CUT})?`, "iu")],
  ["recall", new RegExp(String.raw`\brecall${CUT}`, "iu")],
  ["precision", new RegExp(String.raw`\bprecision${CUT}`, "iu")],
  ["mrr", /\bmrr\b|\bmean reciprocal rank\b/iu],
  ["map", new RegExp(String.raw`\b(?:mAP|MAP|mean average precision)(?:${CUT})?(?!\p{L})`, "u")],
  ["average precision", /\bpr[- ]?auc\b|\bauc[- ]?pr\b|\bauprc\b/iu],
  // Without a word of the curve it is that of ROC everywhere.
  ["auc roc", /\bauc[- ]?roc\b|\broc[- ]?auc\b|\bauroc\b|(?<!\bpr[- ]?)\bauc\b(?![- ]?pr\b)/iu],
  ["normalized entropy", /\bnormali[sz]ed (?:cross[- ])?entropy\b/iu],
  ["log-loss", /\blog[- ]?loss\b/iu],
  ["rmse", /\brmse\b/iu],
  ["mae", /\bMAE\b/u],
  ["mape", /\bmape\b/iu],
  ["f1", /\bf1\b/iu],
];

const ONLINE: Named = [
  ["click-through rate", /\bctr\b|\bclick[- ]through[- ]rate\b/iu],
  ["conversion rate", /\bconversion rate\b/iu],
  ["dwell time", /\bdwell[- ]time\b/iu],
  ["watch time", /\bwatch[- ]time\b/iu],
  ["revenue", /\brevenue\b/iu],
  [
    "retention",
    // How long logs are kept is no metric.
    /(?<!\b(?:data|logs?|events?|storage|records?)\s)\bretention\b(?!\s(?:policy|policies|period|time|window|rules?|limit)\b|\s(?:of|for)\s(?:the\s|all\s|raw\s)?(?:logs?|data|events?|records?|backups?|features?)\b|[\s:=~]{0,3}(?:is|of|for)?\s?\d+(?:\s?(?:-|–|to)\s?\d+)?\s?(?:h|d|hours?|days?|weeks?|months?|years?)\b)/iu,
  ],
];

const MODELS: Named = [
  ["two-tower", /\btwo[- ]towers?\b|\bdual[- ]encoders?\b/iu],
  [
    "gbdt",
    /\bgbdts?\b|\bgradient[- ]boost(?:ed|ing)(?: decision)?(?: trees?)?\b|\bxgboost\b|\blightgbm\b|\bcatboost\b|\blambda(?:mart|rank)\b/iu,
  ],
  ["logistic-regression", /\blogistic regression\b/iu],
  ["als", /\bmatrix factori[sz]ation\b|\bALS\b/u],
  ["ease", /\bEASE\b/u],
  ["item-knn", /\bitem[- ]knn\b|\bitem[- ]based collaborative filtering\b/iu],
  ["mlp", /\bmlp\b|\bmulti[- ]?layer perceptron\b|\bfeed[- ]?forward (?:neural )?network\b/iu],
  ["random forest", /\brandom forests?\b/iu],
  ["factorization machine", /\bfactori[sz]ation machines?\b|\bffm\b/iu],
  ["wide and deep", /\bwide (?:and|&) deep\b/iu],
  ["deep and cross network", /\bdeep (?:and|&) cross\b|\bdcn\b/iu],
  ["dlrm", /\bdlrm\b/iu],
  // Before `transformer`, of which this is one kind.
  ["vision transformer", /\bvision transformers?\b|\bViT\b/u],
  ["transformer", /(?<!\bvision )\btransformers?\b(?! (?:library|package)\b)|\bbert\b/iu],
  ["distilbert", /\bdistil-?bert\b/iu],
  ["deepfm", /\bdeep-?fm\b/iu],
  ["deep neural network", /\bdnns?\b|\bdeep neural net(?:work)?s?\b/iu],
  ["graph neural network", /\bgnns?\b|\bgraph neural net(?:work)?s?\b|\bgraphsage\b/iu],
  ["efficientnet", /\befficient-?net\b/iu],
  ["resnet", /\bresnet\b/iu],
  ["arima", /\bs?arimax?\b/iu],
  ["isolation-forest", /\bisolation forests?\b/iu],
];

/** Whether a line can hold one of them at all: one look in place of a dozen. */
function anyOf(named: Named): RegExp {
  return new RegExp(named.map(([, words]) => `(?:${words.source.replaceAll("(?<k>", "(?:")})`).join("|"), "i");
}
const SOME_METRIC = anyOf([...OFFLINE, ...ONLINE]);
const SOME_MODEL = anyOf(MODELS);

/** A sentence that chooses. */
const CHOOSES =
  /\b(?:we|i|team)\b[^.]{0,30}?\b(?:choose|chose|chosen|use|pick|picked|select|selected|go with|went with|go for|went for|opt for|opted for|settle on|settled on|train|deploy|start with|ended up with|decided (?:on|to use)|propose|fine-?tune|adopt)\b|(?:^|[;:,.]\s+)(?:[-*+]\s+)?(?:start(?:ing)?|begin(?:ning)?|go(?:ing)?) with\b|(?<!\bbe )\b(?:decided on|settled on|opted for|went with)\b|\b(?:final|chosen|selected|production) (?:model|choice|architecture)\b|\bmodel (?:choice|of choice|selected)\b|\b(?:is|was) (?:chosen|selected|our choice)\b|\b(?:is|are) used\b(?! (?:as (?:an?|the|our) (?:teacher|reference|benchmark|comparison|starting)|for comparison|by|at|often|widely|commonly|elsewhere|when|where|in (?:many|most|other|the literature|industry|practice|some)))/iu;
/** What turns a sentence into a possibility or a refusal. */
const DOUBTS =
  /\b(?:could|might|may|can|would|consider(?:ed|ing)?|possible|options?|alternatives?|e\.g\.|such as|do not|don't|did not|didn't|not|never|no longer|later|future|if|instead)\b|\?/iu;
/** From here on a sentence speaks of what was not chosen. */
const AGAINST =
  /\b(?:over|instead of|rather than|in place of|not|unlike|versus|vs\.?|compared (?:to|with)|but|because|since|as a baseline)\b/iu;

/** What a table writes beside the model that was taken. */
const CHOSEN_CELL = /^[*_]{0,2}(?:chosen|selected|picked|adopted|our choice|in production)[*_]{0,2}$/iu;
/** `GBDT (chosen)`, `LightGBM selected`, `==LambdaMART== ← our choice`: said right behind the name, and not denied. */
const CHOSEN_AFTER =
  /^(?:[-\s](?:base|small|large|tiny|mini|xl|v?\d[\w.]{0,5})(?![\p{L}\d]))*[*_=`]{0,2}(?: model)?[\s,:;(#*_=←→✅✔–—-]{0,6}(?:(?:is|was) )?(?:==|\*\*)?(?:chosen|selected|picked|adopted|our (?:choice|pick)|the winner|winner|final choice|in production)(?=[\s*_=]*(?:[).,;:|\]!]|$|(?:as|for|because|since|over|due|given|here)\b))/iu;
const DECIDED = String.raw`\b(?:decision|choice|chosen|selected|selection|winner|pick(?:ed)?|verdict)(?: model)?[*_]{0,2}\s*(?::|→|->|=>|=)`;
/** `Decision: GBDT`, `final choice → GBDT`; also what is joined to the model that stands there: `Pick: two-tower, then a DLRM`. */
const CHOSEN_BEFORE = new RegExp(
  String.raw`${DECIDED}(?:[\s*_\x60]*(?:an? |the )?|[^.;:!?()]*(?:\bthen|\band|\bplus|\bfollowed by|\binto|→|->|\+)\s+(?:an? |the )?)$`,
  "iu",
);

/** `a two-tower model, which we ship`: said behind the name, in the present. */
const TAKEN_AFTER =
  /^(?:[-\s](?!(?:and|or|but)\b)[\p{L}\d]+){0,2}(?:\s\([^()]*\))?,?\s(?:which|that|and that|this) (?:is what )?we (?:now |finally |then |will |do )?(?:ship(?:ped)?|use|deploy(?:ed)?|run|serve|chose|choose|picked|adopted|kept|keep|took|went with|go with)(?!\p{L})(?!\s(?:next|later|soon|eventually|elsewhere|before|only|in 20\d\d|as (?:an?|the|our) (?:\p{L}+ )?(?:baseline|teacher|reference|comparison)))/iu;
/** `A two-tower network (dim 128) retrieves 500 candidates; LightGBM ranks`: what the design does, said of the model. */
const WORKS_AFTER =
  /^(?:[-\s](?:networks?|models?|encoder|trees?|ranker|classifier|cross-encoder))?(?:\s\([^()]*\))?\s(?:then\s|finally\s)?(?:retrieves?|re-?ranks?|ranks?|scores?(?!\s*\d)|predicts?|generates?|classif(?:y|ies)|filters?)(?=\s*(?:[.,;:!)]|$|(?:the|all|our|each|every|them|those|these|its|candidates?|items?|top|\d+|and|by|from|up to|about|with)\b))/iu;
const OPENS = /(?:^|[;:,→]|\b(?:and|then))\s*(?:[-*+]\s+|\d+[.)]\s+)?[*_]{0,2}(?:(?:an?|the|our)\s)?$/iu;
/** `LambdaMART, then BERT cross-encoder for top 100`: one after another on fewer and fewer. */
const CASCADE =
  /(?:,?\sthen\s|\s?(?:→|->|=>)\s?|\sfollowed by\s).*\b(?:top|first|best|last)[- ]\d|\b(?:retriev\p{L}*|candidates?)\b.*(?:,?\sthen\s|→|->|=>).*\b(?:re-?)?rank/iu;
/** `The ranker is LightGBM`, `- **Ranking**: DLRM`: what stands in the place of the design, and no list of what might. */
const NAMED_SO =
  /(?:^|[.;]\s+)(?:[-*+]\s+|\d+[.)]\s+)?[*_]{0,2}(?:the\s|our\s)?(?:final\s|main\s)?(?:model|ranker|ranking(?:\s(?:model|stage))?|re-?ranker|re-?ranking|retriever|retrieval(?:\s(?:model|stage))?|candidate generat(?:ion|or)|scorer|scoring(?:\s(?:model|stage))?|classifier|encoder)[*_]{0,2}\s?(?::|=|is(?=\s))[*_]{0,2}\s?(?:an?\s|the\s|our\s)?$/iu;
const AMONG_OTHERS =
  /^[^.;:(]{0,60}?(?:,(?!\s(?:because|since|as|which|with|for|trained|so|and (?:it|we))\b)|\/|\bor\b|\bvs\b|\?|→|->|:)/iu;
const TRIES =
  /\b(?:tr(?:y|ied|ies)|tested|lost|loses|compare[sd]?|baseline|experiment\p{L}*|before|previously|papers?|authors?|blog|article|(?:19|20)\d\d)\b/iu;
/** Right behind `Which model?`. */
const ANSWERS = /^\s*[*_]{0,2}A(?:nswer)?[*_]{0,2}\s?[:.]\s*[*_]{0,2}(?:(?:an?|the|we use)\s)?$/iu;
const ASKS_MODEL = /\b(?:which|what) (?:\p{L}+ ){0,2}(?:model|algorithm|architecture|ranker|classifier)\b[^?]*\?\s*$/iu;
/** `- [x] two tower`: the item is the model and hardly more. */
const TICKED = /^\s*[-*+]\s\[[xX]\]\s+[*_]{0,2}(?:an?\s|the\s)?$/u;
/** A heading over models among which nothing is chosen yet. */
const OVER_OPTIONS = /option|alternativ|compar|candidate models?|considered|baseline|background|related|survey/u;

/** `GBDT as a second`, `BERT as a backup`: beside the one that is chosen. */
const SECOND_AFTER =
  /^(?:[-\s][\p{L}\d]+)?,? as (?:an?|the|our) (?:\p{L}+ )?(?:second|backup|back-up|fallback|alternative|challenger|comparison|reference|next step|plan b)(?!\p{L})/iu;

/** A column that says of each row whether it was taken, and what it says where it was. */
const TAKEN_COLUMN =
  /^[*_\s]*(?:chosen|selected|picked|adopted|taken|used|choice|our choice|winner|in use)\??[*_\s]*$/iu;
const TAKEN_CELL = /^[*_\s]*(?:yes|y|x|true|✓|✔️?|✅|☑️?|★|⭐)[*_\s]*$/iu;

/** Undefined where the row stands in no table with such a column. */
function isTaken({ text, columns = [] }: ProseLine): boolean | undefined {
  const at = columns.findIndex((name) => TAKEN_COLUMN.test(name));
  return at > 0 ? TAKEN_CELL.test(cellsOf(text)[at] ?? "") : undefined;
}

/** `logistic regression as a baseline`, `is our baseline`. */
const BASELINE_AFTER = /^(?: model)?(?: (?:as|is|was|for|be)(?: (?:a|an|our|the))?(?: \p{L}+){0,2})? baseline\b/iu;
/** `as a baseline we use …`, `the baseline is …`. */
const BASELINE_BEFORE =
  /\b(?:as|for) (?:a|our|the) (?:\p{L}+ ){0,2}baseline,?(?: (?!but|then|and)\p{L}+){0,4} $|\bbaseline(?: model)?(?::| is| was)(?: an?| the)? $/iu;

/** `daily retraining`, `retrain the model every Sunday`; several days of the week are no one period. */
const RETRAINING =
  /\b(?<often>hourly|daily|nightly|weekly|monthly) re-?train(?:ing|s)?\b|\bre-?train(?:ed|ing|s)?\b[^.;]{0,30}?\b(?<often2>(?:every|each|on) (?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)days?)\b(?!\s?(?:,|and|or|&)\s?(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)/iu;

/** The choices that one line states. */
export function readChoices(line: ProseLine): Reading {
  const proposals: Proposal[] = [];
  const remarks: Remark[] = [];
  const { steps, place, under } = line;
  const text = affirmed(line.text);
  const propose = (step: Proposal["step"], path: readonly string[], value: string, quote: string): void => {
    proposals.push({ step, path, value, at: { ...place, quote } });
  };
  if (steps.includes(2) || steps.includes(1)) {
    const [task, words] = TASKS.find(([, one]) => one.test(text)) ?? [];
    if (task !== undefined && words !== undefined && !/\bnot\b|\?/iu.test(text)) propose(2, ["task"], task, text);
  }
  if ((steps.includes(2) || steps.includes(5) || /metric/u.test(under)) && SOME_METRIC.test(text)) {
    for (const [name, words] of OFFLINE) {
      const match = words.exec(text);
      if (match === null || isRefused(text, match.index)) continue;
      const k = match.groups?.k;
      propose(2, ["metrics", "offline", "-"], k === undefined ? name : `${name}@${k.toLowerCase()}`, match[0]);
    }
    for (const [name, words] of steps.includes(2) ? ONLINE : []) {
      const match = words.exec(text);
      if (match !== null && !isRefused(text, match.index)) propose(2, ["metrics", "online", "-"], name, match[0]);
    }
  }
  if (SOME_MODEL.test(line.text)) models(line, text, propose, remarks);
  const every =
    RETRAINING.exec(text) ??
    /\bre-?train(?:ed|ing|s)?\b[^.;]{0,30}?\b(?<often>hourly|daily|nightly|weekly|monthly|every (?<n>\d+ )?(?<unit>hours?|nights?|days?|weeks?|months?))\b/iu.exec(
      text,
    );
  if (every?.groups !== undefined && !/\?/u.test(text) && !isOfStage(text) && isSteady(text, every.index)) {
    propose(7, ["retrain", "every"], period(every.groups), every[0]);
  }
  return { proposals, remarks };
}

/** The models of a line: chosen where its affirmed words choose them, else named. */
function models(
  line: ProseLine,
  text: string,
  propose: (step: Proposal["step"], path: readonly string[], value: string, quote: string) => void,
  remarks: Remark[],
): void {
  const { text: written, steps, place, under, titled = "" } = line;
  const taken = isTaken(line);
  const isChosenRow =
    taken ?? (written.includes("|") && written.split("|").some((cell) => CHOSEN_CELL.test(cell.trim())));
  const isBelowPlan = !titled.startsWith(under) && plannedBelow(under) !== undefined;
  let at = 0;
  for (const whole of written.split(/(?<=[.;!?]\s+)(?=\S)/u)) {
    const sentence = text.slice(at, at + whole.length);
    at += whole.length;
    const said = CHOOSES.exec(sentence);
    // In `we considered a DLRM but chose GBDT` the choice begins behind the `but`.
    const lead = said === null ? "" : said[0].slice(Math.max(0, said[0].search(/\bbut\b(?!.*\bbut\b)/iu)));
    const behind = said === null ? "" : sentence.slice(said.index + said[0].length);
    const chosen = behind.slice(0, AGAINST.exec(behind)?.index);
    for (const [name, words] of MODELS) {
      const match = words.exec(sentence) ?? words.exec(whole);
      if (match === null) continue;
      const before = sentence.slice(0, match.index);
      const after = sentence.slice(match.index + match[0].length);
      const isOfPlan = isBelowPlan || isOfStage(sentence) || isSupposed(before.replace(/^.*\bbut\b/iu, ""));
      const isBaseline = BASELINE_AFTER.test(after) || BASELINE_BEFORE.test(before);
      const isChosen = chosen !== "" && words.test(chosen) && !DOUBTS.test(`${lead}${chosen}`);
      const isPassive =
        said !== null && match.index < said.index && /^(?:is|was)\b/iu.test(said[0]) && !DOUBTS.test(sentence);
      const isAffirmed = words.test(sentence) && !SECOND_AFTER.test(after) && taken !== false;
      const isMarked =
        (CHOSEN_AFTER.test(after) ||
          TAKEN_AFTER.test(after) ||
          (CHOSEN_BEFORE.test(before) && !AGAINST.test(before))) &&
        !/\?/u.test(sentence);
      const isAnswer =
        ANSWERS.test(before) &&
        !/^[^,;.]{0,20}\bor\b/iu.test(after) &&
        ASKS_MODEL.test(text.slice(0, at - whole.length));
      const isTicked = TICKED.test(before) && after.trim().split(/\s+/u).length <= MOST_BEHIND_TICK;
      const isOpen =
        DOUBTS.test(sentence) ||
        TRIES.test(sentence) ||
        OVER_OPTIONS.test(under) ||
        SOME_FIRM.test(written) ||
        !steps.includes(4);
      const isAtWork = !isOpen && OPENS.test(before) && (WORKS_AFTER.test(after) || CASCADE.test(sentence));
      const isNamedSo = !isOpen && NAMED_SO.test(before) && !AMONG_OTHERS.test(after);
      const isStated = isAnswer || isTicked || isAtWork || isNamedSo;
      if (isAffirmed && !isBaseline && !isOfPlan && (isChosen || isPassive || isChosenRow || isMarked || isStated))
        propose(4, ["stages", "-"], name, whole.trim());
      else if (steps.includes(4)) {
        const says = isBaseline
          ? "is the baseline, not a stage"
          : isAffirmed
            ? "is named; whether it is chosen is not said"
            : "is named, not chosen";
        remarks.push({
          step: 4,
          ...(isBaseline ? {} : { listed: name }),
          says: `${name} ${says}`,
          at: { ...place, quote: match[0] },
        });
      }
    }
  }
}

/** A period that is kept: none of a condition, of a possibility or of the first weeks only. */
function isSteady(text: string, at: number): boolean {
  const before = text.slice(0, at).replace(/^.*[.;!?]\s/u, "");
  return !isSupposed(before) && !/\b(?:at first|initially|to (?:begin|start) with|later|eventually)\b/iu.test(text);
}

/** Words behind the model of a ticked item. */
const MOST_BEHIND_TICK = 4;

/** "not accuracy", "recall@k is misleading". */
function isRefused(text: string, at: number): boolean {
  return (
    /\b(?:not|never|no|instead of|rather than|avoid)\b[^.,;]{0,25}$/iu.test(text.slice(0, at)) ||
    /\bmislead|\bnot suitable/iu.test(text)
  );
}

function period({ often = "", often2, n, unit }: Readonly<Partial<Record<string, string>>>): string {
  if (unit !== undefined)
    return `${(n ?? "1").trim()} ${unit.toLowerCase().replace(/s$/u, "").replace("night", "day")}`;
  if (often2 !== undefined) return "7 d";
  const words = often.toLowerCase();
  if (words === "hourly") return "1 h";
  if (words === "weekly") return "7 d";
  return words === "monthly" ? "1 month" : "1 d";
}
