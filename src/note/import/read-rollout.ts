/** Proposes the rollout of a design from its prose: shares that rise. */

import type { Proposal, ProseLine, Reading, Remark } from "./proposal.ts";

/** What is said of one step of a rollout. */
const OF_STEP = String.raw`(?:\sof\s(?:(?:the|our|all)\s)?(?:traffic|users|members|customers|requests|listeners))?(?:\sfor\s(?:an?|one|two|three|\d+)\s(?:hours?|days?|weeks?))?`;
const THEN = String.raw`\s*(?:→|->|=>|,?(?:\sand)?\s(?:then|finally|lastly)(?:\sto)?|\sand|,)\s*`;
const ROLLOUT = new RegExp(
  String.raw`(?:\bshadow\b[\s\p{L}]{0,12}(?:→|->|=>|,|then)\s*)?\d{1,3}(?:\.\d+)?\s?%(?:${OF_STEP}${THEN}(?:\d{1,3}(?:\.\d+)?\s?%|(?:everyone|everybody|all|full)\b))+`,
  "giu",
);
const SHARE_OF_ROLLOUT = /\d{1,3}(?:\.\d+)?(?=\s?%)|\b(?:everyone|everybody|(?:(?<!\bof )all)|full)\b/giu;

/** Behind the last share stands what it is a share of: an error rate, a rise, a discount are no step of a rollout. */
const OF_OTHER =
  /^\s?(?!(?:rollout|roll|ramp|canary|shadow|stage|step|launch|release|at|on|in|over|if|when|once|after|for|with|within|and|or|then|finally|until|while|each|every|per|as|by|to|wave|everywhere|everyone|traffic|users|members|customers|requests|of (?:(?:the|our|all) )?(?:traffic|users|members|customers|requests|listeners|sessions|stores|regions|devices|markets|servers|hosts))(?!\p{L}))(?:of\s)?\p{L}+/iu;

/** Before the shares: what changes by them. */
const OF_CHANGE =
  /\b(?:drop(?:s|ped)?|falls?|ris(?:e|es)|increas\p{L}*|decreas\p{L}*|loss(?:es)?|gains?|errors?|rollback|roll back|regress\p{L}*|degrad\p{L}*|discounts?|thresholds?|alert\p{L}*|uplift|lift)\b[^.;:|]{0,30}$/iu;

/** `5% → 20% → 50% → 100%`: shares that rise. */
export function readRollout(line: ProseLine): Reading {
  if (!line.steps.includes(6) && !/roll|canary|shadow|ramp/iu.test(line.text)) return NOTHING;
  const proposals: Proposal[] = [];
  const remarks: Remark[] = [];
  for (const { index, 0: whole } of line.text.matchAll(ROLLOUT)) {
    const shares = [...whole.matchAll(SHARE_OF_ROLLOUT)].map(([share]) => (/^\d/u.test(share) ? Number(share) : 100));
    const rises = shares.every((share, i) => share <= 100 && share > (shares[i - 1] ?? 0));
    // `73% and 77%` are the ends of something; the `and` of a rollout stands before its last step.
    if (!rises || (shares.length === 2 && /%\sand\s\d/iu.test(whole))) continue;
    const steps = [...(/^\s*shadow/iu.test(whole) ? ["shadow"] : []), ...shares.map((share) => `${share}%`)];
    const value = `[${steps.join(", ")}]`;
    const at = { ...line.place, quote: whole.trim() };
    if (OF_CHANGE.test(line.text.slice(0, index))) {
      const says = `also read: ${steps.join(", ")}, shares of something else than a rollout; not proposed`;
      remarks.push({ step: 6, says, at, isNumber: true });
    } else if (OF_OTHER.test(line.text.slice(index + whole.length))) {
      const says = `also read: rollout as ${value}, of which the last is said of something else; not proposed`;
      remarks.push({ step: 6, says, at, isNumber: true });
    } else proposals.push({ step: 6, path: ["rollout"], value, at });
  }
  return { proposals, remarks };
}

const NOTHING: Reading = { proposals: [], remarks: [] };
