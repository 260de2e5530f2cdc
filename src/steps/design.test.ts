import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../design/apply-edits.ts";
import { designJsonSchema } from "../note/json-schema.ts";
import { parseDesign, placeOf } from "./design.ts";

const movies = readFileSync("test/notes/movies.md", "utf8");
const FRONT = "---\nheptad: 1\ntitle: t\nsystem: x\n---\n";
const section = (step: number, yaml: string): string => `${FRONT}## ${step}. A\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;

/** Each error as `code line:column «marked text» message | fix`. */
function errors(text: string): string[] {
  return parseDesign(text, "n.md").findings.map(
    ({ code, at, message, fix }) =>
      `${code} ${at.start.line}:${at.start.column} «${text.slice(at.start.offset, at.end.offset)}» ${message} | ${fix}`,
  );
}

describe("reading a design", () => {
  it("gives the reference design's facts in base units, each with its place", () => {
    const { design, findings } = parseDesign(movies, "movies.md");
    expect(findings).toEqual([]);
    expect(design?.clarify.latency?.p99?.value).toBe(0.1);
    expect(design?.clarify.users?.daily?.value).toBe(2e6);
    expect(design?.frame.label?.positive).toMatchObject({ comparison: ">=", limit: { value: 4 } });
    expect(design?.deploy.serving?.cache).toMatchObject({ ttl: { value: 60 } });
    expect(design?.deploy.rollout?.steps?.[0]).toBe("shadow");
    expect(design?.monitor.retrain?.when?.[1]).toMatchObject({ metric: "ndcg@10", of: "drop", limit: { value: 0.05 } });
    const { value } = design === undefined ? { value: undefined } : placeOf(design, "4.stages[0].factors");
    expect(value && movies.slice(value.start.offset, value.end.offset)).toBe("64");
  });

  it("reports all errors of a file at once, in the order of the file", () => {
    const text = movies
      .replace("p99: 100 ms", "p99: 3 GB/ms")
      .replace("task: ranking", "task: rankng")
      .replace("stages:", "stagse:")
      .replace("seed: 7", "seed: seven")
      .replace("rollout: [shadow, 1%", "rollout: [shadow, 1 lightyear");
    expect(errors(text)).toEqual([
      "HP012 16:17 «3 GB/ms» `3 GB/ms` is byte/second, but a duration belongs here | write it like `100 ms`",
      expect.stringMatching(/^HP012 \d+:7 «rankng» `rankng` is no known value of `task` \| did you mean `ranking`\?/u),
      expect.stringMatching(/^HP011 \d+:1 «stagse» unknown key `stagse` here \| did you mean `stages`\?/u),
      expect.stringMatching(/^HP012 \d+:7 «seven» `seed` is text, but a whole number belongs here/u),
      expect.stringMatching(/^HP012 \d+:19 «1 lightyear» unknown unit `lightyear`/u),
    ]);
  });

  it("keeps the valid facts beside wrong ones, and their places in step", () => {
    const { design, findings } = parseDesign(
      section(4, "stages:\n  - { model: als }\n  - { name: b, factors: x, keep: 3 }\ncold-start: { member: p }"),
      "n.md",
    );
    expect(findings.map((one) => one.code)).toEqual(["HP013", "HP012"]);
    expect(design?.model.stages).toEqual([{ name: "b", keep: expect.objectContaining({ value: 3 }) }]);
    const place = design === undefined ? undefined : placeOf(design, "4.stages[0].keep").value;
    expect([place?.start.line, place?.start.column]).toEqual([10, 34]);
    expect(design?.model["cold-start"]).toEqual({ member: "p" });
  });

  it("counts columns as editors do, behind a byte-order mark, tabs and astral characters", () => {
    const text = `\uFEFF${section(1, "goal: 😀\nbudget:\t3 apples # 😀")}`.replaceAll("\n", "\r\n");
    const [finding] = parseDesign(text, "n.md").findings;
    expect([finding.at.start.line, finding.at.start.column]).toEqual([9, 9]);
    expect(text.slice(finding.at.start.offset, finding.at.end.offset)).toBe("3 apples");
    const [first] = parseDesign("\uFEFF---\nheptad: 1\ntitle: t\nsystem: x\nfoo: 1\n---\n", "n.md").findings;
    expect([first.at.start.line, first.at.start.column, first.at.start.offset]).toEqual([5, 1, 34]);
  });

  it("knows a section by its number, whatever the words and level", () => {
    for (const heading of ["## 2. A", "## 2) A", "## Step 2: A", "## 2 – A", "### 2. A", "## 2 Frame it"]) {
      const { design } = parseDesign(`${FRONT}${heading}\n\`\`\`yaml\ntask: ranking\n\`\`\`\n`, "n.md");
      expect(design?.frame.task).toBe("ranking");
    }
    expect(parseDesign(`${FRONT}## 2 ways to fail\n\n## 2. Frame\n`, "n.md").design?.sections).toHaveLength(1);
  });
});

