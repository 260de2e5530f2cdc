/** `heptad book`: notes as a printed book, as a static site, or as one Markdown file. */

import { FailureError } from "../../core/outcome.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "book",
  summary: "print designs as a PDF, a site with search, or one Markdown file",
  description:
    "Each design begins with its answer: headline and ledger of its newest run, or what its estimates say where nothing was run. Then come facts as tables, prose, drawings, derivations and findings; rules and patterns that the designs meet follow, then a one-page sheet a design and an index. A site holds all rules, patterns and questions, these without answers. Pictures that are missing, links that lead nowhere, formulas that cannot be set and characters without a font are reported with their place; the rest is printed.",
  arguments: [
    {
      name: "PATHS",
      description: "notes, folders or globs; this project's designs where absent",
      optional: true,
      variadic: true,
    },
  ],
  options: [
    { name: "to", value: "FORM", description: "pdf, site or md; by the name of --out where absent" },
    { name: "out", value: "FILE", description: "the file, or the folder of a site; book.pdf where absent" },
    { name: "title", value: "TEXT", description: "on the first page" },
    { name: "pocket", description: "of a PDF: pages as wide as a phone" },
    { name: "library", description: "all rules and patterns, and not only those that the designs meet" },
    {
      name: "document",
      value: "NAME",
      description: "of one note: design, model-card or test-score, each line shown by a run or open",
    },
    { name: "json", description: "print what was written, and what was left out, as JSON" },
  ],
  rules: [notWith(["title", "library"], "document")],
  examples: [
    { line: "heptad book designs/movie-recommendations.md --out movies.pdf", says: "one design, with its sheet" },
    { line: "heptad book designs --to site --out site", says: "a site of a folder of designs" },
    { line: "heptad book designs --to md --out book.md", says: "for a wiki" },
    { line: "heptad book designs/card-fraud.md --document test-score --out score.md", says: "28 tests, shown or open" },
    {
      line: "heptad book designs/card-fraud.md --document design --out fraud-design.md",
      says: "a design document: claims, what shows them, what is open",
    },
    { line: "heptad book designs --pocket --out pocket.pdf", says: "to read on the way" },
  ],
  exits: [
    EXITS.done,
    { code: 1, means: "written, and something was left out; it is named" },
    EXITS.failed,
    { code: 130, means: "interrupted; nothing was written" },
  ],
  stopped: (_, again) => `nothing was written, and an older book stands as it was; \`${again}\` begins again`,
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { writeBook } = await import("../../node/write-book.ts");
  const { to, out } = await formOf(input);
  if (input.has("pocket") && to !== "pdf") {
    throw new FailureError({
      code: "bad-option",
      message: "only a PDF has a pocket edition",
      where: "--pocket",
      fix: "add --to pdf",
    });
  }
  const { DOCUMENTS } = await import("../../book/documents/documents.ts");
  const asked = input.value("document");
  const document = Object.entries(DOCUMENTS).find(([name]) => name === asked)?.[1];
  if (asked !== undefined && document === undefined) {
    throw new FailureError({
      code: "bad-option",
      message: `\`${asked.slice(0, 60)}\` is no document`,
      where: "--document",
      fix: `write ${Object.keys(DOCUMENTS).join(", ")}`,
    });
  }
  const written = await writeBook({
    ...(document === undefined ? {} : { document }),
    paths: input.arguments,
    to,
    out,
    title: input.value("title") ?? "Designs",
    isPocket: input.has("pocket"),
    isWhole: input.has("library"),
  });
  const { designs, pages, problems } = written;
  if (input.has("json")) terminal.out(JSON.stringify({ out, to, ...written }, null, 2));
  else {
    for (const { where, message, fix } of problems) terminal.note(`${where}: ${message}\n  ${fix}`);
    const size = pages === undefined ? "" : `, ${pages} ${pages === 1 ? "page" : "pages"}`;
    const doubt =
      problems.length === 0
        ? ""
        : `; ${problems.length === 1 ? "one thing was" : `${problems.length} things were`} left out or changed, see above`;
    terminal.out(`${out}: ${designs} ${designs === 1 ? "design" : "designs"}${size}${doubt}`);
  }
  return problems.length === 0 ? EXITS.done.code : 1;
}

/** What --to and --out say together: the form where --to is absent is that of the name, and a name of another form is refused. */
async function formOf(input: CommandInput): Promise<{ to: "pdf" | "site" | "md"; out: string }> {
  const { BOOK_FORMS } = await import("../../node/write-book.ts");
  const asked = input.value("to");
  const named = input.value("out");
  const byName = named === undefined ? "pdf" : await formOfName(named);
  const to = BOOK_FORMS.find((form) => form === (asked ?? byName ?? "site"));
  if (to === undefined) {
    throw new FailureError({
      code: "bad-option",
      message: `\`${(asked ?? "").slice(0, 60)}\` is no form of a book`,
      where: "--to",
      fix: `write ${BOOK_FORMS.join(", ")}`,
    });
  }
  const out = named ?? { pdf: "book.pdf", site: "site", md: "book.md" }[to];
  const isText = byName === undefined && to === "md";
  const isPlace = asked === "site" && byName === undefined && named !== undefined && !FILE_NAME.test(named);
  if (named !== undefined && byName !== to && !isText && !isPlace) {
    const wrong = asked === undefined ? "without --to that makes a site" : `--to ${to} makes ${FORM_WORDS[to]}`;
    const isFolder = byName === "site" && to !== "site";
    if (!isFolder || endsAsFolder(named) || (await isFolderThere(named)))
      throw new FailureError({
        code: "bad-option",
        message: `\`${named.slice(0, 60)}\` is the name of ${byName === undefined ? "a file that is neither a PDF nor Markdown" : FORM_WORDS[byName]}, and ${wrong}${asked === undefined ? ", a folder of pages" : ""}`,
        where: "--out",
        fix: "name NAME.pdf for a PDF, NAME.md for Markdown, a folder for a site; --to says the form where the name does not",
      });
  }
  return { to, out };
}

/** Ends of files: a folder that is asked for by --to may be called anything else, `site.v2` for one. */
const FILE_NAME = /\.(?:txt|html?|docx?|odt|rtf|epub|tex|typ|json|ya?ml|csv|xml|zip|png|jpe?g|svg)$/iu;

const FORM_WORDS = { pdf: "a PDF", site: "a folder of pages", md: "a Markdown file" } as const;

/** By the end of a name; nothing for one that is a file's and no book's. Names of folders may have a point in them where they are there. */
async function formOfName(named: string): Promise<"pdf" | "site" | "md" | undefined> {
  if (endsAsFolder(named) || (await isFolderThere(named))) return "site";
  if (/\.pdf$/iu.test(named)) return "pdf";
  if (/\.(?:md|markdown)$/iu.test(named)) return "md";
  return /\.\p{L}[\p{L}\d]{0,7}$/u.test(named) ? undefined : "site";
}

function endsAsFolder(named: string): boolean {
  return /[\\/]$/u.test(named);
}

async function isFolderThere(named: string): Promise<boolean> {
  const { statSync } = await import("node:fs");
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
}
