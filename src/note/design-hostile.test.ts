import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLong, propertyRuns } from "../../test/property-runs.ts";
import type { Span } from "../core/span.ts";
import { parseDesign, placeOf } from "../steps/design.ts";

const movies = readFileSync("test/notes/movies.md", "utf8");

/** Microseconds of a text: a second, or on a slow machine eight times what half a megabyte of ordinary notes takes there. */
const MOST = Math.max(1e6, 8 * timeOfNotes());

function timeOfNotes(): number {
  const before = process.cpuUsage();
  for (let read = 0; read < 500_000; read += movies.length) parseDesign(movies, "note.md");
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Reads the text and checks what must hold of any text: no throw, no hang, every position inside it and consistent. */
function check(text: string, most = MOST): void {
  const before = process.cpuUsage();
  const { design, findings } = parseDesign(text, "note.md");
  const { user, system } = process.cpuUsage(before);
  // Processor time, so that a busy machine does not count against the parser.
  if (user + system > most) throw new Error(`${(user + system) / 1e6} s for ${JSON.stringify(text.slice(0, 200))} …`);
  const starts = lineStarts(text);
  for (const { at, message, fix, related } of findings) {
    if (message === "" || fix === "") throw new Error("a finding says nothing");
    checkSpan(at, text, starts);
    for (const place of related ?? []) checkSpan(place.at, text, starts);
  }
  for (const path of design?.places.keys() ?? []) {
    if (design === undefined) break;
    const { key, value } = placeOf(design, path);
    checkSpan(key, text, starts);
    checkSpan(value, text, starts);
    const written = text.slice(key.start.offset, key.end.offset);
    const name = /[^.\]]+$/u.exec(path)?.[0];
    if (name !== undefined && /^[\w-]+$/u.test(written) && !path.endsWith(written)) {
      throw new Error(`the place of ${path} is at ${written}`);
    }
  }
}

function lineStarts(text: string): number[] {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n")) starts.push(at + 1);
  }
  return starts;
}

function checkSpan({ start, end }: Span, text: string, starts: readonly number[]): void {
  for (const { line, column, offset } of [start, end]) {
    const from = starts[line - 1];
    const inside =
      offset >= 0 && offset <= text.length && from !== undefined && offset < (starts[line] ?? text.length + 1);
    const expected = Math.max(1, offset - from + 1);
    if (!inside || column !== expected) throw new Error(`${line}:${column} is not at ${offset} of ${text.length}`);
  }
  if (end.offset < start.offset) throw new Error("a span ends before it begins");
}

const FRONT = "---\nheptad: 1\ntitle: t\nsystem: x\n---\n";
const inSection = (yaml: string): string => `${FRONT}## 1. Clarify\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;

const newline = fc.constantFrom("\n", "\r\n", "\r");
const odd = fc.constantFrom(
  "\0",
  "\uFEFF",
  "\ud800",
  "\udc00",
  "😀",
  "\u2028",
  "\u0085",
  "\t",
  "\u00a0",
  "e\u0301",
  "\x1b[0m",
  "\u202e",
);
const yamlToken = fc.constantFrom(
  ..."goal questions stages users ask name - ? : , [ ] { } & * ! | > ' \" # % @ ` --- ... << ~ null true .nan .inf 0x1f 1e999 -0".split(
    " ",
  ),
  ": ",
  "- ",
  " #",
  "\n",
  "\n",
  "\n  ",
  "\n    - ",
  "\r\n",
  "\r",
  "\t",
  "&a ",
  "*a",
  "!!map ",
  "!x ",
  "%YAML 1.1\n",
  "|+2\n",
  ">-\n",
  "12345678901234567890123",
  "3 GB/ms",
  "99.9%",
  "__proto__",
  "constructor",
  "\\u0000",
  "{ x: 1 }",
  "[1, 2]",
);
const markdownToken = fc.constantFrom(
  ..."# ## ### #### > - * + 1. 7) ``` ~~~ ```` ```yaml ~~~yaml <!-- --> <div> </div> <pre> [ ]( ![ ** _ ` | \\ &amp; --- === goal text".split(
    " ",
  ),
  "## 1. ",
  "## 4. ",
  "## 9. ",
  "### 2. ",
  "## Step 3: ",
  "\n",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "\n    ",
  "\n\t",
  "```yaml\n",
  "\n```\n",
  "<!-- heptad:evidence -->",
  "---\nheptad: 1\n",
);
const soup = (token: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 9, arbitrary: token }, odd), { maxLength: 80 }).map((parts) => parts.join(""));
const repeated = (token: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(token, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3000 }))
    .map(([parts, count]) => parts.join("").repeat(count).slice(0, 6000));
/** A real note with a few stretches cut out, doubled or written over. */
const mutated = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(movies.length), fc.nat(40), fc.oneof(yamlToken, markdownToken, odd)), {
      minLength: 1,
      maxLength: 6,
    }),
    newline,
    fc.boolean(),
  )
  .map(([cuts, ending, mark]) => {
    const text = cuts.reduce((note, [at, length, put]) => note.slice(0, at) + put + note.slice(at + length), movies);
    return (mark ? "\uFEFF" : "") + text.replaceAll("\n", ending);
  });

