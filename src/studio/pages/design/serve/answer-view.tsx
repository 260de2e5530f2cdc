/** An answer of the service as a table: whatever it holds, and how long it took. */

import { Mark } from "../../../parts/mark.tsx";
import { sentence, Words } from "../../../parts/words.tsx";
import type { HandAnswer } from "../../../serve-answers.ts";
import { plainValue } from "./plain-value.ts";

export interface AnswerViewProps {
  readonly body: string;
  readonly answer: HandAnswer;
  readonly isNewest: boolean;
}

export function AnswerView({ body, answer, isNewest }: AnswerViewProps) {
  const { status, milliseconds, degraded, arm, body: said } = answer;
  const took = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  return (
    <details className="answer" open={isNewest}>
      <summary>
        <Mark state={status < 300 ? "ok" : "bad"} /> {status < 300 ? shortOf(said) : `refused, ${status}`}{" "}
        <span className="q3">
          {took} there and back{arm === null ? "" : `, arm ${arm}`}
        </span>
      </summary>
      <p className="small q3 mono asked">{body.replaceAll(/\s+/gu, " ")}</p>
      {degraded !== null && (
        <p>
          <Mark state="open" /> Left out for lateness: {degraded}
        </p>
      )}
      {status < 300 ? (
        <Value value={said} />
      ) : (
        <p className="failure">
          <Words>{sentence(messageOf(said))}</Words>
        </p>
      )}
    </details>
  );
}

/** What an answer comes to, in a few words: its first values that are neither lists nor the asked-for id. */
function shortOf(said: unknown): string {
  if (!isKnown(said)) return plainValue(said);
  const list = Object.entries(said).find(([, value]) => Array.isArray(value) && value.some(isKnown));
  const flat = Object.entries(said).filter(
    ([name, value]) => name !== "id" && !Array.isArray(value) && !isKnown(value),
  );
  const words = flat.slice(0, 3).map(([name, value]) => `${name} ${plainValue(value)}`);
  return [...words, ...(list === undefined ? [] : [`${Array.isArray(list[1]) ? list[1].length : 0} ${list[0]}`])].join(
    ", ",
  );
}

function messageOf(said: unknown): string {
  return isKnown(said) && typeof said.message === "string" ? said.message : plainValue(said);
}

function Value({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="q3">none</span>;
    if (value.every(isKnown)) return <Rows rows={value} />;
    return (
      <ul className="reasons">
        {value.map((one, i) => (
          <li key={i}>{plainValue(one)}</li>
        ))}
      </ul>
    );
  }
  if (!isKnown(value)) return <>{plainValue(value)}</>;
  return (
    <table className="all pairs">
      <tbody>
        {Object.entries(value).map(([name, own]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Value value={own} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rows({ rows }: { readonly rows: readonly Known[] }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <table className="all">
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">place</span>
          </th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <td>{i + 1}</td>
            {names.map((name) => (
              <td key={name}>
                <Value value={row[name]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Known = Readonly<Record<string, unknown>>;

function isKnown(value: unknown): value is Known {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
