/** Every command that the help, the README and the pages under docs/ show, with the places where it stands. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../src/cli/command.ts";
import { COMMANDS } from "../../src/cli/commands.gen.ts";

export interface Example {
  readonly line: string;
  readonly places: readonly string[];
}

const ROOT = join(import.meta.dirname, "..", "..");

export async function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(COMMANDS.map(({ load }) => load()));
}

/** Each command line once. */
export async function collectExamples(): Promise<readonly Example[]> {
  const found = new Map<string, string[]>();
  const add = (line: string, place: string): void => void found.set(line, [...(found.get(line) ?? []), place]);
  for (const { name, examples } of await loadCommands())
    for (const { line } of examples) add(line, `heptad ${name} --help`);
  for (const page of pages()) for (const line of linesOf(page)) add(line, page);
  return [...found].map(([line, places]) => ({ line, places }));
}

/** What `heptad …` says between backticks in prose, and in the help's own words: names and options have to be real. */
export async function collectMentions(): Promise<readonly Example[]> {
  const texts = [
    ...pages().map(
      (page) => [page, readFileSync(join(ROOT, page), "utf8").replaceAll(/```[\s\S]*?```/gu, "")] as const,
    ),
    ...(await loadCommands()).map(
      ({ name, description = "", options }) =>
        [`heptad ${name} --help`, [description, ...options.map((one) => one.description)].join("\n")] as const,
    ),
  ];
  const found = new Map<string, string[]>();
  for (const [place, text] of texts)
    for (const [, line] of text.matchAll(/`(heptad [^`]*)`/gu)) found.set(line, [...(found.get(line) ?? []), place]);
  return [...found].map(([line, places]) => ({ line, places }));
}

function pages(): readonly string[] {
  const below = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    ...below.filter((name) => name.endsWith(".md")).map((name) => `docs/${name.replaceAll("\\", "/")}`),
  ];
}

/** Shell blocks line by line; of others only what stands behind a prompt: `$ heptad …`. */
function linesOf(page: string): readonly string[] {
  const blocks = readFileSync(join(ROOT, page), "utf8").matchAll(/^ *```([a-z]*)\r?\n([\s\S]*?)^ *```/gmu);
  return [...blocks].flatMap(([, language, text]) => {
    const isShell = /^(?:sh|bash|console|shell)$/u.test(language);
    return text
      .replaceAll(/\\\r?\n\s*/gu, "")
      .split(/\r?\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#") && (isShell || /^\$ heptad [a-z]/u.test(line)))
      .map((line) =>
        line
          .replace(/^\$ /u, "")
          .replace(/^npx (?=heptad )/u, "")
          .replace(/\s+#\s.*$/u, ""),
      );
  });
}
