import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../test/drawn-run.ts";
import { recommendation } from "../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import { designSheet } from "./design-sheet.ts";
import { plainText } from "./document.ts";
import { modelCard } from "./documents/model-card.ts";
import { readNote } from "./read-note.ts";

const read = (text: string) => {
  const note = readNote({ file: "a.md", text, id: "a", run: undefined });
  if (note === undefined) throw new Error("expected a design");
  return note;
};
const movies = (): ReturnType<typeof read> => read(readFileSync("designs/movie-recommendations.md", "utf8"));
const ran = (): ReturnType<typeof read> => {
  const run = runOf({ ...USUAL_RUN, simulated: true });
  const { summary, remarks } = summarizeBy(recommendation.questions)(run);
  return {
    ...movies(),
    run: { id: "r7", record: { ...run, remarks: [...run.remarks, ...remarks], summary }, isCurrent: true },
  };
};
const namesOf = (note: ReturnType<typeof read>): string[] =>
  designSheet(note, false)
    .blocks.flatMap((block) =>
      block.kind === "table" && plainText(block.header.flat()).startsWith("estimate") ? block.rows : [],
    )
    .map(([name]) => plainText(name));

it("has room for every estimate where no run takes it: the cost was cut from a page half empty", () => {
  expect(namesOf(movies())).toContain("Cost");
  expect(namesOf(ran())).toHaveLength(10);
});

it("has no column of limits where no estimate has one", () => {
  const heads = (note: ReturnType<typeof read>): string =>
    designSheet(note, false)
      .blocks.flatMap((block) => (block.kind === "table" ? block.header.map(plainText) : []))
      .join(" ");
  expect(heads(movies())).toBe("estimate answer limit");
  const wake = read(readFileSync("designs/wake-word.md", "utf8"));
  expect(heads(wake)).toBe("estimate answer");
});

it("names in a model card what each limit of the run is about, before it says why", () => {
  const note = ran();
  const [doubt] = note.run?.record.summary.doubts ?? [];
  const [{ blocks }] = modelCard(note).parts[0].chapters;
  const items = blocks.flatMap((block) => (block.kind === "list" ? block.items : []));
  expect(JSON.stringify(items[0])).toContain(doubt.short);
  expect(JSON.stringify(items[0])).toContain(doubt.text.slice(0, 12));
});
