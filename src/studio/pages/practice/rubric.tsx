/** A free answer: what the text seems to cover is ticked and quoted, and the reader decides. */

import { useState } from "react";
import type { RubricPoint } from "../../answers/practice-answers.ts";

export interface RubricProps {
  readonly points: readonly RubricPoint[];
  readonly misconceptions: readonly { readonly quote: string; readonly why: string }[];
  readonly done: (ticks: readonly boolean[]) => void;
}

export function Rubric({ points, misconceptions, done }: RubricProps) {
  const [ticks, setTicks] = useState([...points.map(({ ticked }) => ticked), ...misconceptions.map(() => true)]);
  const tick = (i: number, isOn: boolean): void => setTicks(ticks.map((one, k) => (k === i ? isOn : one)));
  return (
    <section className="rubric" aria-label="What your text covers">
      <p className="label">Tick what you said. What was found is quoted.</p>
      <ul>
        {points.map(({ point, quote }, i) => (
          <li key={point}>
            <label>
              <input type="checkbox" checked={ticks[i]} onChange={(event) => tick(i, event.target.checked)} /> {point}
              {quote !== undefined && <q className="q2">{quote}</q>}
            </label>
          </li>
        ))}
        {misconceptions.map(({ quote, why }, k) => (
          <li key={quote}>
            <label>
              <input
                type="checkbox"
                checked={ticks[points.length + k]}
                onChange={(event) => tick(points.length + k, event.target.checked)}
              />{" "}
              I mean it as it reads: <q className="q2">{quote}</q> <span className="q3">{why}</span>
            </label>
          </li>
        ))}
      </ul>
      <p className="acts">
        <button className="btn first" type="button" onClick={() => done(ticks)}>
          Grade it so
        </button>
      </p>
    </section>
  );
}