/** Ten thousand documents in `npm run test:long`, a twenty-fifth of them in `npm test`. */
const documents: Readonly<Record<string, { readonly arbitrary: fc.Arbitrary<string>; readonly numRuns: number }>> = {
  "notes with stretches cut out and written over": { arbitrary: mutated, numRuns: 1000 },
  "YAML of random tokens": { arbitrary: soup(yamlToken).map(inSection), numRuns: 3000 },
  "Markdown of random tokens": { arbitrary: soup(markdownToken).map((text) => FRONT + text), numRuns: 2500 },
  "repeated tokens": {
    arbitrary: fc.oneof(
      repeated(yamlToken).map(inSection),
      repeated(markdownToken).map((text) => FRONT + text),
      repeated(markdownToken),
    ),
    numRuns: 1000,
  },
  "any text": {
    arbitrary: fc
      .string({ unit: "binary", maxLength: 200 })
      .chain((text) => fc.constantFrom(text, inSection(text), FRONT + text)),
    numRuns: 1500,
  },
  "facts of any shape": { arbitrary: fc.json({ maxDepth: 6 }).map(inSection), numRuns: 1000 },
};

describe("a parser of notes that people break in every way", () => {
  it.each(Object.entries(documents))("reads %s", (_, { arbitrary, numRuns }) => {
    fc.assert(
      fc.property(arbitrary, (text) => check(text)),
      {
        numRuns: propertyRuns(numRuns, 25),
      },
    );
  });

  const bombs: Readonly<Record<string, string>> = {
    "an alias bomb": `a: &a [x, x]\n${"bcdefghijklmnop".replaceAll(/./gu, (key, i) => `${key}: &${key} [*${"abcdefghijklmnop"[i]}, *${"abcdefghijklmnop"[i]}]\n`)}`,
    "five thousand keys": Array.from({ length: 4000 }, (_, i) => `k${i}: 1`).join("\n"),
    "one key thousands of times": "goal: x\n".repeat(4800),
    "a long key above a long list": `${"k".repeat(19_000)}: [${"a,".repeat(10_000)}]`,
    "a list of wrong values": `questions: [${"1,".repeat(19_000)}]`,
    "a number of many digits": `users: { daily: ${"9".repeat(39_000)} }`,
    "deep flow lists": `goal: ${"[".repeat(20_000)}`,
    "deep flow maps": `goal: ${"{a: ".repeat(9000)}`,
    "deep block lists": "- ".repeat(19_000),
    "deep block maps": Array.from({ length: 270 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    commas: `goal: [${",".repeat(39_000)}]`,
    "closing brackets": `goal: [${"]".repeat(39_000)}`,
    anchors: "&a ".repeat(13_000),
    tags: "!a ".repeat(13_000),
    escapes: `goal: "${"\\x".repeat(19_000)}`,
    quotes: `goal: ${"\"'".repeat(19_000)}`,
    comments: "# x\n".repeat(9_900),
    documents: "---\n".repeat(9_900),
    "merge keys": "<<: 1\n".repeat(5500),
  };
  it.each(Object.entries(bombs))("reads %s in a block", (_, yaml) => {
    check(inSection(yaml));
    expect(parseDesign(inSection(yaml), "n.md").design).toBeDefined();
  });

  it.each([
    ">",
    "> ",
    "> a\nb\n",
    "[",
    "[a](",
    "![",
    "*a **b ",
    "_a__",
    "`",
    "<",
    "&",
    "\\[",
    "- ",
    "- a\n",
    "1. ",
    "# a\n",
    "## 1. Clarify\n\n",
    "## Data\n",
    "## 1. Clarify\n```yaml\ngoal: x\n```\n",
    "a\n---\n",
    "```\n",
    "```yaml\na: 1\n```\n",
    "```yaml\n## 1. x\n",
    "- ```yaml\n  a\n",
    "<!-- \n",
    "<div>\n",
    "\n",
    "\r",
    "\t",
    "\0",
    " ",
    "[a]: b\n",
    "😀",
    "\ud800",
    "---\n",
  ])("reads as long a text as a note may be, or a quarter of it, of %j alone", (pattern) => {
    const long = pattern.repeat(propertyRuns(490_000) / pattern.length);
    // A time that grows with the square of the length is found at a quarter of it too.
    for (const text of [FRONT + long, long]) check(text, isLong ? MOST : MOST / 2);
  });

  it("says that a note is too large, and reads nothing of it", () => {
    const { design, findings } = parseDesign("x".repeat(500_001), "n.md");
    expect(design).toBeUndefined();
    expect(findings.map((one) => one.code)).toEqual(["HP001"]);
    const many = FRONT + [1, 2, 3].map((n) => `## ${n}. A\n\`\`\`yaml\n${"# x\n".repeat(5000)}\`\`\`\n`).join("");
    expect(parseDesign(many, "n.md").findings.map((one) => one.message)).toEqual([
      expect.stringContaining("characters of facts"),
    ]);
  });
});
