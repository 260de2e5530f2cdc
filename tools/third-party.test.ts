import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { licencesText, packageFolders } from "./third-party.mjs";

it("finds the package of a module: the innermost, with its scope, and none of our own", () => {
  const ids = [
    "/p/node_modules/zod/v4/core/api.js",
    "/p/node_modules/zod/index.js",
    "/p/node_modules/@lezer/lr/dist/index.js",
    "/p/node_modules/a/node_modules/b/index.js",
    "\0/p/node_modules/react/index.js?commonjs",
    "/p/src/core/figure.ts",
    "\0virtual",
  ];
  expect([...packageFolders(ids)]).toEqual([
    "/p/node_modules/zod",
    "/p/node_modules/@lezer/lr",
    "/p/node_modules/a/node_modules/b",
    "/p/node_modules/react",
  ]);
});

it("writes each package with its notices, by name, and says where no licence is named", () => {
  const root = temporaryFolder();
  const folder = (name: string, described: object, files: Record<string, string>): string => {
    const path = join(root, name);
    mkdirSync(path);
    writeFileSync(join(path, "package.json"), JSON.stringify({ name, version: "1.0.0", ...described }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };
  const text = licencesText([
    folder("zeta", { license: "MIT" }, { LICENSE: "Copyright Zed\n", "license.js": "let x;" }),
    folder("alpha", {}, { "LICENCE.md": "Be kind.", NOTICE: "By Al." }),
  ]);
  expect(text).toContain("alpha 1.0.0: no licence is named\n\nBe kind.\n\nBy Al.\n\n---");
  expect(text.endsWith("zeta 1.0.0: MIT\n\nCopyright Zed\n")).toBe(true);
  expect(text).not.toContain("let x");
});
