/** The page of designs: the next thing to do, the list by step, practice today, an interview left open; or the first visit. */

import { memo, useEffect, useState } from "react";
import type { DesignsAnswer, InterviewsAnswer, ListedDesign, TodayAnswer } from "../answers.ts";
import { get, isExport } from "../api.ts";
import { FailureLine } from "../parts/failure.tsx";
import { Mark, type State } from "../parts/mark.tsx";
import { useAnswer } from "../parts/use-answer.ts";
import { useGrowing } from "../parts/use-growing.ts";
import { inWords, plural, sentence, Words, when } from "../parts/words.tsx";
import { designAddress, Link } from "../router.tsx";
import { FirstVisit } from "./first-visit.tsx";
import "../style/home.css";

const NAMES = ["", "requirements", "framing", "data", "model", "evaluation", "deployment", "monitoring"];

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
            <DesignTable designs={answer.designs} />
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
            <NextThing designs={designs} today={today.answer} consequences={answer.consequences} />
            <div className="cols2">
              <div>
                <DesignTable designs={designs} />
                {pending > 0 && <p className="small q3">{plural(pending, "more file")} to read</p>}
                <p className="new acts">
                  <Link className="btn" to="/new">
                    New design
                  </Link>
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

interface NextProps {
  readonly designs: readonly ListedDesign[];
  readonly today: TodayAnswer | undefined;
  readonly consequences: Readonly<Record<string, string>>;
}

/** One sentence, true on its own, and its button. */
function NextThing({ designs, today, consequences }: NextProps) {
  const worst = designs.find(({ first }) => first?.severity === "error");
  if (worst?.first !== undefined) {
    const { message, line, consequence } = worst.first;
    const then = consequence === undefined ? "" : ` ${consequences[consequence] ?? ""}.`;
    return (
      <div className="nextthing">
        <p className="kick">Next</p>
        <h1>
          {worst.title}: {message.replaceAll("`", "")}.{then}
        </h1>
        <p className="acts">
          <Link className="btn first" to={designAddress(worst.path, "review", line)}>
            Open at line {line}
          </Link>
          <Link className="btn quiet" to="/practice">
            Practise instead
          </Link>
        </p>
      </div>
    );
  }
  const unrun = designs.find(({ run }) => run === undefined);
  const said =
    unrun !== undefined
      ? {
          text: `Nothing is wrong that the review can see. ${unrun.title} has not been run.`,
          name: "See its run",
          to: designAddress(unrun.path, "run"),
        }
      : {
          text: `Nothing is wrong that the review can see. ${today === undefined ? "Practice stands" : `${plural(today.questions.length, "question")} stand`} for today.`,
          name: "Practise",
          to: "/practice",
        };
  return (
    <div className="nextthing">
      <p className="kick">Next</p>
      <h1>{said.text}</h1>
      <p className="acts">
        <Link className="btn first" to={said.to}>
          {said.name}
        </Link>
      </p>
    </div>
  );
}

/** Drawn again only with other designs: practice and interviews are told later. */
const DesignTable = memo(function DesignTable({ designs }: { readonly designs: readonly ListedDesign[] }) {
  const shown = useGrowing(designs);
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">Designs</th>
          {[1, 2, 3, 4, 5, 6, 7].map((step) => (
            <th key={step} scope="col" className="cell7">
              {step}
            </th>
          ))}
          <th scope="col" className="wide">
            Last run
          </th>
          <th scope="col" className="num wide">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((design) => (
          <DesignRow key={design.path} design={design} />
        ))}
      </tbody>
    </table>
  );
});

