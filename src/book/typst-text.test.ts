import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bound, breakable, typstString, typstText } from "./typst-text.ts";

describe("text for Typst", () => {
  it("is one string literal whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const literal = typstString(text);
        // No quote ends it before its end, no backslash is left open.
        expect(literal).toMatch(/^"(?:[^"\\]|\\["\\n])*"$/u);
      }),
    );
  });

  it("says the same letters when it is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const read = typstString(text)
          .slice(1, -1)
          .replaceAll(/\\(["\\n])/gu, (_, one: string) => (one === "n" ? "\n" : one));
        expect(read).toBe(text.replaceAll(/\r\n?/gu, "\n").replaceAll("\t", "  "));
      }),
    );
  });

  it("gives a long address places to break and changes no letter of it", () => {
    const address = `https://example.org/${"a".repeat(90)}/b_c?d=e&f=g`;
    const cut = breakable(address);
    expect(cut.replaceAll("\u200B", "")).toBe(address);
    expect(Math.max(...cut.split("\u200B").map((part) => part.length))).toBeLessThanOrEqual(18);
    expect(breakable("a short line of words")).toBe("a short line of words");
  });

  it("keeps a number with its unit and a sign with its number, and nothing else", () => {
    expect(bound("for 15 m, drop > 50%, <= 0.5 req/s")).toBe("for 15\u00A0m, drop >\u00A050%, <=\u00A00.5\u00A0req/s");
    for (const words of ["5 models", "v2 days", "a > b", "top 10 messages"]) expect(bound(words)).toBe(words);
    expect(typstText("waits 20 ms")).toBe('#"waits 20\u00A0ms";');
  });

  it("leaves joined letters together", () => {
    const word = "والمستخدمونالذينيستخدمونالتطبيق";
    expect(breakable(word)).toBe(word);
  });

  it("drops signs that turn the order of a line unseen", () => {
    expect(typstText("a\u202Eb\u0007c")).toBe('#"abc";');
  });
});
