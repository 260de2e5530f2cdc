/** What a run would do at this moment: step by step, again or as before, and why. */

import { useEffect } from "react";
import type { PlanAgain } from "../../answers/run-answers.ts";
import { get } from "../../api.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { plural, sentence, Words } from "../../parts/words.tsx";

export interface WhatWouldRunProps {
  readonly path: string;
  /** Changes with the note on the disk: the plan is asked for anew. */
  readonly version: string;
  /** Told nothing while a new plan is asked for: what was said is of the note before. */
  readonly told: (again: Again | undefined) => void;
}

/** How many stages would run again, that none can, or that nobody could say. */
export type Again = number | "refused" | "unknown";

export function WhatWouldRun({ path, version, told }: WhatWouldRunProps) {
  const { answer, wrong, isOld } = useAnswer(`${path} ${version}`, () => get<PlanAgain>("/api/run/plan", { path }));
  const count = answer?.stages.filter((stage) => stage.again).length;
  const isRefused = wrong?.code === "cannot-plan";
  const isUnknown = wrong !== undefined && !isRefused;
  useEffect(() => {
    if (isOld) told(undefined);
    else if (isRefused) told("refused");
    else if (count !== undefined) told(count);
    else told(isUnknown ? "unknown" : undefined);
  }, [count, isOld, isRefused, isUnknown, told]);
  if (isRefused)
    return (
      <p className="txt">
        It cannot be run as it stands:{" "}
        <Words>{`${wrong.message}${wrong.fix === undefined ? "" : `; ${wrong.fix}`}`}</Words>.
      </p>
    );
  if (answer === undefined) return <p className="small q3">Finding out what would run.</p>;
  const again = answer.stages.filter((stage) => stage.again);
  const time =
    answer.seconds === undefined ? "" : `, about ${Math.max(1, Math.round(answer.seconds))}\u202fs on this machine`;
  return (
    <>
      <h2>
        What would run{" "}
        <span className="q3">
          {again.length === 0
            ? "nothing: every result is kept"
            : `${again.length} of ${plural(answer.stages.length, "stage")}${time}`}
        </span>
      </h2>
      <table className="all again">
        <tbody>
          {[1, 2, 3, 4, 5, 6, 7].map((step) => {
            const own = answer.stages.filter((stage) => stage.step === step);
            if (own.length === 0) return null;
            const run = own.filter((stage) => stage.again);
            return (
              <tr key={step}>
                <th scope="row">{step}</th>
                <td>{STEP_NAMES[step]}</td>
                <td className="q2">{run.length === 0 ? "as before" : <Reasons stages={run} all={own.length} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** The step's own reasons come before those of others; the rest is folded. */
function Reasons({ stages, all }: { readonly stages: PlanAgain["stages"]; readonly all: number }) {
  const isOwn = (why: string): boolean => !why.startsWith("with ");
  const reasons = [...new Set(stages.map(({ why }) => why))].toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  return (
    <details className="plan">
      <summary>
        again: <Words>{reasons[0]}</Words>
        {stages.length < all && (
          <span className="q3">
            {" "}
            ({stages.length} of {all})
          </span>
        )}
      </summary>
      <ul>
        {stages.map(({ name, title, why }) => (
          <li key={name}>
            {sentence(title)}: <Words>{why}</Words>
          </li>
        ))}
      </ul>
    </details>
  );
}
