/** A run in one page: the ledger of its kind's questions, and headline, advice, doubts, strip and answers from the same verdicts. */

import type { MeasuredRun, Summarize } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { adviceRemarks, firstOf } from "./advice.ts";
import { answersOf } from "./answers.ts";
import { headlineOf } from "./headline.ts";
import { withProposed } from "./proposed-facts-behind.ts";
import { stripOf } from "./strip.ts";

/** A question of the ledger, answered from a run. Pure: the same run gives the same row. */
export type LedgerQuestion = (run: MeasuredRun) => LedgerRow;

const MOST_NEXT = 3;
const MOST_DOUBTS = 4;

/** What is said of runs whose ledger asks these questions, in their order. */
export function summarizeBy(questions: readonly LedgerQuestion[]): Summarize {
  return (run) => {
    const ledger = questions.map((question) => withProposed(question(run), run));
    const added = adviceRemarks(run);
    const remarks = [...run.remarks, ...added];
    const doubts = firstOf(remarks, "doubt", MOST_DOUBTS);
    return {
      remarks: added,
      summary: {
        headline: headlineOf(run, ledger, doubts),
        ledger,
        next: firstOf(remarks, "next", MOST_NEXT),
        doubts,
        strip: stripOf(run, ledger),
        answers: answersOf(run, ledger),
      },
    };
  };
}
