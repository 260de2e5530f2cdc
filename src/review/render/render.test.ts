import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { RULES } from "../../note/rules.gen.ts";
import { parseDesign } from "../../steps/design.ts";
import { noteOfExample } from "../example.ts";
import { type Review, review } from "../review.ts";
import { renderGithub } from "./github.ts";
import { renderJson } from "./json.ts";
import { renderSarif } from "./sarif.ts";
import { createLines, renderFinding, renderText } from "./text.ts";

const plain = { paint: (_: string, text: string) => text, width: 100 };

const NOTE = `---
heptad: 1
title: Feed
system: feed
waive: [{ rule: missing-split, reason: "an example, with a % and a line" }]
---

## 3. Data

\`\`\`yaml
sources: [{ name: clicks, kind: events, time: ts }]
split: { by: random }
\`\`\`
`;

function reviewed(text: string, file = "designs/feed.md"): Review {
  const { design, findings } = parseDesign(text, file);
  if (design === undefined) throw new Error("no design");
  return review(design, RULES, findings);
}

const everyExample = RULES.map(({ examples, name }) =>
  reviewed(noteOfExample(examples.bad), `designs/my notes/${name}.md`),
);

describe("the text of a finding", () => {
  it("shows the line, the mark, the cause, why and what to write, like a compiler", () => {
    const found = reviewed(NOTE).findings.find(({ code }) => code === "HP301");
    if (found === undefined) throw new Error("nothing was found");
    expect(
      renderFinding(found, createLines(NOTE), { ...plain, textOf: () => NOTE }),
    ).toBe(`error[HP301] \`clicks\` has \`ts\`, but the split is \`random\`
  designs/feed.md:12:14   step 3
  12 │ split: { by: random }
     │              ^^^^^^ rows are shuffled
  11 │ sources: [{ name: clicks, kind: events, time: ts }]
     │                                               -- but the rows have a time
  why: the model is trained on events later than the ones it is tested on, so its score is that of a
       system that sees the future
  fix: split on one date for everybody: \`split: { by: time, train: 80%, validation: 10%, test: 10%,
       gap: 7 d }\`, and repeat it at three or more dates for an interval (heptad check --fix does it)
  more: heptad explain HP301`);
  });

  it("keeps every line within the window however long the note's line is", () => {
    const long = NOTE.replace("by: random", `by: random, ${"# ".padEnd(400, "x")}`);
    const text = renderText([reviewed(NOTE)], { ...plain, textOf: () => long });
    for (const line of text.split("\n").filter((one) => one.includes("│"))) expect(line.length).toBeLessThan(140);
  });

  it("shows what is waived with its reason, and counts it", () => {
    const text = renderText([reviewed(NOTE)], { ...plain, textOf: () => NOTE });
    expect(text).toContain("reason: an example, with a % and a line");
    expect(text).toMatch(/1 waived/u);
  });

  it("never passes on what a terminal would obey", () => {
    const hostile = NOTE.replace("name: clicks", "name: cli\u001b[2Jcks").replace(
      "an example",
      "an \u001b]0;x\u0007 example",
    );
    const text = renderText([reviewed(hostile)], { ...plain, textOf: () => hostile });
    expect(text.split("\n").join("")).not.toMatch(/\p{Cc}/u);
  });

  it("says so when there is nothing to report", () => {
    const clean: Review = { file: "a.md", findings: [], waived: [], outcomes: [], fromProse: false };
    expect(renderText([clean], { ...plain, textOf: () => "" })).toBe("nothing to report in 1 note");
  });
});

describe("SARIF", () => {
  const schema: object = JSON.parse(readFileSync("test/data/sarif-schema-2.1.0.json", "utf8"));
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    schema,
  );

  it("is valid against the published schema of version 2.1.0 for every rule's finding", () => {
    const log: unknown = JSON.parse(renderSarif([...everyExample, reviewed(NOTE)], { version: "0.1.0", rules: RULES }));
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it("is valid where nothing was found", () => {
    expect(validate(JSON.parse(renderSarif([], { version: "0.1.0", rules: RULES })))).toBe(true);
  });

  it("carries waived findings as suppressed, with the reason", () => {
    const log = renderSarif([reviewed(NOTE)], { version: "0.1.0", rules: RULES });
    const results: { ruleId: string; suppressions?: { justification: string }[] }[] = JSON.parse(log).runs[0].results;
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ ruleId }) => ruleId)).toEqual(["HP323"]);
    expect(suppressed[0].suppressions?.[0].justification).toContain("an example");
  });
});

describe("GitHub annotations", () => {
  it("are one line each, with everything that would end a property escaped", () => {
    const lines = renderGithub(everyExample).split("\n");
    expect(lines).toHaveLength(everyExample.flatMap(({ findings }) => findings).length);
    for (const line of lines)
      expect(line).toMatch(
        /^::(?:error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=HP\d{3} [a-z-]+::\S/u,
      );
  });
});

describe("JSON", () => {
  it("holds the findings as data and the counts", () => {
    const { summary, reviews } = JSON.parse(renderJson([reviewed(NOTE)]));
    expect(summary).toMatchObject({ notes: 1, waived: 1 });
    expect(reviews[0].findings[0]).toHaveProperty("at.start.line");
    expect(summary.errors).toBe(
      reviews[0].findings.filter((one: { severity: string }) => one.severity === "error").length,
    );
  });
});
