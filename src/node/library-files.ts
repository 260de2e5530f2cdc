/** Reads the library that comes with Heptad: patterns, the catalogue of works, the roadmaps. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { FailureError, unwrap } from "../core/outcome.ts";
import type { Library } from "../library/library.ts";
import { parsePattern } from "../library/pattern.ts";
import { roadmapSchema } from "../library/roadmap.ts";
import { workSchema } from "../library/work.ts";

const UP = import.meta.url.includes("/dist/src/") ? "../../../library" : "../../library";
const FOLDER = fileURLToPath(new URL(UP, import.meta.url));

/** Throws a `FailureError` that names the file and what is wrong in it. */
export function readLibrary(folder: string = FOLDER): Library {
  const patterns = readdirSync(join(folder, "patterns"))
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => unwrap(parsePattern(file.slice(0, -3), readFileSync(join(folder, "patterns", file), "utf8"))));
  return {
    patterns,
    works: readYaml(join(folder, "catalogue.yaml"), z.array(workSchema)),
    roadmaps: readYaml(join(folder, "roadmaps.yaml"), z.array(roadmapSchema)),
  };
}

function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FailureError({
    code: "broken-library",
    message: `${issue.path.join(".")}: ${issue.message}`,
    where: path,
    fix: "see the entries beside it for the form",
  });
}
