/** Two runs of a note side by side, and what changed request by request. */

import type { CompareAnswer } from "../../answers/run-answers.ts";
import { Mark } from "../../parts/mark.tsx";
import { sentence, Words } from "../../parts/words.tsx";

export function Compared({
  compared: { differences, why, unlike, before, after },
}: {
  readonly compared: CompareAnswer;
}) {
  return (
    <section aria-label="The two runs compared">
      <h2>Side by side</h2>
      {unlike.length > 0 && (
        <div className="unlike" role="status">
          <p>
            <Mark state="open" /> <b>Not to be held against each other.</b> What differs below may come from this alone:
          </p>
          <ul>
            {unlike.map((one) => (
              <li key={one}>
                <Words>{sentence(one)}</Words>.
              </li>
            ))}
          </ul>
        </div>
      )}
      <table className="all compared">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {after.ledger.map((row, i) => (
            <tr key={row.question}>
              <th scope="row">{row.question}</th>
              <td>
                <Said row={before.ledger[i]} />
              </td>
              <td>
                <Said row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {why !== "" && <p className="txt">Not paired: {why}.</p>}
      {differences.length > 0 && (
        <>
          <h2>
            After minus before, request by request <span className="q3">95 % intervals</span>
          </h2>
          <section className="wide-table" tabIndex={0} aria-label="Differences, request by request">
            <table className="all compared differences">
              <tbody>
                {differences.map(({ name, subject, slice, verdict, value, bounds, restsOn }) => (
                  <tr key={`${name} ${subject} ${slice}`}>
                    <th scope="row">
                      {sentence(subject)} {slice !== "all" && slice}
                    </th>
                    <td>
                      <span className={`st t-${STATES[verdict]}`}>
                        <Mark state={STATES[verdict]} /> {verdict}
                      </span>
                    </td>
                    <td>{name}</td>
                    <td className="num">
                      {minus(value)} <span className="bounds">{minus(bounds)}</span>
                    </td>
                    <td className="num q3">{restsOn}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </section>
  );
}

/** What stands behind the number is said once: `no limit stated` is verdict and bounds in one. */
function Said({ row }: { readonly row: CompareAnswer["after"]["ledger"][number] | undefined }) {
  if (row === undefined) return null;
  const { verdict, bounds } = row;
  const value = row.value.replace(/(?<=\d)x\b/gu, "×");
  return (
    <>
      {verdict} {value} {bounds !== verdict && <span className="bounds">{bounds}</span>}
    </>
  );
}

const STATES = { better: "ok", worse: "bad", "not told apart": "open", "the same": "none" } as const;

function minus(text: string): string {
  return text.replaceAll("-", "−");
}
