/** The areas, levels and seniorities that questions are sorted by: what progress is drawn over. */

/** The areas of the bank, with the words a reader sees. */
export const AREAS = {
  requirements: "Requirements and ambiguity",
  framing: "Framing and metrics",
  data: "Data, leakage and splits",
  features: "Features and skew",
  ranking: "Retrieval, ranking and recommendation",
  vision: "Vision and search",
  fraud: "Fraud and imbalance",
  training: "Training at scale",
  hardware: "Hardware and roofline",
  compression: "Compression",
  serving: "Serving, latency and capacity",
  experiments: "Experiments",
  monitoring: "Monitoring and drift",
  reliability: "Reliability, cost and privacy",
  llm: "LLM serving and retrieval-augmented generation",
  systems: "Systems reasoning",
} as const;

export type Area = keyof typeof AREAS;

/** Every area in the order of the table. */
export const AREA_NAMES: readonly Area[] = [
  "requirements",
  "framing",
  "data",
  "features",
  "ranking",
  "vision",
  "fraud",
  "training",
  "hardware",
  "compression",
  "serving",
  "experiments",
  "monitoring",
  "reliability",
  "llm",
  "systems",
];

/** 1 to 6; a question's level is also its place on the scale of ability. */
export type Level = 1 | 2 | 3 | 4 | 5 | 6;

/** What each level asks for. */
export const LEVELS: Readonly<Record<Level, string>> = {
  1: "Recall",
  2: "Apply",
  3: "Analyse",
  4: "Diagnose",
  5: "Judge",
  6: "Architect",
};

export const LEVEL_NUMBERS: readonly Level[] = [1, 2, 3, 4, 5, 6];

/** Who is usually asked it. */
export const SENIORITIES = ["mid", "senior", "staff"] as const;

export type Seniority = (typeof SENIORITIES)[number];

/** The nearest level of a place on the scale of ability: 0.2 is level 1, 7 is level 6. */
export function levelOf(ability: number): Level {
  const nearest = Math.round(Math.min(6, Math.max(1, ability)));
  return LEVEL_NUMBERS[nearest - 1];
}

/** An ability for readers: the scale has six levels, and what lies outside it is not told apart. */
export function writeLevel(ability: number): string {
  return Math.min(6, Math.max(1, ability)).toFixed(1);
}
