import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readMarkdown } from "../src/book/read-markdown.ts";
import { hasBookCompiler } from "../src/node/book-compiler.ts";
import { runsFolder } from "../src/node/project-folder.ts";
import { heptadHere } from "./heptad-here.ts";
import { keepRun } from "./kept-run.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const heptad = (cwd: string, ...args: string[]) => heptadHere(cwd, args);
const canCompile = await hasBookCompiler();
const canRead = spawnSync("pdftotext", ["-v"]).status === 0;
if (!canCompile || !canRead)
  process.stderr.write("book: no PDF is compiled here: the Typst compiler or pdftotext is absent\n");

const NOTE = `---
heptad: 1
title: "Prices #1 $x$ *now* <b> @ref"
system: forecasting
---

## 1. Clarify requirements and goals

\`\`\`yaml
goal: "sell #let x = 1 before it spoils"
requests: { average: 100/s, peak: 3x }
latency: { p99: 50 ms }
\`\`\`

Some *prose* with $a^2$ and שלום and مرحبا and [a note](other.md).

![a chart](missing.png)

| a | b | c | d | e | f | g | h | i | j |
|---|---|---|---|---|---|---|---|---|---|
| aaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbb | cccccccccccccccc | dddddddddddddddd | eeeeeeeeeeeeeeee | ffffffffffff | g | h | i | j |
`;

function project(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "designs"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  writeFileSync(join(folder, "designs", "prices.md"), NOTE);
  return folder;
}

const DRAWING = "\n```mermaid\nflowchart LR\n  a --> b\n```\n";
/** The note without what a book cannot print, but for a drawing. */
const DRAWN = `${NOTE.replace("![a chart](missing.png)", "").replace("[a note](other.md)", "")}${DRAWING}`;

