import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const FIXTURE = readFileSync(join(import.meta.dirname, "fixtures", "small-recommendation.md"), "utf8");
const SETTINGS = ["--set", "4.stages.candidates.factors=2,16", "--set", "4.stages.candidates.regularization=0.02,1000"];

const STAGE = "  - { name: candidates, model: als, factors: 16, keep: 60 }";
const START = Date.UTC(2024, 0, 1) / 1000;

let folder = "";
let note = "";
beforeAll(() => {
  folder = temporaryFolder();
  note = join(folder, "small.md");
  writeFileSync(join(folder, "heptad.yaml"), "");
});

const heptad = (...args: string[]) => heptadHere(folder, ["tune", note, "--threads", "1", ...args]);

it("chooses on validation, reads the test once, keeps what it measured, and writes the facts where asked", async () => {
  const text = FIXTURE.replace("members: 250", "members: 900")
    .replace("train: 70%, validation: 10%", "train: 60%, validation: 20%")
    .replace("    regularization: 0.02", "    regularization: 1000");
  writeFileSync(note, text);
  const first = await heptad(...SETTINGS, "--json");
  expect(first.status).toBe(0);
  const tuned = JSON.parse(first.stdout);
  expect([tuned.tried, tuned.settings, tuned.isComplete, tuned.model]).toEqual([4, 4, true, "als"]);
  const last = tuned.rungs[tuned.rungs.length - 1].values;
  expect(last[0].value).toBe(Math.max(...last.map((one: { value: number }) => one.value)));
  expect(last.filter((one: { isOwn: boolean }) => one.isOwn)).toHaveLength(1);
  // A ridge of a thousand forgets everything but popularity.
  expect(tuned.chosen).toContainEqual({ key: "4.stages.candidates.regularization", value: "0.02" });
  expect(tuned.test.difference.value).toBeCloseTo(tuned.test.after.value - tuned.test.before.value, 10);
  expect(JSON.parse(readFileSync(join(folder, "runs", "small", "tune.json"), "utf8"))).toEqual(tuned);
  expect(readFileSync(note, "utf8")).toBe(text);
  const again = await heptad(...SETTINGS, "--write");
  expect(again.stdout).toContain("4 of 4 settings tried with seed 7");
  expect(again.stdout).toContain("test, read once, ndcg@10");
  expect(again.stdout).not.toContain("searches of this note");
  const written = readFileSync(note, "utf8").split("\n");
  const changed = text.split("\n").filter((line, at) => line !== written[at]);
  expect(written).toContain("    regularization: 0.02");
  expect(changed.every((line) => /^ {4}(?:regularization|factors): /u.test(line))).toBe(true);
  writeFileSync(note, text);
  const other = await heptad(...SETTINGS, "--seed", "8");
  expect(other.stdout).not.toContain("read once");
  expect(other.stdout).toContain("2 searches of this note have read its test, over 4 different settings in all");
}, 120_000);

