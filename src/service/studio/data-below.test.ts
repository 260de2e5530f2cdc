import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { dataBelow } from "./data-below.ts";

test("files of data are found in folders too, and what tools write for tools is none", () => {
  const root = temporaryFolder();
  const data = ["config/features.csv", "data/deep/log.jsonl.gz", "data/packages.json", "data/u.data", "rank.txt"];
  const others = ["package.json", "package-lock.json", "web/tsconfig.app.json", "requirements-dev.txt", "LICENSE.txt"];
  const leftOut = ["node_modules/a/x.csv", "runs/a/x.csv", ".git/x.csv", "a/b/c/d/e/x.csv", "notes.md"];
  for (const path of [...data, ...others, ...leftOut, "yarn.lock", "event.schema.json"]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
  expect(dataBelow(root)).toEqual(data);
});
