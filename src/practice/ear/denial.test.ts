import { describe, expect, it } from "vitest";
import { denialsOf } from "./denial.ts";

/** What of a sentence is denied, as words. */
const denied = (sentence: string): readonly string[] =>
  denialsOf(sentence).map(({ start, end }) => sentence.slice(start, end).trim());
const negators = (sentence: string): readonly string[] =>
  denialsOf(sentence).map(({ at: [start, end] }) => sentence.slice(start, end));

describe("what a sentence denies", () => {
  it("is the whole clause of a denied verb, and no other clause", () => {
    expect(denied("we do not replay the logs, but we slice them")).toContain("we do not replay the logs,");
    expect(denied("we slice them because rules are not kept")).toContain("because rules are not kept");
    expect(denied("nobody owns the alerts; we page them")).toEqual(["nobody owns the alerts"]);
    expect(denied("the cache is warm and we never clear it")).toContain("we never clear it");
    expect(denied("by slices a judge never looks at it")).toContain("by slices a judge never looks at it");
    expect(denied("a list of films seen but never played")).toEqual(["but never played"]);
  });

  it("is the clause of a refusal that has no `not`: `can safely be left alone` earned credit", () => {
    for (const sentence of [
      "position bias can safely be left alone",
      "position bias may be ignored",
      "we leave position bias in the clicks uncorrected",
      "weights make no difference",
      "author diversity matters little",
      "we are fine without weights",
      "weights are barely worth the trouble",
      "weights are a luxury we can easily live without",
    ])
      expect(denied(sentence), sentence).toContain(sentence);
    expect(denied("bias can be left alone, but we weigh clicks")).toEqual(["bias can be left alone,"]);
  });

  it("is what follows `no` and `without`, up to a comma, and over an enumeration", () => {
    expect(denied("there is no fallback, and a cache")).toEqual(["no fallback"]);
    expect(denied("without replicas we wait")).toEqual(["without replicas"]);
    expect(denied("no cache, fallback or replicas, a queue")).toEqual(["no cache, fallback or replicas"]);
    expect(denied("a rule instead of a model, and alerts")).toEqual(["instead of a model"]);
  });

  it("leaves the main verb outside of a `not` in a clause of its own", () => {
    expect(denied("impressions shown and not played are negatives")).toEqual(["and not played"]);
    expect(denied("films not seen count as unknown")).toEqual(["not seen"]);
  });

  it("is nothing where the words only look like a denial", () => {
    for (const sentence of [
      "no increase of latency is allowed",
      "not only the mean counts",
      "no later than noon",
      "it is at most as slow, if not faster",
      "nothing but time splits",
    ])
      expect(denied(sentence), sentence).toEqual([]);
  });

  it("is the whole sentence that says only that a thing matters", () => {
    for (const sentence of [
      "drift is very important",
      "we should also think about drift",
      "there is a trade-off between recall and latency",
      "we need a good metric",
      "alerts when needed",
    ])
      expect(denied(sentence), sentence).toContain(sentence);
  });

  it("is not what a part of the system refuses, and is what people refuse", () => {
    expect(denied("a hard bound in the serving path refuses prices outside a range")).toEqual([]);
    expect(denied("we refuse a bound in the serving path")).toContain("we refuse a bound in the serving path");
    expect(denied("the team simply refuses a bound")).toContain("the team simply refuses a bound");
  });

  it("names the word that denies", () => {
    expect(negators("rules are not kept")).toContain("not");
    expect(negators("we stopped measuring drift")).toContain("stopped");
    expect(negators("nobody looks")).toContain("nobody");
    expect(negators("a list without ranks")).toEqual(["without"]);
  });
});
