import { expect, it } from "vitest";
import { PROSE_TOPICS } from "./prose-topics.ts";

const speaks = (name: string, text: string): boolean | undefined =>
  PROSE_TOPICS.find((topic) => topic.name === name)?.words.test(text);

it.each([
  "- online: prevalence, valid appeals",
  "**Online**: bookings",
  "Online metrics – complaints per thousand",
  "We watch dwell time.",
  "GMV and conversion",
  "engagement",
])("hears an online metric in `%s`", (text) => {
  expect(speaks("online-metric", text)).toBe(true);
});

it.each(["precision 5%, recall 50%", "from 5% to 25% of fraud", "5% of users, 100% of staff"])(
  "hears no rollout in `%s`",
  (text) => {
    expect(speaks("rollout", text)).toBe(false);
  },
);

it.each(["online serving: 20 ms", "The index is online.", "offline: ROC-AUC"])("hears none in `%s`", (text) => {
  expect(speaks("online-metric", text)).toBe(false);
});

it.each([
  ["drift", "We watch the score histogram."],
  ["drift", "the distribution of the features, weekly"],
  ["sources", "Decisions of moderators over the last 12 months"],
  ["sources", "200k labelled pairs of listings"],
  ["sources", "GPS traces"],
  ["task", "whether a card will be charged back"],
  ["task", "nearest neighbours in embedding space"],
  ["task", "P(listen to half of it)"],
  ["labels", "It is charged back 45 days later."],
  ["features", "| signal | window |"],
  ["task", "Binary: spam or not."],
  ["alternatives", "chosen, because wide & deep lost 0.2%"],
  ["latency", "a nightly batch on 8 machines"],
  ["online-metric", "nDCG@10, and hours listened"],
  ["online-metric", "| Cost per order | online | -3% |"],
  ["alternatives", "a sequence model maybe?? or just counts first"],
  ["rollout", "A/B test at 5% for two weeks, then 25%, then 100%."],
  ["rollout", "1% → 10% → 100%"],
  ["rollout", "5% of the users, 50%, then everybody"],
])("hears %s in `%s`", (name, text) => {
  expect(speaks(name, text)).toBe(true);
});
