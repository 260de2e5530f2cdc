import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Boundaries, checkGraph, checkImports, findImports } from "./check-boundaries.ts";

const boundaries: Boundaries = JSON.parse(readFileSync("boundaries.json", "utf8"));
const check = (file: string, text: string): string[] => checkImports(findImports(file, text), boundaries);

describe("import directions", () => {
  it("refuses node: in core and says where the work belongs", () => {
    expect(check("src/core/clock.ts", 'import { readFileSync } from "node:fs";')).toEqual([
      "src/core/clock.ts:1 imports node:fs: core runs in a browser too; do this in src/node and pass it in",
    ]);
  });

  it("refuses a later step in an earlier one", () => {
    const text = '\nimport { ndcg } from "../../5-evaluate/metrics/ndcg.ts";';
    expect(check("src/steps/3-data/split/by-time.ts", text)[0]).toContain("step 3 may import steps up to 3");
  });

  it("sees dynamic imports and imports over several lines", () => {
    expect(check("src/core/a.ts", 'const x = await import("../node/files.ts");')).toHaveLength(1);
    expect(check("src/core/a.ts", 'import {\n  a,\n  b,\n} from "../node/files.ts";')).toHaveLength(1);
  });

  it("lets core import core, and anyone the type of a design", () => {
    expect(check("src/core/a.ts", 'import { b } from "./b.ts";')).toEqual([]);
    expect(check("src/review/run.ts", 'import type { Design } from "../steps/design.ts";')).toEqual([]);
    expect(check("src/review/run.ts", 'import { parseDesign } from "../steps/design.ts";')).toHaveLength(1);
  });

  it("keeps kinds from knowing each other", () => {
    const text = 'import { kindCode } from "../recommendation/interactions.ts";';
    expect(check("src/kinds/fraud-detection/transactions.ts", text)[0]).toContain("know nothing of each other");
    expect(check("src/kinds/fraud-detection/a.ts", 'import { b } from "./b.ts";')).toEqual([]);
    expect(check("src/kinds/fraud-detection/a.ts", 'import type { Kind } from "../kind.ts";')).toEqual([]);
  });
});

describe("the graph of imports", () => {
  const checkAll = (texts: Readonly<Record<string, string>>): string[] =>
    checkGraph(
      Object.entries(texts).flatMap(([file, text]) => findImports(file, text)),
      boundaries,
    );

  it("has no circles, not even of types", () => {
    expect(
      checkAll({
        "src/core/a.ts": 'import { b } from "./b.ts";',
        "src/core/b.ts": 'import type { A } from "./a.ts";',
        "src/core/c.ts": 'import { a } from "./a.ts";',
      }),
    ).toEqual([
      "src/core/a.ts, src/core/b.ts import each other in a circle: what they share belongs in a file of its own",
    ]);
  });

  it("stands on no more floors than are allowed, and on none where zones go round", () => {
    const few = { "src/steps/a.ts": 'import { b } from "../core/b.ts";' };
    expect(checkAll(few)).toEqual([]);
    const imports = Object.entries(few).flatMap(([file, text]) => findImports(file, text));
    expect(checkGraph(imports, { ...boundaries, mostFloors: 1 })[0]).toContain("there are 2 floors of zones");
    expect(checkAll({ ...few, "src/core/c.ts": 'import { d } from "../steps/d.ts";' })[0]).toContain("core, steps");
  });

  it("does not count the type of a design", () => {
    const type = 'import type { Design } from "../steps/design.ts";';
    expect(checkAll({ "src/review/run.ts": type, "src/steps/a.ts": 'import { b } from "../review/b.ts";' })).toEqual(
      [],
    );
  });
});
