/** The bank ready to be asked: every question file read, every formula compiled with Heptad's own estimates at hand. */

import { FailureError } from "../core/outcome.ts";
import { plural } from "../core/plural.ts";
import { formatPlace } from "../core/span.ts";
import { ESTIMATE_FUNCTIONS } from "../note/estimates.gen.ts";
import { type PreparedQuestion, prepareQuestion } from "../practice/prepare.ts";
import { readBank } from "./question-files.ts";

/** Throws a `FailureError` that lists what is wrong when a file cannot be read or a formula does not compile. */
export async function readPreparedBank(folder?: string): Promise<readonly PreparedQuestion[]> {
  const { questions, findings } = await readBank(folder);
  const estimates = ESTIMATE_FUNCTIONS;
  const problems = findings.map(
    ({ at, message, fix }) => `${formatPlace(at)}: ${message}${fix === undefined ? "" : ` (${fix})`}`,
  );
  const bank = questions.flatMap((question): PreparedQuestion[] => {
    const prepared = prepareQuestion(question, { estimates });
    if (prepared.ok) return [prepared.value];
    const { where, message, fix } = prepared.failure;
    problems.push(`${where}: ${message}${fix === undefined ? "" : ` (${fix})`}`);
    return [];
  });
  if (problems.length === 0) return bank;
  throw new FailureError({
    code: "broken-bank",
    message: `${plural(problems.length, "question")} cannot be asked:\n${problems.slice(0, 20).join("\n")}`,
    fix: "mend these files; docs/question.schema.json says what they may hold",
  });
}
