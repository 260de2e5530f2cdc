/** The next thing to do, in one sentence that is true on its own, and its button. */

import type { ListedDesign } from "../../answers/design-answers.ts";
import type { TodayAnswer } from "../../answers/practice-answers.ts";
import type { PlanAgain } from "../../answers/run-answers.ts";
import { get } from "../../api.ts";
import { sectionsOf } from "../../parts/sections-of.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { plural, sentence, Words } from "../../parts/words.tsx";
import { addressOf, designAddress, Link } from "../../router.tsx";

interface NextProps {
  /** At least one. */
  readonly designs: readonly ListedDesign[];
  readonly today: TodayAnswer | undefined;
  readonly consequences: Readonly<Record<string, string>>;
  /** No file is left to be read: the first one that was not run is known. */
  readonly isWhole: boolean;
}

/** One sentence, true on its own, and its button. */
export function NextThing({ designs, today, consequences, isWhole }: NextProps) {
  const worst = designs.find(({ isUnread }) => isUnread) ?? designs.find(({ first }) => first?.severity === "error");
  if (worst?.first !== undefined) {
    const { message, line, consequence } = worst.first;
    const then = consequence === undefined ? "" : ` ${consequences[consequence] ?? ""}.`;
    return (
      <div className="nextthing">
        <p className="kick">Next</p>
        <h1>
          {worst.isUnread ? `${worst.path} cannot be read` : worst.title}: {message.replaceAll(/`([^`]*)`/gu, "“$1”")}.
          {then}
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
  // Until all are read it is not known that nothing is wrong.
  if (!isWhole) return <BeingRead />;
  const draft = designs.find(({ steps }) => steps.some(({ isBegun }) => !isBegun));
  const unrun = designs.filter(({ run }) => run === undefined);
  const ready = unrun.find(({ cannotRun }) => cannotRun === undefined);
  if (draft === undefined && ready !== undefined) return <NotRun key={ready.path} design={ready} />;
  const practise = {
    text: `Nothing is wrong that the review can see. ${today === undefined ? "Practice stands" : `${plural(today.questions.length, "question")} stand`} for today.`,
    name: "Practise",
    to: today === undefined || today.questions.length === 0 ? "/practice" : "/practice?begin=daily",
  };
  const said =
    draft === undefined
      ? practise
      : {
          text: `${draft.title} has not begun ${sectionsOf(draft.steps.flatMap(({ step, isBegun }) => (isBegun ? [] : [step])))}. Nothing else is wrong that the review can see.`,
          name: "Answer what decides the most",
          to: addressOf("/new", { path: draft.path }),
        };
  const [never] = unrun;
  return (
    <div className="nextthing">
      <p className="kick">Next</p>
      <h1>{said.text}</h1>
      <p className="acts">
        <Link className="btn first" to={said.to}>
          {said.name}
        </Link>
      </p>
      {draft === undefined && never?.cannotRun !== undefined && (
        <p className="small q2">
          {unrun.length === 1 ? never.title : `${plural(unrun.length, "design")}, such as ${never.title},`} cannot be
          run: <Words>{`${never.cannotRun.why}; ${never.cannotRun.fix}`}</Words>.
        </p>
      )}
    </div>
  );
}

/** In place of the next thing until it is known, as high as it mostly is: what stands below it is not moved. */
export function BeingRead() {
  return (
    <div className="nextthing being-read">
      <p className="kick">Next</p>
      <h1>The review reads your designs.</h1>
    </div>
  );
}

/** A design that the note alone says nothing against: whether its data are there is asked before a run is offered. */
function NotRun({ design: { path, title } }: { readonly design: ListedDesign }) {
  const { answer, wrong } = useAnswer(path, () => get<PlanAgain>("/api/run/plan", { path }));
  const isRefused = wrong?.code === "cannot-plan";
  return (
    <div className="nextthing">
      <p className="kick">Next</p>
      <h1>
        Nothing is wrong that the review can see. {title} has not been run
        {isRefused ? (
          <>
            , and cannot be as it stands: <Words>{wrong.message}</Words>
          </>
        ) : null}
        .
      </h1>
      {isRefused && wrong.fix !== undefined && (
        <p className="q2">
          <Words>{sentence(wrong.fix)}</Words>.
        </p>
      )}
      <p className="acts">
        <Link className="btn first" to={designAddress(path, isRefused ? "review" : "run")}>
          {isRefused ? "Open the note" : answer === undefined ? "See its runs" : "See what would run"}
        </Link>
      </p>
    </div>
  );
}

/** In place of the next thing and of the list, where there is no note at all. */
export function NoDesigns() {
  return (
    <div className="nextthing">
      <p className="kick">No designs yet</p>
      <h1>Your designs will stand here, each with what the review finds in it and its last run.</h1>
      <p className="acts">
        <Link className="btn first" to="/new">
          New design
        </Link>
      </p>
    </div>
  );
}
