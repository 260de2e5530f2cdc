/** How each example is executed. What no line of this list names is executed as it stands, in this process. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runApart } from "./run-example.ts";

/**
 * `here`: in this process. `process`: in one of its own, with nothing on standard input. `server`: started, waited for, and told to end.
 * `script`: a script of package.json, which has to be there. `elsewhere`: by the test that is named, in its own surroundings; `proof`
 * stands in that test.
 */
export type Treatment =
  | { readonly how: "here"; readonly codes?: readonly number[] }
  | { readonly how: "process"; readonly codes?: readonly number[] }
  | { readonly how: "server"; readonly ready?: RegExp }
  | { readonly how: "script"; readonly script: string }
  | { readonly how: "elsewhere"; readonly test: string; readonly proof: string };

export interface Rule {
  readonly commands: RegExp;
  readonly treatment: Treatment;
  /**
   * `small`: the two reference designs that run are small ones here, and have run. `photos`: the search by photo is a small one, with a
   * folder of photos beside it. Default: the designs as they are.
   */
  readonly world?: "small" | "photos";
  /** Takes too long for `npm test`: executed by `npm run test:long` alone. */
  readonly isLong?: true;
  /** What stands in an example for something that every project has another of. */
  readonly change?: (line: string, project: string) => string;
  /** Files that the example writes and that may not be there yet. */
  readonly lacks?: readonly string[];
  /** Commands that come before it in the same page. */
  readonly after?: readonly string[];
}

/** What is executed as it stands, in this process: a command whose line no rule names. */
const HERE: Rule = { commands: /^heptad [a-z]+\b[^|>&]*$/u, treatment: { how: "here" } };

/** How a line is executed; undefined where nothing says it, which a test refuses. */
export function ruleOf(line: string): Rule | undefined {
  return [...RULES, HERE].find((rule) => rule.commands.test(line));
}

const PROCESS = { how: "process" } as const;
const SERVE_PAGE = { how: "elsewhere", test: "test/serve-page.long.test.ts", proof: '"serve.md"' } as const;
const NATS_PAGE = {
  how: "elsewhere",
  test: "test/nats-page.long.test.ts",
  proof: '"## More than one machine"',
} as const;
const PLAYS = ["heptad new plays --data plays.csv", "heptad check designs/plays.md --fix"];

export const RULES: readonly Rule[] = [
  // This very run: it cannot be started from within.
  { commands: /^npm test$/u, treatment: { how: "script", script: "test" } },
  {
    commands: /^npm install --global heptad$/u,
    treatment: { how: "elsewhere", test: "test/package.long.test.ts", proof: "npm install" },
  },
  // The section of docs/serve.md on several machines is one session of its own.
  { commands: /--nats nats:|^nats-server |^curl \S+ http:\/\/127\.0\.0\.1:847[12]\/|^kill %2/u, treatment: NATS_PAGE },
  // docs/serve.md is one session, whose commands follow each other.
  { commands: /^(?:for|sed|kill) /u, treatment: SERVE_PAGE },
  { commands: / &$/u, treatment: SERVE_PAGE },
  { commands: /^heptad experiment analyze \.heptad\/serve\//u, treatment: SERVE_PAGE },
  { commands: /^heptad monitor .*--once/u, treatment: SERVE_PAGE },
  // On tables drawn in the published layout: the published ones are not part of the project.
  {
    commands: /^heptad reproduce sequences-lastfm/u,
    treatment: { how: "elsewhere", test: "test/reproduce-cli.test.ts", proof: '"sequences-lastfm' },
  },
  { commands: /^heptad interview --(?:compare|list)/u, treatment: { how: "here" } },
  // Without a person an interview is left, to be resumed.
  { commands: /^heptad interview/u, treatment: { how: "here", codes: [0, 130] } },
  { commands: /^heptad mcp\b/u, treatment: PROCESS, isLong: true },
  { commands: /^heptad lsp\b/u, treatment: { how: "server" }, isLong: true },
  {
    commands: /^heptad check designs\/plays\.md --fix/u,
    treatment: { how: "here", codes: [0, 1] },
    after: PLAYS.slice(0, 1),
  },
  // The designs hold findings: 1 says so.
  { commands: /^heptad check\b(?!.*--fix)/u, treatment: { how: "here", codes: [0, 1] } },
  { commands: /^heptad (?:query |new shop --data photos)/u, treatment: { how: "here" }, world: "photos" },
  {
    commands: /^heptad sql designs\/card-fraud/u,
    treatment: { how: "here" },
    // Fewer payments: what is shown are statements and rows, not figures.
    change(line, project) {
      const note = join(project, line.split(" ")[2]);
      writeFileSync(
        note,
        readFileSync(note, "utf8").replace(/customers: \S+ terminals: \S+/u, "customers: 100, terminals: 150,"),
      );
      return line;
    },
  },
  { commands: /^heptad new feed /u, treatment: { how: "here" }, lacks: ["designs/feed.md"] },
  {
    commands: /^heptad estimate designs\/ads\.md/u,
    treatment: { how: "here" },
    after: ["heptad new ads --from ad-click-prediction"],
  },
  { commands: /^heptad studio --export/u, treatment: PROCESS, isLong: true },
  { commands: /^heptad studio/u, treatment: { how: "server", ready: /127\.0\.0\.1/u }, isLong: true },
  {
    commands: /^heptad serve designs\/plays/u,
    treatment: { how: "server", ready: /on http:/u },
    isLong: true,
    after: [...PLAYS, "heptad run designs/plays.md"],
  },
  { commands: /^heptad serve/u, treatment: { how: "server", ready: /on http:/u }, world: "small", isLong: true },
  { commands: /^heptad monitor .*--write/u, treatment: PROCESS, world: "small", isLong: true },
  // Beside a service, whose page starts one and looks at it once.
  { commands: /^heptad monitor/u, treatment: SERVE_PAGE },
  { commands: /^heptad run designs\/plays/u, treatment: PROCESS, isLong: true, after: PLAYS },
  {
    commands: /^heptad model promote/u,
    treatment: PROCESS,
    world: "small",
    isLong: true,
    change: (line, project) => line.replace("3f9a", oldestModel(project)),
  },
  {
    commands: /^heptad load/u,
    treatment: PROCESS,
    world: "small",
    isLong: true,
    // A second at one rate in place of minutes of search, under so long a limit that the machine does not decide what comes after it.
    change(line, project) {
      const note = join(project, line.split(" ")[2]);
      writeFileSync(note, readFileSync(note, "utf8").replace(/p99: \d+ ms/u, "p99: 30 s"));
      return `${line.replace(/ --start .*/u, "")} --start 100 --most 100 --seconds 1`;
    },
  },
  // On a world whose validation window is long enough to tell settings apart.
  { commands: /^heptad tune/u, treatment: { how: "elsewhere", test: "test/tune-cli.test.ts", proof: '"tune", note' } },
  {
    commands: /^heptad (?:run|sweep|compare|forget|model)/u,
    treatment: PROCESS,
    world: "small",
    isLong: true,
  },
  { commands: /^heptad book/u, treatment: PROCESS, isLong: true },
  { commands: /[|>]/u, treatment: PROCESS },
];

function oldestModel(project: string): string {
  const { out } = runApart(project, "heptad model list designs/movie-recommendations.md");
  return [...out.matchAll(/\b[0-9a-f]{12}\b/gu)].at(-1)?.[0] ?? "";
}
