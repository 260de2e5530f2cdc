import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sealedEnvironment } from "../../../test/sealed-environment.ts";
import { parseDesign } from "../../steps/design.ts";
import type { MissingData } from "../kind.ts";
import { recommendation } from "./recommendation.ts";

interface Written {
  readonly source?: string;
  readonly data?: string;
  readonly baseline?: string;
  readonly stages?: string;
  readonly cold?: string;
}

const DESCRIBED = "titles: { path: t.csv, columns: { title: id, genres: kinds, price: price } }";
const TIMELESS = "time: none\nsplit: { by: random-per-member, test: 20% }";

async function missing({
  source = "format: csv, path: e.csv",
  data = "time: at",
  baseline = "rule: most-popular",
  stages = "{ name: candidates, model: als }",
  cold = "most-popular",
}: Written): Promise<MissingData | undefined> {
  const block = (title: string, text: string) => `## ${title}\n\n\`\`\`yaml\n${text}\n\`\`\`\n`;
  const text = [
    "---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n",
    block("2. Frame the ML problem", `baseline: { ${baseline} }`),
    block("3. Data engineering and feature pipeline", `source: { ${source} }\n${data}`),
    block("4. Model selection and architecture", `stages: [${stages}]\ncold-start: { member: ${cold} }`),
  ].join("\n");
  const { design, findings } = parseDesign(text, "n.md");
  expect(findings).toEqual([]);
  if (design === undefined) throw new Error("the note is no design");
  return await recommendation.missing?.({ design, resolve: (path) => path, files: sealedEnvironment.files });
}

const CONTENT = "{ name: candidates, model: content }";

it.each<[string, Written]>([
  ["a first stage", { stages: CONTENT }],
  ["a further source", { stages: "{ name: candidates, model: als, sources: [{ model: content, quota: 5 }] }" }],
  ["a cold start", { cold: "content" }],
  [
    "a table that says nothing to compare",
    {
      stages: CONTENT,
      source: "format: csv, path: e.csv, titles: { path: t.csv, columns: { title: id, name: name } }",
    },
  ],
])("refuses what compares items where nothing is known of them: %s", async (_, written) => {
  const found = await missing(written);
  expect(found?.refusal).toMatchObject({
    code: "no-item-attributes",
    where: written.cold === undefined ? "4.stages[0]" : "4.cold-start",
  });
  expect(found?.refusal?.message).toContain("`content`");
  expect(found?.refusal?.fix).toMatch(/`titles: \{ path: .*item-knn/u);
});

it("takes it where genres or a release are named, and in a simulated world", async () => {
  const source = `format: csv, path: e.csv, ${DESCRIBED}`;
  expect(await missing({ stages: CONTENT, source })).toEqual({});
  expect(await missing({ stages: CONTENT, source: source.replace("genres: kinds", "released: day") })).toEqual({});
  expect(await missing({ stages: CONTENT, source: "format: simulated" })).toEqual({});
});

it.each([
  ["item-transitions", ""],
  ["sequence-knn", ""],
  ["sequence-ease", ""],
  ["graph-filter", ", recency: 0.8"],
])("refuses %s where the order of choices is drawn, and takes it where there is one", async (model, facts) => {
  const stages = `{ name: candidates, model: ${model}${facts} }`;
  const found = await missing({ stages, data: TIMELESS });
  expect(found?.refusal).toMatchObject({ code: "no-order", where: "4.stages[0]" });
  expect(found?.refusal?.message).toContain(`\`${model}\``);
  expect(await missing({ stages, data: TIMELESS.replace("random-per-member, test: 20%", "leave-one-out") })).toEqual(
    {},
  );
  expect(await missing({ stages })).toEqual({});
});

it("refuses a baseline of a window where rows have no time, and no model that hears none", async () => {
  const found = await missing({ baseline: "rule: most-popular, window: 30 d", data: TIMELESS });
  expect(found?.refusal).toMatchObject({ code: "no-moments", where: "2.baseline" });
  expect(await missing({ baseline: "rule: most-popular, window: all", data: TIMELESS })).toEqual({});
  expect(await missing({ baseline: "rule: most-popular, window: 30 d" })).toEqual({});
  for (const model of ["als", "ease", "ease-als", "item-knn", "graph-filter", "two-tower", "most-popular"])
    expect(await missing({ stages: `{ name: candidates, model: ${model} }`, data: TIMELESS })).toEqual({});
});

it("refuses a feature of a column that no side table names", async () => {
  const feature = (entity: string, aggregate: string) =>
    `time: at\nfeatures: [{ name: f, entity: ${entity}, aggregate: ${aggregate} }]`;
  const of = async (data: string, source?: string) => (await missing({ data, source }))?.refusal;
  expect(await of(feature("title", "value(price)"))).toMatchObject({
    code: "unknown-attribute",
    fix: "use one of released",
  });
  expect(await of(feature("member", "age(born)"))).toMatchObject({ code: "unknown-attribute", fix: "use one of none" });
  const source = `format: csv, path: e.csv, ${DESCRIBED}`;
  expect(await of(feature("title", "value(prise)"), source)).toMatchObject({ fix: "did you mean `price`?" });
  expect(await of(feature("title", "value(price)"), source)).toBeUndefined();
  expect(await of(feature("title", "age(released)"))).toBeUndefined();
  expect(await of(feature("member", "count()"))).toBeUndefined();
});

it("says of a stage for diversity that it would change nothing, and lets it run", async () => {
  const stages = "{ name: candidates, model: als }, { name: re-ranking, rule: mmr, keep: 10 }";
  const found = await missing({ stages });
  expect(found?.refusal).toBeUndefined();
  expect(found?.idle?.message).toContain("`re-ranking` parts titles that are alike");
  expect(found?.idle?.where).toBe("4.stages[1]");
  expect(await missing({ stages, source: `format: csv, path: e.csv, ${DESCRIBED}` })).toEqual({});
});

it("is asked before a run is planned, and gives the line of the note", async () => {
  const fixture = join(import.meta.dirname, "..", "..", "..", "test", "fixtures", "small-recommendation.md");
  const text = readFileSync(fixture, "utf8").replace(
    /^source: .*$/mu,
    "source: { format: movielens, path: ratings.dat }",
  );
  const { design } = parseDesign(text, "n.md");
  if (design === undefined) throw new Error("the note is no design");
  const files = {
    ...sealedEnvironment.files,
    list: async () => undefined,
    exists: async (path: string) => path === "ratings.dat",
    head: async () => new TextEncoder().encode("1::2::3::978300760"),
  };
  const outcome = await recommendation.plan({ design, resolve: (path) => path, files, sql: sealedEnvironment.sql });
  expect(outcome.ok ? undefined : outcome.failure).toMatchObject({ code: "no-item-attributes" });
  const line = text.split("\n").findIndex((one) => one.startsWith("stages:")) + 1;
  expect(outcome.ok ? undefined : outcome.failure.at?.start.line).toBe(line + 1);
});
