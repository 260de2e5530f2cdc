/** A service as it is: latency beside its limits, alerts, drift, what was asked. */

import { Mark, type State } from "../../../parts/mark.tsx";
import { plural, sentence } from "../../../parts/words.tsx";
import type { LiveAlert, LiveLatency, LiveView } from "../../../serve-answers.ts";
import { plainBytes, plainSeconds, plainShare, plainSpan } from "./plain-value.ts";

/** Below so many requests the 99th percentile is one of the slowest ones. */
const ENOUGH = 100;
/** Later than the last bucket that the service counts in. */
const BEYOND = "> 2.5\u202fs";

export function LiveFigures({ view }: { readonly view: LiveView }) {
  const { requests, seconds, failed, shed, degraded, memory, all } = view;
  return (
    <>
      <section aria-label="Latency as it is">
        <h2>
          Latency as it is <span className="q3">since it was started; each at most the bound of its bucket</span>
        </h2>
        <table className="all live">
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" className="num">
                p50
              </th>
              <th scope="col" className="num">
                p99
              </th>
              <th scope="col" className="num">
                limit
              </th>
              <th scope="col" className="num">
                n
              </th>
            </tr>
          </thead>
          <tbody>
            {view.latency.map((row) => (
              <LatencyRow key={row.name} row={row} />
            ))}
          </tbody>
        </table>
        <p className="small q3">
          {all === 0
            ? "Nothing has been asked yet."
            : `${plural(requests, "request")} in the last ${Math.round(seconds)} s: ${failed} failed, ${shed} sent away, ${degraded} left something out for lateness.`}{" "}
          {all > 0 && all < ENOUGH && `Of fewer than ${ENOUGH} requests the p99 is the slowest one. `}
          Memory {plainBytes(memory)}.
        </p>
      </section>
      <section aria-label="Alerts">
        <h2>
          Alerts <span className="q3">the conditions of section 7 on what arrives</span>
        </h2>
        {view.alerts.length === 0 ? <p className="small q3">The note states none.</p> : <Alerts alerts={view.alerts} />}
      </section>
      <section aria-label="Drift">
        <h2>
          Drift <span className="q3">PSI against the run's test window</span>
        </h2>
        {view.drift.length === 0 ? (
          <p className="small q3">A window needs more answers than there were; nothing is shown before it is full.</p>
        ) : (
          <table className="all live">
            <tbody>
              {view.drift.map(({ of, psi }) => (
                <tr key={of}>
                  <th scope="row">{of}</th>
                  <td className="num">{psi.toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

function LatencyRow({ row: { name, n, p50, p99, limit } }: { readonly row: LiveLatency }) {
  const said = (value: number | undefined): string =>
    n === 0 ? "none" : value === undefined ? BEYOND : `≤ ${plainSeconds(value)}`;
  const isOver = n > 0 && limit !== undefined && (p99 === undefined || p99 > limit);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{said(p50)}</td>
      <td className="num">
        {isOver && (
          <>
            <Mark state="bad" /> <span className="vh">over its limit: </span>
          </>
        )}
        {said(p99)}
      </td>
      <td className="num q3">{limit === undefined ? "" : plainSeconds(limit)}</td>
      <td className="num q3">{n.toLocaleString("en")}</td>
    </tr>
  );
}

const STATES: Readonly<Record<LiveAlert["state"], readonly [State, string]>> = {
  fires: ["bad", "fires"],
  touched: ["open", "touched"],
  quiet: ["ok", "quiet"],
  waits: ["none", "waiting"],
  none: ["none", "not measured"],
};
const ORDER: readonly LiveAlert["state"][] = ["fires", "touched", "quiet", "waits", "none"];

function Alerts({ alerts }: { readonly alerts: readonly LiveAlert[] }) {
  const sorted = alerts.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <table className="all live alerts">
      <tbody>
        {sorted.map(({ path, metric, condition, state, value, unit, why, action }) => (
          <tr key={path}>
            <th scope="row">
              {sentence(metric)} <span className="q3">{condition}</span>
            </th>
            <td>
              <span className={`st t-${STATES[state][0]}`}>
                <Mark state={STATES[state][0]} /> {STATES[state][1]}
              </span>{" "}
              <span className="q3">{state === "fires" ? action : why}</span>
            </td>
            <td className="num">
              {value === undefined
                ? /latency/iu.test(metric) && state !== "none"
                  ? BEYOND
                  : ""
                : withUnit(value, unit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function withUnit(value: number, unit: LiveAlert["unit"]): string {
  switch (unit) {
    case "s":
      return `≤ ${plainSeconds(value)}`;
    case "age":
      return plainSpan(value);
    case "share":
      return plainShare(value);
    case "cores":
      return plainShare(value);
    default:
      return value.toFixed(3);
  }
}
