/** What `heptad check` says that is no rule: errors of the form of a note, of its waivers, what its prose leaves out, and what its files do not bear out. */

import { MAPPING_CODES } from "./mapping-codes.ts";

/** One code, permanent. */
export interface NoteCode {
  readonly code: string;
  readonly name: string;
  /** Absent where it goes by what the files hold. */
  readonly severity?: "error" | "warning" | "advice";
  /** When it is said. */
  readonly says: string;
  readonly why: string;
  readonly fix: string;
}

const form = (code: string, name: string, says: string, why: string, fix: string): NoteCode => ({
  code,
  name,
  severity: "error",
  says,
  why,
  fix,
});

/** All of them, by code. */
export const NOTE_CODES: readonly NoteCode[] = [
  form(
    "HP001",
    "note-too-large",
    "more than 500,000 characters, 40,000 characters of facts, or 3,000 headings and blocks; it is not read",
    "a text that would take long to read is refused, never read in part",
    "split the note into one for each design",
  ),
  form(
    "HP002",
    "front-matter",
    "front matter is absent, not first, or never closed",
    "the front matter says that this is a design, what it is called and which system it describes",
    "begin the file with `---`, `heptad: 1`, `title: …`, `system: …` and `---`, each on a line of its own",
  ),
  form(
    "HP003",
    "section-twice",
    "two sections have the same number",
    "the second is not read, so its facts would count for nothing",
    "merge the two",
  ),
  form(
    "HP004",
    "section-out-of-order",
    "a section stands after a later one",
    "a reader expects the seven steps in their order, and each builds on those before it",
    "move the section to its place",
  ),
  form(
    "HP005",
    "second-fact-block",
    "a second `yaml` block in one section",
    "a section has one block of facts, at its head; those of a second would not be read",
    "move the facts into the first block, or mark the block as another language",
  ),
  form(
    "HP006",
    "misplaced-facts",
    "facts before the first section, under a heading without a number, inside a list or quote, or in a block not marked `yaml`",
    "nothing says which step they belong to, so they are not read",
    "move the block under the heading of its section, and open it with ```yaml",
  ),
  form(
    "HP007",
    "section-number",
    "a number outside 1 to 7, a step's heading without its number, or at another level than the rest",
    "the number is what joins a section to its step",
    "write `## 3. …`, with the step's number from 1 to 7; `heptad check --fix` mends what is clear",
  ),
  form(
    "HP008",
    "open-block",
    "a `yaml` block without its closing fence",
    "all that follows would be taken for facts",
    "add a line of ``` after the last fact",
  ),
  form(
    "HP009",
    "not-a-design",
    "the file holds no facts of a design, and its headings are not known as the steps of one",
    "there is nothing to review",
    "`heptad new NAME` writes a note to begin with; a plain note needs headings on at least four of the seven steps",
  ),
  form(
    "HP010",
    "unreadable-facts",
    "the block is no YAML, or nested deeper than 40 levels",
    "none of its facts can be used",
    "mend the marked place; a text that holds `: `, `#` or `{` needs quotes",
  ),
  form(
    "HP011",
    "unknown-key",
    "a key that the section does not know",
    "a fact under an unknown key is not used, and nobody would notice",
    "write the nearest key that is suggested; docs/design-format.md lists all of them",
  ),
  form(
    "HP012",
    "wrong-value",
    "a value of the wrong kind, unit or range, or outside a closed set",
    "the fact is left out, and rules that need it wait",
    "write what is said to belong there, such as `100 ms`, `2M` or `20%/year`",
  ),
  form(
    "HP013",
    "missing-key",
    "an element lacks a key that it needs",
    "without it the element cannot be told from others, and is left out",
    "add the key that is named",
  ),
  form(
    "HP014",
    "alias-in-facts",
    "anchors, aliases and tags are not read",
    "a fact should stand where it is read",
    "write the value out",
  ),
  form(
    "HP015",
    "duplicate-key",
    "one key twice in one map",
    "one of the two values would silently win",
    "keep one of them",
  ),
  form(
    "HP020",
    "waiver-for-unknown-rule",
    "a waiver names a rule that does not exist",
    "it waives nothing, although it looks as if it did",
    "write the code or the name of a rule; `heptad explain` lists them",
  ),
  form(
    "HP021",
    "waiver-without-reason",
    "a waiver gives no reason",
    "in half a year nobody knows whether it may go",
    "write in a sentence why the finding is accepted",
  ),
  {
    code: "HP022",
    name: "waiver-without-finding",
    severity: "advice",
    says: "the rule finds nothing here, so its waiver waives nothing",
    why: "the next finding of that rule would be waived unseen",
    fix: "delete the waiver",
  },
  {
    code: "HP030",
    name: "step-missing-in-prose",
    severity: "warning",
    says: "a plain note, read by its headings, has none on one of the seven steps",
    why: "an interviewer and an on-call engineer both ask about every step; the one that is skipped is the one that fails",
    fix: "add a section on it",
  },
  {
    code: "HP031",
    name: "prose-without-a-topic",
    severity: "advice",
    says: "a plain note says nothing about a usual topic of one of its steps; the finding's name ends with the topic",
    why: "a plain note can only be searched for words; facts in `yaml` blocks are reviewed with their numbers",
    fix: "say it, or write it as a fact; `heptad new NAME` shows how",
  },
  ...Object.entries(MAPPING_CODES).map(([code, text]) => ({ code, ...text })),
];

/** The page of a code in Markdown. */
export function explainNoteCode({ code, name, severity, says, why, fix }: NoteCode): string {
  const of =
    severity === undefined
      ? "Of what the note says of its files, held against them"
      : `Of the note itself, always **${severity}**`;
  return `# ${code} ${name}\n\n${of}.\n\n${says.charAt(0).toUpperCase()}${says.slice(1)}.\n\n**Why it matters:** ${why}.\n\n**What to do:** ${fix}.\n`;
}
