/** The page of designs: the next thing to do, the list by step, practice today, an interview left open; or the first visit. */

import { useEffect, useState } from "react";
import type { DesignsAnswer, ListedDesign } from "../answers/design-answers.ts";
import type { InterviewsAnswer } from "../answers/interview-answers.ts";
import type { TodayAnswer } from "../answers/practice-answers.ts";
import { get, isExport } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { inWords, plural } from "../parts/words.tsx";
import { Link } from "../router.tsx";
import { FirstVisit } from "./first-visit.tsx";
import "../style/home.css";
import { DesignTable } from "./designs/design-table.tsx";
import { OpenInterview, PracticeToday } from "./designs/margin.tsx";
import { BeingRead, NextThing, NoDesigns } from "./designs/next-thing.tsx";

export function DesignsPage() {
  return isExport() ? <ExportedDesigns /> : <OwnDesigns />;
}

/** What others are shown: the designs, without what is the writer's alone. */
function ExportedDesigns() {
  const { answer, wrong } = useAnswer("designs", () => get<DesignsAnswer>("/api/designs"));
  useEffect(() => {
    document.title = "Designs · Heptad";
  }, []);
  return (
    <main className="page-home">
      <div className="w">
        <FailureLine wrong={wrong} />
        {answer !== undefined && (
          <>
            <div className="nextthing">
              <h1>{exportLead(answer.designs)}</h1>
            </div>
            {answer.designs.length > 0 && <DesignTable designs={answer.designs} />}
          </>
        )}
      </div>
    </main>
  );
}

function exportLead(designs: readonly ListedDesign[]): string {
  const count = designs.length;
  if (count === 0) return "This project holds no designs.";
  const share = (part: number): string => (part === count ? (count === 1 ? "it" : "all") : inWords(part).toLowerCase());
  const wrong = designs.filter(({ steps }) => steps.some(({ errors }) => errors > 0)).length;
  const run = designs.filter((one) => one.run !== undefined && one.run !== "older").length;
  const found = wrong === 0 ? "the review finds no error" : `the review finds errors in ${share(wrong)}`;
  const runs = run === 0 ? "none has been run" : `${share(run)} ${run === 1 ? "has" : "have"} a run, with its report`;
  return `${inWords(count)} design${count === 1 ? "" : "s"}: ${found}; ${runs}.`;
}

function OwnDesigns() {
  const list = useAnswer("designs", () => get<DesignsAnswer>("/api/designs"));
  const today = useAnswer("today", () => get<TodayAnswer>("/api/practice/today"));
  const interviews = useAnswer("interviews", () => get<InterviewsAnswer>("/api/interviews"));
  const [isFirst, setFirst] = useState(false);
  const { answer, reload } = list;
  // The server reviews in the background: what is still to come is asked for again.
  useEffect(() => {
    if (answer === undefined || answer.pending === 0) return;
    const timer = setTimeout(reload, 250);
    return () => clearTimeout(timer);
  }, [answer, reload]);
  useEffect(() => {
    document.title = "Designs · Heptad";
  }, []);
  if (answer === undefined)
    return (
      <main className="page-home">
        <div className="w">
          <FailureLine wrong={list.wrong} />
        </div>
      </main>
    );
  // The bank is read after the designs: what is not known yet makes nobody new.
  const isNew = today.answer?.answers === 0 && (interviews.answer?.interviews.length ?? 0) === 0;
  const { designs, pending } = answer;
  return (
    <main className="page-home">
      <div className="w">
        {isFirst || (isNew && designs.length === 0) ? (
          <FirstVisit designs={designs} back={isNew && designs.length === 0 ? undefined : () => setFirst(false)} />
        ) : (
          <>
            {designs.length > 0 ? (
              <NextThing
                designs={designs}
                today={today.answer}
                consequences={answer.consequences}
                isWhole={pending === 0}
              />
            ) : pending > 0 ? (
              <BeingRead />
            ) : (
              <NoDesigns />
            )}
            <div className="cols2">
              <div>
                {designs.length > 0 && <DesignTable designs={designs} />}
                {pending > 0 && <p className="small q3">{plural(pending, "more file")} to read</p>}
                <p className="new acts">
                  {(designs.length > 0 || pending > 0) && (
                    <Link className="btn" to="/new">
                      New design
                    </Link>
                  )}
                  <Link className="btn quiet" to="/new?data=1">
                    From data
                  </Link>
                  <Link className="btn quiet" to="/new?import=1">
                    Import a note
                  </Link>
                  {isNew && (
                    <button className="btn quiet" type="button" onClick={() => setFirst(true)}>
                      Three ways to begin
                    </button>
                  )}
                </p>
              </div>
              <aside className="side" aria-label="Practice and interviews">
                {today.answer !== undefined && <PracticeToday today={today.answer} />}
                <FailureLine wrong={today.wrong} />
                <OpenInterview interviews={interviews.answer} />
              </aside>
            </div>
          </>
        )}
      </div>
    </main>
  );
}
