/** The review of a note: a sentence, the five to do first by what would come of them, all by step, what is waived and what waits. */

import { useEffect, useState } from "react";
import { sectionsOf } from "../../parts/sections-of.ts";
import { inWords, plural } from "../../parts/words.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainFinding, PlainReview } from "../../worker/messages.ts";
import { AllByStep, Waived } from "./review/all-by-step.tsx";
import { FindingRow, mayBeWaived } from "./review/finding-row.tsx";
import type { Note } from "./use-note.ts";

/** What stands under *First*: of these one can be waived from elsewhere. */
export const FIRST = 5;
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
  /** The waiver of the first finding that may be waived is asked for; `begun` is told when it stands there. */
  readonly isWaiving: boolean;
  readonly begun: () => void;
}

export function ReviewPanel({ note, goTo, isWaiving, begun }: ReviewPanelProps) {
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
        This is no design yet: it has neither facts nor the seven headings. Write <code>heptad: 1</code> at its head, or
        the headings.
      </p>
    );
  const { findings } = review;
  const first = findings.slice(0, FIRST);
  const waived = isWaiving ? first.find(mayBeWaived) : undefined;
  const mendable = findings.find(({ edits }) => edits.length > 0);
  return (
    <>
      <p className="lead">{leadOf(review)}</p>
      {findings.length > 0 && (
        <div className="beside">
          <section>
            <h2>First</h2>
            <ol className="first">
              {grouped(first).flatMap(({ heading, own }) => [
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
                      hasKey={finding === mendable}
                      isWaived={finding === waived}
                      begun={begun}
                      clears={clears.get(`${finding.code}:${finding.from}`) ?? []}
                    />
                  </li>
                )),
              ])}
              {findings.length > FIRST && <li className="more q2">{restOf(findings.slice(FIRST))}</li>}
            </ol>
          </section>
          <section>
            <h2>All, by step</h2>
            <AllByStep review={review} goTo={goTo} />
            <Waived review={review} />
          </section>
        </div>
      )}
      {findings.length === 0 && <Waived review={review} />}
    </>
  );
}

function leadOf({ findings, fromProse, notBegun }: PlainReview): string {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const begun = notBegun.length === 0 ? "" : ` Not begun: ${sectionsOf(notBegun)}.`;
  const prose = `${begun}${fromProse ? " The note holds no facts; its prose was read." : ""}`;
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
