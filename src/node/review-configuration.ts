/** Reads what `heptad.yaml` says about the review: rules of the team, rules that are off, milder or have other numbers, and notes to leave out. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { parse } from "yaml";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import type { WrittenTeamRule } from "../note/team-rules/team-rule.ts";
import type { ReviewOptions, RuleConfiguration } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { nearestAbove } from "./nearest-above.ts";
import { pathFromHere } from "./project-path.ts";
import { readTextFile } from "./read-text-file.ts";
import { readTeamRules, teamRules } from "./team-rule-files.ts";

export interface ReviewConfiguration {
  /** The folder whose settings these are: paths in them begin there. */
  readonly root: string;
  /** Paths and globs of the notes that are meant where none are named; empty where the settings say nothing of it. */
  readonly notes: readonly string[];
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
      notes: globs.optional(),
      ignore: z.array(z.string()).optional(),
      rules: rulesSchema.optional(),
      paths: z.array(z.strictObject({ match: globs, rules: rulesSchema })).optional(),
    })
    .optional(),
});

/** The folder of the settings that a folder has: its own, or the nearest above it in its repository. */
export function settingsFolder(folder: string): string {
  const whole = resolve(folder);
  const found = nearestAbove(whole, [CONFIGURATION_FILE, ".git"]);
  return found !== undefined && existsSync(join(found, CONFIGURATION_FILE)) ? found : whole;
}

/**
 * The configuration of a folder, which may stand above it; where there is none, nothing is changed. Throws a `FailureError` for one that is
 * wrong.
 */
export function readReviewConfiguration(folder: string, rules: readonly Rule[]): ReviewConfiguration {
  const root = settingsFolder(folder);
  const path = join(root, CONFIGURATION_FILE);
  if (!existsSync(path)) return noConfiguration(root);
  const parsed = schema.safeParse(parseYaml(readTextFile(path)) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(
      `\`${issue.path.join(".")}\`: ${issue.message}`,
      issue.path[1] === "notes" || issue.path[1] === "ignore"
        ? `write folders and globs as \`${issue.path[1]}: [notes, 'docs/**/*.design.md']\``
        : "write rules as `HP106: off` or `HP106: { severity: warning, settings: { mostPerUser: 900 } }`",
    );
  }
  const written = parsed.data.review ?? {};
  const team = readTeamRules(root, listOf(written.extends));
  const known = [...rules, ...teamRules(team)];
  return {
    root,
    notes: listOf(written.notes).map(readNotesGlob),
    rules: readRules(written.rules ?? {}, known),
    ignore: written.ignore ?? [],
    team,
    paths: (written.paths ?? []).map((one) => ({ match: listOf(one.match), rules: readRules(one.rules, known) })),
  };
}

/** Settings that change nothing. */
export function noConfiguration(root: string): ReviewConfiguration {
  return { root, notes: [], rules: {}, ignore: [], team: [], paths: [] };
}

/**
 * What a review of one note is told: the settings of its path over those of all, and the rules of the team. `file` is a path from the
 * folder `from`; a note without a path has an empty one.
 */
export function reviewOptionsFor(
  configuration: ReviewConfiguration,
  file: string,
  from: string = process.cwd(),
): ReviewOptions {
  const { rules, paths, team, root } = configuration;
  const name = file === "" || paths.length === 0 ? "" : pathFromHere(resolve(from, file), root);
  const met = paths.filter(({ match }) => name !== "" && picomatch([...match], { dot: true })(name));
  return {
    configuration: met.length === 0 ? rules : Object.assign({}, rules, ...met.map((one) => one.rules)),
    ...(team.length === 0 ? {} : { team: teamRules(team) }),
  };
}

function listOf(written: string | readonly string[] | undefined): readonly string[] {
  return written === undefined ? [] : typeof written === "string" ? [written] : written;
}

/** Without `./` in front and slashes behind. Throws a `FailureError` for what leads out of the notebook: its notes lie in it. */
export function readNotesGlob(written: string): string {
  const plain = written.replace(/^\.\//u, "").replace(/\/+$/u, "");
  if (plain !== "" && !/^[/\\!]|^[a-z]:|(?:^|\/)\.\.(?:\/|$)/iu.test(plain)) return plain;
  throw wrong(
    `\`review.notes\`: \`${written.slice(0, 60)}\` is no folder, note or glob inside the notebook`,
    "write it from the folder of heptad.yaml on, such as `notes: [notes, 'docs/**/*.design.md']`",
  );
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
