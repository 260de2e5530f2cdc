/** `heptad explain`: prints the page of a rule or of an error of form, or the list of all. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Rule, RuleText } from "../../review/rule.ts";
import { type Command, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "explain",
  summary: "explain what the review says: what it finds, why it matters, what to write instead, and the sources",
  arguments: [
    { name: "RULE", description: "a code such as HP301 or HP011, or a name; all where absent", optional: true },
  ],
  options: [
    { name: "test", description: "test every rule of the team on its own examples" },
    { name: "json", description: "print the rule, or all of them, as JSON" },
  ],
  rules: [notWith(["RULE"], "test"), notWith(["json"], "test")],
  examples: [
    { line: "heptad explain HP301", says: "the page of one rule" },
    { line: "heptad explain random-split-on-temporal-data", says: "the same by its name" },
    { line: "heptad explain HP011", says: "an error in the form of a note" },
    { line: "heptad explain", says: "each of them in a line, those of the team too" },
  ],
  exits: [
    EXITS.done,
    { code: EXITS.found.code, means: "with --test: done, and a rule of the team fails its examples" },
    EXITS.failed,
  ],
  async run(input, terminal) {
    const { allRules } = await import("../../node/check-notes.ts");
    const RULES = allRules();
    if (input.has("test")) return testTeam(terminal);
    const { explainNoteCode, NOTE_CODES } = await import("../../review/note-codes.ts");
    const [wanted] = input.arguments;
    const asJson = (one: object): number => {
      terminal.out(JSON.stringify(one, null, 2));
      return EXITS.done.code;
    };
    if (wanted === undefined) {
      if (input.has("json")) return asJson([...NOTE_CODES, ...RULES.map(ruleText)]);
      const forms = NOTE_CODES.map((one) => ({ ...one, severity: one.severity ?? "varies", summary: one.says }));
      for (const { code, name, severity, summary } of [...forms, ...RULES]) {
        terminal.out(terminal.fit(`${code}  ${severity.padEnd(7)}  ${terminal.paint("bold", name)}: ${summary}`));
      }
      return EXITS.done.code;
    }
    const isWanted = ({ code, name }: { readonly code: string; readonly name: string }): boolean =>
      code.toLowerCase() === wanted.toLowerCase() || name === wanted.toLowerCase();
    const form = NOTE_CODES.find(isWanted);
    if (form !== undefined) {
      if (input.has("json")) return asJson(form);
      terminal.out(fitPage(explainNoteCode(form), terminal));
      return EXITS.done.code;
    }
    const rule = RULES.find(isWanted);
    if (rule === undefined) {
      const suggestion = nearest(
        wanted,
        [...NOTE_CODES, ...RULES].flatMap(({ code, name }) => [name, code]),
      );
      throw new FailureError({
        code: "unknown-rule",
        message: `there is no rule \`${wanted.slice(0, 60)}\``,
        fix: suggestion === undefined ? "heptad explain lists the rules" : `did you mean \`${suggestion}\`?`,
      });
    }
    if (input.has("json")) return asJson(ruleText(rule));
    const { explainRule } = await import("../../review/explain.ts");
    const { REFERENCES } = await import("../../steps/references.ts");
    terminal.out(fitPage(explainRule(rule, REFERENCES), terminal));
    return EXITS.done.code;
  },
};

/** A page of Markdown in a window; examples stay as they are, to be copied. */
function fitPage(page: string, terminal: Terminal): string {
  return page
    .trimEnd()
    .split(/^(```[\s\S]*?^```)$/mu)
    .map((part, at) => (at % 2 === 1 ? part : terminal.fit(part)))
    .join("");
}

/** What a rule says of itself; the rest of it is functions. */
function ruleText({
  code,
  name,
  step,
  severity,
  consequence,
  summary,
  why,
  fix,
  note,
  reads,
  ...rest
}: Rule): RuleText {
  const { sources, settings, examples } = rest;
  return { code, name, step, severity, consequence, summary, why, fix, note, reads, settings, examples, sources };
}

/** Every rule of the team on its own examples: what is wrong, and how many there are. */
async function testTeam(terminal: Terminal): Promise<number> {
  const { testTeamRules } = await import("../../node/team-rule-files.ts");
  const { readReviewConfiguration } = await import("../../node/review-configuration.ts");
  const { RULES } = await import("../../note/rules.gen.ts");
  const results = testTeamRules(readReviewConfiguration(process.cwd(), RULES).team);
  for (const { name, wrong } of results) for (const one of wrong) terminal.out(`${name}: ${one}`);
  const failed = results.filter(({ wrong }) => wrong.length > 0).length;
  terminal.out(`${results.length} rules of the team, ${failed} of them without examples that hold`);
  return failed === 0 ? EXITS.done.code : EXITS.found.code;
}
