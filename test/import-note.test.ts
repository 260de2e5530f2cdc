import { describe, expect, it } from "vitest";
import { importNotes } from "../src/note/import/import-note.ts";
import { wordsIn } from "../src/note/import/note-pieces.ts";
import { parseDesign } from "../src/steps/design.ts";
import { checkImports } from "./import-fuzz.ts";

const one = (text: string, options = {}) => importNotes([{ file: "ads.md", text }], options)[0];
const designOf = (text: string) => {
  const { design, findings } = parseDesign(text, "ads.design.md");
  expect(findings).toEqual([]);
  if (design === undefined) throw new Error("no design");
  return design;
};

const NOTE = `# Ad click prediction

Intro before anything.

## Problem Formulation

* Clarifying questions
  * What is the expected scale?
  * Which clicks count? Click only
* ML formulation
  * Binary classification of an impression.

## Scope and scale

- 100 million DAU ~ 30000 RPS
- 4K ads requests per second at peak
- p99 latency is 500 ms, 50th percentile: ~15-20 ms
- 99.9% uptime; 1/1000 are positives: share of positives 1/1000
- 10 billions videos
- Embeddings: 10^9 * 256 * 2 ~ 500 GB

## Metrics

| Metric | Target | Method |
| ------ | ------ | ------ |
| PR-AUC | 0.3    | offline |

- MRR
- Recall@k
- normalized cross entropy, not accuracy
- CTR

## Modeling

Options are logistic regression, random forest and DLRM.
We choose a two-tower network over matrix factorization because it is fast.

\`\`\`mermaid
graph LR
  A --> B
\`\`\`

![flow](img/flow.png)

$$ L = -\\sum y \\log p $$

A footnote[^1].

[^1]: Kept.

## Deployment and monitoring

Rollout 5% → 20% → 50% → 100%.

\`\`\`yaml
apiVersion: v1
\`\`\`

## Model Retraining

The model is retrained weekly.

## Where the money goes

Nobody knows.
`;