/** A note of plays that say nothing of titles, with its table. */
function writePlays(): void {
  const random = createRandom(5);
  const rows = Array.from({ length: 9000 }, (_, at) => {
    const member = random.below(400);
    return `u${member},i${(member + random.below(12)) % 60},${START + at * 400}`;
  });
  writeFileSync(join(folder, "plays.csv"), `who,what,at\n${rows.join("\n")}\n`);
  const text = FIXTURE.replace(
    /^source: .*$/mu,
    "source: { format: csv, path: plays.csv, columns: { member: who, title: what } }",
  )
    .replace(/^time: .*$/mu, "time: { column: at, unit: s }")
    .replace(/^features:\n(?: {2}- .*\n)+/mu, "")
    .replace(/^label: .*$/mu, "label: { event: view }")
    .replace(/^ {4}sources:\n(?: {6}- .*\n)+/mu, "")
    .replace(/^ {2}- \{ name: (?:ranking|re-ranking).*\n/gmu, "");
  writeFileSync(note, text);
}

it("leaves out a setting that its data cannot carry, with the reason, and goes on with the others", async () => {
  writePlays();
  const models = ["--set", "4.stages.candidates.model=content,item-knn"];
  const said = await heptad(...models);
  expect(said.stderr).not.toContain("error");
  expect(said.status).toBe(0);
  expect(said.stdout).toContain("2 of 3 settings tried");
  expect(said.stdout).toContain("left out: model=content: `content` compares items by their attributes");
  expect(said.stderr).toContain("model=content: left out");
  const { leftOut } = JSON.parse((await heptad(...models, "--json")).stdout);
  expect(leftOut).toMatchObject([{ setting: [{ value: "content" }], code: "no-item-attributes" }]);
}, 60_000);

it("measures on the test what a run of the note with the same seed measures, to the last digit", async () => {
  writePlays();
  const tuned = JSON.parse((await heptad("--set", "4.stages.candidates.factors=1,4", "--json", "--seed", "11")).stdout);
  expect(tuned.test).not.toBeNull();
  const valueInRun = async (): Promise<number> => {
    const { stdout } = await heptadHere(folder, ["run", note, "--json", "--seed", "11", "--threads", "1"]);
    const figures: readonly { name: string; subject: string; slice: string; against?: string; value: number }[] =
      JSON.parse(stdout).figures;
    const found = figures.filter(
      ({ name, subject, slice, against }) =>
        against === undefined && name === "ndcg@10" && subject === "als" && slice === "all",
    );
    expect(found).toHaveLength(1);
    return found[0].value;
  };
  expect(await valueInRun()).toBe(tuned.test.before.value);
  await heptad("--set", "4.stages.candidates.factors=1,4", "--write", "--seed", "11");
  expect(await valueInRun()).toBe(tuned.test.after.value);
}, 120_000);

it("writes no fact that the new model does not have, and names no setting by one", async () => {
  writePlays();
  const text = readFileSync(note, "utf8").replace(
    /^stages:\n(?: {4}.*\n| {2}- .*\n)+/mu,
    `stages:   # proposed\n${STAGE}\n`,
  );
  writeFileSync(note, text.replace("model: als", "model: als, regularization: 100000"));
  const sets = ["--set", "4.stages.candidates.model=als,item-knn", "--set", "4.stages.candidates.factors=1,2"];
  const said = await heptad(...sets, "--write");
  expect(said.stdout).toContain("4 of 4 settings tried");
  expect(said.stdout).toContain("chosen on validation: model=item-knn\n");
  expect(said.stderr).toContain("took out factors, regularization, which the new model does not have");
  const stage = readFileSync(note, "utf8")
    .split("\n")
    .filter((line) => /^ {2,4}(?:- )?\w+: /u.test(line));
  expect(stage).toEqual(expect.arrayContaining(["    model: item-knn", "    keep: 60   # proposed"]));
  expect(readFileSync(note, "utf8")).not.toMatch(/factors:|regularization:/u);
}, 60_000);

it("shows the best settings of many and says how many more there are, or all where it is asked to", async () => {
  writePlays();
  const sets = ["--set", "4.stages.candidates.factors=1,2,3,4", "--set", "4.stages.candidates.iterations=1,2"];
  const rowsOf = (stdout: string): number => stdout.match(/als \{/gu)?.length ?? 0;
  const { stdout } = await heptad(...sets);
  const more = /(?<count>\d) more settings?, none above 0\.\d{4}: --verbose shows all/u.exec(stdout)?.groups?.count;
  expect(stdout).toContain("of 9 settings on");
  expect(rowsOf(stdout) + Number(more)).toBe(9);
  const whole = (await heptad(...sets, "--verbose")).stdout;
  expect([rowsOf(whole), whole.includes("more setting")]).toEqual([9, false]);
}, 60_000);

it("says what it cannot tune: another kind, a model without settings, values that change nothing, too few requests", async () => {
  writeFileSync(note, FIXTURE);
  expect((await heptad()).stderr).toContain("fewer than 100 tell no settings apart");
  expect((await heptad("--set", "4.stages.ranking.trees=5,10")).stderr).toContain("none of the values changes");
  writeFileSync(
    note,
    FIXTURE.replace(
      "    model: als\n    factors: 16\n    regularization: 0.02\n    iterations: 4",
      "    model: content",
    ),
  );
  expect((await heptad()).stderr).toContain("`content` has no settings to choose");
  writeFileSync(note, FIXTURE.replace("system: recommendation", "system: fraud-detection"));
  expect((await heptad()).stderr).toContain("chooses the settings of a recommender's first stage");
}, 60_000);
