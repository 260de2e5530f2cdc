/** What candidates say when they ask for a fact that most problems have, by the fact's name; a problem's own cues come on top. */

/** Each is a whole: all of its words have to be asked. Nothing is here that could as well mean another fact. */
export const USUAL_CUES: Readonly<Record<string, readonly string[]>> = {
  scale: [
    "requests per second",
    "requests per day",
    "queries per second",
    "searches per second",
    "predictions per second",
    "calls per second",
    "transactions per second",
    "events per second",
    "active per day",
    "active per month",
    "how many requests",
    "throughput",
    "peak load",
  ],
  latency: [
    "quickly respond",
    "quickly answer",
    "how long request",
    "how long response",
    "time budget",
    "p99",
    "p95",
    "sla",
  ],
  labels: ["labeled", "annotated", "annotations", "positive examples", "data log", "data available", "data collect"],
  privacy: ["pii", "compliance", "law", "data allowed", "protected attributes"],
  baseline: ["already system", "already model", "already exists", "current solution", "current model", "have to beat"],
  budget: ["spend", "expensive", "dollars", "afford", "costs"],
  goal: ["objectives", "trying to achieve", "optimise for", "optimize for", "purpose", "measure success"],
  freshness: ["up to date", "updated", "quickly new", "soon new"],
};
