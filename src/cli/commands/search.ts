/** `heptad search`: one search over one's own notes, patterns, rules, formulas, questions, problems and the works people learn from. */

import { shellWord } from "../../core/shell-word.ts";
import type { Hit } from "../../library/search.ts";
import type { Command } from "../command.ts";
import { EXITS } from "../command.ts";
import { wholeNumber } from "../options.ts";

export const command: Command = {
  name: "search",
  summary: "search your notes, patterns, rules, formulas, questions, problems and works",
  description:
    "All words have to be found; begun and misspelt words are tried where nothing holds them as written. Your notes are those that heptad check reviews where none is named.",
  arguments: [{ name: "WORDS", description: "what to look for", variadic: true }],
  options: [
    { name: "top", value: "N", description: "how many to show; 12 unless told" },
    { name: "json", description: "print what was found as JSON" },
  ],
  examples: [
    { line: "heptad search position bias", says: "everything about it" },
    { line: "heptad search calibraton", says: "misspelt" },
    { line: "heptad search hnsw --json", says: "for a program" },
  ],
  exits: [EXITS.done, { code: 1, means: "done, and nothing was found" }, EXITS.failed],
  async run(input, terminal) {
    const { libraryEntries, noteEntries } = await import("../../node/library-entries.ts");
    const { openSearch } = await import("../../library/search.ts");
    const words = input.arguments.join(" ");
    const hits = openSearch([...noteEntries("."), ...(await libraryEntries())]).search(
      words,
      wholeNumber(input, "top", 1, 1000) ?? 12,
    );
    if (input.has("json")) {
      const found = hits.map(({ entry: { kind, name, title, steps }, takenFor }) => ({
        kind,
        name,
        title,
        steps,
        takenFor,
      }));
      terminal.out(JSON.stringify(found, null, 2));
    } else if (hits.length === 0) {
      terminal.out(`nothing holds ${input.arguments.length > 1 ? "all of these words" : "this word"}: ${words}`);
    } else {
      const taken = [...new Set(hits.flatMap(({ takenFor }) => takenFor))];
      if (taken.length > 0) terminal.out(`taken for ${taken.slice(0, 5).join(", ")}`);
      for (const hit of hits) terminal.out(terminal.fit(describeHit(hit)));
    }
    return hits.length > 0 ? EXITS.done.code : EXITS.found.code;
  },
};

/** The kind, what it is, and the command that opens it. */
function describeHit({ entry: { kind, name, title } }: Hit): string {
  const opened = {
    pattern: `heptad library ${name}`,
    work: `heptad library ${name}`,
    rule: `heptad explain ${name}`,
    question: `heptad practice ${name}`,
    problem: `heptad interview ${name}`,
    estimate: `heptad estimate --help`,
    design: `heptad check ${shellWord(name)}`,
  }[kind];
  return `${kind.padEnd(9)} ${title}\n          ${opened}`;
}