describe("errors of the facts", () => {
  it.each([
    [1, "goal:foo", "HP010 8:1 «goal:foo» there is no space after the colon | write `goal: foo`"],
    [
      1,
      "goal: a: b",
      "HP010 8:7 «a» `: ` begins a value, and this line has two; none of this block is read | put text that holds `: ` in quotes",
    ],
    [
      1,
      "users:\n\tdaily: 1",
      "HP010 9:1 «\t» YAML is not indented with tabs; none of this block is read | indent with spaces",
    ],
    [
      1,
      "users: { daily: 2M\nfreshness: 1 d",
      "HP010 8:8 «{ daily: 2M» the { that begins here is not closed; none of this block is read | add } where it ends",
    ],
    [
      1,
      'goal: "abc\nfreshness: 1 d',
      'HP010 8:7 «"abc» the " that begins here is not closed; none of this block is read | add " where it ends',
    ],
    [
      1,
      "goal: @x",
      "HP010 8:7 «@» text cannot begin with this character; none of this block is read | put the text in quotes",
    ],
    [
      1,
      "goal: x\n---\nfreshness: 1 d",
      "HP010 9:1 «---\nfreshness: 1 d\n» a line of `---` or `...` ends the facts here; none of this block is read | remove that line",
    ],
    [1, "- a", "HP010 8:1 «- a» facts are `key: value` lines | write `goal: …` and so on, one fact a line"],
    [1, "goal: x\ngoal: y", "HP015 9:1 «goal» the key `goal` stands twice | keep one of the two"],
    [
      1,
      "goal: *a",
      "HP014 8:7 «*a» anchors (`&`) and aliases (`*`) are not read | write the value out, or put it in quotes where it is text",
    ],
    [
      1,
      "goal: &a x",
      "HP014 8:7 «&a » anchors (`&`) and aliases (`*`) are not read | write the value out, or put it in quotes where it is text",
    ],
    [1, "goal: 12", 'HP012 8:7 «12» `goal` is a number, but text belongs here | put it in quotes: `"12"`'],
    [1, "goal:", "HP012 8:1 «goal» `goal` has no value | write `goal: …`, where text belongs"],
    [
      1,
      "users: 2M",
      "HP012 8:8 «2M» `users` is text, but facts belong here | write `{ daily: … }`; known here: daily, total, growth",
    ],
    [
      1,
      "availability: 99.9",
      "HP012 8:15 «99.9» `99.9` is out of range: a share between 0% and 100% belongs here | did you mean `99.9%`?",
    ],
    [
      1,
      "adversarial: no",
      "HP012 8:14 «no» `adversarial` is text, but true or false belongs here | write true or false",
    ],
    [1, "users_daily: 3", "HP011 8:1 «users_daily» unknown key `users_daily` here | did you mean `users.daily`?"],
    [
      6,
      "latency: { p99: 100 ms }",
      "HP011 8:1 «latency» `latency` is a fact of section 1 (clarify), not of this block | move it to the facts of section 1 (clarify); here `latency` stands inside `serving.fallback` only",
    ],
    [
      7,
      "freshness: 1 d",
      "HP011 8:1 «freshness» `freshness` is a fact of section 1 (clarify), not of this block | move it to the facts of section 1 (clarify)",
    ],
    [
      3,
      "waive: [{ rule: HP101, reason: x }]",
      "HP011 8:1 «waive» `waive` is a fact of the front matter, not of this block | move it to the facts of the front matter",
    ],
    [2, "task: binary", expect.stringContaining("did you mean `binary-classification`?")],
    [
      4,
      "stages: [{ name: a, factors: 0 }]",
      "HP012 8:30 «0» `0` is too small: `factors` is at least 1 | write a number that is at least 1",
    ],
    [4, "stages: [{ name: a, index: hnws }]", expect.stringContaining("did you mean `hnsw`?")],
    [5, "teacher: { saw-test: true }", expect.stringContaining("did you mean `yes`?")],
    [
      6,
      "experiment: { guardrails: [{ margin: 3 }] }",
      "HP013 8:28 «{ margin: 3 }» `metric` is missing | add `metric: …`, where text belongs",
    ],
    [
      7,
      "health:\n  - { metric: a, alert: > 100 ms, for: 5 m }",
      'HP010 9:25 «> 100 ms» a value that begins with `>` is read as folded text; none of this block is read | put the condition in quotes: `"> 100 ms"`',
    ],
    [7, "retrain: { when: [psi > 5 parsecs] }", expect.stringContaining("«psi > 5 parsecs» unknown unit `parsecs`")],
  ])("in section %i: %s", (step, yaml, expected) => {
    expect(errors(section(step, yaml))).toEqual([expected]);
  });

  it("says once that an unquoted comma ended a text, and offers the quotes", () => {
    const text = section(
      1,
      "questions:\n  - { ask: Why?, answer: no location, deletion within 30 d, no age, changes: [3] }",
    );
    expect(errors(text)[0]).toContain("`deletion within 30 d` has no value: a comma ends a value inside { }");
    const edits = parseDesign(text, "n.md").findings.flatMap((one) => one.edits ?? []);
    const mended = applyEdits(text, edits).text;
    expect(parseDesign(mended, "n.md").design?.clarify.questions?.[0].answer).toBe(
      "no location, deletion within 30 d, no age",
    );
    expect(errors(mended)).toEqual([]);
  });

  it("carries the edit where there is one mend", () => {
    const text = section(2, "task: rankng\nbaselin: { rule: x }").replace("## 2. A", "## Frame the ML problem");
    const edits = parseDesign(text, "n.md").findings.flatMap((one) => one.edits ?? []);
    const mended = applyEdits(text, edits).text;
    expect(mended).toBe(
      section(2, "task: ranking\nbaseline: { rule: x }").replace("## 2. A", "## 2. Frame the ML problem"),
    );
  });
});

