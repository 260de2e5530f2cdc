/** The whole review in the order of the steps, and what was waived or waits for facts. */

import { foundIn } from "../../../parts/found-in.ts";
import { Mark, stateOf } from "../../../parts/mark.tsx";
import { plural, sentence, Words } from "../../../parts/words.tsx";
import type { PlainReview } from "../../../worker/messages.ts";

const STEPS = [
  "The note as a whole",
  "Requirements",
  "Framing",
  "Data",
  "Model",
  "Evaluation",
  "Deployment",
  "Monitoring",
];
/** Of the core, in the words of the terminal. */

export function AllByStep({ review, goTo }: { readonly review: PlainReview; readonly goTo: (line: number) => void }) {
  const { findings } = review;
  const steps = [0, 1, 2, 3, 4, 5, 6, 7].filter((step) => step > 0 || findings.some((one) => one.step === 0));
  return (
    <table className="all">
      {steps.map((step) => {
        const own = findings.filter((one) => one.step === step).toSorted((a, b) => a.from - b.from);
        return (
          <tbody key={step}>
            <tr className={own.length === 0 ? "none" : "g"}>
              <th scope="row">{step === 0 ? "" : step}</th>
              <td colSpan={3}>
                {own.length === 0 ? STEPS[step] : <b>{STEPS[step]}</b>}{" "}
                {own.length === 0 && <span className="q3">{foundIn(step, review)}</span>}
              </td>
            </tr>
            {own.map(({ code, message, line, severity, from }) => (
              <tr key={`${code}:${from}`}>
                <td>
                  <Mark state={stateOf(severity)} />
                  <span className="vh">{severity}</span>
                </td>
                <td className="cd">{code}</td>
                <td>
                  <Words>{sentence(message)}</Words>
                </td>
                <td className="num">
                  <button type="button" className="lnk at" onClick={() => goTo(line)}>
                    line {line}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

export function Waived({ review: { waived, waiting } }: { readonly review: PlainReview }) {
  return (
    <>
      {waived.length > 0 && (
        <details className="fold">
          <summary>{waived.length} waived, each with a reason</summary>
          <table className="all">
            <tbody>
              {waived.map(({ code, message, reason }) => (
                <tr key={`${code} ${message}`}>
                  <td>
                    <Mark state="none" />
                  </td>
                  <td className="cd">{code}</td>
                  <td>
                    <Words>{sentence(message)}</Words>
                    <br />
                    <span className="q3">{reason}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {waiting.length > 0 && (
        <details className="fold">
          <summary>
            {plural(waiting.length, "rule")} {waiting.length === 1 ? "waits" : "wait"} for facts
          </summary>
          <table className="all">
            <tbody>
              {waiting.map(({ code, name, missing }) => (
                <tr key={code}>
                  <td>
                    <Mark state="none" />
                  </td>
                  <td className="cd">{code}</td>
                  <td>{name.replaceAll("-", " ")}</td>
                  <td className="num">
                    <code>{missing[0]}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
