/** The next thing to do, in one sentence that is true on its own, and its button. */

import type { ListedDesign } from "../../answers/design-answers.ts";
import type { TodayAnswer } from "../../answers/practice-answers.ts";
import { sectionsOf } from "../../parts/sections-of.ts";
import { plural } from "../../parts/words.tsx";
import { addressOf, designAddress, Link } from "../../router.tsx";

interface NextProps {
  /** At least one. */
  readonly designs: readonly ListedDesign[];
  readonly today: TodayAnswer | undefined;
  readonly consequences: Readonly<Record<string, string>>;
}

/** One sentence, true on its own, and its button. */
export function NextThing({ designs, today, consequences }: NextProps) {
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
  const draft = designs.find(({ steps }) => steps.some(({ isBegun }) => !isBegun));
  const unrun = designs.find(({ run }) => run === undefined);
  const said =
    draft !== undefined
      ? {
          text: `${draft.title} has not begun ${sectionsOf(draft.steps.flatMap(({ step, isBegun }) => (isBegun ? [] : [step])))}. Nothing else is wrong that the review can see.`,
          name: "Answer what decides the most",
          to: addressOf("/new", { path: draft.path }),
        }
      : unrun !== undefined
        ? {
            text: `Nothing is wrong that the review can see. ${unrun.title} has not been run.`,
            name: "See what would run",
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
