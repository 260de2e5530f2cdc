/** What every source of compressible parts must hold, whatever its form of task: each entry is done or refused by name, and what it costs is what its figures say. */

import { describe, expect, it } from "vitest";
import type { CompressionSource } from "../../src/steps/5-evaluate/optimize/compression-source.ts";
import { compressionStage } from "../../src/steps/5-evaluate/optimize/compression-stage.ts";
import type { CompressionEntry } from "../../src/steps/5-evaluate/optimize/variant.ts";
import { parseDesign } from "../../src/steps/design.ts";
import type { Plain } from "../../src/system/plain-data.ts";
import type { StageResult } from "../../src/system/stage.ts";
import { runAgain, type StoredResults } from "./stored-run.ts";

export interface CompressionContract<Parts> {
  readonly source: (
    entries: readonly CompressionEntry[],
  ) => CompressionSource<Parts> & { readonly parts: Plain<Parts> };
  readonly results: StoredResults;
  /** A stage of boosted trees, as the note and as figures call it. */
  readonly trees: string;
  readonly subject: string;
  readonly metric: string;
}

export function describeCompressionSource<Parts>(name: string, open: () => Promise<CompressionContract<Parts>>): void {
  /** Makes smaller what the `optimize` of these lines asks for. */
  const compress = async (lines: readonly string[]): Promise<StageResult> => {
    const { source, results } = await open();
    const note = ["---", "heptad: 1", "title: t", "system: s", "---", "## 5. Evaluation", "```yaml", "optimize:"];
    const { design } = parseDesign([...note, ...lines.map((line) => `  - ${line}`), "```", ""].join("\n"), "note.md");
    const entries = design?.evaluate.optimize ?? [];
    expect(entries).toHaveLength(lines.length);
    const stage = compressionStage(entries, source(entries));
    if (stage === undefined) throw new Error("nothing is compressed");
    return runAgain(stage, results);
  };
  const figureOf = ({ figures }: StageResult, figure: string, subject: string, against?: string): number =>
    figures.find(
      (one) =>
        one.name === figure &&
        one.subject === subject &&
        one.against === against &&
        ["all", "compressed part"].includes(one.slice),
    )?.value ?? Number.NaN;
  /** The quality of the whole part: measured beside the small one, or as the evaluation measured it. */
  const wholeOf = async (result: StageResult): Promise<number> => {
    const { subject, metric, results } = await open();
    const beside = figureOf(result, metric, subject);
    const evaluation = results.get("evaluation");
    return Number.isNaN(beside) && evaluation !== undefined ? figureOf(evaluation, metric, subject) : beside;
  };

  describe(`${name} as a source of parts to make smaller`, () => {
    it("gives the bytes and the quality before and after, and the difference is after less before", async () => {
      const { trees, subject, metric } = await open();
      const result = await compress([
        `{ method: quantization, stage: ${trees}, precision: int8, accept: "${metric} drop <= 50%" }`,
      ]);
      const small = `${subject} int8`;
      expect(figureOf(result, "compact bytes", small)).toBeLessThan(figureOf(result, "compact bytes", subject));
      const [before, after] = [await wholeOf(result), figureOf(result, metric, small)];
      expect(figureOf(result, metric, small, subject)).toBeCloseTo(after - before, 9);
      const [clause] = result.alerts;
      expect(clause).toMatchObject({ kind: "acceptance", step: 5, metric: `${metric} of ${small}` });
      expect(clause.measured).toBeCloseTo((before - after) / before, 9);
      // A single request or day has no interval.
      const [low, high] = clause.interval ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      expect(clause.measured).toBeGreaterThanOrEqual(low - 1e-12);
      expect(clause.measured).toBeLessThanOrEqual(high + 1e-12);
      expect(result.remarks.map(({ kind }) => kind)).toEqual(["answer"]);
      expect(result.remarks[0].text).toContain(`**${small}**`);
    });

    it("loses nothing by pruning that keeps every tree, and more bytes the fewer it keeps", async () => {
      const { trees, subject, metric } = await open();
      const bytes: number[] = [];
      for (const share of [100, 50, 20]) {
        const result = await compress([
          `{ method: pruning, stage: ${trees}, keep: ${share}%, accept: "${metric} drop <= 1%" }`,
        ]);
        const pruned = `${subject} pruned to ${share}%`;
        bytes.push(figureOf(result, "compact bytes", pruned));
        if (share === 100) {
          expect(figureOf(result, metric, pruned)).toBeCloseTo(await wholeOf(result), 12);
          expect(result.alerts[0]).toMatchObject({ measured: 0, fires: false });
          expect(bytes[0]).toBe(figureOf(result, "compact bytes", subject));
        }
      }
      expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
      expect(bytes[2]).toBeLessThan(bytes[1]);
    });

    it("goes through the entries in their order, and refuses by name what is no part of the system", async () => {
      const { trees, metric } = await open();
      const { remarks, alerts } = await compress([
        `{ method: quantization, stage: nowhere, precision: int8, accept: "${metric} drop <= 1%" }`,
        `{ method: pruning, stage: ${trees}, keep: 50%, accept: "${metric} drop <= 1%" }`,
        `{ method: quantization, stage: ${trees}, precision: int8 }`,
      ]);
      expect(remarks.map(({ kind }) => kind)).toEqual(["answer", "answer", "warning"]);
      expect(remarks[0].text).toContain("pruned to 50%");
      expect(remarks[1].text).toContain("int8");
      expect(remarks[2].text).toContain("nowhere");
      expect(alerts).toHaveLength(1);
    });

    it("measures a part that two entries start from once, and says the same again", async () => {
      const { trees, subject } = await open();
      const lines = [
        `{ method: pruning, stage: ${trees}, keep: 50% }`,
        `{ method: quantization, stage: ${trees}, precision: int8 }`,
      ];
      const result = await compress(lines);
      const wholes = result.figures.filter((one) => one.name === "compact bytes" && one.subject === subject);
      expect(wholes).toHaveLength(1);
      expect(await compress(lines)).toEqual(result);
    });
  });
}
