/** After an answer: the verdict, the slip by name, a ruler, the derivation, what it did to the level and when it comes again. */

import { useEffect } from "react";
import type { GradedAnswer, RulerPlace } from "../../answers/practice-answers.ts";
import { Mark, type State } from "../../parts/mark.tsx";
import { plural, sentence } from "../../parts/words.tsx";

const STATES: Readonly<Record<GradedAnswer["verdict"], State>> = {
  right: "ok",
  close: "open",
  wrong: "bad",
  unanswered: "none",
};
const WORDS: Readonly<Record<GradedAnswer["verdict"], string>> = {
  right: "right",
  close: "close, not right",
  wrong: "not right",
  unanswered: "left open",
};

export interface GradedProps {
  readonly graded: GradedAnswer;
  /** Where one stands after it. */
  readonly level: number | null;
  readonly uncertainty: number;
  readonly next: () => void;
  readonly isLast: boolean;
}

export function Graded({ graded, level, uncertainty, next, isLast }: GradedProps) {
  const { verdict, because, expected, typed, confidence, ask, lines, ruler, again, moved } = graded;
  useEffect(() => document.getElementById("next-question")?.focus(), []);
  const [slip, ...more] = because;
  const said = new Set([...because, ...graded.notes.map((note) => `note: ${note}`)]);
  const worked = lines.slice(1).filter((line) => !said.has(line) && !line.startsWith("answer:"));
  return (
    <>
      <h1 className={ask.length > 280 ? "long" : undefined}>{ask}</h1>
      <div className="verdict" role="status">
        <p className={`st t-${STATES[verdict]}`}>
          <Mark state={STATES[verdict]} /> {WORDS[verdict]}
        </p>
        {slip !== undefined && <p className="slip">{sentence(slip)}.</p>}
        {more.map((line) => (
          <p key={line}>{sentence(line)}.</p>
        ))}
      </div>
      {ruler !== null && ruler.length > 1 && verdict !== "right" && <Ruler places={ruler} />}
      <table className="work">
        <tbody>
          {typed !== "" && (
            <tr>
              <th scope="row">yours</th>
              <td>
                <code>{typed}</code>
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">right</th>
            <td>
              <b>{expected}</b>
            </td>
          </tr>
        </tbody>
      </table>
      {worked.length > 0 && (
        <pre className="derivation" tabIndex={0}>
          {worked.join("\n").trim()}
        </pre>
      )}
      <dl className="effects">
        <div>
          <dt>your level</dt>
          <dd>
            {level === null ? (
              "not known before the first answer"
            ) : (
              <>
                {levelWords(level, moved)} <span className="bounds">± {uncertainty.toFixed(1)}</span>
              </>
            )}
          </dd>
        </div>
        {confidence !== null && (
          <div>
            <dt>you were</dt>
            <dd>{Math.round(confidence * 100)} % sure</dd>
          </div>
        )}
        {again !== null && (
          <div>
            <dt>it comes again</dt>
            <dd>{again <= 0 ? "today" : `in ${plural(again, "day")}`}</dd>
          </div>
        )}
      </dl>
      <p className="acts">
        <button className="btn first" id="next-question" type="button" onClick={next}>
          {isLast ? "How it went" : "Next question"} <kbd>Enter</kbd>
        </button>
      </p>
    </>
  );
}

/** `4.4 becomes 4.3`, or that it stays. */
function levelWords(level: number, moved: number | null): string {
  if (moved === null) return level.toFixed(1);
  const [before, after] = [(level - moved).toFixed(1), level.toFixed(1)];
  return before === after ? `${after}, as before` : `${before} becomes ${after}`;
}

/** Right, yours and the usual slips on one logarithmic axis; each has its number and its name in the list below. */
function Ruler({ places: unsorted }: { readonly places: readonly RulerPlace[] }) {
  const places = unsorted.toSorted((a, b) => a.value - b.value);
  const logs = places.map(({ value }) => Math.log10(value));
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const at = (value: number): string => `${5 + (90 * (Math.log10(value) - least)) / Math.max(0.05, most - least)}%`;
  return (
    <div className="ruler">
      <svg
        width="100%"
        height="34"
        role="img"
        aria-label={places.map(({ text, label }) => `${label}: ${text}`).join("; ")}
      >
        <line x1="0" x2="100%" y1="17" y2="17" className="grid" />
        {places.map(({ value, role, label }) =>
          role === "right" ? (
            <circle key={label} cx={at(value)} cy="17" r="6" className="right-place" />
          ) : role === "yours" ? (
            <line key={label} x1={at(value)} x2={at(value)} y1="4" y2="30" className="zero yours-place" />
          ) : (
            <circle key={label} cx={at(value)} cy="17" r="4" className="slip-place" />
          ),
        )}
      </svg>
      <p className="small q3">logarithmic</p>
      <table className="places small">
        <tbody>
          {places.map(({ text, label, role }) => (
            <tr key={label}>
              <td className="num">{text}</td>
              <th scope="row">{role === "right" ? "● right" : role === "yours" ? "│ yours" : `○ ${label}`}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
