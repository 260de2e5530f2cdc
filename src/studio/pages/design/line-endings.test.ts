/** What a page writes keeps the endings of the file's lines. */

import { expect, test } from "vitest";
import { withEndingsOf, withPlainEndings } from "./line-endings.ts";

const MIXED = "one\r\ntwo\nthree\rfour\r\n\nsix";

test("a text that was not changed is written as it was read", () => {
  for (const file of [MIXED, "", "\r\n", "a\r\nb\r\n", "a\nb", "a\rb\r", "a\r\n\r\n\nb\r\r"])
    expect(withEndingsOf(file, withPlainEndings(file))).toBe(file);
});

test("a file of one kind of ending keeps it, on new lines too", () => {
  expect(withEndingsOf("a\r\nb\r\n", "a ZZ\nnew\nb\n")).toBe("a ZZ\r\nnew\r\nb\r\n");
  expect(withEndingsOf("a\rb\r", "a\nc\nb\n")).toBe("a\rc\rb\r");
  expect(withEndingsOf("a\nb", "a\nc\nb")).toBe("a\nc\nb");
});

test("in a file of several kinds each line keeps its own, and a new one ends as the one before it", () => {
  expect(withEndingsOf(MIXED, "one\ntwo!\nthree\nfour\n\nsix")).toBe("one\r\ntwo!\nthree\rfour\r\n\nsix");
  expect(withEndingsOf(MIXED, "one\nnew\ntwo\nthree\nfour\n\nsix")).toBe("one\r\nnew\r\ntwo\nthree\rfour\r\n\nsix");
  expect(withEndingsOf(MIXED, "one\nthree\nfour\n\nsix\nseven\n")).toBe("one\r\nthree\rfour\r\n\nsix\nseven\n");
  expect(withEndingsOf(MIXED, "0\none\ntwo\nthree\nfour\n\nsix")).toBe("0\r\none\r\ntwo\nthree\rfour\r\n\nsix");
});
