/** The strip of seven above the note: what the review found in each section, and the way there. */

import { foundIn, isRead } from "../../parts/found-in.ts";
import { Mark } from "../../parts/mark.tsx";
import { STEP_NAMES } from "../../parts/step-names.ts";
import type { PlainFinding, PlainReview } from "../../worker/messages.ts";

export function Outline({
  review,
  text,
  goTo,
}: {
  readonly review: PlainReview | undefined;
  readonly text: string;
  readonly goTo: (line: number) => void;
}) {
  return (
    <nav className="outline" aria-label="Sections of the note">
      <ol>
        {[1, 2, 3, 4, 5, 6, 7].map((step) => {
          const own = review?.findings.filter((one) => one.step === step) ?? [];
          const line = text.split("\n").findIndex((one) => new RegExp(`^##\\s+${step}\\b`, "u").test(one)) + 1;
          return (
            <li key={step}>
              <button type="button" className="outline-step" onClick={() => goTo(Math.max(1, line))}>
                <b>{step}</b>
                <span className="vh">
                  {STEP_NAMES[step]}: {foundIn(step, review)}
                </span>
                <span className="counts" aria-hidden="true">
                  {isRead(step, review) && <Counts findings={own} />}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Counts({ findings }: { readonly findings: readonly PlainFinding[] }) {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (findings.length === 0) return <Mark state="ok" />;
  if (errors + warnings === 0)
    return (
      <em className="q3">
        <Mark state="none" />
        {findings.length}
      </em>
    );
  return (
    <>
      {errors > 0 && (
        <em className="t-bad">
          <Mark state="bad" />
          {errors}
        </em>
      )}
      {warnings > 0 && (
        <em className="t-open">
          <Mark state="open" />
          {warnings}
        </em>
      )}
    </>
  );
}
