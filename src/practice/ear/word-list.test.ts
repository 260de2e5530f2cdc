import { describe, expect, it } from "vitest";
import { bareStretches } from "./word-list.ts";

/** The parts of a sentence that are a list of words; `met` are the words that were met in it. */
function bare(sentence: string, ...met: readonly string[]): string[] {
  const hits = met.map((word) => ({ start: sentence.indexOf(word), end: sentence.indexOf(word) + word.length }));
  return bareStretches(sentence, hits).map(({ start, end }) => sentence.slice(start, end).trim());
}

describe("a list of words", () => {
  it("is three and more items in a row that nothing ties", () => {
    expect(bare("we measure it well, drift, latency, skew")).toEqual(["drift, latency, skew"]);
    expect(bare("we measure it well, drift, latency")).toEqual([]);
    expect(bare("drift, latency, we measure it well")).toEqual([]);
  });

  it("is a whole sentence of fewer items too, and a loose stretch of five words", () => {
    expect(bare("drift latency skew")).toEqual(["drift latency skew"]);
    expect(bare("we measure it well, drift latency, skew cost budget")).toEqual(["drift latency, skew cost budget"]);
    expect(bare("we measure it well, drift latency, skew cost")).toEqual([]);
  });

  it("is not what glue, a number or a verb ties", () => {
    expect(bare("the drift of features")).toEqual([]);
    expect(bare("drift below 3 percent")).toEqual([]);
    expect(bare("drift latency blocked")).toEqual([]);
    expect(bare("drift blocked")).toEqual(["drift blocked"]);
    expect(bare("drift it's skew")).toEqual([]);
    // `embed` and `speed` are no past forms.
    expect(bare("drift speed skew")).toEqual(["drift speed skew"]);
    expect(bare("drift embed skew")).toEqual(["drift embed skew"]);
    expect(bare("Track catalogue coverage weekly".toLowerCase())).toEqual([]);
  });

  it("is loose without any glue, or where it breaks off behind it", () => {
    // What was met may hold glue: alone it ties nothing.
    expect(bare("features as of", "features as of")).toEqual(["features as of"]);
    expect(bare("point in time features", "point in time")).toEqual([]);
    expect(bare("ndcg@10 recall@50 coverage", "ndcg@10")).toEqual(["ndcg@10 recall@50 coverage"]);
  });

  it("is not what a design fills in, in a few words behind what they are for or behind a colon", () => {
    expect(bare("baseline most popular; metric ndcg@10", "most popular", "ndcg@10")).toEqual([]);
    expect(bare("fallback: popular titles")).toEqual([]);
    // Named and not filled in, or a row as long as any list.
    expect(bare("fallback: cache")).toEqual(["fallback: cache"]);
    expect(bare("baseline model; fallback path")).toEqual(["baseline model; fallback path"]);
    expect(bare("metric drift skew latency cost")).toEqual(["metric drift skew latency cost"]);
    expect(bare("topics: popular titles")).toEqual(["topics: popular titles"]);
  });

  it("has its items between commas, colons, slashes, arrows and bullets", () => {
    for (const sign of [",", ";", ":", "/", "→", "•", "+", "&", "|"])
      expect(bare(`drift${sign}latency${sign}skew`), sign).toEqual([`drift${sign}latency${sign}skew`]);
    expect(bare("drift, 12, latency")).toEqual(["drift, 12, latency"]);
    expect(bare("12, 13, 14")).toEqual([]);
  });
});