/** Drawn once: a long list grows below it. */
const DesignRow = memo(function DesignRow({ design }: { readonly design: ListedDesign }) {
  const { path, title, steps, waived, changed } = design;
  const total = (of: "errors" | "warnings" | "advice"): number => steps.reduce((sum, one) => sum + one[of], 0);
  const [errors, warnings] = [total("errors"), total("warnings")];
  const found = [
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(total("advice") > 0 ? [plural(total("advice"), "piece of advice", "pieces of advice")] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
  ];
  return (
    <tr>
      <th scope="row">
        <Link to={designAddress(path)}>
          <b>{title}</b>
        </Link>
        <small>
          {errors > 0 ? <span className="t-bad">{plural(errors, "error")}</span> : warnings > 0 ? "" : "nothing"}
          {(errors > 0 || warnings === 0) && found.length > 0 ? ", " : ""}
          {found.join(", ")}
        </small>
      </th>
      {steps
        .filter(({ step }) => step > 0)
        .map((count) => (
          <StepCell key={count.step} {...count} />
        ))}
      <td className="run">
        <RunCell design={design} />
      </td>
      <td className="num wide q3">{when(changed)}</td>
    </tr>
  );
});

function StepCell({ step, errors, warnings, advice }: ListedDesign["steps"][number]) {
  const [count, state, word]: [number, State, string] =
    errors > 0 ? [errors, "bad", "error"] : warnings > 0 ? [warnings, "open", "warning"] : [advice, "none", "advice"];
  if (count === 0)
    return (
      <td className="cell7">
        <span className="dot" aria-hidden="true">
          ·
        </span>
        <span className="vh">{NAMES[step]}: nothing found</span>
      </td>
    );
  return (
    <td className="cell7">
      <span className={`t-${state}`} aria-hidden="true">
        <Mark state={state} />
        {count}
      </span>
      <span className="vh">
        {NAMES[step]}: {word === "advice" ? `${count} advice` : plural(count, word)}
      </span>
    </td>
  );
}

function RunCell({ design: { path, run } }: { readonly design: ListedDesign }) {
  if (run === undefined) return <span className="q3">not run</span>;
  if (run === "older") return <span className="q3">run by another version</span>;
  return (
    <>
      <Link to={designAddress(path, "run")}>{run.value === "" ? run.verdict : run.value}</Link>{" "}
      <span className="bounds">{run.bounds}</span>
      {run.simulated && (
        <>
          {" "}
          <span className="sw" />
          <span className="q3"> simulated</span>
        </>
      )}
    </>
  );
}

function PracticeToday({ today }: { readonly today: TodayAnswer }) {
  const shown = today.questions.slice(0, 4);
  const rest = today.questions.length - shown.length;
  return (
    <section>
      <h2>Practice today</h2>
      {today.questions.length === 0 ? (
        <p className="big">Today's set is done. A session at your level is always there.</p>
      ) : (
        <p className="big">
          {plural(today.questions.length, "question")}, about {plural(today.minutes, "minute")}
        </p>
      )}
      <ul className="qs">
        {shown.map(({ id, title, area }) => (
          <li key={id}>
            <span>{title}</span> <span className="q3">{area}</span>
          </li>
        ))}
        {rest > 0 && <li className="q3">and {rest} more</li>}
      </ul>
      <p className="acts">
        <Link className="btn" to="/practice">
          {today.isOpen ? "Go on" : "Begin"} <kbd>Alt P</kbd>
        </Link>
        <Link className="btn quiet" to="/progress">
          {today.answers === 0 ? "Progress" : `Level ${today.level.toFixed(1)} ± ${today.uncertainty.toFixed(1)}`}
        </Link>
      </p>
    </section>
  );
}

function OpenInterview({ interviews }: { readonly interviews: InterviewsAnswer | undefined }) {
  const open = interviews?.interviews.find(({ ended }) => !ended);
  if (open === undefined) return null;
  return (
    <section>
      <h2>Interview left open</h2>
      <p>
        <Words>{sentence(open.title)}</Words>, section {open.step} of 7. {Math.max(0, Math.ceil(open.left))} minutes
        left; the clock stands still.
      </p>
      <p className="acts">
        <Link className="btn" to={`/interview?session=${open.session}`}>
          Go on
        </Link>
      </p>
    </section>
  );
}
