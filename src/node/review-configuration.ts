/** Reads what `heptad.yaml` says about the review: rules of the team, rules that are off, milder or have other numbers, and notes to leave out. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import type { Span } from "../core/span.ts";
import type { WrittenTeamRule } from "../note/team-rules/team-rule.ts";
import type { ReviewOptions, RuleConfiguration } from "../review/review.ts";
import type { Rule } from "../review/rule.ts";
import { nearestAbove } from "./nearest-above.ts";
import { pathFromHere } from "./project-path.ts";
import { CONFIGURATION_FILE, readProjectSettings, type WrittenRules } from "./project-settings.ts";
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
  readonly paths: readonly PathSettings[];
}

export interface PathSettings {
  readonly match: readonly string[];
  readonly rules: ReviewConfiguration["rules"];
  /** Where the glob stands in the settings. */
  readonly at?: Span;
}

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
  const file = readProjectSettings(root);
  if (file === undefined) return noConfiguration(root);
  const written = file.value.review ?? {};
  const team = readTeamRules(root, listOf(written.extends));
  const known = [...rules, ...teamRules(team)];
  const readRules = (some: WrittenRules, at: readonly PropertyKey[]): ReviewConfiguration["rules"] => {
    const entries = Object.entries(some).map(([name, value]): [string, RuleConfiguration] => {
      const configuration = typeof value === "string" ? { severity: value } : value;
      const wrong = mistakeIn(name, configuration, known);
      if (wrong !== undefined) {
        const { key, message, fix } = wrong;
        throw new FailureError({
          ...{ code: "bad-configuration", message, fix, where: CONFIGURATION_FILE },
          at: file.keyAt([...at, ...key]),
        });
      }
      return [name, configuration];
    });
    return Object.fromEntries(entries);
  };
  return {
    root,
    notes: listOf(written.notes).map((one) => readNotesGlob(one, file.keyAt(["review", "notes"]))),
    rules: readRules(written.rules ?? {}, ["review", "rules"]),
    ignore: written.ignore ?? [],
    team,
    paths: (written.paths ?? []).map((one, i) => ({
      match: listOf(one.match),
      rules: readRules(one.rules, ["review", "paths", i, "rules"]),
      at: file.keyAt(["review", "paths", i, "match"]),
    })),
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
  const met = paths.filter(({ match }) => name !== "" && meets(match, name));
  return {
    configuration: met.length === 0 ? rules : Object.assign({}, rules, ...met.map((one) => one.rules)),
    ...(team.length === 0 ? {} : { team: teamRules(team) }),
  };
}

/** Settings for paths that none of the files meets: a glob that is spelled wrongly changes nothing, and nobody would see it. */
export function idlePaths(
  { paths, root }: ReviewConfiguration,
  files: readonly string[],
  from: string = process.cwd(),
): readonly PathSettings[] {
  if (paths.length === 0) return [];
  const names = files.map((file) => pathFromHere(resolve(from, file), root));
  return paths.filter(({ match }) => !names.some((name) => meets(match, name)));
}

function meets(match: readonly string[], name: string): boolean {
  return picomatch([...match], { dot: true })(name);
}

function listOf(written: string | readonly string[] | undefined): readonly string[] {
  return written === undefined ? [] : typeof written === "string" ? [written] : written;
}

/** Without `./` in front and slashes behind. Throws a `FailureError` for what leads out of the notebook: its notes lie in it. */
export function readNotesGlob(written: string, at?: Span): string {
  const plain = written.replace(/^\.\//u, "").replace(/\/+$/u, "");
  if (plain !== "" && !/^[/\\!]|^[a-z]:|(?:^|\/)\.\.(?:\/|$)/iu.test(plain)) return plain;
  throw new FailureError({
    code: "bad-configuration",
    message: `\`review.notes\`: \`${written.slice(0, 60)}\` is no folder, note or glob inside the notebook`,
    where: CONFIGURATION_FILE,
    at,
    fix: "write it from the folder of heptad.yaml on, such as `notes: [notes, 'docs/**/*.design.md']`",
  });
}

interface Mistake {
  readonly key: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** A rule that there is not, or a number that it does not have. */
function mistakeIn(name: string, { settings = {} }: RuleConfiguration, rules: readonly Rule[]): Mistake | undefined {
  const rule = rules.find((one) => one.code === name || one.name === name);
  if (rule === undefined) {
    const suggestion = nearest(
      name,
      rules.flatMap((one) => [one.name, one.code]),
    );
    const fix = suggestion === undefined ? "heptad explain lists the rules" : `did you mean \`${suggestion}\`?`;
    return { key: [name], message: `there is no rule \`${name}\``, fix };
  }
  const known = Object.keys(rule.settings ?? {});
  const stray = Object.keys(settings).find((key) => !known.includes(key));
  if (stray === undefined) return undefined;
  const meant = nearest(stray, known);
  const all = known.length === 0 ? "it has none to change" : `it has ${known.join(", ")}`;
  const fix = meant === undefined ? all : `did you mean \`${meant}\`? ${all}`;
  return { key: [name, "settings", stray], message: `\`${name}\` has no number \`${stray}\``, fix };
}
