import { expect, it } from "vitest";
import { importNotes } from "./import-note.ts";

const NOTE = `---
tags: [ml]
aliases: [Feed]
---
# Feed

#ml/design #interview

> [!note] Read first
> We have 20M DAU.

> [!example]
> One replica of another team took 99M DAU.

> [!quote] A book
> The p99 was 7 ms.

## Requirements
#scale

The people of our app read what their friends write. ^about

> [!question]- Which languages of [[Places|our places]] do we serve with 93M DAU?

%%
Not shown: 98M DAU, and
## Monitoring
stays what it is
%%

%%One line: 97M DAU%%

We serve %%or 96 QPS%% 900 QPS, as in [[Old plan 95 QPS|the plan]] and [[#^about]].

![[Picture of 94M DAU.png|300]]

## Data

![[Clicks#Schema]] ^b1

> [!tip] Later
> ## Serving
> is written there
`;

const [made] = importNotes([{ file: "Feed.md", text: NOTE }]);

it("reads no comment, embed, target of a link, tag or id as a heading", () => {
  expect(made.headings.map(({ text }) => text)).toEqual(["Feed", "Requirements", "Data"]);
});

it("reads facts from what is shown and said by the note itself, and questions from where they are asked", () => {
  expect(made.facts.map(({ path, value, at }) => `${path.join(".")} ${value} ${at.line}`)).toEqual([
    "users.daily 20M 10",
    "requests.average 900/s 33",
  ]);
  expect(made.questions.map(({ ask }) => ask)).toEqual([
    "Which languages of [[Places|our places]] do we serve with 93M DAU?",
  ]);
});

it("keeps all of it to the letter", () => {
  expect(made.whole).toBe(false);
  const kept = NOTE.split("\n").filter((line) => line !== "" && !/^(?:# |## |---|tags|aliases)/u.test(line));
  expect(made.text.split("\n")).toEqual(expect.arrayContaining(kept));
  expect(made.text).toContain("tags: [ml]\naliases: [Feed]");
  expect(made.text).toContain("%%\nNot shown: 98M DAU, and\n## Monitoring\nstays what it is\n%%");
});

it("takes signs that nothing closes for words", () => {
  const [open] = importNotes([
    { file: "a.md", text: "# A\n\n## Requirements\n\n%% open\n\n## Data\n\nIt grows 5%% a day.\n" },
  ]);
  expect(open.headings.map(({ text }) => text)).toEqual(["A", "Requirements", "Data"]);
});
