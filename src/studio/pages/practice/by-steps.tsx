/** What was right by step, with 95 % intervals, and how many of its questions were seen. */

import { formatShare } from "../../../index.ts";
import type { ProgressAnswer } from "../../answers/practice-answers.ts";
import { STEP_NAMES } from "../../parts/step-names.ts";
import { FEW } from "./area-map.tsx";

export function BySteps({ steps }: { readonly steps: ProgressAnswer["steps"] }) {
  return (
    <section>
      <h2>By step</h2>
      <table className="plot bysteps">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">Step</span>
            </th>
            <th scope="col" className="draw lo">
              <span className="vh">Percent right, with its interval</span>
              <svg aria-hidden="true">
                <text x="0" y="12">
                  0
                </text>
                <text x="50%" y="12" textAnchor="middle">
                  50
                </text>
                <text x="100%" y="12" textAnchor="end">
                  100 %
                </text>
              </svg>
            </th>
            <th scope="col" className="num">
              seen
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, questions, seen, answers, share, interval }) => (
            <tr key={step}>
              <th scope="row">
                <span className="q3">{step}</span> {STEP_NAMES[step]}
              </th>
              <td className="draw">
                {share !== undefined && interval !== undefined && (
                  <span className="vh">
                    {percent(share)} % right, {percent(interval[0])} to {percent(interval[1])}
                    {answers < FEW ? "; fewer than three answers say little" : ""}
                  </span>
                )}
                <Drawn share={share} interval={interval} isFew={answers < FEW} />
              </td>
              <td className="num val">
                {seen} <span className="q3">of {questions}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DrawnProps {
  readonly share: number | undefined;
  readonly interval: readonly [number, number] | undefined;
  readonly isFew: boolean;
}

function Drawn({ share, interval, isFew }: DrawnProps) {
  const role = isFew ? "baseline" : "system";
  return (
    <svg aria-hidden="true">
      {[0, 50, 100].map((at) => (
        <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" className="grid" />
      ))}
      {share !== undefined && interval !== undefined && (
        <>
          <line
            x1={`${100 * interval[0]}%`}
            x2={`${100 * interval[1]}%`}
            y1="50%"
            y2="50%"
            strokeWidth={isFew ? 1 : 3}
            className={`r-${role}`}
          />
          <circle cx={`${100 * share}%`} cy="50%" r={isFew ? 4 : 5.5} className={`f-${role}`} />
        </>
      )}
    </svg>
  );
}

/** Two digits, and more where they would round up to all. */
function percent(share: number): string {
  return formatShare(share, 2).replace("%", "");
}
