/** The review of a note: a sentence, the five to do first by what would come of them, all by step, what is waived and what waits. */

import { useEffect, useState } from "react";
import { isExport } from "../../api.ts";
import { Mark, stateOf } from "../../parts/mark.tsx";
import { Markdown } from "../../parts/markdown.tsx";
import { inWords, plural, sentence, Words } from "../../parts/words.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainFinding, PlainReview } from "../../worker/messages.ts";
import type { Note } from "./use-note.ts";

const FIRST = 5;
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
const CONSEQUENCES: Readonly<Record<string, string>> = {
  "": "Not read as it was meant",
  "false-figures": "Every figure would be false",
  late: "It would be too late at the peak",
  "no-way-back": "There would be no way back",
  harm: "It would do harm",
  "learns-nothing": "Nothing would be learned",
  blind: "Nobody would see it",
};

export interface ReviewPanelProps {
  readonly note: Note;
  readonly goTo: (line: number) => void;
}

export function ReviewPanel({ note, goTo }: ReviewPanelProps) {
  const { review, text } = note;
  const [clears, setClears] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  useEffect(() => {
    if (text === undefined || review === undefined) return;
    // What a mend clears besides is found by making it on a copy: only when the typing rests.
    const timer = setTimeout(async () => {
      const effects = await askWorker("effects", { text, most: FIRST });
      setClears(new Map(effects.map(({ code, from, clears: codes }) => [`${code}:${from}`, codes])));
    }, 600);
    return () => clearTimeout(timer);
  }, [text, review]);
  if (review === undefined) return <p className="lead">The review reads the note.</p>;
  if (!review.isDesign)
    return (
      <p className="lead">
        This is no design yet: it has neither facts nor the seven headings. Write `heptad: 1` at its head, or the
        headings.
      </p>
    );
  const { findings } = review;
  return (
    <>
      <p className="lead">{leadOf(review)}</p>
      {findings.length > 0 && (
        <>
          <h2>First</h2>
          <ol className="first">
            {grouped(findings.slice(0, FIRST)).flatMap(({ heading, own }) => [
              <li key={heading} className="grp">
                {heading}
              </li>,
              ...own.map((finding, i) => (
                <li key={`${finding.code}:${finding.from}`}>
                  <FindingRow
                    finding={finding}
                    note={note}
                    goTo={goTo}
                    isOpen={finding === findings[0] && i === 0}
                    clears={clears.get(`${finding.code}:${finding.from}`) ?? []}
                  />
                </li>
              )),
            ])}
            {findings.length > FIRST && <li className="more q2">{restOf(findings.slice(FIRST))}</li>}
          </ol>
          <h2>All, by step</h2>
          <AllByStep findings={findings} goTo={goTo} />
        </>
      )}
      <Waived review={review} />
    </>
  );
}

function leadOf({ findings, fromProse }: PlainReview): string {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const prose = fromProse ? " The note holds no facts; its prose was read." : "";
  if (findings.length === 0) return `Nothing is wrong that the review can see.${prose}`;
  const parts = [
    ...(errors > 0 ? [`${inWords(errors)} ${errors === 1 ? "error" : "errors"}`] : []),
    ...(warnings > 0
      ? [
          `${errors > 0 ? inWords(warnings).toLowerCase() : inWords(warnings)} ${warnings === 1 ? "warning" : "warnings"}`,
        ]
      : []),
  ];
  if (parts.length === 0) return `No error. ${plural(findings.length, "piece of advice", "pieces of advice")}.${prose}`;
  const gravest = findings.filter(
    ({ severity, consequence }) => severity === "error" && consequence === "false-figures",
  ).length;
  const then =
    gravest === 0
      ? ""
      : ` ${inWords(gravest)} of them ${gravest === 1 ? "makes" : "make"} every figure false: mend ${gravest === 1 ? "it" : "those"} before anything is run.`;
  return `${parts.join(" and ")}.${then}${prose}`;
}

function grouped(findings: readonly PlainFinding[]): { heading: string; own: PlainFinding[] }[] {
  const groups: { heading: string; own: PlainFinding[] }[] = [];
  for (const finding of findings) {
    const said = CONSEQUENCES[finding.consequence] ?? finding.consequence;
    const heading =
      finding.severity === "error" ? said : `${said} (${finding.severity === "warning" ? "warnings" : "advice"})`;
    const last = groups.at(-1);
    if (last?.heading === heading) last.own.push(finding);
    else groups.push({ heading, own: [finding] });
  }
  return groups;
}

function restOf(rest: readonly PlainFinding[]): string {
  const errors = rest.filter(({ severity }) => severity === "error").length;
  const others = rest.length - errors;
  return `Then ${[...(errors > 0 ? [plural(errors, "more error")] : []), ...(others > 0 ? [plural(others, "other finding")] : [])].join(" and ")}.`;
}

