import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { runDesign } from "../../node/run-design.ts";
import { drawCatalogue } from "./simulated-catalogue.ts";

const folder = mkdtempSync(join(tmpdir(), "heptad-visual-"));
writeFileSync(join(folder, "heptad.yaml"), "");

/** The reference note with some of it replaced. */
function note(name: string, ...changes: readonly (readonly [string, string])[]): string {
  const path = join(folder, name);
  let text = readFileSync("designs/visual-search.md", "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the note has no ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
  return path;
}

const SMALL = [
  ["items: 480", "items: 60"],
  ["epochs: 8", "epochs: 2"],
] as const;

function value(run: Awaited<ReturnType<typeof runDesign>>, name: string, subject: string): number | undefined {
  return run.outcomes
    .flatMap(({ result }) => result.figures)
    .find((one) => one.name === name && one.subject === subject && one.slice === "all")?.value;
}

describe("a visual search", () => {
  it("runs through all seven steps, and a stopped run goes on from its last epoch to the same figures", async () => {
    const path = note("small.md", ...SMALL, ["width: 8", "width: 4, size: 16"]);
    let isStopped = false;
    const onStage = ({ stage }: { readonly stage: { readonly name: string } }): void => {
      isStopped ||= stage.name === "train-embedding-01";
    };
    await expect(runDesign({ path, threads: 2, onStage, isCancelled: () => isStopped })).rejects.toThrow();
    const run = await runDesign({ path, threads: 2 });
    expect(run.outcomes.filter(({ cached }) => cached).map(({ stage }) => stage.name)).toContain("train-embedding-01");
    expect(new Set(run.outcomes.map(({ stage }) => stage.step))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    expect(value(run, "photos with another vector when served", "network")).toBe(0);
    expect(value(run, "recall@10 of exact", "exact")).toBe(1);
    const said = run.outcomes.flatMap(({ result }) => result.remarks).map(({ text }) => text);
    expect(said.join(" ")).toMatch(/compared with each of \d+ photos by an exact scan/u);
    // 8-bit codes alone are small and err; what scores their best again keeps the floats as well.
    const recall = (subject: string): number => value(run, "recall@10 of exact", subject) ?? Number.NaN;
    expect(recall("int8 codes")).toBeLessThan(recall("exact-int8"));
    expect(recall("exact-int8")).toBeLessThanOrEqual(recall("int8, then exact"));
    expect([value(run, "bytes per vector", "int8 codes"), value(run, "bytes per vector", "exact-int8")]).toEqual([
      64 + 4,
      64 + 4 + 256,
    ]);
    const elsewhere = mkdtempSync(join(tmpdir(), "heptad-visual-whole-"));
    writeFileSync(join(elsewhere, "heptad.yaml"), "");
    cpSync(path, join(elsewhere, "small.md"));
    const whole = await runDesign({ path: join(elsewhere, "small.md"), threads: 1 });
    for (const subject of ["histogram", "pixels", "random network", "network"])
      expect(value(run, "map@R", subject)).toBe(value(whole, "map@R", subject));
  }, 120_000);

  it("counts items and not photos where photos of an item stand on both sides: photos of one are no independent draws", async () => {
    const path = note(
      "torn.md",
      ...SMALL,
      ["width: 8", "width: 4, size: 16"],
      ["by: group, group: product_id", "by: random"],
    );
    const run = await runDesign({ path, threads: 1 });
    const figures = run.outcomes.flatMap(({ result }) => result.figures);
    const photos = figures.find(({ name }) => name === "test photos")?.value ?? 0;
    const counted = figures.filter(
      ({ name, slice }) => (name === "hit rate@1" || name === "accuracy") && slice === "all",
    );
    expect(value(run, "items on both sides", "split")).toBeGreaterThan(10);
    expect(counted.map(({ subject }) => subject)).toEqual(expect.arrayContaining(["pixels", "network"]));
    // 24 of 240 photos fall on far fewer than 24 of the 60 items.
    for (const { n } of counted) expect(n).toBeLessThan(photos);
  }, 120_000);

  it("reads a folder of classes, leaves out what is broken and says so", async () => {
    const photos = join(folder, "photos");
    const { set, label, classes } = drawCatalogue({ items: 40, photos: 2, size: 32 }, createRandom(4));
    for (let row = 0; row < set.count; row++) {
      const place = join(photos, classes[label[row]]);
      mkdirSync(place, { recursive: true });
      const pixels = set.pixels.subarray(row * 3072, (row + 1) * 3072);
      await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
        .png()
        .toFile(join(place, `${row}.png`));
    }
    writeFileSync(join(photos, classes[0], "broken.jpg"), "no picture");
    cpSync(join(photos, classes[0], "broken.jpg"), join(photos, classes[1], "empty.jpg"));
    const run = await runDesign({
      path: note("folder.md", SMALL[1], ["width: 8", "width: 2, size: 16"]),
      dataPath: photos,
      threads: 2,
    });
    expect(value(run, "photos", "data")).toBe(80);
    const repairs = run.outcomes.flatMap(({ result }) => result.remarks).filter(({ kind }) => kind === "repair");
    expect(repairs.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^2 photos left out: it is no picture of a known format; such as .*broken\.jpg$/u),
    ]);
    // The rule that the note states is what it is held against, whichever leads on validation photos.
    expect(run.record.evaluation).toMatchObject({ baseline: "pixels", plain: ["histogram"] });
    const against = async (name: string, rule: string) => {
      const path = note(name, SMALL[1], ["width: 8", "width: 2, size: 16"], ["nearest small pixels", rule]);
      return (await runDesign({ path, dataPath: photos, threads: 2 })).record;
    };
    expect((await against("colour.md", "nearest colour histogram")).evaluation).toMatchObject({
      baseline: "histogram",
    });
    const words = await against("words.md", "search by words");
    expect(words.evaluation).toMatchObject({ standsIn: true });
    expect(words.remarks.filter(({ step }) => step === 2).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("the note's baseline is search by words, which is no one rule that this run makes"),
    );
    const strict = note("strict.md", SMALL[1], [
      "time: none\nhistory",
      "repair: { bad-picture: error }\ntime: none\nhistory",
    ]);
    await expect(runDesign({ path: strict, dataPath: photos })).rejects.toThrow(/broken\.jpg: it is no picture/u);
  }, 120_000);
});

it("a simulated catalogue is the same for the same seed, and lists some items twice", () => {
  const [one, again, other] = [1, 1, 2].map((seed) =>
    drawCatalogue({ items: 50, photos: 2, size: 16 }, createRandom(seed)),
  );
  expect(again.set.pixels).toEqual(one.set.pixels);
  expect(other.set.pixels).not.toEqual(one.set.pixels);
});

it("a simulated catalogue counts what it planted: items that differ from their class, and items that were drawn before", () => {
  for (const seed of [1, 2, 3]) {
    const { label, item, planted } = drawCatalogue({ items: 400, photos: 2, size: 8 }, createRandom(seed));
    expect(planted.mislabelled).toBeGreaterThan(0);
    expect(planted.mislabelled).toBeLessThan(25);
    expect(planted.listedAgain).toBeGreaterThan(4);
    expect(planted.listedAgain).toBeLessThan(35);
    expect(new Set(item).size).toBe(400);
    expect(label.length).toBe(800);
  }
  const counts = [1, 2, 3, 4].map((seed) => drawCatalogue({ items: 400, photos: 2, size: 8 }, createRandom(seed)));
  expect(new Set(counts.map(({ planted }) => planted.listedAgain)).size).toBeGreaterThan(1);
});
