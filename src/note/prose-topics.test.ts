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
])("hears %s in `%s`", (name, text) => {
  expect(speaks(name, text)).toBe(true);
});
