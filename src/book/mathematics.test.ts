import { expect, it } from "vitest";
import { toTypstMath } from "./mathematics.ts";

it.each([
  [String.raw`\hat{y}_i`, 'attach(accent(italic("y"), hat), b: italic("i"))'],
  [String.raw`\tilde{y}`, 'accent(italic("y"), tilde)'],
  [String.raw`\vec{w}`, 'accent(italic("w"), arrow)'],
  [String.raw`\bar{x}`, 'overline(italic("x"))'],
  [String.raw`\dot{x}`, 'accent(italic("x"), dot)'],
  [String.raw`\overline{x}`, 'overline(italic("x"))'],
  [String.raw`\underline{x}`, 'underline(italic("x"))'],
])("sets what stands over or under a letter there, and not as a power of it: %s", (tex, typst) => {
  expect(toTypstMath(tex)).toBe(typst);
});

it("sets words over a sign over it, and a power beside", () => {
  expect(toTypstMath(String.raw`\overset{!}{=}`)).toMatch(/^attach\(limits\(.*\), t: "!"\)$/u);
  expect(toTypstMath("x^2")).toBe('attach(italic("x"), t: "2")');
});

it("lets brackets grow with what stands between, and leaves others as they are", () => {
  expect(toTypstMath(String.raw`\left(\frac{1}{2}\right]`)).toMatch(/^lr\(\\\( display\(frac\("1", "2"\)\) \\\]\)$/u);
  expect(toTypstMath(String.raw`\begin{cases}1\\0\end{cases}`)).toMatch(/^lr\(\\\{ mat\(.*\) ""\)$/u);
  expect(toTypstMath("(x)")).not.toContain("lr(");
});

it("sets a comma at what it follows, and brackets at the name that they belong to", () => {
  const typst = toTypstMath(String.raw`\text{sum}\left(\text{a},\; \text{b}\right)`);
  expect(typst).toMatch(/^"sum"lr\(/u);
  expect(typst).toContain('class("punctuation", ",")');
  expect(toTypstMath(String.raw`\text{a} \times \left(b\right)`)).toContain(" lr(");
});
