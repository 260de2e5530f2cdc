/** `heptad explain`: prints the page of a rule, or the list of all rules. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { type Command, EXITS } from "../command.ts";

export const command: Command = {
  name: "explain",
  summary: "explain a rule: what it finds, why it matters, what to write instead, and its sources",
  arguments: [{ name: "RULE", description: "a code such as HP301, or a name; all rules where absent", optional: true }],
  options: [],
  examples: [
    { line: "heptad explain HP301", says: "the page of one rule" },
    { line: "heptad explain random-split-on-temporal-data", says: "the same by its name" },
    { line: "heptad explain", says: "every rule in a line" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { RULES } = await import("../../steps/rules.gen.ts");
    const [wanted] = input.arguments;
    if (wanted === undefined) {
      for (const { code, name, severity, summary } of RULES) {
        terminal.out(`${code}  ${severity.padEnd(7)}  ${terminal.paint("bold", name)}: ${summary}`);
      }
      return EXITS.done.code;
    }
    const rule = RULES.find(
      ({ code, name }) => code.toLowerCase() === wanted.toLowerCase() || name === wanted.toLowerCase(),
    );
    if (rule === undefined) {
      const suggestion = nearest(
        wanted,
        RULES.flatMap(({ code, name }) => [name, code]),
      );
      throw new FailureError({
        code: "unknown-rule",
        message: `there is no rule \`${wanted.slice(0, 60)}\``,
        fix: suggestion === undefined ? "heptad explain lists the rules" : `did you mean \`${suggestion}\`?`,
      });
    }
    const { explainRule } = await import("../../review/explain.ts");
    const { REFERENCES } = await import("../../steps/references.ts");
    terminal.out(explainRule(rule, REFERENCES).trimEnd());
    return EXITS.done.code;
  },
};
