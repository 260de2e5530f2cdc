/** Writes every generated file, or with --check says which ones differ from what would be written. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generateApi } from "./gen-api.ts";
import { generateCli } from "./gen-cli.ts";
import { generateDesignFormat } from "./gen-design-format.ts";
import { generateDesignSchema } from "./gen-design-schema.ts";
import { generateEstimates } from "./gen-estimates.ts";
import { generateMap } from "./gen-map.ts";
import { generatePractice } from "./gen-practice.ts";
import { generateQuestions } from "./gen-questions.ts";
import { generateReproduced } from "./gen-reproduced.ts";
import { generateRules } from "./gen-rules.ts";
import { generateRunSchema } from "./gen-run-schema.ts";
import { generateScale } from "./gen-scale.ts";
import { generateStudioStyle } from "./gen-studio-style.ts";
import type { Generated } from "./generated.ts";

/** Each generator is one file beside this one. */
const generators: readonly (() => Generated[] | Promise<Generated[]>)[] = [
  generateMap,
  generateApi,
  generateCli,
  generateDesignFormat,
  generateDesignSchema,
  generateRules,
  generateEstimates,
  generateQuestions,
  generatePractice,
  generateRunSchema,
  generateReproduced,
  generateScale,
  generateStudioStyle,
];

const checkOnly = process.argv.includes("--check");
let stale = 0;
const written = new Set<string>();
for (const generate of generators) {
  for (const { path, text } of await generate()) {
    written.add(path);
    const current = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    if (current === text) continue;
    stale++;
    if (checkOnly) process.stderr.write(`${path} is out of date: run npm run gen\n`);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      process.stderr.write(`wrote ${path}\n`);
    }
  }
}
for (const path of leftovers(written)) {
  stale++;
  if (checkOnly) process.stderr.write(`${path} is of nothing that is left: run npm run gen\n`);
  else {
    rmSync(path);
    process.stderr.write(`removed ${path}\n`);
  }
}
process.exit(checkOnly && stale > 0 ? 1 : 0);

/** Pages in folders that hold generated ones alone, which nothing generates any more: those of a rule that was taken out. */
function leftovers(paths: ReadonlySet<string>): readonly string[] {
  return ["docs/rules"].flatMap((folder) =>
    readdirSync(folder)
      .map((name) => `${folder}/${name}`)
      .filter((path) => !paths.has(path)),
  );
}
