/** The experiment on live traffic as it stands: who was shown what, what guards it, and the switch that ends it. */

import { Mark } from "../../../parts/mark.tsx";
import { plural } from "../../../parts/words.tsx";
import type { LiveExperiment } from "../../../serve-answers.ts";
import { plainShare } from "./plain-value.ts";

export interface ExperimentNowProps {
  readonly experiment: LiveExperiment;
  readonly stop: () => void;
}

export function ExperimentNow({ experiment, stop }: ExperimentNowProps) {
  const { arms = [], traffic = 0, stopped, sampleRatio, guardrails = [], answers = 0 } = experiment;
  const isRunning = stopped === null || stopped === undefined;
  return (
    <section aria-label="The experiment as it stands">
      <h2>
        The experiment as it stands <span className="q3">on {plainShare(traffic)} of the units</span>
      </h2>
      <p>
        <Mark state={isRunning ? "open" : "bad"} />{" "}
        {isRunning
          ? "It runs; nothing is decided before its planned end."
          : `It was stopped: ${stopped}. Everybody gets the control.`}
      </p>
      <table className="all live">
        <thead>
          <tr>
            <th scope="col">Arm</th>
            <th scope="col" className="num">
              planned
            </th>
            <th scope="col" className="num">
              units shown
            </th>
          </tr>
        </thead>
        <tbody>
          {arms.map(({ name, share, exposed }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num q3">{plainShare(share)}</td>
              <td className="num">{exposed.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sampleRatio != null && (
        <p className="small">
          <Mark state={sampleRatio.pValue === null ? "none" : sampleRatio.alarm ? "bad" : "ok"} />{" "}
          {sampleRatio.pValue === null
            ? "How the units are split is not known before somebody was shown something."
            : sampleRatio.alarm
              ? "The units are not split as planned"
              : "Nothing speaks against the planned split"}{" "}
          {sampleRatio.pValue !== null && <span className="q3">p {sampleRatio.pValue.toPrecision(2)}</span>}
        </p>
      )}
      <h3>What guards it</h3>
      <table className="all live">
        <thead>
          <tr>
            <th scope="col">Share of</th>
            <th scope="col" className="num">
              control
            </th>
            <th scope="col" className="num">
              treated
            </th>
          </tr>
        </thead>
        <tbody>
          {guardrails.map(({ name, control, treated }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{control === null ? "none" : plainShare(control)}</td>
              <td className="num">{treated === null ? "none" : plainShare(treated)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small q3">
        {plural(answers, "answer")} so far; the bounds hold at every look, and harm that is certain stops it by itself.
        What it does to the note's metric is read once, at the planned end: <code>heptad experiment analyze</code>.
      </p>
      {isRunning && (
        <p className="acts">
          <button className="btn" type="button" onClick={stop}>
            Stop the experiment
          </button>
          <span className="small q3">Everybody gets the control from then on.</span>
        </p>
      )}
    </section>
  );
}
