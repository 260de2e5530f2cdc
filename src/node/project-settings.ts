/** What `heptad.yaml` may say: every key that is known, and nothing else. A key that is misspelt would change nothing without a word. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { facts } from "../design/fact.ts";
import { pathFromHere } from "./project-path.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

export const CONFIGURATION_FILE = "heptad.yaml";

const severity = z.enum(["off", "advice", "warning", "error"]);
const rules = z.record(
  z.string(),
  z.union([
    severity,
    z.strictObject({ severity: severity.optional(), settings: z.record(z.string(), z.number()).optional() }),
  ]),
);
const globs = z.union([z.string(), z.array(z.string())]);

const SIZE = { kind: "a size such as `2 GB`" };

const schema = facts("Settings of a project", {
  review: facts("The review of its notes", {
    extends: globs.optional(),
    notes: globs.optional(),
    ignore: z.array(z.string()).optional(),
    rules: rules.optional(),
    paths: facts("Settings for the notes that a glob meets", { match: globs, rules }).array().optional(),
  })
    .nullable()
    .optional(),
  cache: facts("The results that are kept", {
    limit: z.union([z.string().meta(SIZE), z.number().meta(SIZE)]),
  })
    .nullable()
    .optional(),
});

export type ProjectSettings = z.output<typeof schema>;
export type WrittenRules = z.output<typeof rules>;

/** Undefined where the folder has no such file. Throws a `FailureError` with the place of the first mistake. */
export function readProjectSettings(folder: string): YamlFile<ProjectSettings> | undefined {
  const path = join(folder, CONFIGURATION_FILE);
  return existsSync(path) ? readYamlFile(pathFromHere(path), schema, "bad-configuration") : undefined;
}
