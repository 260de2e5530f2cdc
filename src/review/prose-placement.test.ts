import { describe, expect, it } from "vitest";
import { readProseOutline } from "../design/prose-outline.ts";
import { type PlacementOptions, placeParts } from "./prose-placement.ts";
import type { ProseStep } from "./prose-wording.ts";

const STEPS: readonly ProseStep[] = [
  { number: 1, title: "Clarify", wordings: ["requirements", "goals"] },
  { number: 2, title: "Frame", wordings: ["ml task"] },
  { number: 3, title: "Data", wordings: ["data", "features"] },
  { number: 4, title: "Model", wordings: ["model"] },
  { number: 5, title: "Evaluate", wordings: ["evaluation"] },
  { number: 6, title: "Deploy", wordings: ["serving"] },
  { number: 7, title: "Monitor", wordings: ["monitoring!"] },
];

/** Each part as `words: steps how`, with the number of its design where there are several. */
function placed(text: string, options?: PlacementOptions): readonly string[] {
  const parts = placeParts(text, readProseOutline(text), STEPS, options);
  const isOne = parts.every(({ design }) => design === 0);
  return parts.map(
    ({ heading, steps, how, design }) => `${isOne ? "" : `${design} `}${heading.text}: ${[...steps, how].join(" ")}`,
  );
}
const bodies = (text: string): readonly string[] =>
  placeParts(text, readProseOutline(text), STEPS).map(({ body }) => text.slice(body.start, body.end).trim());

