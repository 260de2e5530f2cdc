/** Two runs of a note side by side, and what changed request by request. */

import type { CompareAnswer } from "../../answers/run-answers.ts";
import { sentence } from "../../parts/words.tsx";

export function Compared({ compared: { differences, why, before, after } }: { readonly compared: CompareAnswer }) {
  return (
    <section aria-label="The two runs compared">
      <h2>Side by side</h2>
      <table className="all compared">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {after.ledger.map(({ question, verdict, value, bounds }, i) => (
            <tr key={question}>
              <th scope="row">{question}</th>
              <td>
                {before.ledger[i]?.verdict} {before.ledger[i]?.value}{" "}
                <span className="bounds">{before.ledger[i]?.bounds}</span>
              </td>
              <td>
                {verdict} {value} <span className="bounds">{bounds}</span>
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
          <table className="all compared">
            <tbody>
              {differences.map(({ name, subject, slice, value, interval, n }) => (
                <tr key={`${name} ${subject} ${slice}`}>
                  <th scope="row">
                    {sentence(subject)} {slice !== "all" && slice}
                  </th>
                  <td>{name}</td>
                  <td className="num">
                    {signed(value, interval)}{" "}
                    <span className="bounds">
                      {interval === null ? "" : `[${interval.map((one) => plainNumber(one, interval)).join(", ")}]`}
                    </span>
                  </td>
                  <td className="num q3">{n === null ? "" : `n ${n.toLocaleString("en")}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** Half the width of the interval keeps two digits, and so do the value and both bounds. */
function decimals(interval: readonly [number, number] | null): number {
  const half = interval === null ? 0.01 : Math.abs(interval[1] - interval[0]) / 2;
  return half > 0 ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(half)))) : 3;
}

function plainNumber(value: number, interval: readonly [number, number] | null): string {
  return value.toFixed(decimals(interval)).replace("-", "−");
}

function signed(value: number, interval: readonly [number, number] | null): string {
  return `${value > 0 ? "+" : ""}${plainNumber(value, interval)}`;
}