describe("an imported note", () => {
  const made = one(NOTE);
  const design = designOf(made.text);

  it("is a draft of seven sections with the title of the notes", () => {
    expect(design.front).toMatchObject({ title: "Ad click prediction", status: "draft" });
    expect(design.sections.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(made.whole).toBe(false);
  });

  it("proposes numbers with their units", () => {
    const { clarify, deploy, monitor } = design;
    expect(clarify.users?.daily?.value).toBe(100e6);
    expect(clarify.requests?.average?.value).toBe(30_000);
    expect(clarify.requests?.peak?.value).toBe(4000);
    expect(clarify.latency?.p99?.value).toBe(0.5);
    expect(clarify.latency?.p50).toBeUndefined();
    expect(clarify.availability?.value).toBeCloseTo(0.999, 12);
    expect(clarify.labels?.["positive-rate"]?.value).toBeCloseTo(0.001, 12);
    expect(clarify.items?.count?.value).toBe(10e9);
    expect(deploy.rollout?.steps?.map((step) => (typeof step === "string" ? step : step.value))).toEqual([
      0.05, 0.2, 0.5, 1,
    ]);
    expect(monitor.retrain?.every?.value).toBe(7 * 86_400);
  });

  it("marks each as proposed, with the line it came from", () => {
    const facts = made.text.split("\n").filter((line) => /^\s*(?:daily|p99|rollout|average):/u.test(line));
    expect(facts).toHaveLength(4);
    expect(facts[0]).toBe('  daily: 100M   # proposed, line 15: "100 million DAU"');
    for (const line of facts) expect(line).toMatch(/# proposed, line \d+: "/u);
  });

  it("says what is a range and does a calculation again", () => {
    expect(made.text).toContain("# latency.p50 is a range; write the one number that the design must bear");
    expect(made.text).toContain("# computed again: 5.12e11 bytes, which agrees");
    expect(one("# A\n\n## Scale\n\n10^9 * 256 * 4 ~ 500 GB\n").text).toContain("which is far from 500 GB");
  });

  it("tells a chosen model from listed ones and metrics from those refused", () => {
    expect(design.model.stages?.map(({ model }) => model)).toEqual(["two-tower"]);
    expect(made.text).toContain("# logistic-regression is named; whether it is chosen is not said");
    expect(design.frame.task).toBe("binary-classification");
    expect(design.frame.metrics?.offline?.map(({ metric }) => metric)).toEqual([
      "average precision",
      "mrr",
      "recall@k",
      "normalized entropy",
    ]);
    expect(design.frame.metrics?.online).toEqual(["click-through rate"]);
  });

  it("makes questions open ones, and answered where the words behind answer", () => {
    expect(design.clarify.questions).toEqual([
      { ask: "What is the expected scale?", status: "open" },
      { ask: "Which clicks count?", answer: "Click only" },
    ]);
  });

  it("keeps tables, pictures, drawings, mathematics and footnotes to the letter, each in its section", () => {
    const of = (step: number) => design.sections.find((section) => section.step === step)?.prose ?? "";
    expect(of(2)).toContain("| PR-AUC | 0.3    | offline |");
    expect(of(2)).toContain("* ML formulation\n  * Binary classification of an impression.");
    expect(of(4)).toContain(
      "```mermaid\ngraph LR\n  A --> B\n```\n\n![flow](img/flow.png)\n\n$$ L = -\\sum y \\log p $$",
    );
    expect(of(4)).toContain("[^1]: Kept.");
    expect(of(6)).toContain("```text yaml\napiVersion: v1\n```");
    expect(made.text.slice(made.text.indexOf("## Unsorted"))).toMatch(
      /Intro before anything\.[\s\S]*### Where the money goes\n\nNobody knows\./u,
    );
  });

  it("is the same twice, and is corrected by a map", () => {
    expect(one(NOTE).text).toBe(made.text);
    const mapped = one(NOTE, { map: new Map([["where the Money goes", 7]]) });
    expect(designOf(mapped.text).sections[6].prose).toContain("Nobody knows.");
  });
});

it("keeps front matter of other tools, and makes several designs of a file with several", () => {
  const steps = "\n## Requirements\n\nA\n\n## Data\n\nB\n\n## Model\n\nC\n\n## Serving\n\nD\n\n";
  const made = importNotes([{ file: "all.md", text: `---\ntags: [ml]\n---\n# Feed\n${steps}# Ads\n${steps}` }]);
  expect(made.map(({ title }) => title)).toEqual(["Feed", "Ads"]);
  expect(made[0].text).toContain("```text\n---\ntags: [ml]\n---\n```");
  for (const { text } of made) designOf(text);
});

it("joins one file a step by their titles and names", () => {
  const [made] = importNotes(
    [
      { file: "feed/01-requirements.md", text: "Feed of 10M daily users.\n" },
      { file: "feed/02-data.md", text: "# Data collection\n\nLogs.\n\n## Odd words\n\nMore logs.\n" },
      { file: "feed/03-model.md", text: "Two towers.\n" },
    ],
    { titleNamesStep: true },
  );
  const design = designOf(made.text);
  expect(design.sections[0].prose).toBe("Feed of 10M daily users.");
  expect(design.sections[2].prose).toContain("More logs.");
  expect(design.sections[3].prose).toBe("Two towers.");
  expect(design.clarify.users?.daily?.value).toBe(10e6);
});

it.each([
  ["emphasis in the title", "# **Ads** [now](x)\n\n## Data\n\nLogs.\n"],
  ["a fence without an end", "## Data\n\n```python\nx = 1\n\n## Model\n\nNet.\n"],
  ["a comment without an end", "## Data\n\nLogs.\n\n<!-- more\n## Model\n"],
  ["numbers of sections of our own", "# T\n\n## 3. Options\n\nA.\n\n#### 9. Data\n\nB.\n"],
  ["lines that end with a carriage return", "# T\r\n\r\n## Data\r\n\r\nLogs.\r\n\r\n## Model\r\n\r\nNet.\r\n"],
  ["facts without the word yaml", "## Data\n\n```\nsource: logs\n```\n"],
  ["nothing", ""],
])("loses no word of a note with %s", (_, text) => {
  const made = one(text);
  designOf(made.text);
  const left = wordsIn(made.text);
  for (const word of wordsIn(text)) {
    const at = left.indexOf(word);
    expect(at, word).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
});

it("takes no metric that is called a bad idea, no `unknown` for an answer, and no rollout to end before everyone", () => {
  const made = one(
    "# E\n\n## Metrics\n\nMAPE is a bad idea with zeros, so we use MAE.\n\n## Questions\n\n- Budget? unknown.\n\n## Model\n\n- either a GNN or XGBoost; decided on XGBoost since CPU only\n\n## Rollout\n\nshadow -> 1% -> 10% -> everyone\n",
  );
  const said = made.facts.map(({ path, value }) => `${path.join(".")} ${value}`);
  expect(said.join("\n")).not.toMatch(/mape/u);
  expect(said.join("\n")).toMatch(/ mae$/mu);
  expect(said).toContain("rollout [shadow, 1%, 10%, 100%]");
  expect(said.join("\n")).toMatch(/stages.*gbdt/u);
  expect(made.questions).toEqual([expect.not.objectContaining({ answer: expect.anything() })]);
});

it("says why nothing was read of a note too large for one: it stood whole, with `0 facts` and no reason", () => {
  const text = `# Ads\n\n## Requirements\n\n${"We serve 400 requests per second to people. ".repeat(12_000)}\n`;
  const [made] = importNotes([{ file: "ads.md", text }]);
  expect(made.whole).toBe(true);
  expect(made.why).toMatch(/^the note has \d+ characters, more than 500000$/u);
  expect(importNotes([{ file: "ads.md", text: "# Ads\n\n## Requirements\n\nFast.\n" }])[0].why).toBeUndefined();
});

describe("a line alone before the steps", () => {
  const below = "1. Clarify\n   - trips\n2. Metrics\n   - MAE\n3. Data\n   - pings\n";
  it("is the title, plain or bold, and a plain one does not stand under Unsorted again", () => {
    for (const line of [
      "Estimated Time of Arrival",
      "**Estimated Time of Arrival**",
      "\ufeffEstimated Time of Arrival",
    ]) {
      const { title, text } = one(`${line}\n\n${below}`);
      expect(title, line).toBe("Estimated Time of Arrival");
      // The signs of emphasis are words of the note too.
      if (!line.startsWith("**")) expect(text, line).not.toContain("## Unsorted");
    }
  });

  it("is none where it is a sentence, a field, several lines, or where another title is asked for, and is kept", () => {
    for (const line of [
      "We predict arrivals.",
      "Author: me",
      "One\nTwo",
      "- a",
      "![x](y.png)",
      "> said",
      "See https://a.b/c",
    ]) {
      const { title, text } = one(`${line}\n\n${below}`);
      expect(title, line).toBe("Ads");
      expect(text, line).toMatch(/## Unsorted\n\n/u);
    }
    expect(one(`A line\n\n${below}`, { title: "Mine" }).text).toContain("## Unsorted\n\nA line");
  });
});

it("counts the fences that would be read as facts, and leaves every other to the letter", () => {
  const fences = [
    "```yaml\na: 1\n```",
    "~~~yml\na: 1\n~~~",
    "```\na: 1\n```",
    "```json\n{}\n```",
    "```py title=x\na: 1\n```",
  ];
  const made = one(`# T\n\n## Data\n\n${fences.join("\n\n")}\n\n## Model\n\nx\n`);
  expect(made.renamed).toBe(3);
  expect(made.text).toContain(`${fences[3]}\n\n${fences[4]}`);
  expect(made.text).toContain("~~~text yml\na: 1\n~~~\n\n```text\na: 1\n```");
  expect(one("# T\n\n## Data\n\nx\n").renamed).toBe(0);
});

it("loses no word of random notes, reads its own result without errors, and is the same twice", () =>
  checkImports(200));

describe("the steps of a note in an unusual form", () => {
  const sectionsOf = (text: string) => {
    const made = one(text);
    expect(made.whole).toBe(false);
    const words = wordsIn(made.text);
    for (const word of wordsIn(text)) expect(words).toContain(word);
    return designOf(made.text).sections.map(({ prose }) => prose);
  };

  it("are rows of a table: each section has its rows under the line of titles", () => {
    const head = "| Step | What |\n| --- | :-- |";
    const prose = sectionsOf(
      `# Spam\n\nBefore.\n\n${head}\n| Requirements | 10M mails a day |\n| Data | reports |\n| Labels | of users |\n| Model | trees |\n| Monitoring | drift |\n\nAfter.\n`,
    );
    expect(prose[2]).toBe(`${head}\n| Data | reports |\n| Labels | of users |`);
    expect(prose[3]).toBe(`${head}\n| Model | trees |`);
    expect(
      one(`# Spam\n\n${head}\n| Data | a |\n| Model | b |\n| Serving | c |\n| Drift | d |\n\nAfter.\n`).text,
    ).toMatch(/## Unsorted\n\nAfter\.\n$/u);
  });

  it("are questions with their answers, which stay together", () => {
    const prose = sectionsOf(
      "# Feed\n\nQ: What are the requirements?\nA: 10M daily users.\n\nQ: How do you deploy it?\nA: By canary.\n\nQ: How do you monitor it?\nA: By PSI.\n",
    );
    expect(prose[5]).toBe("Q: How do you deploy it?\nA: By canary.");
  });

  it("are bold questions, answered by what stands below them; a heading in HTML asks nothing", () => {
    const text =
      "# Feed\n\n**Q1. What should we clarify?**\n\n10M daily users.\n\n**Q2. Which model would you pick?**\n\n**Q3. How would you serve it?**\n\nAn API.\n\n<h2>Does it hold up?</h2>\n\nYes.\n";
    expect(one(text).questions.map(({ ask, answer }) => [ask, answer])).toEqual([
      ["What should we clarify?", "10M daily users."],
      ["Which model would you pick?", undefined],
      ["How would you serve it?", "An API."],
    ]);
  });

  it("are not torn out of a list of which they are one of several limits", () => {
    const text =
      "# Feed\n\n## Odd words\n\n- latency: 10 ms at p99\n- memory below 2 GB\n\n## Data\n\nLogs.\n\n## Decision outcome\n\nTrees.\n";
    expect(one(text).headings.map(({ text: words, steps }) => [words, ...steps])).toEqual([
      ["Feed"],
      ["Odd words"],
      ["Data", 3],
      ["Decision outcome", 4],
    ]);
  });

  it("are folds, whole with their tags, behind front matter in TOML that is kept and names the design", () => {
    const text =
      '+++\ntitle = "Ads"\n+++\n\n<details>\n<summary>Data</summary>\n\nLogs.\n\n</details>\n<details><summary>Model</summary>\n\nTrees.\n\n</details>\n';
    const prose = sectionsOf(text);
    expect(prose[2]).toBe("<details>\n<summary>Data</summary>\n\nLogs.\n\n</details>");
    expect(one(text).title).toBe("Ads");
    expect(one(text).text).toContain('```text\n+++\ntitle = "Ads"\n+++\n```');
  });
});

it("says of a note in which nothing names a step that all of it is unsorted", () => {
  expect(one("# Checklist\n\n- [ ] signed\n- [x] done\n").unsorted).toBe(true);
  expect(one("# Ads\n\n## Data\n\nLogs.\n").unsorted).toBe(false);
});

it("asks the questions of a part that was said to be of no step all the same", () => {
  const text =
    "# Ads\n\n## Data\n\nLogs.\n\n## Open questions\n\n- Which region?\n\n## References\n\n- What is attention?\n";
  const map = new Map([["open questions", 0 as const]]);
  expect(one(text).questions.map(({ ask }) => ask)).toEqual(["Which region?"]);
  expect(one(text, { map }).questions.map(({ ask }) => ask)).toEqual(["Which region?"]);
});

describe("a folder of one file a step", () => {
  const made = importNotes(
    [
      { file: "ads/README.md", text: "# Readme\n\nabout the repo\n" },
      { file: "ads/02-data.md", text: "# Data\n\nWe log 3 million users.\n" },
      { file: "ads/04-serving.md", text: "# Serving\n\np99 is 80 ms\n" },
      { file: "ads/05-monitoring.md", text: "# Ops runbook\n\nmonitoring words\n\n# References\n\nbooks\n" },
    ],
    { titleNamesStep: true },
  )[0];
  const sectionOf = (words: string): string | undefined =>
    made.text
      .split(/^(?=## )/mu)
      .find((section) => section.includes(words))
      ?.split("\n")[0];

  it("shows each heading where the note has it", () => {
    const shown = made.headings.map(({ text, steps, how }) => [text, steps, how]);
    expect(shown).toContainEqual(["Ops runbook", [7], "file"]);
    expect(shown).toContainEqual(["References", [], "beside"]);
    expect(sectionOf("### Ops runbook")).toMatch(/^## 7\./u);
    expect(sectionOf("### References")).toBe("## Unsorted");
  });

  it("says of each fact in which file it was read", () => {
    expect(made.text).toContain('p99: 80 ms   # proposed, 04-serving.md line 3: "p99 is 80 ms"');
  });

  it("is not called Readme, but as its folder", () => {
    expect(made.title).toBe("Ads");
  });
});

describe("what a note says in the forms that tools and habits give it", () => {
  const factsOf = (text: string) => importNotes([{ file: "a.md", text }])[0].facts;
  const shown = (text: string) => factsOf(text).map(({ path, value }) => `${path.join(".")} ${value}`);

  it("is read as Markdown shows it where it was exported with escapes", () => {
    const text =
      "# A\n\n## **1\\. Overview**\n\n2\\-3 requests per second, 1\\.5M users, budget \\$20k per month\n\n## 2\\. Launch plan\n\n10% \\-\\> 50% \\-\\> 100%\n";
    expect(shown(text)).toEqual(["users.total 1.5M", "budget $20k/month", "rollout [10%, 50%, 100%]"]);
    const [made] = importNotes([{ file: "a.md", text }]);
    expect(made.headings.map((one) => one.text)).toEqual(["A", "1. Overview", "2. Launch plan"]);
    expect(made.text).toContain("2\\-3 requests per second");
    expect(made.text).toContain("requests.average is a range");
  });

  it.each([
    ["GBDT (chosen), logistic regression (considered)", ["gbdt"]],
    ["ETS vs LightGBM; LightGBM selected.", ["gbdt"]],
    ["**Random forest** ← our choice", ["random forest"]],
    ["Decision: factorization machine", ["factorization machine"]],
    ["BERT (not selected)", []],
    ["BERT-base selected", ["transformer"]],
    ["DCN v2 → chosen, because wide & deep lost", ["deep and cross network"]],
    ["LambdaMART vs DIN; start with LambdaMART.", ["gbdt"]],
    ["Is XGBoost chosen?", []],
    ["MLP, selected features are fine", []],
    ["two-tower not chosen", []],
    ["Options: GBDT", []],
  ])("tells the chosen from the listed in %j", (line, chosen) => {
    const text = `# A\n\n## Model\n\n${line}\n\n## Data\n\nx\n`;
    expect(factsOf(text).flatMap(({ path, value }) => (path[0] === "stages" ? [value] : []))).toEqual(chosen);
  });

  it("is not called merely named where another sentence chooses it", () => {
    const [{ text }] = importNotes([
      { file: "a.md", text: "# A\n\n## Model\n\nETS vs LightGBM; LightGBM selected.\n" },
    ]);
    expect(text).toContain("model: gbdt");
    expect(text).not.toContain("gbdt is named");
  });

  it("has the heading of the file that opens a folder as its title, and asks nothing of it", () => {
    const [made] = importNotes(
      [
        { file: "spam/01_requirements.md", text: "# Requirements\n\nx\n" },
        { file: "spam/README.md", text: "# Spam filter\n\nSee files.\n" },
      ],
      { titleNamesStep: true },
    );
    expect(made.title).toBe("Spam filter");
    expect(made.headings.find((one) => one.text === "Spam filter")?.how).toBe("title");
  });
});

it("takes thousands of designs of one file apart in linear time, each heading and fact with its line", () => {
  const design = "### Requirements\n10M DAU\n### Data\nx\n### Model\nx\n### Serving\nx\n";
  const made = importNotes([
    { file: "all.md", text: `## A\n${design}## B\n${design}${"## C\n### Requirements\n20M DAU\n".repeat(4000)}` },
  ]);
  expect(made).toHaveLength(4002);
  const last = made[made.length - 1];
  expect(last.headings.map(({ line, text }) => [line, text])).toEqual([
    [12016, "C"],
    [12017, "Requirements"],
  ]);
  expect(last.facts.map(({ at }) => at.line)).toEqual([12018]);
  expect(made[1].headings[1]).toMatchObject({ line: 11, text: "Requirements" });
});
