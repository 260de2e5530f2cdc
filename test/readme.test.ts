import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Command } from "../src/cli/command.ts";
import { COMMANDS } from "../src/cli/commands.gen.ts";
import { parseArguments } from "../src/cli/dispatch.ts";
import { createTerminal } from "../src/cli/terminal.ts";
import { KINDS } from "../src/kinds/registry.ts";
import { problemNames } from "../src/node/problem-files.ts";

const README = readFileSync("README.md", "utf8");
const PACKAGE = JSON.parse(readFileSync("package.json", "utf8"));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "integrations/README.md",
  "integrations/vscode/README.md",
  "integrations/github-action/README.md",
];

const SILENT = createTerminal({ stdin: {}, stdout: { write: () => "" }, stderr: { write: () => "" }, env: {} });

/** The `heptad …` lines of the shell blocks, without their comments. */
function commandLines(): string[] {
  const blocks = [...README.matchAll(/```sh\n(?<text>[\s\S]*?)```/gu)].map(({ groups }) => groups?.text ?? "");
  return blocks
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.startsWith("heptad "))
    .map((line) => line.replace(/\s+#.*$/u, ""));
}

describe("the README", () => {
  it("types commands that are there, with options that they take", async () => {
    const lines = commandLines();
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) {
      const [, name, ...args] = line.split(" ");
      const entry = COMMANDS.find((one) => one.name === name);
      const command: Command | undefined = await entry?.load();
      expect(command, line).toBeDefined();
      if (command !== undefined) expect(typeof parseArguments(command, args, SILENT), line).toBe("object");
    }
  });

  it("names problems, designs and systems that are there, and every system that runs", () => {
    for (const [, problem] of README.matchAll(/--problem ([\w-]+)|heptad interview (?!--)([\w-]+) /gu))
      if (problem !== undefined) expect(problemNames()).toContain(problem);
    for (const [, design] of README.matchAll(/--from ([\w-]+)/gu))
      expect(existsSync(join("designs", `${design}.md`))).toBe(true);
    const rows = README.split("\n").filter((line) => /^\| [a-z]/u.test(line));
    const systems = rows.map((line) => line.split("|")[1].trim()).filter((name) => name !== "system");
    expect(systems.sort()).toEqual(KINDS.map(({ name }) => name.replaceAll("-", " ")).sort());
  });

  it("asks for the Node that the package asks for, and links to what is there", () => {
    expect(PACKAGE.engines.node).toBe(`>=${/Node (?<version>[\d.]+) or later/u.exec(README)?.groups?.version}`);
    for (const [, target] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/gu))
      expect(existsSync(target), target).toBe(true);
  });

  it("shows one picture, whose commands are commands", () => {
    expect(README.match(/```mermaid/gu)).toHaveLength(1);
    const names = COMMANDS.map(({ name }) => name);
    for (const [, name] of README.matchAll(/\["heptad (\w+)<br/gu)) expect(names).toContain(name);
  });
});

describe("pages beside it", () => {
  it("name npm scripts that there are", () => {
    const docs = readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name));
    for (const page of [...PAGES, ...docs])
      for (const [, script] of readFileSync(page, "utf8").matchAll(/\bnpm run ([\w:-]+)/gu))
        expect(Object.keys(PACKAGE.scripts), `${page}: npm run ${script}`).toContain(script);
  });
});