interface RowProps {
  readonly finding: PlainFinding;
  readonly note: Note;
  readonly goTo: (line: number) => void;
  readonly isOpen: boolean;
  readonly clears: readonly string[];
}

function FindingRow({ finding, note, goTo, isOpen, clears }: RowProps) {
  const { message, line, why, fix, edits, code } = finding;
  const [isWaiving, setWaiving] = useState(false);
  const [page, setPage] = useState<string>();
  const mends =
    edits.length > 0 ? `${edits.length === 1 ? "One edit mends it" : `${edits.length} edits mend it`}.` : "";
  const also = clears.length > 0 ? ` Clears ${clears.join(", ")} too.` : "";
  return (
    <details className="f" open={isOpen}>
      <summary>
        <span className="m">
          <Words>{sentence(message)}</Words>
        </span>
        <span className="at">line {line}</span>
        {(mends !== "" || also !== "") && (
          <span className="cq">
            {mends}
            {also}
          </span>
        )}
      </summary>
      <div className="body">
        {why !== "" && (
          <p>
            <Words>{sentence(why)}</Words>.
          </p>
        )}
        {edits.length > 0 ? <Difference text={note.text ?? ""} edits={edits} /> : fix !== "" && <FixText fix={fix} />}
        <p className="acts">
          {edits.length > 0 && !isExport() && (
            <button className="btn first" type="button" onClick={() => note.mend(finding)}>
              Mend it {isOpen && <kbd>Alt M</kbd>}
            </button>
          )}
          {/^(?:HP|T)[1-7]/u.test(code) && !isExport() && (
            <button className="btn" type="button" aria-expanded={isWaiving} onClick={() => setWaiving(!isWaiving)}>
              Waive, with a reason
            </button>
          )}
          <button
            className="btn quiet"
            type="button"
            aria-expanded={page !== undefined}
            onClick={async () =>
              setPage(page === undefined ? ((await askWorker("explain", { code })) ?? why) : undefined)
            }
          >
            {code} explained
          </button>
          <button className="btn quiet" type="button" onClick={() => goTo(line)}>
            Go to line {line}
          </button>
        </p>
        {isWaiving && <Waive finding={finding} note={note} />}
        {page !== undefined && <Markdown text={page} />}
      </div>
    </details>
  );
}

/** What a fix says: prose, or lines that can be pasted. */
function FixText({ fix }: { readonly fix: string }) {
  const [first, ...rest] = fix.split("\n");
  return (
    <>
      <p>
        <Words>{sentence(first)}</Words>
      </p>
      {rest.length > 0 && <pre className="diff">{rest.join("\n")}</pre>}
    </>
  );
}

/** The lines that an edit touches, as they are and as they would be. */
function Difference({ text, edits }: { readonly text: string; readonly edits: PlainFinding["edits"] }) {
  return (
    <div className="diff">
      {edits.map(({ from, to, text: put }) => {
        const start = text.lastIndexOf("\n", from - 1) + 1;
        const next = text.indexOf("\n", to);
        const end = next < 0 ? text.length : next;
        const [head, old, tail] = [text.slice(start, from), text.slice(from, to), text.slice(to, end)];
        return (
          <div key={`${from}:${to}`}>
            {(head + old + tail).trim() !== "" && (
              <div className="d">
                − {head.trimStart()}
                {old !== "" && <b>{old}</b>}
                {tail}
              </div>
            )}
            <div className="a">
              + {head.trimStart()}
              <b>{put}</b>
              {tail}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Waive({ finding, note }: { readonly finding: PlainFinding; readonly note: Note }) {
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState("");
  return (
    <form
      className="waive"
      onSubmit={async (event) => {
        event.preventDefault();
        const done = await askWorker("waive", { text: note.text ?? "", name: finding.name, reason });
        if ("text" in done) note.change(done.text);
        else setWrong(`${done.wrong}: ${done.fix}`);
      }}
    >
      <label className="label" htmlFor={`why-${finding.code}`}>
        Why the team accepts it
      </label>
      <input
        id={`why-${finding.code}`}
        className="input"
        type="text"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {wrong !== "" && <p className="failure">{sentence(wrong)}</p>}
      <button className="btn" type="submit" disabled={reason.trim() === ""}>
        Write the waiver into the note
      </button>
    </form>
  );
}

function AllByStep({
  findings,
  goTo,
}: {
  readonly findings: readonly PlainFinding[];
  readonly goTo: (line: number) => void;
}) {
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
                {own.length === 0 && <span className="q3">nothing found</span>}
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

function Waived({ review: { waived, waiting } }: { readonly review: PlainReview }) {
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
          <summary>{plural(waiting.length, "rule")} wait for facts</summary>
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
