import { expect, it } from "vitest";
import { inOneLine } from "./one-line.ts";

it("shows what would end a line or move the cursor, and leaves all other text as it is", () => {
  expect(inOneLine("first\nsecond\r\nthird")).toBe("first␊second␊third");
  expect(inOneLine("a\tb\u001b[2J\u2028c\u0085d")).toBe("a␉b␛[2J␊c\uFFFDd");
  expect(inOneLine("Preis (€), ü")).toBe("Preis (€), ü");
});