describe("heptad book", () => {
  /** A site of some hundred pages, made once. */
  let folder = "";
  let site: Awaited<ReturnType<typeof heptad>>;
  beforeAll(async () => {
    folder = project();
    writeFileSync(join(folder, "designs", "prices.md"), DRAWN);
    site = await heptad(folder, "book", "designs", "--to", "site", "--out", "site");
  });

  it("writes one Markdown file with facts, derivations and what is missing at its place", async () => {
    const folder = project();
    const { stdout, stderr, status } = await heptad(folder, "book", "designs", "--out", "book.md");
    expect(status).toBe(1);
    expect(stdout).toContain("book.md: 1 design");
    expect(stderr).toContain("designs/prices.md:17:1: the picture `missing.png` is not printed");
    expect(stderr).toContain("the link to `other.md` leads nowhere");
    const text = readFileSync(join(folder, "book.md"), "utf8");
    expect(text).toContain(String.raw`\text{average} \times \text{peak factor}`);
    expect(text).toContain("Nothing has been measured");
    expect(text).toContain("latency");
  });

  it("writes a site without remote parts, with questions but not their answers, and replaces only its own folder", async () => {
    expect(site.stdout).toMatch(/site: 1 design, \d{3} pages/u);
    const pages = readdirSync(join(folder, "site"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".html"),
    );
    for (const page of pages) {
      const html = readFileSync(join(folder, "site", page), "utf8");
      expect(html, page).not.toMatch(/(?:src|href)="(?:https?:)?\/\/[^"]*\.(?:js|css|woff2?)/u);
      expect(html, page).not.toContain("<b>");
    }
    const design = readFileSync(join(folder, "site", "designs", "design-prices.html"), "utf8");
    expect(design).toContain("Prices #1 $x$ *now* &lt;b&gt; @ref");
    expect(design).toContain("<math");
    const question = readFileSync(join(folder, "site", "questions", "embedding-table-size.html"), "utf8");
    expect(question).toContain("heptad practice embedding-table-size");
    expect(question).not.toContain("users * ");
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine", "letter.txt"), "keep me");
    const refused = await heptad(folder, "book", "designs", "--to", "site", "--out", "mine");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("was not made by heptad book");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("makes nothing where --to and --out say two things: a name of a file is no folder of a site, and one of a PDF no Markdown", async () => {
    const folder = project();
    mkdirSync(join(folder, "there"));
    for (const [said, ...args] of [
      ["a file that is neither a PDF nor Markdown, and without --to that makes a site", "--out", "x.txt"],
      [
        "a file that is neither a PDF nor Markdown, and --to site makes a folder of pages",
        "--to",
        "site",
        "--out",
        "x.html",
      ],
      ["a Markdown file, and --to pdf makes a PDF", "--to", "pdf", "--out", "x.md"],
      ["a PDF, and --to md makes a Markdown file", "--to", "md", "--out", "x.pdf"],
      ["a folder of pages, and --to md makes a Markdown file", "--to", "md", "--out", "there"],
    ]) {
      const { status, stderr } = await heptad(folder, "book", "designs", ...args);
      expect(status).toBe(2);
      expect(stderr).toContain(`is the name of ${said}`);
    }
    expect(readdirSync(folder).filter((name) => name.startsWith("x"))).toEqual([]);
    const { stdout } = await heptad(folder, "book", "designs", "--to", "md", "--out", "book.txt");
    expect(stdout).toContain("book.txt: 1 design");
  });

  it("prints the run of a note wherever the note stands, and says where its facts have changed since", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "heptad.yaml"), "");
    const text = NOTE.replace("![a chart](missing.png)", "").replace("[a note](other.md)", "");
    const printed = async (name: string) => {
      await heptad(folder, "book", name, "--out", "book.md");
      return readFileSync(join(folder, "book.md"), "utf8");
    };
    mkdirSync(join(folder, "notes", "deep"), { recursive: true });
    for (const name of ["prices.md", "notes/deep/prices.md"]) {
      keepRun(join(runsFolder(folder, join(folder, name)), "aaaa"), text, 0.5);
      writeFileSync(join(folder, name), text);
      const same = await printed(name);
      expect(same).toContain("Run aaaa");
      expect(same).not.toContain("Nothing has been measured");
      expect(same).not.toContain("states other facts");
      // Of what the figures are held against nothing changed, and yet it is another note that ran.
      writeFileSync(join(folder, name), text.replace("it spoils", "it rots"));
      expect(await printed(name)).toContain("states other facts now than when it ran");
      writeFileSync(join(folder, name), text.replace("peak: 3x }", "peak: 3x }\nfreshness: 1 d"));
      expect(await printed(name)).toContain("states other facts now than when it ran");
    }
  });

  it("makes a test score in which nothing is shown where nothing was run, and a model card", async () => {
    const folder = project();
    await heptad(folder, "book", "designs/prices.md", "--document", "test-score", "--out", "score.md");
    const score = readFileSync(join(folder, "score.md"), "utf8");
    expect(score).toContain("ML Test Score 0");
    expect(score.match(/◌ open/gu)).toHaveLength(28);
    expect(score).not.toContain("● shown");
    await heptad(folder, "book", "designs/prices.md", "--document", "model-card", "--out", "card.md");
    expect(readFileSync(join(folder, "card.md"), "utf8")).toContain("Nothing has been run: every line is open");
    expect((await heptad(folder, "book", "designs/prices.md", "--document", "poem")).stderr).toContain(
      "is no document",
    );
  });

  it("follows wikilinks between the imports of notes, and names with its line what leads nowhere", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "heptad.yaml"), "");
    const plan = "# Plan\n\n## Data\n\nClicks. ^clicks\n";
    const feed =
      "# Feed\n\n## Data\n\n[[Plan#Data|Logs]], [[Plan#^clicks]], [[Plan#Gone]], [[Nobody]] and ![[gone.png]]\n";
    writeFileSync(join(folder, "Plan.md"), plan);
    writeFileSync(join(folder, "Feed.md"), feed);
    expect((await heptad(folder, "import", "Plan.md", "Feed.md")).status).toBe(0);
    const { stderr, status } = await heptad(folder, "book", ".", "--to", "md", "--out", "book.md");
    expect(status).toBe(1);
    const line = readFileSync(join(folder, "Feed.design.md"), "utf8")
      .split("\n")
      .findIndex((one) => one.includes("[[Plan"));
    for (const [words, column] of [
      ["the link to `[[Plan#Gone]]` leads to the whole of Plan.design.md", ""],
      ["the link to `[[Nobody]]` leads nowhere", ""],
      ["the picture `[[gone.png]]` is not printed", ":1"],
    ])
      expect(stderr).toContain(`Feed.design.md:${line + 1}${column}: ${words}`);
    expect(readFileSync(join(folder, "book.md"), "utf8")).toContain("[Logs](<#step-3-of-design-plan-design>)");
  });

  it("names a drawing in Mermaid with its place where a book shows its source, and not where Markdown keeps it one", async () => {
    const line = DRAWN.split("\n").indexOf("```mermaid") + 1;
    expect(site.stderr).toContain(`designs/prices.md:${line}:1: the drawing in Mermaid is printed as its source`);
    expect(site.status).toBe(1);
    const page = readFileSync(join(folder, "site", "designs", "design-prices.html"), "utf8");
    expect(page).toMatch(/A drawing in Mermaid, printed as its source:<\/small><\/p>\s*<pre/u);
    const kept = await heptad(folder, "book", "designs", "--to", "md", "--out", "book.md");
    expect(kept).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "book.md"), "utf8")).toContain(DRAWING);
  });

  it.skipIf(!canCompile || !canRead)("prints a document of one chapter without a page of contents", async () => {
    const folder = project();
    const { stdout } = await heptad(folder, "book", "designs/prices.md", "--document", "test-score", "--out", "a.pdf");
    expect(stdout).toMatch(/a\.pdf: 1 design, [12] pages?/u);
    const { stdout: text } = spawnSync("pdftotext", ["-layout", "a.pdf", "-"], { cwd: folder, encoding: "utf8" });
    expect(text).not.toContain("Contents");
    expect(text.split("\f")[0]).toContain("designs/prices.md");
  });

  it("runs every command of docs/book.md", async () => {
    const folder = temporaryFolder();
    cpSync("designs", join(folder, "designs"), { recursive: true });
    const lines = readFileSync("docs/book.md", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("heptad "));
    expect(lines).toHaveLength(4);
    for (const line of lines)
      expect(await heptad(folder, ...line.split(" ").slice(1)), line).toMatchObject({ status: 0 });
  });

  it("refuses forms and options that do not go together", async () => {
    const folder = project();
    expect((await heptad(folder, "book", "designs", "--to", "epub")).stderr).toContain("is no form of a book");
    expect((await heptad(folder, "book", "designs", "--to", "md", "--pocket")).stderr).toContain(
      "only a PDF has a pocket edition",
    );
    expect((await heptad(folder, "book", "nowhere")).status).toBe(2);
    writeFileSync(join(folder, "plain.md"), "# Notes\n");
    expect((await heptad(folder, "book", "plain.md")).stderr).toContain("there is no design note");
  });

  it.skipIf(!canCompile || !canRead)(
    "prints a PDF in which every word of the note stands as it was written",
    async () => {
      const folder = project();
      const { stdout, stderr } = await heptad(folder, "book", "designs", "--out", "book.pdf");
      expect(stderr).not.toContain("error[");
      expect(stdout).toMatch(/book\.pdf: 1 design, \d+ pages/u);
      expect(existsSync(join(folder, "book.pdf"))).toBe(true);
      const { stdout: text } = spawnSync("pdftotext", ["-layout", "book.pdf", "-"], { cwd: folder, encoding: "utf8" });
      for (const part of [
        "Prices #1 $x$ *now* <b> @ref",
        "sell #let x = 1 before it spoils",
        "Picture left out: a chart",
        "Index",
      ])
        expect(text).toContain(part);
    },
  );

  it.skipIf(!canCompile || !canRead)("names in contents and index the pages where chapters stand", async () => {
    const folder = project();
    for (const name of ["more", "most"])
      writeFileSync(join(folder, "designs", `${name}.md`), NOTE.replace("Prices #1 $x$ *now* <b> @ref", `The ${name}`));
    await heptad(folder, "book", "designs", "--out", "book.pdf");
    const { stdout } = spawnSync("pdftotext", ["-layout", "book.pdf", "-"], { cwd: folder, encoding: "utf8" });
    const pages = stdout.split("\f").map((page) => page.replaceAll("\u200B", ""));
    const rows = pages
      .slice(1, 6)
      .flatMap((page) => [...page.matchAll(/^\s*(?<title>\S.*?)\s*(?:\. ){3,}\s*(?<number>\d+)$/gmu)])
      .map(({ groups }) => ({ title: groups?.title ?? "", number: Number(groups?.number) }));
    expect(rows.filter(({ title }) => title.startsWith("The m"))).toHaveLength(4);
    for (const { title, number } of rows)
      expect(pages[number - 1], `${title} ${number}`).toContain(title.replace(/^Designs (?=on)/u, ""));
    const indexAt = rows.find(({ title }) => title === "Index")?.number ?? 0;
    const index = pages.slice(indexAt - 1).join("\n");
    const [, named, listed] = /^\s*(\S+ \(HP\d+\))\s+([\d, ]+?)(?:\s{3}|$)/mu.exec(index) ?? [];
    for (const number of listed.split(", ")) expect(pages[Number(number) - 1]).toContain(named.slice(-6, -1));
  });

  it("reads mathematics of a note before the compiler sees it", () => {
    expect(readMarkdown("$\\nonsense{$", { file: "a.md", line: 1, depth: 1 }).problems).toHaveLength(1);
  });
});
