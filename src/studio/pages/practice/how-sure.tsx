/** How sure and how right: what was said before the answer beside what came of it, as a table with one drawn column. */

import { formatShare } from "../../../index.ts";
import type { ProgressAnswer } from "../../answers/practice-answers.ts";
import { plural } from "../../parts/words.tsx";

/** A difference of less than this is none. */
const ALIKE = 0.03;

export function HowSure({ calibration }: { readonly calibration: NonNullable<ProgressAnswer["calibration"]> }) {
  const { bins, bias, answers } = calibration;
  const points = Math.round(100 * Math.abs(bias));
  const said =
    Math.abs(bias) < ALIKE
      ? `As sure as right over ${plural(answers, "answer")}`
      : `${bias > 0 ? "Surer than right" : "More often right than sure"} by ${plural(points, "point")} over ${plural(answers, "answer")}`;
  return (
    <section>
      <h2>How sure, how right</h2>
      <table className="plot bysteps">
        <thead>
          <tr>
            <th scope="col">said</th>
            <th scope="col" className="draw lo">
              <span className="vh">
                Percent right, with its interval; the line is where it would be as sure as right
              </span>
            </th>
            <th scope="col" className="num">
              right
            </th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ stated, right, answers: n, interval: [low, high] }) => (
            <tr key={stated}>
              <th scope="row">{Math.round(100 * stated)} % sure</th>
              <td className="draw">
                <svg aria-hidden="true">
                  {[0, 50, 100].map((at) => (
                    <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" className="grid" />
                  ))}
                  <line x1={`${100 * stated}%`} x2={`${100 * stated}%`} y1="10%" y2="90%" className="limit" />
                  <line
                    x1={`${100 * low}%`}
                    x2={`${100 * high}%`}
                    y1="50%"
                    y2="50%"
                    strokeWidth="3"
                    className="r-system"
                  />
                  <circle cx={`${100 * right}%`} cy="50%" r="5.5" className="f-system" />
                </svg>
              </td>
              <td className="num val">
                {formatShare(right, 2).replace("%", " %")} <span className="q3">of {n}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small q3">{said}. The dashed line is what was said; 95 % intervals.</p>
    </section>
  );
}
