/** A note of each kind as a process, smaller than the reference notes, from the run to the answer: each answers the examples of its own OpenAPI file as that says. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");

const bodySchema = z.object({
  content: z.record(
    z.string(),
    z.object({
      example: z.unknown().optional(),
      examples: z.object({ photo: z.object({ externalValue: z.string() }) }).optional(),
    }),
  ),
});
const answerSchema = z.object({
  content: z.object({ "application/json": z.object({ schema: z.record(z.string(), z.json()) }) }),
});
const descriptionSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({
      post: z.object({ requestBody: bodySchema, responses: z.object({ "200": z.unknown() }) }).optional(),
    }),
  ),
});

let running: ChildProcess | undefined;
afterEach(() => running?.kill("SIGKILL"));

function serve(folder: string, note: string): Promise<string> {
  const words = ["serve", note, "--port", "0", "--state", join(folder, "state")];
  const child = spawn(process.execPath, [join(ROOT, "bin", "heptad.js"), ...words], { cwd: folder });
  running = child;
  return new Promise((resolve, reject) => {
    let [out, errors] = ["", ""];
    child.stdout.on("data", (text) => {
      out += text;
      const url = /on (http:\S+)/u.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr.on("data", (text) => {
      errors = (errors + text).slice(-2000);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
}

it.each([
  ["test/fixtures/tiny-recommendation.md", ["/events", "/recommend"]],
  ["test/fixtures/small-fraud.md", ["/decide", "/decide/many", "/events"]],
  ["designs/visual-search.md", ["/search"]],
])("serves %s, and what it gives as examples it answers as it describes", async (path, paths) => {
  const folder = temporaryFolder();
  const note = basename(path);
  // One epoch tells the answers' form as well as eight.
  const text = readFileSync(join(ROOT, path), "utf8");
  writeFileSync(join(folder, note), text.replace("epochs: 8", "epochs: 1"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  const url = await serve(folder, note);
  const described = descriptionSchema.parse(await (await fetch(`${url}/openapi.json`)).json());
  const asked: string[] = [];
  for (const [path, { post }] of Object.entries(described.paths)) {
    for (const [type, { example, examples }] of Object.entries(post?.requestBody.content ?? {})) {
      // Only what the system answers has examples: promoting a model and stopping an experiment have none.
      if (example === undefined && examples === undefined) continue;
      const photo = examples === undefined ? undefined : await fetch(url + examples.photo.externalValue);
      const body = photo === undefined ? JSON.stringify(example) : await photo.arrayBuffer();
      const answer = await fetch(url + path, { method: "POST", headers: { "content-type": type }, body });
      const told: unknown = await answer.json();
      expect([path, answer.status, told]).toEqual([path, 200, told]);
      const { schema } = answerSchema.parse(post?.responses["200"]).content["application/json"];
      z.fromJSONSchema(schema).parse(told);
      // The schema is one that other answers fail.
      expect(z.fromJSONSchema(schema).safeParse({ error: "busy", message: "the service is busy" }).success).toBe(false);
      if (!asked.includes(path)) asked.push(path);
    }
  }
  expect(asked.sort()).toEqual(paths);
});
