/** `heptad sql`: prints step 3 of a note as one text of SQL, for DuckDB or Spark. */

import { FailureError } from "../../core/outcome.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "sql",
  summary: "print a note's features, split, labels and profile as one SQL text",
  description:
    "The text is compiled from the declarations that `heptad run` computes, and gives the same rows to the last bit: sums are of whole units, and windows are differences of running totals, so that no key is too hot. It reads the note's Parquet where it lies; other sources are read and checked here first, and written as Parquet into the folder of `--tables`. Of a note that ranks it has the split, who asks when and what they went on to want. What else is ranked, the negatives among it, is proposed by trained models, which SQL has not: with `--candidates` the first stage runs here, and its proposals are written beside the rows, with the run's own draw of negatives in the column is_kept. The last view, heptad_profile, counts the rows that could not be used under `refused`: where it is not 0, the note's `repair` has work to do that SQL does not.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "dialect", value: "NAME", description: "duckdb or spark; duckdb where absent" },
    { name: "from", value: "PATH", description: "where the engine finds the Parquet, in place of the note's path" },
    {
      name: "tables",
      value: "FOLDER",
      description:
        "write the checked rows there as Parquet, and read those; of a ranking Spark writes what it reads often into FOLDER/kept",
    },
    {
      name: "candidates",
      description: "for a note that ranks: run its first stage here, and let the text join what it proposes",
    },
    { name: "out", value: "PATH", description: "let the text write the cases there as Parquet" },
  ],
  examples: [
    {
      line: "heptad sql designs/card-fraud.md --dialect spark --tables rows",
      says: "the simulated payments as Parquet in rows/, and the text that `spark-sql -f` takes",
    },
    {
      line: "heptad sql designs/movie-recommendations.md --dialect spark --tables rows",
      says: "the simulated events as Parquet in rows/, and the text that parts them, asks and computes the features",
    },
    {
      line: "heptad sql designs/card-fraud.md --tables rows --out cases.parquet",
      says: "for DuckDB, with a last statement that writes every case with its features",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const dialect = input.value("dialect") ?? "duckdb";
  if (dialect !== "duckdb" && dialect !== "spark")
    throw new FailureError({
      code: "unknown-dialect",
      message: `there is no dialect \`${dialect}\``,
      where: "--dialect",
      fix: "write duckdb or spark",
    });
  const { noteScript } = await import("../../node/sql/note-script.ts");
  const text = await noteScript({
    path: input.arguments[0],
    dialect,
    from: input.value("from"),
    tables: input.value("tables"),
    candidates: input.has("candidates"),
    out: input.value("out"),
  });
  terminal.out(text.trimEnd());
  return EXITS.done.code;
}
