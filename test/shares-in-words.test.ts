import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** A share multiplied by hand and rounded: `formatNumber(100 * share, 2)}%` calls 99.6% of the members all of them. */
const BY_HAND = /formatNumber\((?:[^()]|\([^()]*\))*(?:\* 100|100 \*)(?:[^()]|\([^()]*\))*\)\}\s?%/u;

it("no sentence rounds a share by hand, which calls nearly all all: `formatShare` writes it", () => {
  expect("formatNumber(share * 100, 2)}% of the members").toMatch(BY_HAND);
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/u.test(path));
  expect(sources.length).toBeGreaterThan(1000);
  expect(sources.filter((path) => BY_HAND.test(readFileSync(join("src", path), "utf8")))).toEqual([]);
});
