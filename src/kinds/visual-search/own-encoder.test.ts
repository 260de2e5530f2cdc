import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { FailureError } from "../../core/outcome.ts";
import { mappingFindings } from "../../node/mapping-findings.ts";
import { createOnnxRuntime } from "../../node/onnx-runtime.ts";
import { createPictureReader } from "../../node/pictures.ts";
import { queryPhoto } from "../../node/query-photo.ts";
import { type FinishedRun, runDesign } from "../../node/run-design.ts";
import { openEncoder } from "../../steps/4-model/convolution/encoder-session.ts";
import { encoderFromStored } from "../../steps/4-model/convolution/encoder-stage.ts";
import { vectorsFromStored } from "../../steps/4-model/convolution/photo-vectors-stage.ts";
import { parseDesign } from "../../steps/design.ts";

const folder = mkdtempSync(join(tmpdir(), "heptad-encoder-"));
writeFileSync(join(folder, "heptad.yaml"), "");

/** The reference note with some of it replaced. */
function note(name: string, ...changes: readonly (readonly [string | RegExp, string])[]): string {
  const path = join(folder, name);
  const text = changes.reduce(
    (before, [from, to]) => {
      const after = before.replace(from, to);
      if (after === before) throw new Error(`the note has no ${String(from)}`);
      return after;
    },
    readFileSync("designs/visual-search.md", "utf8"),
  );
  writeFileSync(path, text);
  return path;
}

const FEW = [/items: 480/u, "items: 60"] as const;
const OURS = /model: cnn, parameters: 80k, dimensions: 64, width: 8, epochs: 8, batch: 32/u;
const WITHOUT_SMALLER = [/optimize:\n(?: {2}- .*\n)+/u, ""] as const;

function resultOf(run: FinishedRun, name: string) {
  const found = run.outcomes.find(({ stage }) => stage.name === name);
  if (found === undefined) throw new Error(`no stage ${name}`);
  return found.result;
}

function figuresOf(run: FinishedRun, step: number, subject: string): ReadonlyMap<string, number> {
  return new Map(
    run.record.figures
      .filter((one) => one.step === step && one.subject === subject && one.slice === "all" && one.against === undefined)
      .map((one) => [one.name, one.value]),
  );
}

let trained: FinishedRun;
/** As the report of the trained run says it: what a user would paste. */
let pasted: string;

beforeAll(async () => {
  trained = await runDesign({
    path: note("trained.md", FEW, [OURS, "model: cnn, dimensions: 64, width: 2, size: 16, epochs: 3, batch: 16"]),
    threads: 1,
  });
  const said = trained.record.remarks.map(({ text }) => /`(?<line>model: \{ onnx: .*? \})`/u.exec(text)?.groups?.line);
  pasted = said.find((line) => line !== undefined) ?? "no line";
}, 120_000);

/** A note whose embedding is the file that the trained run wrote. */
function own(name: string, model = pasted.replace("onnx: model", "onnx: runs/trained/latest/model")): string {
  return note(name, FEW, [OURS, model], WITHOUT_SMALLER);
}

describe("the files of a run", () => {
  it("hold the network and what was made smaller of it, and are named with their hashes in the record and in the report", () => {
    const { files = [] } = trained.record;
    expect(files.map(({ name }) => name)).toEqual([
      "model.onnx",
      "model-int8.onnx",
      "model-pruned-to-50.onnx",
      "model-student.onnx",
    ]);
    const report = readFileSync(join(trained.folder, "report.md"), "utf8");
    for (const { name, bytes, sha256 } of files) {
      const content = readFileSync(join(trained.folder, name));
      expect(content.length).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
      expect(report).toContain(`\`${name}\``);
    }
  });

  it("are written anew where one is damaged", async () => {
    const [{ name, sha256 }] = trained.record.files ?? [];
    writeFileSync(join(trained.folder, name), "broken");
    await runDesign({ path: join(folder, "trained.md"), threads: 1 });
    expect(
      createHash("sha256")
        .update(readFileSync(join(trained.folder, name)))
        .digest("hex"),
    ).toBe(sha256);
  }, 60_000);
});

