/** What an interview is scored on: nine dimensions, each with what a mid, a senior and a staff candidate shows. */

import type { Area } from "../area.ts";
import type { Ways } from "../ear/hear.ts";

export interface Dimension {
  readonly title: string;
  /** What the first, second and third level show; below the first is level 0. */
  readonly anchors: readonly [mid: string, senior: string, staff: string];
  /** Ways to say what a staff candidate raises unasked. Without one of them no score is above senior. */
  readonly raises: Ways;
  /** Where to practise it. */
  readonly area: Area;
}

export const DIMENSIONS = {
  ambiguity: {
    title: "Ambiguity",
    anchors: [
      "asks for users, scale and latency before designing",
      "asks the question that changes the design, and states assumptions with numbers",
      "challenges a requirement, or says where machine learning is not needed",
    ],
    raises: [
      [
        "do we need|is a model needed|without machine learning|no model at all|a rule would|would a list do|push back|challenge the|why not simply|do without a model|question the requirement|is it worth|i would argue against",
      ],
    ],
    area: "requirements",
  },
  framing: {
    title: "Framing",
    anchors: [
      "names the task, the label and a metric",
      "ties the label and the offline metric to the decision, with a baseline",
      "sees what the proxy leaves out and guards against it",
    ],
    raises: [
      [
        "proxy|stands in for|stand in for|clickbait|does not capture|do not capture|unintended|gamed|gaming|goodhart|perverse|rewards the wrong",
      ],
    ],
    area: "framing",
  },
  data: {
    title: "Data",
    anchors: [
      "names sources, labels and the imbalance",
      "splits by time, and handles late labels, leakage and skew",
      "sees feedback loops, label policy, privacy and regulation",
    ],
    raises: [
      [
        "feedback loop|own lists|own output|own decisions|own past|self-fulfilling|the loop|label policy|regulation|consent|retention of|retention period|deletion|right to be forgotten|who labels|gdpr|legal basis",
      ],
    ],
    area: "data",
  },
  modelling: {
    title: "Modelling",
    anchors: [
      "a baseline and one step up",
      "two options with what each costs, and what happens to the new and the rare",
      "says why not more model, and what the choice does to other teams",
    ],
    raises: [
      [
        "not worth|isn't worth|why not more|simpler model|diminishing|other teams|other team|maintenance|complexity|keep alive|stop here|twice as much to keep|more to maintain|not justify|does not pay",
      ],
    ],
    area: "ranking",
  },
  evaluation: {
    title: "Evaluation",
    anchors: [
      "an offline and an online metric",
      "slices, guardrails, and the gap between offline and online",
      "long-term effects, counter-metrics and a launch criterion stated before",
    ],
    raises: [
      [
        "long-term|long term|counter-metric|counter metric|launch criter|launch only if|ship only if|decided before|agreed before|before we start|holdout group|over # months|over # weeks|over eight weeks|novelty wears",
      ],
    ],
    area: "framing",
  },
  serving: {
    title: "Serving at scale",
    anchors: [
      "a path from request to answer with a latency",
      "budgets by stage, replicas from the load, a cache and a fallback",
      "which term dominates the cost, and what breaks at ten times the load",
    ],
    raises: [
      [
        "dominates|ten times the|# times the load|10x|tenfold|cost per|bottleneck|breaks first|break first|largest part of the cost|most of the cost|saturates first|runs out first",
      ],
    ],
    area: "serving",
  },
  experiments: {
    title: "Experiments",
    anchors: [
      "an A/B test with a metric",
      "unit, size and duration computed, guardrails, staged rollout",
      "interference, novelty, and what to do when the result is flat",
    ],
    raises: [
      [
        "interference|novelty|spillover|spill over|switchback|if it is flat|network effect|non-inferiority|cluster-randomis|contaminat|carry-over|carryover|peek",
      ],
    ],
    area: "experiments",
  },
  operations: {
    title: "Operations",
    anchors: [
      "monitors drift and errors",
      "alerts with an owner and an action, rollback, a rule for retraining",
      "raises failures unasked, each with a remedy tied to money or trust",
    ],
    raises: [
      [
        "what if|worst case|when it fails|if it fails|is down|failure mode|blast radius|kill switch|would fail|should … fail|poison",
        "trust|lose|loses|losses|dollar|revenue|money|refund|reputation|customers leave|cost us|blast radius|kill switch",
      ],
    ],
    area: "monitoring",
  },
  numbers: {
    title: "Communication of numbers",
    anchors: [
      "requests and storage from what was given",
      "uses estimates to choose between options, with percentiles",
      "cost and the scale of two years, and says what the numbers do not show",
    ],
    raises: [
      [
        "two years|in a year|next year|a year from|cost per|dollars a month|dollars per month|# per month|$ … month|dominates|does not show|do not show|sensitive to|order of magnitude",
        "cost|dollar|$|scale|grow|load|traffic|dominates|sensitive|order of magnitude|does not show|do not show",
      ],
    ],
    area: "systems",
  },
} as const satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES: readonly DimensionName[] = [
  "ambiguity",
  "framing",
  "data",
  "modelling",
  "evaluation",
  "serving",
  "experiments",
  "operations",
  "numbers",
];

/** 0 is below mid. */
export type Grade = 0 | 1 | 2 | 3;

export const GRADE_NAMES = ["below mid", "mid", "senior", "staff"] as const;
