import { expect, it } from "vitest";
import { mayNameFiles } from "./may-name-files.ts";

it.each([
  ["source: { format: simulated, members: 1k }", false],
  ["source: { members: 1k, format: simulated }\nsources: [{ name: log, path: a.csv }]", false],
  ["source:\n  format: simulated\n  members: 1k\nsplit:\n  path: x", false],
  ["source:\r\n  'format': 'simulated'\r\n", false],
  ["title: A\nlabels: { source: human }", false],
  ["source: { format: simulated }\nmodel: { onnx: e.onnx, mean: 0, std: 1 }", true],
  ["source: { format: simulated }\noptimize: [{ method: pruning, runtime: onnx }]", false],
  ["source: { format: csv, path: a.csv }", true],
  ["source: { format: csv }", true],
  ["source:\n  path: a.csv", true],
  ["source: { path: simulated.csv }", true],
  ["source: { format: simulated }\n```\n```yaml\nsource: { format: csv }", true],
  ["    source:\n      path: a.csv", true],
])("%j: %s", (text, may) => {
  expect(mayNameFiles(text)).toBe(may);
});
