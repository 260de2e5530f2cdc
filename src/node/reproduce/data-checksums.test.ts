import { join } from "node:path";
import { expect, it } from "vitest";
import { CUT, idx, type TableFiles, writePayments, writeTable } from "../../../test/cut-tables.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { checksumOfColumns, checksumOfLines, checksumOfPhotos, type DataChecksums } from "./data-checksums.ts";
import { protocolOf } from "./protocols.ts";
import { readTable, tableNames } from "./read-tables.ts";
import { openWorkbench } from "./workbench.ts";

/** What a protocol sums of these files before its first part, or until its end: too few rows may fail after that. */
async function sumsOf(protocol: string, folder: string | TableFiles): Promise<DataChecksums> {
  const name = tableNames().find((one) => readTable(one).protocol === protocol) ?? "";
  const table = { ...readTable(name), counts: {}, checksums: {} };
  const at = typeof folder === "string" ? folder : writeTable(table, folder);
  const bench = openWorkbench({ folder: at, store: createMemoryStore(), version: "1", now: () => 0 }, table.data);
  const found: Record<string, string> = {};
  const stopped = new Error("the first part");
  const watched = {
    ...bench,
    summed: (sums: DataChecksums) => void Object.assign(found, sums),
    part: () => Promise.reject(stopped),
  };
  await protocolOf(table)(name, table, watched).catch((error: unknown) => {
    if (error !== stopped && Object.keys(found).length === 0) throw error;
  });
  return found;
}

/** Names whose sums differ. */
function changed(before: DataChecksums, after: DataChecksums): readonly string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

const photos = (pixel: number) => new Uint8Array(12 * 16).fill(1).with(20, pixel);

/** By protocol: files with one value changed, as many rows as before, and what that changes. */
const CHANGES: readonly (readonly [string, TableFiles, string])[] = [
  ["next-item", { lists: "1 1 2 3 4\n2 2 3 5 4" }, "lists"],
  ["given-split", { train: "0 1 2 3\n1 2 3 1" }, "train"],
  ["given-split", { test: "0 4\n1 5" }, "test"],
  ["graded-documents", { train: "1 1:0\n1 1:1" }, "train"],
  ["graded-documents", { train: "0 1:0\n1 1:2" }, "train"],
  ["graded-documents", { "train-sizes": "1\n1" }, "train"],
  ["graded-documents", { test: "0 1:1\n1 1:1" }, "test"],
  ["labelled-photos", { "train-images": idx([12, 4, 4], photos(2)) }, "train-images"],
  ["labelled-photos", { "train-labels": idx([12], new Uint8Array(12).fill(1).with(3, 2)) }, "train-images"],
  ["labelled-photos", { "test-labels": idx([4], new Uint8Array(4).fill(1).with(3, 2)) }, "test-images"],
  ["random-quarter", { ratings: String(CUT["random-quarter"].ratings).replace("\t3\t", "\t4\t") }, "ratings"],
  ["random-quarter", { people: String(CUT["random-quarter"].people).replace("|30|", "|31|") }, "people"],
  ["random-quarter", { titles: String(CUT["random-quarter"].titles).replace("Film", "Movie") }, "titles"],
  ...["men-own", "men-other", "women-own", "women-other"].flatMap((log): (typeof CHANGES)[number][] =>
    [
      ["1,0.5", "0,0.5"],
      ["0.5", "0.25"],
      ["t,0", "t,2"],
    ].map(([from, to]) => ["other-log", { [log]: String(CUT["other-log"][log]).replace(from, to) }, log]),
  ),
];

it.each(CHANGES)(
  "%s tells data of which one value was changed from the published (change %#)",
  async (protocol, files, name) => {
    const before = await sumsOf(protocol, CUT[protocol]);
    const after = await sumsOf(protocol, { ...CUT[protocol], ...files });
    expect(changed(before, after)).toEqual([name]);
  },
);

it("payments whose amounts were changed are told too", async () => {
  const written = async (amount?: string) => {
    const folder = writeTable(readTable("fraud-handbook"), { transactions: "" });
    await writePayments(join(folder, readTable("fraud-handbook").data.transactions), amount);
    return sumsOf("fraud-folds", folder);
  };
  const before = await written();
  expect(changed(before, await written())).toEqual([]);
  expect(changed(before, await written("10.0 + i + (i = 7)::INTEGER"))).toEqual(["transactions"]);
});

it("files that say the same otherwise have the same sums: ends of lines, packing, an order that says nothing", async () => {
  const same: readonly (readonly [string, TableFiles])[] = [
    ["next-item", { lists: "2 2 3 4 5\r\n1  1 2 3 4\r\n" }],
    ["given-split", { train: "1 4 3 2\n0 3 1 2\n", test: "1 5\n0 5" }],
    ["random-quarter", { people: String(CUT["random-quarter"].people).split("\n").reverse().join("\r\n") }],
    ["other-log", { "men-own": "item_id,click,propensity_score\n1,0,0.50\n0,1,0.5" }],
  ];
  for (const [protocol, files] of same)
    expect(await sumsOf(protocol, { ...CUT[protocol], ...files })).toEqual(await sumsOf(protocol, CUT[protocol]));
});

it("photos keep their labels, in any order; columns keep their order and their bounds", () => {
  const sum = (pixels: number[], labels: number[]) =>
    checksumOfPhotos(Uint8Array.from(pixels), Uint8Array.from(labels));
  expect(sum([1, 2, 3, 4], [0, 1])).toBe(sum([3, 4, 1, 2], [1, 0]));
  expect(sum([1, 2, 3, 4], [0, 1])).not.toBe(sum([1, 2, 3, 4], [1, 0]));
  expect(checksumOfColumns([Int32Array.of(1, 2)])).not.toBe(checksumOfColumns([Int32Array.of(2, 1)]));
  expect(checksumOfColumns([Int32Array.of(1, 2), Int32Array.of(3)])).not.toBe(
    checksumOfColumns([Int32Array.of(1), Int32Array.of(2, 3)]),
  );
  const wide = Int32Array.of(9, 1, 2, 9);
  expect(checksumOfColumns([wide.subarray(1, 3)])).toBe(checksumOfColumns([Int32Array.of(1, 2)]));
  expect(checksumOfLines(["b", "a"])).toBe(checksumOfLines(["a", "b"]));
  expect(checksumOfLines(["ab"])).not.toBe(checksumOfLines(["a", "b"]));
});

it.each(tableNames())("the table %s sums what its protocol sums", async (name) => {
  const { protocol, checksums } = readTable(name);
  if (protocol === "fraud-folds") return expect(Object.keys(checksums)).toEqual(["transactions"]);
  expect(Object.keys(checksums).sort()).toEqual(Object.keys(await sumsOf(protocol, CUT[protocol])).sort());
});
