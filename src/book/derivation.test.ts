import { describe, expect, it } from "vitest";
import { derivationTex } from "./derivation.ts";
import { mathProblem } from "./mathematics.ts";

const line = (formula: string, substituted: string, text: string, name?: string) =>
  derivationTex({ name, formula, substituted, text, value: 1, dimension: {} });

describe("a derivation as mathematics", () => {
  it("sets names, values and result one below the other, with a division as a fraction", () => {
    expect(line("raw / compression", "13.82 TB / 4x", "3.456 TB", "compressed")).toEqual([
      String.raw`\text{compressed} = \frac{\text{raw}}{\text{compression}}`,
      String.raw`= \frac{\text{13.82 TB}}{\text{4x}}`,
      String.raw`= \text{3.456 TB}`,
    ]);
  });

  it("keeps a rate as one value, where a letter could be taken for a variable", () => {
    expect(line("average × peak", "400/s × 3x", "1200/s")[1]).toBe(String.raw`= \text{400/s} \times \text{3x}`);
  });

  it("keeps the parentheses that change a value and drops those that a fraction's line stands for", () => {
    expect(line("(a + b) * c", "1", "1")[0]).toBe(String.raw`\left(a + b\right) \times c`);
    expect(line("(a + b) / (c - d)", "1", "1")[0]).toBe(String.raw`\frac{a + b}{c - d}`);
    expect(line("(a / b)^2", "1", "1")[0]).toBe(String.raw`{\left(\frac{a}{b}\right)}^{\text{2}}`);
    expect(line("a - (b - c)", "1", "1")[0]).toBe(String.raw`a - \left(b - c\right)`);
    expect(line("a / b / c", "1", "1")[0]).toBe(String.raw`\frac{\frac{a}{b}}{c}`);
  });

  it("writes a power of ten as one does by hand, and takes no name for one", () => {
    expect(line("a", "1", "7.559e-64%").at(-1)).toBe(String.raw`= \text{7.559} \times 10^{-64}\text{\%}`);
    expect(line("a", "1", "2e+30").at(-1)).toBe(String.raw`= \text{2} \times 10^{30}`);
    expect(line("a", "1", "5 replicas").at(-1)).toBe(String.raw`= \text{5 replicas}`);
  });

  it("says a line once where names and values are the same", () => {
    expect(line("2 * 3", "2 * 3", "6")).toHaveLength(2);
  });

  it("sets what is no expression as words that LaTeX cannot misread", () => {
    const [said] = line("50% of {x} & \\y_1 ^2 ~", "1", "1");
    expect(mathProblem(said)).toBeUndefined();
    expect(said).toContain(String.raw`\{x\}`);
  });
});
