import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import picomatch from "picomatch";
import { expect, it } from "vitest";
import { brokenLinks, correctionsOf } from "../tools/check-package.mjs";

/** The files of the repository that npm packs: what `files` names, and what it always takes. */
function packedFiles(): string[] {
  const { files }: { files: string[] } = JSON.parse(readFileSync("package.json", "utf8"));
  const [inside, outside] = [files.filter((one) => !one.startsWith("!")), files.filter((one) => one.startsWith("!"))];
  const isIn = picomatch([...inside.flatMap((one) => [one, `${one}/**`]), "README*", "LICENSE", "package.json"], {
    dot: true,
  });
  const isOut = picomatch(outside.map((one) => one.slice(1)));
  const all = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
  return all.filter((path) => path !== "" && isIn(path) && !isOut(path));
}

it("leads nowhere outside of the package: every relative link of its pages", () => {
  const files = packedFiles();
  expect(files.filter((path) => path.endsWith(".md")).length).toBeGreaterThan(200);
  expect(brokenLinks(files, (path) => readFileSync(path, "utf8"))).toEqual([]);
});

it("says which link of which page leads to nothing, and passes over code, anchors and the web", () => {
  const pages: Record<string, string> = {
    "a/b.md":
      "[c](c.md#part) [up](../d.md) [f](./f/) [web](https://x.org/y.md) [here](#z) `[no](no.md)`\n```\n[no](no.md)\n```\n",
    "a/f/e.md": "",
  };
  const read = (path: string): string => pages[path] ?? "";
  expect(brokenLinks(Object.keys(pages), read)).toEqual([
    "a/b.md links to c.md, which is not in the package",
    "a/b.md links to ../d.md, which is not in the package",
  ]);
});

it("is described as npm would publish it: what npm mends by itself is told", () => {
  const said = [
    'npm warn publish npm auto-corrected some errors in your package.json when publishing.  Please run "npm pkg fix"',
    "npm warn publish errors corrected:",
    'npm warn publish "bin[heptad]" script name bin/heptad.js was invalid and removed',
    "npm notice total files: 3",
  ];
  expect(correctionsOf(said.join("\n"))).toEqual(['"bin[heptad]" script name bin/heptad.js was invalid and removed']);
});
