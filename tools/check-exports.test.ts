import { describe, expect, it } from "vitest";
import { findBehindDoor, findUnreached } from "./check-exports.ts";

const unreached = (files: Readonly<Record<string, string>>): string[] =>
  findUnreached(Object.entries(files).map(([path, text]) => ({ path, text })));

const MEAN = "export function mean() { return 1; }";

describe("what a file exports", () => {
  it("is reached by an import of another file, under any name, by a built file's name, and by the door", () => {
    const a = { "src/core/a.ts": MEAN };
    expect(unreached({ ...a, "src/core/b.ts": 'import { mean as middle } from "./a.ts"; middle();' })).toEqual([]);
    expect(unreached({ ...a, "tools/b.mjs": 'const { mean } = await import("../src/core/a.js"); mean();' })).toEqual(
      [],
    );
    expect(unreached({ ...a, "tools/b.ts": 'load<typeof import("../src/core/a.ts")>("a");' })).toEqual([]);
    expect(unreached({ ...a, "src/index.ts": 'export { mean } from "./core/a.ts";' })).toEqual([]);
  });

  it("is told where nothing uses it, and where only its own file does", () => {
    expect(unreached({ "src/core/a.ts": MEAN })).toEqual([
      "src/core/a.ts exports `mean`, which nothing uses: take it out",
    ]);
    expect(
      unreached({
        "src/core/a.ts": `${MEAN} export const two = 2; mean();`,
        "src/core/b.ts": 'import { two } from "./a.ts"; two;',
      }),
    ).toEqual(["src/core/a.ts exports `mean`, which no other file imports: take `export` away"]);
  });

  it("is told where only a test reaches it, unless its own file uses it too", () => {
    const test = { "src/core/a.test.ts": 'import { mean } from "./a.ts"; mean();' };
    expect(unreached({ "src/core/a.ts": MEAN, ...test })[0]).toContain("only a test reaches");
    expect(unreached({ "src/core/a.ts": `${MEAN} mean();`, ...test })).toEqual([]);
  });

  it("may be a type, and may be anything outside src", () => {
    expect(
      unreached({ "src/core/a.ts": "export interface A { a: 1 } export type B = A;", "tools/t.ts": MEAN }),
    ).toEqual([]);
  });
});

describe("what the language server and the agent's server use", () => {
  const behind = (files: Readonly<Record<string, string>>): string[] =>
    findBehindDoor(Object.entries(files).map(([path, text]) => ({ path, text })));
  const server = { "src/core/a.ts": MEAN, "src/mcp/s.ts": 'import { mean } from "../core/a.ts"; mean();' };

  it("is at the door, under its own name", () => {
    expect(behind({ ...server, "src/index.ts": 'export { mean } from "./core/a.ts";' })).toEqual([]);
    expect(behind({ ...server, "src/index.ts": 'export { mode } from "./core/a.ts";' })).toEqual([
      "src/mcp/s.ts uses `mean` of src/core/a.ts, which is not at the door: export it in src/index.ts",
    ]);
  });

  it("is asked neither of the command line nor of what stands on Node", () => {
    expect(
      behind({ "src/core/a.ts": MEAN, "src/cli/c.ts": 'import { mean } from "../core/a.ts";', "src/index.ts": "" }),
    ).toEqual([]);
    expect(
      behind({ "src/node/a.ts": MEAN, "src/lsp/c.ts": 'import { mean } from "../node/a.ts";', "src/index.ts": "" }),
    ).toEqual([]);
  });
});
