import { describe, expect, it } from "vitest";
import { type Entry, openSearch } from "./search.ts";

const entry = (name: string, title: string, text: string): Entry => ({
  kind: "pattern",
  name,
  title,
  text,
  steps: [1],
});
const index = openSearch([
  entry("calibration", "Calibration", "scores that mean what they say"),
  entry("caching", "Caching answers", "calibration is mentioned here once"),
  entry("auc", "ROC", "area under the curve"),
]);
const namesOf = (words: string, limit = 10): string[] => index.search(words, limit).map((hit) => hit.entry.name);

describe("openSearch", () => {
  it("puts a word of the title before the same word in the text", () => {
    expect(namesOf("calibration")).toEqual(["calibration", "caching"]);
  });

  it("wants all of the words", () => {
    expect(namesOf("calibration answers")).toEqual(["caching"]);
    expect(namesOf("calibration curve")).toEqual([]);
  });

  it("finds words of a language that writes them without spaces, and no others of the same letters", () => {
    const notes = openSearch([
      entry("feed", "短视频推荐系统设计", "双塔召回，精排用DIN，日活5000万"),
      entry("query", "検索の自動補完", "前方一致とクリック"),
    ]);
    const found = (words: string): string[] => notes.search(words, 9).map((hit) => hit.entry.name);
    for (const words of ["召回", "推荐系统", "双塔", "双塔 召回", "DIN", "系统设计", "日活5000万"])
      expect(found(words)).toEqual(["feed"]);
    for (const words of ["自動補完", "クリック", "検索"]) expect(found(words)).toEqual(["query"]);
    for (const words of ["回召", "塔双", "补全"]) expect(found(words)).toEqual([]);
  });

  it("finds begun words and misspelt ones, and says what a misspelt one was taken for", () => {
    expect(namesOf("calib")).toContain("calibration");
    const [hit] = index.search("calibraton", 1);
    expect(hit.entry.name).toBe("calibration");
    expect(hit.takenFor).toContain("calibration");
    expect(index.search("calibration", 1)[0].takenFor).toEqual([]);
  });

  it("finds two misspelt words together, swapped letters too, and leaves a right one as it is", () => {
    const biased = openSearch([
      entry("position-bias", "Position bias", "what stands first is clicked"),
      entry("basis", "Position of the basis", "of a vector"),
    ]);
    const [first] = biased.search("posision bais", 5);
    expect(first.entry.name).toBe("position-bias");
    expect([...first.takenFor].sort()).toEqual(["bias", "position"]);
    expect(biased.search("positoin bias", 5).map(({ entry: { name } }) => name)).toEqual(["position-bias"]);
  });

  it("parts two words that were written as one, and says so", () => {
    const wake = openSearch([entry("wake-word", "Wake word", "on a device"), entry("words", "Words", "are many")]);
    const [hit, ...others] = wake.search("wakeword device", 5);
    expect([hit.entry.name, others.length]).toEqual(["wake-word", 0]);
    expect([...hit.takenFor].sort()).toEqual(["wake", "word"]);
    expect(wake.search("ondevice", 5).flatMap(({ takenFor }) => takenFor)).not.toContain("on");
  });

  it("does not guess where a word stands as written", () => {
    expect(namesOf("auc")).toEqual(["auc"]);
  });

  it("keeps to the limit, and finds nothing for nothing", () => {
    expect(namesOf("calibration", 1)).toHaveLength(1);
    expect(namesOf("")).toEqual([]);
    expect(namesOf("zzzzzz")).toEqual([]);
  });

  describe("of few letters", () => {
    const rule = (name: string, title: string, text = ""): Entry => ({ kind: "rule", name, title, text, steps: [4] });
    const short = openSearch([
      rule("no-fallback", "HP619 nothing answers when the model does not"),
      rule("fallback-too-late", "HP620 no-fallback comes too late", "no fallback, no-fallback"),
      rule("stage-work", "HP404 items times the cost of one", "403, 404"),
      rule("score-everything", "HP403 every item is scored"),
      entry("leakage", "Leakage", "what is known only afterwards"),
      entry("target-leak", "A leak of the target", "it leaks"),
      entry("four", "Not found", "404 404 404 404"),
      entry("clicks", "Rates", "the click-through rate of a list"),
    ]);
    const found = (words: string): string[] => short.search(words, 9).map((hit) => hit.entry.name);

    it("finds a rule by its code, whole, begun or as a bare number, before what only speaks of it", () => {
      for (const words of ["HP404", "hp404", "404"]) expect(found(words)[0]).toBe("stage-work");
      expect(found("404")).toContain("four");
      expect(found("HP4")).toEqual(["score-everything", "stage-work"]);
      expect(found("hp6")).toEqual(["no-fallback", "fallback-too-late"]);
    });

    it("finds an entry by its own name before others that hold its words", () => {
      expect(found("no-fallback")[0]).toBe("no-fallback");
      expect(found("target-l")).toEqual(["target-leak"]);
    });

    it("finds a word that another begins with in both, and the whole one first", () => {
      expect(found("leak")).toEqual(["target-leak", "leakage"]);
      expect(found("leaka")).toEqual(["leakage"]);
    });

    it("spells out what is written by first letters, and says so", () => {
      const [hit] = short.search("CTR", 1);
      expect([hit.entry.name, [...hit.takenFor].sort()]).toEqual(["clicks", ["click", "rate", "through"]]);
    });

    it("guesses no other word for three letters, and of four only their order", () => {
      expect(found("lek")).toEqual([]);
      expect(found("laek")[0]).toBe("target-leak");
      expect(found("leal")).toEqual([]);
    });
  });
});
