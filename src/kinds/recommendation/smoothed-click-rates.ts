/** Click probability as a title's rate times a member's, both smoothed and freed of position bias: a plain model of rewards. */

import type { PlacedImpressions } from "./examination.ts";

/** Chance of a click by a member who looks at the title. */
export type ClickRates = (member: number, title: number) => number;

/** Clicks' worth of the overall rate that a title or a member starts with. */
const PRIOR_LOOKS = 50;

/** `examination` by place, from place 1. An unseen title has the overall rate, an unseen member the factor 1. */
export function fitClickRates(
  { member, title, place, clicked }: PlacedImpressions,
  examination: Float64Array,
  counts: { readonly members: number; readonly titles: number },
): ClickRates {
  const titles = { looks: new Float64Array(counts.titles), clicks: new Float64Array(counts.titles) };
  let looks = 0;
  let clicks = 0;
  for (let row = 0; row < title.length; row++) {
    titles.looks[title[row]] += examination[place[row] - 1];
    titles.clicks[title[row]] += clicked[row];
    looks += examination[place[row] - 1];
    clicks += clicked[row];
  }
  const overall = looks > 0 ? clicks / looks : 0;
  const rate = titles.clicks.map((count, at) => (count + PRIOR_LOOKS * overall) / (titles.looks[at] + PRIOR_LOOKS));
  const members = { expected: new Float64Array(counts.members), clicks: new Float64Array(counts.members) };
  for (let row = 0; row < member.length; row++) {
    members.expected[member[row]] += examination[place[row] - 1] * rate[title[row]];
    members.clicks[member[row]] += clicked[row];
  }
  const prior = PRIOR_LOOKS * overall;
  const factor = members.clicks.map((count, at) => (prior > 0 ? (count + prior) / (members.expected[at] + prior) : 1));
  return (one, other) => Math.min(1, factor[one] * rate[other]);
}
