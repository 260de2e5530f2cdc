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
