/** What a finding would come to if nobody acted on it. */

/** Gravest first: a false figure makes every later decision a false one. */
export const CONSEQUENCES = {
  "false-figures": "Every figure would be false",
  late: "It would be too late at the peak",
  "no-way-back": "There would be no way back",
  harm: "It would do harm",
  "learns-nothing": "Nothing would be learned",
  blind: "Nobody would see it",
} as const;

export type Consequence = keyof typeof CONSEQUENCES;
