/** The seven steps in a word each, as tables and margins have room for; 0 is none. */

export const STEP_NAMES = [
  "",
  "Requirements",
  "Framing",
  "Data",
  "Model",
  "Evaluation",
  "Deployment",
  "Monitoring",
] as const;
