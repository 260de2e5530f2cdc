/** `heptad history`: how a note came to be what it is: findings, facts and estimate by commit. */

import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { type Command, EXITS } from "../command.ts";

const MOST_COMMITS = 30;

export const command: Command = {
  name: "history",
  summary: "how a design came to be what it is: findings, facts and estimate by commit",
  arguments: [{ name: "NOTE", description: "a note in a git repository" }],
  options: [
    { name: "last", value: "N", description: `how many commits at most; ${MOST_COMMITS} unless told` },
    { name: "json", description: "print the history as JSON" },
  ],
  examples: [{ line: "heptad history designs/feed.md --last 10", says: "the last ten commits of a note" }],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { noteHistory } = await import("../../node/note-history.ts");
    const written = input.value("last") ?? String(MOST_COMMITS);
    const most = /^[1-9]\d{0,3}$/u.test(written) ? Number(written) : undefined;
    if (most === undefined) {
      throw new FailureError({
        code: "bad-option",
        message: `\`${written.slice(0, 40)}\` is no whole number from 1 to 9999`,
        where: "--last",
        fix: "write --last 10",
      });
    }
    const states = noteHistory(input.arguments[0], most);
    if (input.has("json")) {
      terminal.out(JSON.stringify({ states }, null, 2));
      return EXITS.done.code;
    }
    const largest = Math.max(1, ...states.map(({ errors, warnings, advice }) => errors + warnings + advice));
    terminal.out("day         commit     errors  warnings  advice  facts");
    for (const { day, commit, errors, warnings, advice, facts, subject, estimate } of states) {
      const cells = [errors, warnings, advice, facts].map((count, i) => String(count).padStart([6, 8, 6, 5][i]));
      const bar = "▇".repeat(Math.ceil(((errors + warnings + advice) / largest) * 20));
      terminal.out(`${day}  ${commit.padEnd(9)}  ${cells.join("  ")}  ${bar}  ${subject.slice(0, 50)}`.trimEnd());
      for (const change of estimate.slice(0, 3)) terminal.out(`            ${change}`);
      if (estimate.length > 3) terminal.out(`            and ${plural(estimate.length - 3, "more answer")} moved`);
    }
    return EXITS.done.code;
  },
};