describe("an encoder of the user's own", () => {
  it("that is our trained network gives its vectors and figures, through onnxruntime, and serves what was evaluated", async () => {
    const run = await runDesign({ path: own("own.md"), threads: 1 });
    const [ours, theirs] = [trained, run].map((one) => vectorsFromStored(resultOf(one, "vectors"), "network"));
    expect(theirs.dimensions).toBe(64);
    expect(theirs.vectors.length).toBe(ours.vectors.length);
    expect(Math.max(...ours.vectors.map((value, i) => Math.abs(value - theirs.vectors[i])))).toBeLessThan(1e-4);
    const [before, after] = [trained, run].map((one) => figuresOf(one, 5, "network"));
    for (const name of ["ndcg@20", "map@R", "hit rate@1"]) {
      expect(before.get(name)).toBeGreaterThan(0);
      expect(Math.abs((before.get(name) ?? 0) - (after.get(name) ?? 0))).toBeLessThan(1e-4);
    }
    expect(figuresOf(run, 6, "network").get("photos with another vector when served")).toBe(0);
    expect(run.record.evaluation?.rival).toBeNull();
    expect(run.record.evaluation?.contenders.map(({ subject }) => subject)).toEqual(["histogram", "pixels", "network"]);
    expect(run.outcomes.some(({ stage }) => stage.name.startsWith("train-"))).toBe(false);
  }, 120_000);

  it("is loaded anew where its file has other bytes under the same name", async () => {
    const line = pasted.replace("onnx: model", "onnx: mine");
    writeFileSync(join(folder, "mine.onnx"), readFileSync(join(trained.folder, "model.onnx")));
    const path = own("hashed.md", line);
    const first = await runDesign({ path, threads: 1 });
    writeFileSync(join(folder, "mine.onnx"), readFileSync(join(trained.folder, "model-student.onnx")));
    const second = await runDesign({ path, threads: 1 });
    const keyOf = (run: FinishedRun, name: string) => run.outcomes.find(({ stage }) => stage.name === name)?.key;
    expect(keyOf(second, "encoder")).not.toBe(keyOf(first, "encoder"));
    expect(keyOf(second, "pictures")).toBe(keyOf(first, "pictures"));
  }, 120_000);

  it("that cannot be run for lack of onnxruntime is said in one plain sentence with the line to type", async () => {
    const stored = encoderFromStored(
      resultOf(await runDesign({ path: join(folder, "own.md"), threads: 1 }), "encoder"),
    );
    if (stored === undefined) throw new Error("no encoder is kept");
    const absent = createOnnxRuntime(() => Promise.reject(new Error("Cannot find package 'onnxruntime-node'")));
    for (const onnx of [absent, undefined]) {
      const failed = await openEncoder(stored.plan, stored.model, { onnx, progress: () => undefined }).catch(
        (error: unknown) => error,
      );
      if (!(failed instanceof FailureError)) throw failed;
      expect(failed.failure).toMatchObject({ code: "no-onnx-runtime", where: "4.stages[0].model.onnx" });
      expect(failed.failure.fix).toContain("npm install onnxruntime-node --ignore-scripts");
    }
  }, 60_000);

  it.each<[string, string, RegExp, string?]>([
    ["nothing", "model: { onnx: nothing.onnx, mean: 0, std: 1 }", /there is no file nothing\.onnx/u],
    ["a folder", "model: { onnx: runs, mean: 0, std: 1 }", /runs is a folder/u],
    ["no model", "model: { onnx: heptad.yaml, mean: 0, std: 1 }", /heptad\.yaml is no ONNX file/u],
    [
      "no input of that name",
      "INPUT, input: pixels, mean: 0, std: 1 }",
      /no input `pixels`; the file has `photo` float32 \[n, 3, 16, 16\]/u,
    ],
    [
      "no output of that name",
      "INPUT, output: logits, mean: 0, std: 1 }",
      /no output `logits`; the file has `vector` float32 \[n, 64\]/u,
    ],
    ["another size", "INPUT, size: 32, mean: 0, std: 1 }", /resizes photos to 32, and the file takes 16/u],
    ["another order", "INPUT, layout: nhwc, mean: 0, std: 1 }", /read as nhwc, the input `photo` .* has 16 channels/u],
    ["two means", "INPUT, mean: [0, 0], std: 1 }", /`mean` has 2 numbers, and the file takes 3 channels/u],
    ["a mean up to 255", "INPUT, mean: 123.68, std: 58.4 }", /`mean` is of values from 0 to 1, and 123\.68 is none/u],
    ["no deviation", "INPUT, mean: 0, std: 0 }", /`std` is of values from 0 to 1, and 0 is none/u],
    ["another length", "INPUT, mean: 0, std: 1 }, dimensions: 32", /`dimensions: 32`, and the file gives 64/u],
    ["what only a training reads", "INPUT, mean: 0, std: 1 }, epochs: 3", /`epochs` is read by a training/u],
  ])("is refused at its line before anything runs: %s", async (_, model, message) => {
    const path = own("refused.md", model.replace("INPUT", "model: { onnx: runs/trained/latest/model.onnx"));
    const failed = await runDesign({ path, threads: 1 }).catch((error: unknown) => error);
    if (!(failed instanceof FailureError)) throw failed;
    expect(failed.failure.message).toMatch(message);
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((one) => one.includes("name: embedding")) + 1;
    expect(failed.failure.at?.start.line).toBe(line);
    expect(failed.failure.fix).toMatch(
      /^(?:name|write|point|export|take|put|save|give|use|leave|convert|check|of values)\b/u,
    );
    // What a run refuses is known to whoever checks the note.
    const checked = await mappingFindings(path, readFileSync(path, "utf8"));
    expect(checked?.findings).toMatchObject([
      {
        code: "HP342",
        severity: /there is no file/u.test(failed.failure.message) ? "warning" : "error",
        message: failed.failure.message,
        at: { start: { line } },
      },
    ]);
  });

  it("that fits is no finding, and what stands beside it is one without the file, as is a waived one not", async () => {
    const look = async (path: string) => await mappingFindings(path, readFileSync(path, "utf8"));
    expect((await look(own("fits.md")))?.findings ?? []).toEqual([]);
    const beside = own("beside.md", "model: { onnx: nothing.onnx, mean: 0, std: 1 }, epochs: 3");
    expect((await look(beside))?.findings.map(({ message }) => message)).toEqual([
      "`epochs` is read by a training, and your own encoder is not trained",
    ]);
    const waived = beside.replace("beside", "waived");
    writeFileSync(
      waived,
      readFileSync(beside, "utf8").replace("waive:\n", "waive:\n  - { rule: HP342, reason: the file comes later }\n"),
    );
    expect(await look(waived)).toMatchObject({ findings: [], waived: [{ reason: "the file comes later" }] });
  });

  it("is written as the page of the format says it", () => {
    const page = readFileSync("docs/design-format.md", "utf8");
    const line = /^ {4}(?<model>model: \{ onnx: .*\})$/mu.exec(page)?.groups?.model;
    const path = own("page.md", line);
    const { design, findings } = parseDesign(readFileSync(path, "utf8"), path);
    expect(findings).toEqual([]);
    expect(design?.model.stages?.[0].model).toMatchObject({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
  });

  it.each([
    ["model: { onnx: a.onnx, std: 1 }", /`mean` is missing/u],
    ["model: { onnx: a.onnx, mean: 123.675, std: 58.4 }", /`123\.675` can be 123\.675 or 123,675/u],
    ["model: { onnx: a.onnx, mean: [123.675, 116.28, 103.53], std: 58.4 }", /`123\.675` can be 123\.675 or 123,675/u],
    ["model: { onnx: a.onnx, mean: 0, std: 1, inputs: x }", /unknown key `inputs`/u],
  ])("written as %s is an error of the note", (model, message) => {
    const path = own("wrong.md", model);
    const { findings } = parseDesign(readFileSync(path, "utf8"), path);
    expect(findings.map((one) => one.message).join("; ")).toMatch(message);
  });

  it("is not searched in an index of vectors of another length", async () => {
    const path = note(
      "index.md",
      FEW,
      [OURS, pasted.replace("onnx: model", "onnx: runs/trained/latest/model")],
      WITHOUT_SMALLER,
      ["    dimensions: 64\n", "    dimensions: 128\n"],
    );
    await expect(runDesign({ path, threads: 1 })).rejects.toThrow(/searches vectors of 128 numbers, and .* gives 64/u);
  });

  it("is not made smaller here: such a clause is refused at its line", async () => {
    const path = note("smaller.md", FEW, [OURS, pasted.replace("onnx: model", "onnx: runs/trained/latest/model")]);
    const failed = await runDesign({ path, threads: 1 }).catch((error: unknown) => error);
    if (!(failed instanceof FailureError)) throw failed;
    expect(failed.failure.message).toMatch(/quantization makes smaller what is trained here/u);
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((one) => one.includes("method: quantization")) + 1;
    expect(failed.failure.at?.start.line).toBe(line);
  });
});

describe("a photo that asks", () => {
  /** A photo of the trained run's catalogue as a PNG, which loses nothing. */
  async function photoOf(row: number): Promise<{ path: string; label: string; name: string }> {
    const { arrays } = resultOf(trained, "pictures");
    const { pixels, label, classes, names } = arrays;
    if (!(pixels instanceof Uint8Array) || !(label instanceof Int32Array)) throw new Error("no photos");
    const path = join(folder, `photo ${row}.png`);
    await sharp(pixels.slice(row * 768, (row + 1) * 768), { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toFile(path);
    return { path, label: String(classes[label[row]]), name: String(names[row]) };
  }

  it("goes through the preprocessing of training: its vector is the evaluation's to the bit, and it finds itself first", async () => {
    for (const path of ["trained.md", "own.md"]) {
      const run = await runDesign({ path: join(folder, path), threads: 1 });
      const { vectors, dimensions } = vectorsFromStored(resultOf(run, "vectors"), "network");
      for (const row of [0, 7, 119]) {
        const { path: photo, label, name } = await photoOf(row);
        const answer = await queryPhoto({ path: join(folder, path), threads: 1 }, photo, 4);
        expect(answer.vector).toEqual(vectors.slice(row * dimensions, (row + 1) * dimensions));
        expect(answer.neighbours).toHaveLength(4);
        expect(answer.neighbours[0]).toMatchObject({ label, name });
        expect(answer.neighbours[0].distance).toBeLessThan(1e-6);
        const distances = answer.neighbours.map(({ distance }) => distance);
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
        expect(answer.searched).toBe(run.record.figures.find(({ name: one }) => one === "photos")?.value);
      }
    }
  }, 120_000);

  it("is refused as photos of the data are, with the reason", async () => {
    const words = join(folder, "words.jpg");
    writeFileSync(words, "no picture");
    const empty = join(folder, "empty.png");
    writeFileSync(empty, "");
    mkdirSync(join(folder, "folder.jpg"), { recursive: true });
    const reader = createPictureReader();
    for (const path of [words, empty, join(folder, "folder.jpg"), join(folder, "absent.jpg")]) {
      const read = await reader.decode(path, 16);
      const reason = read.ok ? "none" : read.reason;
      await expect(queryPhoto({ path: join(folder, "trained.md"), threads: 1 }, path, 3)).rejects.toThrow(
        `${path}: ${reason}`,
      );
    }
  }, 60_000);

  it("is not taken by a note that searches no photos", async () => {
    await expect(queryPhoto({ path: "designs/card-fraud.md" }, "designs/card-fraud.md", 3)).rejects.toThrow(
      /is no search by photo/u,
    );
  });
});
