/** Reads the rules of a team from the files and npm packages that `heptad.yaml` extends. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { plainValue } from "../design/fact-tree.ts";
import { readPlainYaml } from "../design/plain-yaml.ts";
import { teamRule, teamRuleSchema, testTeamRule, type WrittenTeamRule } from "../note/team-rules/team-rule.ts";
import type { Rule } from "../review/rule.ts";
import { readTextFile } from "./read-text-file.ts";

/** What a package holds its rules in. */
const PACKAGE_FILE = "heptad-rules.yaml";
const schema = z.strictObject({ extends: z.array(z.string()).optional(), rules: z.array(teamRuleSchema) });

/** The rules in order, each name once. `./rules.yaml` is a file, another name an npm package. Throws a `FailureError` with the file and the rule. */
export function readTeamRules(folder: string, from: readonly string[]): readonly WrittenTeamRule[] {
  const read = new Set<string>();
  const rules: WrittenTeamRule[] = [];
  const add = (name: string, base: string): void => {
    const path = pathOf(name, base);
    if (read.has(path)) return;
    read.add(path);
    const file = readFile(path);
    for (const one of file.extends ?? []) add(one, dirname(path));
    for (const rule of file.rules) {
      if (rules.some((other) => other.name === rule.name))
        throw wrong(path, `there are two rules \`${rule.name}\``, "give one of them another name");
      const made = teamRule(rule);
      if (!made.ok)
        throw wrong(path, `rule \`${rule.name}\`: ${made.failure.message}`, made.failure.fix ?? "mend the condition");
      rules.push(rule);
    }
  };
  for (const name of from) add(name, resolve(folder));
  return rules;
}

const made = new WeakMap<readonly WrittenTeamRule[], readonly Rule[]>();

/** The rules as the review runs them; made once for each list. */
export function teamRules(written: readonly WrittenTeamRule[]): readonly Rule[] {
  const before = made.get(written);
  if (before !== undefined) return before;
  const rules = written.flatMap((one) => {
    const rule = teamRule(one);
    return rule.ok ? [rule.value] : [];
  });
  made.set(written, rules);
  return rules;
}

/** Every rule on its own examples, with what is wrong. */
export function testTeamRules(
  team: readonly WrittenTeamRule[],
): readonly { readonly name: string; readonly wrong: readonly string[] }[] {
  return teamRules(team).map((rule, i) => ({ name: rule.name, wrong: testTeamRule(team[i], rule) }));
}

function pathOf(name: string, base: string): string {
  if (/^\.{0,2}[\\/]|\.ya?ml$/u.test(name)) {
    const path = resolve(base, name);
    if (existsSync(path)) return path;
    throw wrong(name, "there is no such file of rules", "write its path from the folder of the file that names it");
  }
  try {
    return createRequire(join(base, "heptad.yaml")).resolve(`${name}/${PACKAGE_FILE}`);
  } catch {
    throw wrong(
      name,
      `there is no package \`${name}\` with a file ${PACKAGE_FILE}`,
      `npm install --save-dev ${name}, or write a path such as ./rules.yaml`,
    );
  }
}

function readFile(path: string): z.output<typeof schema> {
  let value: unknown;
  try {
    const text = readTextFile(path);
    const plain = readPlainYaml(text, 0);
    value = plain === undefined ? parse(text) : plainValue(plain);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw wrong(path, error instanceof Error ? error.message.split("\n")[0] : String(error), "mend the YAML");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(
    path,
    `\`${issue.path.join(".")}\`: ${issue.message}`,
    "write a rule as `{ name: one-replica, when: serving.replicas < 2, say: …, severity: error }`",
  );
}

function wrong(where: string, message: string, fix: string): FailureError {
  return new FailureError({ code: "bad-team-rules", message, where, fix });
}
