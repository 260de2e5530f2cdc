import { describe, expect, it } from "vitest";
import { applyMutant, mutantsOf } from "./mutants.ts";

const changed = (source: string): string[] => mutantsOf(source).map((mutant) => applyMutant(source, mutant));

describe("small changes of a source", () => {
  it("turn bounds, signs and equalities", () => {
    expect(changed("f = a < b;")).toContain("f = a <= b;");
    expect(changed("f = a - b;")).toContain("f = a + b;");
    expect(changed("f = a === b && c;")).toEqual(expect.arrayContaining(["f = a !== b && c;", "f = a === b || c;"]));
    expect(changed("f = -a;")).toContain("f =  a;");
    expect(changed("f += 2;")).toEqual(expect.arrayContaining(["f -= 2;", "f += 3;", ";"]));
  });

  it("negate conditions, swap the first two arguments and drop statements", () => {
    expect(changed("if (a) g(x, y, z);")).toEqual(
      expect.arrayContaining(["if (!(a)) g(x, y, z);", "if (a) g(y, x, z);", "if (a) ;"]),
    );
    expect(changed("h = a ? 1 : true;")).toEqual(
      expect.arrayContaining(["h = !(a) ? 1 : true;", "h = a ? 2 : true;", "h = a ? 1 : false;"]),
    );
  });

  it("leave out what no test could notice: another order of what is largest, and one more than a number that holds no more", () => {
    expect(changed("m = Math.max(a, b);")).toEqual([";"]);
    expect(changed("m = Math.min(a, b - c, d);")).toEqual([";", "m = Math.min(a, b + c, d);"]);
    expect(changed("m = Math.hypot(a, b);")).toEqual([";"]);
    expect(changed("m = Math.pow(a, b);")).toContain("m = Math.pow(b, a);");
    expect(changed("m = max(a, b);")).toContain("m = max(b, a);");
    expect(changed("m = [1e300, 2 ** 53, 1e15];")).toEqual(
      expect.arrayContaining(["m = [1e300, 2 ** 54, 1e15];", "m = [1e300, 2 ** 53, 1000000000000001];"]),
    );
    expect(changed("m = 1e300;")).toEqual([";"]);
  });

  it("leave types, imports, texts and comments alone, and count places in characters of any script", () => {
    expect(changed('import { a } from "b";\ntype T = 1 | 2;\n// 1 < 2\nconst t = "é 𝒳 1" as "2";')).toEqual([]);
    expect(changed("const t: 1 | 2 = `“𝒳” ` + u;")).toEqual([]);
    expect(changed('const t = "“𝒳”"; const n = 5;')).toEqual(['const t = "“𝒳”"; const n = 6;']);
  });
});