describe("errors of the structure", () => {
  it("tells what is wrong with front matter", () => {
    expect(errors("# x\n")).toEqual([expect.stringContaining("HP002 1:1 «» the note has no front matter")]);
    expect(errors("---\nheptad: 1\n")).toEqual([
      expect.stringContaining("HP002 1:1 «---» the front matter that begins here is never closed"),
    ]);
    expect(errors(`\n\n${FRONT}`)).toEqual([
      expect.stringContaining("HP002 3:1 «---» front matter must begin on the first line"),
    ]);
    expect(errors("---\ntitle: 1984\n---\n")).toEqual([
      expect.stringContaining("HP013 2:1 «title: 1984» `heptad` is missing"),
      expect.stringContaining("HP013 2:1 «title: 1984» `system` is missing"),
      expect.stringContaining("HP012 2:8 «1984» `title` is a number"),
    ]);
  });

  it("goes on reading behind a block that was not closed", () => {
    const text = `${FRONT}## 1. A\n\`\`\`yaml\ngoal: x\n\n## 2. B\n\`\`\`yaml\ntask: ranking\n\`\`\`\n## 3. C\n\`\`\`yaml\nhistory: 3 d\n`;
    const { design, findings } = parseDesign(text, "n.md");
    expect(findings.map(({ code, at }) => [code, at.start.line])).toEqual([
      ["HP008", 7],
      ["HP008", 15],
    ]);
    expect([design?.clarify.goal, design?.frame.task, design?.data.history?.value]).toEqual(["x", "ranking", 259_200]);
  });

  it("tells of headings that are no section, stand twice or in the wrong order", () => {
    const text = `${FRONT}## 2. B\n## 1. A\n## 2. C\n### 3. Data engineering\n## 8. Foo\n## Monitoring\n## Appendix\n`;
    expect(errors(text)).toEqual([
      "HP004 7:1 «## 1. A» section 1 stands after section 2 | put the sections in the order of their numbers",
      "HP003 8:1 «## 2. C» section 2 stands twice; this one is not read | merge the two",
      "HP007 9:1 «### 3. Data engineering» section 3 has a heading of level 3, the others of level 2 | write `## 3. Data engineering`",
      "HP007 10:1 «## 8. Foo» there is no section 8: the steps are 1 to 7 | leave the number out where it is no step",
      "HP007 11:1 «## Monitoring» the heading of step 7 has no number | write `## 7. Monitoring`",
    ]);
  });

  it("tells of facts that stand where they are not read", () => {
    const block = "```yaml\ngoal: x\n```\n";
    expect(
      errors(`${FRONT}${block}## 1. A\n- x\n  \`\`\`yaml\n  goal: a\n  \`\`\`\n\n\`\`\`\ngoal: x\n\`\`\`\n`),
    ).toEqual([
      expect.stringContaining("HP006 6:1 «```yaml» facts before the first section are not read"),
      expect.stringContaining("HP006 11:3 «```yaml» facts inside a list item are not read"),
      expect.stringContaining("HP006 15:1 «```» facts are read only from a block marked yaml"),
    ]);
    expect(errors(`${FRONT}## 1. A\n${block}${block}## Appendix\n${block}`)).toEqual([
      expect.stringContaining("HP005 10:1 «```yaml» section 1 has its facts in an earlier yaml block"),
      expect.stringContaining("HP006 14:1 «```yaml» facts under `Appendix`, a heading without a step's number"),
    ]);
  });
});

describe("the notes of this repository", () => {
  const notes = ["designs", "library/templates"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  );

  it.each(notes)("%s reads without errors", (path) => {
    expect(parseDesign(readFileSync(path, "utf8"), path).findings).toEqual([]);
  });
});

it("takes the facts that docs/design.schema.json describes, within its bounds", () => {
  expect(designJsonSchema()).toEqual(JSON.parse(readFileSync("docs/design.schema.json", "utf8")));
});
