/** Two runs of a note side by side, and what changed request by request. */

import type { CompareAnswer, EarlierRun } from "../../answers/run-answers.ts";
import { Mark } from "../../parts/mark.tsx";
import { moment, plural, sentence, Words } from "../../parts/words.tsx";

export function Compared({
  compared: { differences, why, unlike, before, after, metric, facts, figures },
  runs,
}: {
  readonly compared: CompareAnswer;
  /** The earlier one, then the later one. */
  readonly runs: readonly EarlierRun[];
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
      <ChangedFacts facts={facts} />
      <table className="all compared">
        <thead>
          <tr>
            <th scope="col">Question{metric !== undefined && <>, gains in {metric}</>}</th>
            {runs.map(({ id, at }, i) => (
              <th key={id} scope="col">
                {i === 0 ? "Before" : "After"}: run {id}, {moment(at)}
              </th>
            ))}
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
      {figures.length > 0 && (
        <details className="moved">
          <summary>{plural(figures.length, "figure")} changed, measured once each; what moved most first</summary>
          <section className="wide-table" tabIndex={0} aria-label="Figures that changed">
            <table className="all compared">
              <tbody>
                {figures.map((one) => (
                  <tr key={one.name}>
                    <th scope="row">{sentence(one.name)}</th>
                    <td className="num">{minus(one.before)}</td>
                    <td className="num">{minus(one.after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
    </section>
  );
}

/** What the note stated otherwise when the later one ran. */
function ChangedFacts({ facts }: Pick<CompareAnswer, "facts">) {
  if (facts === undefined) return null;
  if (facts.length === 0) return <p className="txt">The note stated the same facts for both.</p>;
  return (
    <ul className="txt">
      {facts.map(({ key, before, after }) => (
        <li key={key}>
          <code>{key}</code>: {before === undefined ? "not stated" : <code>{before}</code>} →{" "}
          {after === undefined ? "not stated" : <code>{after}</code>}
        </li>
      ))}
    </ul>
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