describe("the parts of a plain note", () => {
  it("belong to the step of their heading, or to that of the heading above", () => {
    const text = "# A feed\n\n## Data\nClicks.\n\n### Burritos\nMany.\n\n## Model\nTrees.\n";
    expect(placed(text)).toEqual(["A feed: title", "Data: 3 wording", "Burritos: 3 inherited", "Model: 4 wording"]);
    expect(bodies(text)).toEqual(["", "Clicks.", "Many.", "Trees."]);
  });

  it("begin at bold words before a text of their own line where these are a wording, and at no other bold words", () => {
    const text =
      "# A feed\n\n**Requirements**: fast.\n\n**Data:** clicks.\n\n**Note:** they are ours.\n\n__Model__ – trees.\n**Monitoring:** drift.\n";
    expect(placed(text)).toEqual([
      "A feed: title",
      "Requirements: 1 wording",
      "Data: 3 wording",
      "Model: 4 wording",
      "Monitoring: 7 wording",
    ]);
    expect(bodies(text)).toEqual(["", "fast.", "clicks.\n\n**Note:** they are ours.", "trees.", "drift."]);
  });

  it("are not parted by bold words without a colon, in the middle of a paragraph, or with nothing behind them", () => {
    const text =
      "# A feed\n\n## Model\n\n**Data** is scarce.\n\nWe have\n**Data**: little.\n\n**Features**:\n\nMany.\n";
    expect(placed(text)).toEqual(["A feed: title", "Model: 4 wording", "Features: 4 inherited"]);
    expect(placed("# A feed\n\n## Model\n\n**Monitoring**: hourly.\n\n**Data**: logs.\n")).toEqual([
      "A feed: title",
      "Model: 4 wording",
      "Monitoring: 7 wording",
      "Data: 4 inherited",
    ]);
  });

  it("leave a numbered list whole where one of its items is called like another step, and part it where most are", () => {
    const list = (...items: string[]) => items.map((one, i) => `${i + 1}. ${one}\n`).join("");
    const under = (text: string) => placed(`# A feed\n\n## Model\n\n${text}`).slice(2);
    expect(under(list("Monitoring: rules", "Trees: many", "Network: two towers"))).toEqual([]);
    expect(under(list("Monitoring: drift", "Trees: many"))).toEqual(["Monitoring: 7 wording", ": 4 inherited"]);
    expect(under("- Monitoring: drift\n- Trees: many\n- Network: two towers\n")[0]).toBe("Monitoring: 7 wording");
  });

  it("have to be asked about where nobody can say, and are beside the design where that is known", () => {
    expect(placed("# A feed\n\n## Burritos\nMany.\n\n## References\nBooks.\n\n### More of it\nPapers.\n")).toEqual([
      "A feed: title",
      "Burritos: unknown",
      "References: beside",
      "More of it: beside",
    ]);
  });

  it("below a heading of two steps say which, and keep a step that is sure wherever they stand", () => {
    expect(
      placed(
        "# A feed\n\n## Model and evaluation\nBoth.\n\n### Evaluation\nNow.\n\n### Data\nOf both.\n\n### Monitoring\nLater.\n",
      ),
    ).toEqual([
      "A feed: title",
      "Model and evaluation: 4 5 wording",
      "Evaluation: 5 split",
      "Data: 4 5 inherited",
      "Monitoring: 7 wording",
    ]);
  });

  it("belong where the reader has said, in any case and spelling, to none as well", () => {
    const map = new Map([
      ["burritos!", 6],
      ["data", 0],
    ] as const);
    expect(placed("# A feed\n\n## Burritos\nMany.\n\n## Data\nClicks.\n\n## Model\nTrees.\n", { map })).toEqual([
      "A feed: title",
      "Burritos: 6 mapped",
      "Data: beside",
      "Model: 4 wording",
    ]);
  });

  it("under one heading alone belong to the step that it names, in a folder of one file a step", () => {
    const text = "# Data\n\n## Burritos\nMany.\n";
    expect(placed(text)).toEqual(["Data: title", "Burritos: unknown"]);
    expect(placed(text, { titleNamesStep: true })).toEqual(["Data: 3 wording", "Burritos: 3 inherited"]);
    expect(placed("# Data\nClicks.\n")).toEqual(["Data: 3 wording"]);
    expect(placed("# Data\nClicks.\n\n# Model\nTrees.\n")).toEqual(["Data: 3 wording", "Model: 4 wording"]);
    expect(placed("# A feed\nHello.\n\n# Model\nTrees.\n")).toEqual(["A feed: title", "Model: 4 wording"]);
  });

  it("stand beside the first step where that alone stands one level above: none of them is a part of the requirements", () => {
    const others = "## Data\nClicks.\n\n## Burritos\nMany.\n\n## Model\nTrees.\n\n## Serving\nAn API.\n";
    const steps = ["Data: 3 wording", "Burritos: unknown", "Model: 4 wording", "Serving: 6 wording"];
    const first = "Requirements: 1 wording";
    expect(placed(`# Requirements\nFast.\n\n${others}`)).toEqual([first, ...steps]);
    expect(placed(`Requirements\n===\nFast.\n\n${others}`)).toEqual([first, ...steps]);
    expect(placed(`# A feed\n\n# Requirements\nFast.\n\n${others}`)).toEqual(["A feed: title", first, ...steps]);
    expect(placed(`# A feed\n\n# Requirements\nFast.\n\n## Data\nNow.\n\n# Model\nTrees.\n`)).toEqual([
      "A feed: title",
      first,
      "Data: 1 inherited",
      "Model: 4 wording",
    ]);
    // A later step above an earlier one, or above its own name, is a title.
    expect(placed(`# Model\n\n## Requirements\nFast.\n\n${others}`)[0]).toBe("Model: title");
  });

  it("are questions where a note has hardly other headings, and no parts where it has", () => {
    const pairs =
      "Q: What are the requirements?\nA: Fast.\n\nQ2. What data do we have?\nA: Clicks.\n\nWhich model would you use?\n\nTrees.\n\n- Q: Who is Burrito?\n  A: A cat.\n";
    const asked = [
      "What are the requirements?: 1 wording",
      "What data do we have?: 3 wording",
      "Which model would you use?: 4 wording",
      "Who is Burrito?: unknown",
    ];
    expect(placed(`# A feed\n\n${pairs}`)).toEqual(["A feed: title", ...asked]);
    expect(placed(`# A feed\n\n## Goals\nMore.\n\n${pairs}`)).toEqual(["A feed: title", "Goals: 1 wording", ...asked]);
    const others = "## Data\nClicks.\n\n## Model\nTrees.\n\n## Serving\nAn API.\n";
    expect(placed(`# A feed\n\n${others}\n${pairs}`)).toEqual([
      "A feed: title",
      "Data: 3 wording",
      "Model: 4 wording",
      "Serving: 6 wording",
    ]);
  });

  it("are rows of a table that has one a step, and the table ends with them", () => {
    const table = (rows: string) => `# A feed\n\n| Step | What |\n|---|:-:|\n${rows}\nAfter it.\n`;
    const rows =
      "| 1 | Requirements | fast |\n| 2 | **Data** | clicks |\n| 3 | Burritos | many |\n| 4 | Model | trees |\n| 5 | Serving | an API |\n";
    expect(placed(table(rows))).toEqual([
      "A feed: title",
      ": beside",
      "Requirements: 1 wording",
      "Data: 3 wording",
      "Burritos: unknown",
      "Model: 4 wording",
      "Serving: 6 wording",
      ": beside",
    ]);
    expect(bodies(table(rows)).at(-1)).toBe("After it.");
    expect(placed(table("| Data | clicks |\n| Model | trees |\n| Cost | none |\n"))).toEqual(["A feed: unknown"]);
    expect(placed(`${table(rows)}\n## Data\nA.\n\n## Model\nB.\n\n## Serving\nC.\n`)).toHaveLength(4);
  });

  it("are folds that are called like a step, with what stands in them; behind one the part around it goes on", () => {
    const fold = (name: string, inside: string) =>
      `<details>\n<summary><b>${name}</b></summary>\n\n${inside}\n\n</details>\n\n`;
    const text = `# A feed\n\n${fold("Data", "### Logs\nMany.")}${fold("Burritos", "No.")}${fold("Model", "Trees.")}Between.\n\n<details open><summary>Serving</summary>An API.</details>\n`;
    expect(placed(text)).toEqual([
      "A feed: title",
      "Data: 3 wording",
      "Logs: 3 inherited",
      "Burritos: unknown",
      "Model: 4 wording",
      ": beside",
      "Serving: 6 wording",
    ]);
    expect(bodies(text)[5]).toBe("Between.");
    expect(placed(`# A feed\n\n## Goals\nMore.\n\n${fold("Click me", "### Model\nTrees.")}`)).toEqual([
      "A feed: title",
      "Goals: 1 wording",
      "Model: 1 inherited",
    ]);
  });

  it("keep bullets at the edge of a number below it", () => {
    expect(placed("1) Requirements\n- fast\n2) Data\n- clicks\n\n3) Burritos\n- many\n4) Model\n- trees\n")).toEqual([
      "Requirements: 1 wording",
      "Data: 3 wording",
      "Burritos: unknown",
      "Model: 4 wording",
    ]);
  });

  it("are once what is bold and underlined, lines in capitals, and no lines of a table of contents", () => {
    const text =
      "- [Data](#data)\n- [Model](#model)\n\n---\n\n**Data**\n---\nClicks.\n\n## Model {.unnumbered}\nTrees.\n";
    expect(placed(text)).toEqual(["Data: 3 wording", "Model: 4 wording"]);
    expect(placed("A FEED\n\nGOALS\nMore.\n\nDATA\nClicks.\n\nMODEL\nTrees.\nGBDT\n")).toEqual([
      "A FEED: title",
      "GOALS: 1 wording",
      "DATA: 3 wording",
      "MODEL: 4 wording",
    ]);
    expect(placed("# A feed\n\n## Data\nOf\n\nHTTP\n\nand more.\n")).toEqual(["A feed: title", "Data: 3 wording"]);
  });

  it("are numbers with nothing below them too, in a list of steps that has paragraphs, and none of a table of contents", () => {
    expect(placed("# A\n\n1) Requirements\n\n2) Data\n\n3) Model\n\nTrees.\n\n4) Monitoring\n\nDrift.\n")).toEqual([
      "A: title",
      "Requirements: 1 wording",
      "Data: 3 wording",
      "Model: 4 wording",
      "Monitoring: 7 wording",
    ]);
    expect(placed("# A\n\n1. Requirements\n2. Data\n3. Model\n\nOf this we speak.\n\n## Serving\nIt runs.\n")).toEqual([
      "A: title",
      "Serving: 6 wording",
    ]);
    expect(placed("# A\n\n## Model\n\n- Data\n\n---\n\n## Serving\nIt runs.\n")).toEqual([
      "A: title",
      "Model: 4 wording",
      "Serving: 6 wording",
    ]);
  });

  it("are labels of paragraphs where a note has hardly other headings", () => {
    const labels = "Author: me\n\nRequirements: fast.\n\nData: clicks.\nModel: trees.\n\nServing: an API.\n";
    const found = ["Requirements: 1 wording", "Data: 3 wording", "Model: 4 wording", "Serving: 6 wording"];
    expect(placed(labels)).toEqual(found);
    expect(placed(`# A\n\n## Goals\nMore.\n\n## Data\nA.\n\n## Evaluation\nB.\n\n${labels}`)).toHaveLength(4);
  });

  it("are no lines of front matter, be it TOML", () => {
    const text = "+++\n# Data\ntitle = 'A feed'\n+++\n# Model\nTrees.\n";
    expect(placed(text)).toEqual(["Model: 4 wording"]);
    expect(readProseOutline(text).front).toEqual({ start: 0, end: 31 });
    expect(readProseOutline("+++\ntitle = 'A feed'\n").front).toBeUndefined();
    expect(placed("---\ntitle: A feed\n...\n# Model\nTrees.\n\n---\n")).toEqual(["Model: 4 wording"]);
    expect(readProseOutline("---\na: b\n---\n\n...\n").front).toMatchObject({ start: 0, end: 12 });
  });

  it("are found in linear time in long hostile texts", () => {
    for (const pattern of [
      "+++\r\n",
      "<details><summary>a</summary>\n",
      "<details>\n",
      "|-|\n",
      "|a|\n|-|\n",
      "Q: a b c?\n",
      "<summary>",
      "<details ",
      "1) a\n- b\n",
    ])
      expect(placed(pattern.repeat(300_000 / pattern.length)).length).toBeGreaterThanOrEqual(0);
  });

  it("of a file of several designs are counted by design: a title has four steps below it, or three with requirements of its own", () => {
    const design = (name: string, steps: readonly string[]) =>
      `## ${name}\n\n${steps.map((step) => `### ${step}\nWords.\n`).join("\n")}\n`;
    const four = ["Data", "Model", "Evaluation", "Serving"];
    const two = `# Designs\n\n${design("A feed", four)}${design("A search", four)}`;
    expect(placed(two)).toEqual([
      "0 Designs: title",
      "0 A feed: title",
      ...["0 Data: 3", "0 Model: 4", "0 Evaluation: 5", "0 Serving: 6"].map((one) => `${one} wording`),
      "1 A search: title",
      ...["1 Data: 3", "1 Model: 4", "1 Evaluation: 5", "1 Serving: 6"].map((one) => `${one} wording`),
    ]);
    const three = `# Designs\n\n${design("A feed", four.slice(1))}${design("A search", four.slice(1))}`;
    expect(placed(three).filter((line) => line.endsWith("title"))).toEqual(["Designs: title"]);
    const small = (second: readonly string[]): string =>
      `# Answers\n\n${design("A feed", ["Requirements", "Model", "Serving"])}${design("A filter", second)}`;
    const titles = (text: string) => placed(text).filter((line) => line.endsWith("title"));
    expect(titles(small(["Goals", "Model", "Monitoring"]))).toEqual([
      "0 Answers: title",
      "0 A feed: title",
      "1 A filter: title",
    ]);
    // No requirements of its own, and it is a part of the same design; too little, and it is none.
    expect(titles(small(["Data", "Model", "Serving"]))).toEqual(["Answers: title"]);
    expect(titles(small(["Requirements", "Model"]))).toEqual(["Answers: title"]);
    expect(titles(small(["Requirements", "Data", "Monitoring"]))).toEqual(["Answers: title"]);
    const lone = `# Designs\n\n${design("A feed", four)}`;
    expect(placed(lone).filter((line) => line.endsWith("title"))).toEqual(["Designs: title"]);
  });

  it("begin at bold lines and items that are a wording and hold something, and the part around goes on behind them", () => {
    const items = "# A feed\n\n## Burritos\n\n- **Data**: clicks of people\n- **Model**: trees\n\nAnd more words.\n";
    expect(placed(items).slice(0, -1)).toEqual([
      "A feed: title",
      "Burritos: unknown",
      "Data: 3 wording",
      "Model: 4 wording",
    ]);
    // What follows the items stands in a part without words.
    expect(placed(items).at(-1)).toMatch(/^: /u);
    expect(bodies(items).at(-1)).toBe("And more words.");
    expect(placed(items.replace("\n\nAnd more words.", ""))).toEqual([
      "A feed: title",
      "Burritos: unknown",
      "Data: 3 wording",
      "Model: 4 wording",
    ]);
  });

  it("begin at every item of a list of steps that holds something: what is not known of it is asked, and in no step before it", () => {
    const items =
      "# A feed\n\n1. **Data**\n   Clicks.\n2. **Burritos**\n   Many.\n3. **Model**\n   Trees.\n4. **Serving**\n   Fast.\n5. Bare\n";
    expect(placed(items).filter((line) => !line.startsWith(":"))).toEqual([
      "A feed: title",
      "Data: 3 wording",
      "Burritos: unknown",
      "Model: 4 wording",
      "Serving: 6 wording",
    ]);
    // Two of them might be anything.
    const two = items.replace("Serving", "Tacos");
    expect(placed(two).filter((line) => !line.startsWith(":"))).toEqual([
      "A feed: title",
      "Data: 3 wording",
      "Model: 4 wording",
    ]);
  });

  it("do not begin at one item of an unknown heading among others that say nothing of a step", () => {
    const labels = "# A feed\n\n## Burritos\n\n- data: clicks\n- tacos: many\n\n## Model\nTrees.\n";
    expect(placed(labels)).toEqual(["A feed: title", "Burritos: unknown", "Model: 4 wording"]);
    const map = new Map([["data", 3]] as const);
    expect(placed(labels, { map })).toContain("data: 3 mapped");
  });

  it("below a heading of the design as a whole are of the step that they name, and are asked where they name none", () => {
    const below = "### Data\nClicks.\n### Model\nTrees.\n### Burritos\nMany.\n";
    const own = ["Data: 3 wording", "Model: 4 wording"];
    expect(placed(`# A feed\n\n## Goals\nx\n## Deep dive\n${below}`)).toEqual([
      "A feed: title",
      "Goals: 1 wording",
      "Deep dive: beside",
      ...own,
      "Burritos: unknown",
    ]);
    const named: readonly ProseStep[] = STEPS.map((step) =>
      step.number === 4 ? { ...step, wordings: ["model", "design deep dive"] } : step,
    );
    const text = `# A feed\n\n## Goals\nx\n## Step 3 – Design Deep Dive\n${below}`;
    expect(
      placeParts(text, readProseOutline(text), named)
        .slice(3)
        .map(({ heading, steps, how }) => `${heading.text}: ${[...steps, how].join(" ")}`),
    ).toEqual([...own, "Burritos: 4 inherited"]);
    // What is said of other texts stays with them, and so does what the reader has set aside.
    expect(placed(`# A feed\n\n## Goals\nx\n## References\n${below}`).slice(3)).toEqual([
      "Data: beside",
      "Model: beside",
      "Burritos: beside",
    ]);
    expect(placed(`# A feed\n\n## Goals\nx\n## Deep dive\n${below}`, { map: new Map([["Deep dive", 0]]) })).toContain(
      "Data: beside",
    );
  });

  it("of a short design among others are its own: its title has the level and the form of theirs and names no step", () => {
    const four = "### Data\nx\n### Model\nx\n### Evaluation\nx\n### Serving\nx\n";
    const three = (last: string) => `# Designs\n\n## A feed\n${four}\n## A search\n${four}\n${last}`;
    const lastOf = (last: string) => placed(three(last)).slice(11);
    expect(lastOf("## Notifications\n### Goals\nx\n### Monitoring\nx\n")).toEqual([
      "2 Notifications: title",
      "2 Goals: 1 wording",
      "2 Monitoring: 7 wording",
    ]);
    expect(lastOf("## Notifications\n### Goals\nx\n")).toEqual(["2 Notifications: title", "2 Goals: 1 wording"]);
    // In front of the others as well as behind them.
    expect(placed(`## Burritos\n### Goals\nx\n## A feed\n${four}\n## A search\n${four}`).slice(0, 3)).toEqual([
      "0 Burritos: title",
      "0 Goals: 1 wording",
      "1 A feed: title",
    ]);
    // Another form, a step, what is known to be beside, and what stands over no step are none.
    expect(lastOf("Notifications\n---\n### Goals\nx\n")).not.toContain("2 Notifications: title");
    expect(lastOf("## Monitoring\nx\n")).toEqual(["1 Monitoring: 7 wording"]);
    expect(lastOf("## References\n### Data\nx\n")).toEqual(["1 References: beside", "1 Data: beside"]);
    expect(lastOf("## Burritos\nx\n")).toEqual(["1 Burritos: unknown"]);
    expect(lastOf("# Other things\n## Burritos\n### Data\nx\n")).not.toContain("2 Burritos: title");
  });
});
