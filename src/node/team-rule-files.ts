/** Reads the rules of a team from the files and npm packages that `heptad.yaml` extends. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import type { Span } from "../core/span.ts";
import { RULES } from "../note/rules.gen.ts";
import { teamRule, teamRuleSchema, testTeamRule, type WrittenTeamRule } from "../note/team-rules/team-rule.ts";
import type { Rule } from "../review/rule.ts";
import { readYamlFile } from "./yaml-file.ts";

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
    const { value: file, wordsAt } = readYamlFile(path, schema, "bad-team-rules");
    for (const one of file.extends ?? []) add(one, dirname(path));
    for (const [i, rule] of file.rules.entries()) {
      const named = wordsAt(["rules", i, "name"], "");
      if (rules.some((other) => other.name === rule.name))
        throw wrong(path, `there are two rules \`${rule.name}\``, "give one of them another name", named);
      if (RULES.some((other) => other.name === rule.name))
        throw wrong(path, `Heptad has a rule \`${rule.name}\` of its own`, "give yours another name", named);
      const made = teamRule(rule);
      if (!made.ok) {
        const { message, fix = "mend the condition", where = "" } = made.failure;
        throw wrong(path, `rule \`${rule.name}\`: ${message}`, fix, wordsAt(["rules", i, "when"], where));
      }
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

function wrong(where: string, message: string, fix: string, at?: Span): FailureError {
  return new FailureError({ code: "bad-team-rules", message, where, at, fix });
}
