/** The files that make a folder a notebook: settings, what git leaves alone, a hook before a commit, a workflow. */

import { shellWord } from "../core/shell-word.ts";

export const SETTINGS = "heptad.yaml";

/** `notes` are globs from the notebook's root on; without any the notes are those in `designs`. */
export function settings(notes: readonly string[]): string {
  const said = notes.length === 0 ? "  # notes: [notes, 'docs/**/*.design.md']" : `  notes: ${JSON.stringify(notes)}`;
  return `# Settings of this notebook; the folder of this file is its root.
review:
  # Folders and globs of the notes that are reviewed where none is named, and before a commit; \`designs\` unless told.
${said}
  # Notes that \`heptad check FOLDER\` leaves out.
  ignore: []
  # Rules that are off, milder or have other numbers: \`HP106: { severity: advice, settings: { mostPerUser: 900 } }\`.
  rules: {}
`;
}

/** Lines that git should leave alone; they are added to a file that is there. */
const IGNORED: readonly string[] = ["runs/", ".heptad/"];

/**
 * Reviews the notes of a commit as it will hold them, whatever their names and whatever was written since they were staged. `folder` is the
 * notebook from the top of its repository on, where git runs a hook; empty where it is the top.
 */
export function hook(folder: string): string {
  return `#!/bin/sh
# Reviews the designs of a commit; \`git commit --no-verify\` leaves the review out.
${folder === "" ? "" : `cd ${shellWord(folder)} || exit 1\n`}# A commit without notes starts nothing.
git diff --cached --quiet --diff-filter=ACMR -- '*.md' && exit 0
baseline=
[ -f heptad.baseline.yaml ] && baseline=--baseline
exec npx --no-install heptad check --staged $baseline
`;
}

/** What the shell puts in its place: the option where the team has a baseline, as in the hook. */
const HELD = "$(test -f heptad.baseline.yaml && echo --baseline)";

/**
 * The line that has a hook of somebody else, or of another notebook, review this one as well; undefined where it does. It stands first,
 * since a hook may end early.
 */
export function addToHook(text: string, folder: string): string | undefined {
  if (text === hook(folder)) return undefined;
  const command = `npx --no-install heptad check --staged ${HELD}`;
  const line = folder === "" ? `${command} || exit 1` : `(cd ${shellWord(folder)} && ${command}) || exit 1`;
  const isThere =
    folder === ""
      ? /^(?!.*\bcd )[^#\n]*\bheptad check\b/mu.test(text) && !/^cd /mu.test(text)
      : reviewsFolder(text, folder);
  return isThere ? undefined : `below its first line, \`${line}\``;
}

/** Goes into the folder or names what lies in it: a folder `ml` is no part of `html`, nor is it reviewed where `ml/old` is. */
function reviewsFolder(text: string, folder: string): boolean {
  const lines = text.split("\n").filter((line) => !/^\s*#/u.test(line));
  const checks = lines.filter((line) => /\bheptad check\b/u.test(line));
  const words = [folder, `'${folder}'`, `"${folder}"`, shellWord(folder)];
  const enters = lines.some((line) => [...line.matchAll(ENTERS)].some(([, word]) => words.includes(word)));
  const names = checks.some((line) => [" ", "'", '"'].some((before) => line.includes(`${before}${folder}/`)));
  return checks.length > 0 && (enters || names);
}

const ENTERS = /\bcd (?:\.\/)?('(?:[^']|'\\'')*'|"[^"]*"|[^\s;&|)]+)/gu;

/** The same of a workflow: a job of its own, since a job works in one folder. */
export function addToWorkflow(text: string, folder: string): string | undefined {
  const folders = [...text.matchAll(/^\s*working-directory:\s*(.*?)\s*$/gmu)].map(([, at]) =>
    at.replaceAll(/^["']|["']$/gu, "").replace(/^\.\/?/u, ""),
  );
  if (text.includes("heptad") && (folders.length === 0 ? folder === "" : folders.includes(folder))) return undefined;
  const where = folder === "" ? "the top of the repository" : folder;
  return `a second job with the same steps for ${where}, and \`working-directory: ${folder === "" ? "." : folder}\``;
}

/** Findings of changed lines as code scanning alerts, on each pull request and on the main branch. `folder` as with the hook. */
export function workflow(version: string, folder: string): string {
  const report = folder === "" ? "heptad.sarif" : `${folder}/heptad.sarif`;
  const inFolder =
    folder === "" ? "" : `    defaults:\n      run:\n        working-directory: ${JSON.stringify(folder)}\n`;
  return `name: design review
on:
  pull_request:
    paths: ['**.md', '**/heptad.yaml', '**/heptad.baseline.yaml']
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write
jobs:
  heptad:
    runs-on: ubuntu-latest
${inFolder}    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: review what the pull request changes
        if: github.event_name == 'pull_request'
        env:
          BASE: \${{ github.base_ref }}
        run: npx --yes heptad@${version} check ${HELD} --since "origin/$BASE" --format sarif > heptad.sarif
      - name: review all notes
        if: github.event_name != 'pull_request'
        run: npx --yes heptad@${version} check ${HELD} --format sarif > heptad.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && hashFiles('**/heptad.sarif') != ''
        with:
          sarif_file: ${JSON.stringify(report)}
`;
}

/** The lines of a `.gitignore` with ours added where they are missing; undefined where none is. */
export function withIgnored(text: string): string | undefined {
  const lines = new Set(text.split(/\r?\n/u).map((line) => line.trim().replace(/^\//u, "").replace(/\/$/u, "")));
  const missing = IGNORED.filter((line) => !lines.has(line.replace(/\/$/u, "")));
  if (missing.length === 0) return undefined;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${gap}${missing.join("\n")}\n`;
}
