/** Reads what `heptad.yaml` says about the review: rules that are off, milder or have other numbers, and notes to leave out. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import type { RuleConfiguration } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { readTextFile } from "./read-text-file.ts";

export interface ReviewConfiguration {
  readonly rules: Readonly<Record<string, RuleConfiguration>>;
  /** Globs of notes that a folder's review leaves out. */
  readonly ignore: readonly string[];
}

export const CONFIGURATION_FILE = "heptad.yaml";

const severity = z.enum(["off", "advice", "warning", "error"]);
const schema = z.looseObject({
  review: z
    .strictObject({
      ignore: z.array(z.string()).optional(),
      rules: z
        .record(
          z.string(),
          z.union([
            severity,
            z.strictObject({ severity: severity.optional(), settings: z.record(z.string(), z.number()).optional() }),
          ]),
        )
        .optional(),
    })
    .optional(),
});

/** The configuration of a folder; an absent file changes nothing. Throws a `FailureError` for one that is wrong. */
export function readReviewConfiguration(folder: string, rules: readonly Rule[]): ReviewConfiguration {
  const path = join(folder, CONFIGURATION_FILE);
  if (!existsSync(path)) return { rules: {}, ignore: [] };
  const parsed = schema.safeParse(parseYaml(readTextFile(path)) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(
      `\`${issue.path.join(".")}\`: ${issue.message}`,
      "write rules as `HP106: off` or `HP106: { severity: warning, settings: { mostPerUser: 900 } }`",
    );
  }
  const written = parsed.data.review ?? {};
  const entries = Object.entries(written.rules ?? {}).map(([name, value]): [string, RuleConfiguration] => {
    const configuration = typeof value === "string" ? { severity: value } : value;
    checkRule(name, configuration, rules);
    return [name, configuration];
  });
  return { rules: Object.fromEntries(entries), ignore: written.ignore ?? [] };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message.split("\n")[0] : String(error), "mend the YAML");
  }
}

function checkRule(name: string, { settings = {} }: RuleConfiguration, rules: readonly Rule[]): void {
  const rule = rules.find((one) => one.code === name || one.name === name);
  if (rule === undefined) {
    const suggestion = nearest(
      name,
      rules.flatMap((one) => [one.name, one.code]),
    );
    throw wrong(
      `there is no rule \`${name}\``,
      suggestion === undefined ? "heptad explain lists the rules" : `did you mean \`${suggestion}\`?`,
    );
  }
  const known = Object.keys(rule.settings ?? {});
  const stray = Object.keys(settings).find((key) => !known.includes(key));
  if (stray === undefined) return;
  throw wrong(
    `\`${name}\` has no number \`${stray}\``,
    known.length === 0 ? "it has none to change" : `it has ${known.join(", ")}`,
  );
}

function wrong(message: string, fix: string): FailureError {
  return new FailureError({ code: "bad-configuration", message, where: CONFIGURATION_FILE, fix });
}
