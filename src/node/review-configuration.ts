/** Reads what `heptad.yaml` says about the review: rules of the team, rules that are off, milder or have other numbers, and notes to leave out. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { parse } from "yaml";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import type { WrittenTeamRule } from "../note/team-rules/team-rule.ts";
import type { ReviewOptions, RuleConfiguration } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { readTextFile } from "./read-text-file.ts";
import { readTeamRules, teamRules } from "./team-rule-files.ts";

export interface ReviewConfiguration {
  readonly rules: Readonly<Record<string, RuleConfiguration>>;
  /** Globs of notes that a folder's review leaves out. */
  readonly ignore: readonly string[];
  /** Rules of the team as they are written: plain data, so that they can be handed to a thread. */
  readonly team: readonly WrittenTeamRule[];
  /** Settings for the notes that a glob meets, over those of all; later ones over earlier ones. */
  readonly paths: readonly { readonly match: readonly string[]; readonly rules: ReviewConfiguration["rules"] }[];
}

export const CONFIGURATION_FILE = "heptad.yaml";

const severity = z.enum(["off", "advice", "warning", "error"]);
const rulesSchema = z.record(
  z.string(),
  z.union([
    severity,
    z.strictObject({ severity: severity.optional(), settings: z.record(z.string(), z.number()).optional() }),
  ]),
);
const globs = z.union([z.string(), z.array(z.string())]);
const schema = z.looseObject({
  review: z
    .strictObject({
      extends: globs.optional(),
      ignore: z.array(z.string()).optional(),
      rules: rulesSchema.optional(),
      paths: z.array(z.strictObject({ match: globs, rules: rulesSchema })).optional(),
    })
    .optional(),
});

/** The configuration of a folder; an absent file changes nothing. Throws a `FailureError` for one that is wrong. */
export function readReviewConfiguration(folder: string, rules: readonly Rule[]): ReviewConfiguration {
  const path = join(folder, CONFIGURATION_FILE);
  if (!existsSync(path)) return { rules: {}, ignore: [], team: [], paths: [] };
  const parsed = schema.safeParse(parseYaml(readTextFile(path)) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(
      `\`${issue.path.join(".")}\`: ${issue.message}`,
      "write rules as `HP106: off` or `HP106: { severity: warning, settings: { mostPerUser: 900 } }`",
    );
  }
  const written = parsed.data.review ?? {};
  const team = readTeamRules(folder, listOf(written.extends));
  const known = [...rules, ...teamRules(team)];
  return {
    rules: readRules(written.rules ?? {}, known),
    ignore: written.ignore ?? [],
    team,
    paths: (written.paths ?? []).map((one) => ({ match: listOf(one.match), rules: readRules(one.rules, known) })),
  };
}

/** What a review of one note is told: the settings of its path over those of all, and the rules of the team. */
export function reviewOptionsFor(configuration: ReviewConfiguration, file: string): ReviewOptions {
  const { rules, paths, team } = configuration;
  const met = paths.filter(({ match }) => picomatch([...match], { dot: true })(file.replace(/^\.\//u, "")));
  return {
    configuration: met.length === 0 ? rules : Object.assign({}, rules, ...met.map((one) => one.rules)),
    ...(team.length === 0 ? {} : { team: teamRules(team) }),
  };
}

function listOf(written: string | readonly string[] | undefined): readonly string[] {
  return written === undefined ? [] : typeof written === "string" ? [written] : written;
}

function readRules(written: z.output<typeof rulesSchema>, known: readonly Rule[]): ReviewConfiguration["rules"] {
  const entries = Object.entries(written).map(([name, value]): [string, RuleConfiguration] => {
    const configuration = typeof value === "string" ? { severity: value } : value;
    checkRule(name, configuration, known);
    return [name, configuration];
  });
  return Object.fromEntries(entries);
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
