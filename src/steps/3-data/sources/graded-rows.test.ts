import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { createRandom } from "../../../core/random.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { readGradedRows } from "./graded-rows.ts";

const read = (text: string, sizes?: string) => {
  const path = join(temporaryFolder(), "rank.train");
  writeFileSync(path, text);
  if (sizes !== undefined) writeFileSync(`${path}.query`, sizes);
  return readGradedRows({ files: createInputFiles() }, path);
};

describe("rows of LibSVM", () => {
  it("are read with their queries, absent features as 0, blank lines and notes left out", async () => {
    const rows = await read("2 qid:a 1:0.5 3:-1e-2 # best\r\n\n0 qid:b 3:7\n1 qid:a 1:.25");
    expect([...rows.grades]).toEqual([2, 0, 1]);
    expect([...rows.queries]).toEqual([0, 1, 0]);
    expect(rows.queryCount).toBe(2);
    expect(Object.fromEntries([...rows.features].map(([at, column]) => [at, [...column]]))).toEqual({
      1: [0.5, 0, 0.25],
      3: [-0.01, 7, 0],
    });
  });

  it("take their queries from the sizes beside the file", async () => {
    const rows = await read("1 1:1\n0 1:2\n2 1:3\n", "2\n1\n");
    expect([[...rows.queries], rows.queryCount]).toEqual([[0, 0, 1], 2]);
  });

  it("are read back exactly as a seed writes them, however the text is cut", async () => {
    const random = createRandom(8);
    const written = Array.from({ length: 3000 }, (_, row) => ({
      grade: random.below(5),
      query: Math.floor(row / 7),
      cells: new Map(Array.from({ length: random.below(6) }, () => [1 + random.below(40), random.normal()] as const)),
    }));
    const rows = await read(
      written
        .map(
          ({ grade, query, cells }) =>
            `${grade} qid:${query} ${[...cells].map(([at, value]) => `${at}:${value}`).join(" ")}`,
        )
        .join("\n"),
    );
    expect([...rows.grades]).toEqual(written.map(({ grade }) => grade));
    expect([...rows.queries]).toEqual(written.map(({ query }) => query));
    const wrong = written.filter(({ cells }, row) =>
      [...rows.features].some(([at, column]) => column[row] !== (cells.get(at) ?? 0)),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ["1 qid:1 1:0.5\nx qid:1 1:2\n", undefined, /rank\.train, line 2, column 1/u, /`x` is no grade/u],
    ["-1 qid:1 1:0.5\n", undefined, /line 1, column 1/u, /`-1` is no grade/u],
    ["1 qid:1 1:0.5 2:abc\n", undefined, /line 1, column 15/u, /`2:abc` is no feature/u],
    ["1 qid:1 1:0.5 1:0.6\n", undefined, /line 1, column 15/u, /feature 1 stands twice/u],
    ["1 qid:1 1:0.5\n1 1:2\n", undefined, /rank\.train/u, /row 2 names no query, and others do/u],
    ["1 1:0.5\n", undefined, /rank\.train/u, /there is no rank\.train\.query/u],
    ["1 1:0.5\n0 1:1\n", "1\n", /rank\.train\.query/u, /the sizes of 1 queries make 1 rows, and the file has 2/u],
    ["1 1:0.5\n", "one\n", /rank\.train\.query/u, /`one` is no size/u],
    ["\n# nothing\n", undefined, /rank\.train/u, /there is no row/u],
  ])("stop where they are none: %j", async (text, sizes, where, message) => {
    const failure = await read(text, sizes).then(
      () => undefined,
      (error) => error.failure,
    );
    expect(failure?.message).toMatch(message);
    expect(failure?.where).toMatch(where);
  });
});
