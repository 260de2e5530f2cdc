import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Boundaries, checkImports, findImports } from "./check-boundaries.ts";

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
});
