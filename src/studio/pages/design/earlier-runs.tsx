/** The earlier runs of a note: opened one by one, and two of them compared. */

import { useState } from "react";
import type { CompareAnswer, EarlierRun } from "../../answers/run-answers.ts";
import { get, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { moment } from "../../parts/words.tsx";
import { Compared } from "./compared-runs.tsx";

interface EarlierProps {
  readonly path: string;
  readonly runs: readonly EarlierRun[];
  readonly open: (run: string) => void;
}

export function Earlier({ path, runs, open }: EarlierProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [compared, setCompared] = useState<{ readonly answer: CompareAnswer; readonly runs: readonly EarlierRun[] }>();
  const [wrong, setWrong] = useState<Wrong>();
  const compare = async (ids: readonly string[]): Promise<void> => {
    // The older one is what the newer one is held against.
    const [after, before] = runs.filter(({ id }) => ids.includes(id));
    try {
      const answer = await get<CompareAnswer>("/api/compare", { path, before: before.id, after: after.id });
      setCompared({ answer, runs: [before, after] });
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  const newest = runs.flatMap(({ id, isOlder }) => (isOlder ? [] : [id])).slice(0, 2);
  useActions({
    compareNewest:
      newest.length < 2
        ? undefined
        : () => {
            setChosen(newest);
            void compare(newest);
          },
  });
  if (runs.length === 0) return null;
  return (
    <>
      <h2>Earlier runs</h2>
      <table className="all runs">
        <tbody>
          {runs.map(({ id, at, value, bounds, verdict, isOlder, simulated }) => (
            <tr key={id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`compare run ${id}`}
                  disabled={isOlder}
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, id].slice(-2) : chosen.filter((one) => one !== id))
                  }
                />
              </td>
              <td>
                <button className="lnk" type="button" onClick={() => open(id)}>
                  {id}
                </button>
              </td>
              <td className={isOlder ? "q2" : undefined}>
                {isOlder ? "written by another version" : value === "" ? verdict : value}{" "}
                <span className="bounds">{bounds}</span> {simulated && <span className="q3">simulated</span>}
              </td>
              <td className="num q3">{moment(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="acts">
        <button className="btn" type="button" disabled={chosen.length !== 2} onClick={() => void compare(chosen)}>
          Compare the two
        </button>
        <span className="small q3">Runs of the same data and split are compared request by request.</span>
      </p>
      <FailureLine wrong={wrong} />
      {compared !== undefined && <Compared compared={compared.answer} runs={compared.runs} />}
    </>
  );
}
