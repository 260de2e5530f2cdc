/** Proposes the rollout of a design from its prose: shares that rise. */

import type { Proposal, ProseLine } from "./proposal.ts";

/** What is said of one step of a rollout. */
const OF_STEP = String.raw`(?:\sof\s(?:(?:the|our|all)\s)?(?:traffic|users|members|customers|requests|listeners))?(?:\sfor\s(?:an?|one|two|three|\d+)\s(?:hours?|days?|weeks?))?`;
const THEN = String.raw`\s*(?:→|->|=>|,?(?:\sand)?\s(?:then|finally|lastly)(?:\sto)?|,)\s*`;
const ROLLOUT = new RegExp(
  String.raw`(?:\bshadow\b[\s\p{L}]{0,12}(?:→|->|=>|,|then)\s*)?\d{1,3}(?:\.\d+)?\s?%(?:${OF_STEP}${THEN}(?:\d{1,3}(?:\.\d+)?\s?%|(?:everyone|everybody|all|full)\b))+`,
  "giu",
);
const SHARE_OF_ROLLOUT = /\d{1,3}(?:\.\d+)?(?=\s?%)|\b(?:everyone|everybody|(?:(?<!\bof )all)|full)\b/giu;

/** `5% → 20% → 50% → 100%`: shares that rise. */
export function readRollout(line: ProseLine): Proposal[] {
  if (!line.steps.includes(6) && !/roll|canary|shadow|ramp/iu.test(line.text)) return [];
  return [...line.text.matchAll(ROLLOUT)].flatMap(([whole]) => {
    const shares = [...whole.matchAll(SHARE_OF_ROLLOUT)].map(([share]) => (/^\d/u.test(share) ? Number(share) : 100));
    const rises = shares.every((share, i) => share <= 100 && share > (shares[i - 1] ?? 0));
    if (!rises) return [];
    const steps = [...(/^\s*shadow/iu.test(whole) ? ["shadow"] : []), ...shares.map((share) => `${share}%`)];
    return [
      {
        step: 6 as const,
        path: ["rollout"],
        value: `[${steps.join(", ")}]`,
        at: { ...line.place, quote: whole.trim() },
      },
    ];
  });
}
