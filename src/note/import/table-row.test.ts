import { describe, expect, it } from "vitest";
import { importNotes } from "./import-note.ts";

/** Facts of a table, then of which numbers it is said why they are none. */
function factsOf(...rows: readonly string[]): { readonly facts: string[]; readonly said: string[] } {
  const [header = "", ...more] = rows;
  const bars = header.replaceAll(/[^|]+/gu, "---");
  const prose = "This is what we know of the users of the system and of what it has to do for them.";
  const text = `# A feed\n\n## Requirements\n\n${prose}\n\n${[header, bars, ...more].join("\n")}\n`;
  const [made] = importNotes([{ file: "a.md", text }]);
  const said = [...made.text.matchAll(/# also read: (?<words>.*); not proposed/gu)];
  return {
    facts: made.facts.map(({ path, value }) => `${path.join(".")} ${value}`),
    said: said.map(({ groups }) => groups?.words ?? ""),
  };
}

describe("a table of numbers", () => {
  it("gives each quantity the number beside it", () => {
    const { facts } = factsOf(
      "| Requirement | Target | How |",
      "| p99 latency | < 200 ms | load test |",
      "| Availability | 99.9% | monthly |",
      "| **DAU** | 10M | |",
    );
    expect(facts).toEqual(["latency.p99 200 ms", "availability 99.9%", "users.daily 10M"]);
  });

  it("takes of several columns the one that says what is asked, and neither a year nor how it is today", () => {
    expect(factsOf("| Metric | Current | Target |", "| p99 | 400 ms | 150 ms |")).toEqual({
      facts: ["latency.p99 150 ms"],
      said: ["latency.p99 as 400 ms, said of how it is today"],
    });
    // One number alone stands in its own column, whatever stands before it.
    expect(factsOf("| Metric | Current | Target |", "| DAU | | 10M |").facts).toEqual(["users.daily 10M"]);
    expect(factsOf("| Metric | Current | MVP |", "| DAU | | 10M |").facts).toEqual([]);
    expect(factsOf("| Metric | Value | Year |", "| DAU | 10M | 2027 |").facts).toEqual(["users.daily 10M"]);
    expect(factsOf("| | Today | In two years |", "| DAU | 1M | 10M |")).toEqual({
      facts: ["users.daily 1M"],
      said: ["users.daily as 10M, said of what may come"],
    });
  });

  it("takes none where the columns are stages, firms or cases among which nothing is chosen", () => {
    expect(factsOf("| | MVP | V2 |", "| DAU | 1M | 10M |")).toEqual({
      facts: [],
      said: ["users.daily as 1M, said of a stage of a plan", "users.daily as 10M, said of a stage of a plan"],
    });
    expect(factsOf("| | EU | US |", "| DAU | 1M | 10M |")).toEqual({
      facts: [],
      said: ["users.daily as 1M, said of one of several columns", "users.daily as 10M, said of one of several columns"],
    });
    expect(factsOf("| | We | Netflix |", "| DAU | 1M | 10M |")).toEqual({
      facts: ["users.daily 1M"],
      said: ["users.daily as 10M, said of `Netflix`"],
    });
  });

  it("takes the whole and no part where its rows are parts of the system, and none where they are cases", () => {
    expect(factsOf("| Component | Metric | Target |", "| Ranker | p99 | 20 ms |", "| Total | p99 | 120 ms |")).toEqual({
      facts: ["latency.p99 120 ms"],
      said: ["latency.p99 as 20 ms, said of a part of the request"],
    });
    const { text } = importNotes([
      {
        file: "a.md",
        text: "# A\n\n## Latency budget\n\nHow long each part takes, of all that we have.\n\n| Component | p99 |\n|---|---|\n| Model | 20 ms |\n",
      },
    ])[0];
    expect(text, "the column says which").not.toContain("of which percentile");
    expect(factsOf("| Region | Traffic |", "| EU | 900 QPS |", "| US | 400 QPS |").facts).toEqual([]);
    expect(factsOf("| Model | Load |", "| BERT | 900 QPS |").facts).toEqual([]);
  });
});
