import { expect, it } from "vitest";
import { keepBoth } from "./keep-both.ts";

const lines = (text: string): string => text.split(" ").join("\n");
const both = (before: string, mine: string, theirs: string): string =>
  keepBoth(lines(before), lines(mine), lines(theirs)).split("\n").join(" ");

it("joins what was changed in different lines", () => {
  expect(both("a b c d e", "a B c d e", "a b c D e")).toBe("a B c D e");
  expect(both("a b c d", "x a b c d", "a b c d y")).toBe("x a b c d y");
  expect(both("a b c d e f", "a c d e f", "a b c d f")).toBe("a c d f");
  // Lines beside each other are two changes.
  expect(both("a b c", "a B c", "a b C")).toBe("a B C");
});

it("keeps both of lines that both changed, one below the other, and once what is the same", () => {
  expect(both("a b c", "a X c", "a Y c")).toBe("a X Y c");
  expect(both("a b c", "a b c X", "a b c Y")).toBe("a b c X Y");
  expect(both("a b c", "a X c", "a X c")).toBe("a X c");
  expect(both("a b c d", "a X X2 d", "a b Y d")).toBe("a X X2 b Y d");
  expect(both("a b c", "a c", "a Y c")).toBe("a Y c");
});

it("gives the other's text where one of the two changed nothing", () => {
  expect(both("a b c", "a b c", "z b")).toBe("z b");
  expect(both("a b c", "z b", "a b c")).toBe("z b");
});

it("loses no line that either of two put in, whatever they changed", () => {
  let seed = 7;
  const next = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * most);
  };
  for (let round = 0; round < 300; round++) {
    const base = Array.from({ length: 1 + next(8) }, () => "abc"[next(3)]);
    const change = (mark: string): string[] => {
      const text = [...base];
      for (let i = 0; i < 1 + next(4); i++)
        text.splice(next(text.length + 1), next(3), ...(next(2) === 0 ? [] : [`${mark}${i}`]));
      return text;
    };
    const [mine, theirs] = [change("m"), change("t")];
    const joined = keepBoth(base.join("\n"), mine.join("\n"), theirs.join("\n")).split("\n");
    for (const line of [...mine, ...theirs]) if (/\d/u.test(line)) expect(joined).toContain(line);
  }
});
