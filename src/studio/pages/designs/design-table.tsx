/** The list of designs: what the review found by step, and the last run. */

import { memo } from "react";
import type { ListedDesign, StepCount } from "../../answers/design-answers.ts";
import { Mark, type State } from "../../parts/mark.tsx";
import { useGrowing } from "../../parts/use-growing.ts";
import { plural, Words, when } from "../../parts/words.tsx";
import { designAddress, Link } from "../../router.tsx";

const NAMES = ["", "requirements", "framing", "data", "model", "evaluation", "deployment", "monitoring"];

/** Drawn again only with other designs: practice and interviews are told later. */
export const DesignTable = memo(function DesignTable({ designs }: { readonly designs: readonly ListedDesign[] }) {
  const shown = useGrowing(designs);
  const seen = new Set<string>();
  const twice = new Set(designs.map(({ title }) => title).filter((title) => seen.size === seen.add(title).size));
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
          <DesignRow key={design.path} design={design} isTwice={twice.has(design.title)} />
        ))}
      </tbody>
    </table>
  );
});

/** Drawn once: a long list grows below it. */
const DesignRow = memo(function DesignRow({
  design,
  isTwice,
}: {
  readonly design: ListedDesign;
  readonly isTwice: boolean;
}) {
  const { path, title, steps, waived, changed, first, isUnread } = design;
  const total = (of: "errors" | "warnings" | "advice"): number => steps.reduce((sum, one) => sum + one[of], 0);
  const [errors, warnings] = [total("errors"), total("warnings")];
  // The columns are of the seven steps: what belongs to none of them is counted in words.
  const loose = steps.find(({ step }) => step === 0)?.errors ?? 0;
  const found = [
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(total("advice") > 0 ? [plural(total("advice"), "piece of advice", "pieces of advice")] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
  ];
  const isBegun = steps.some((one) => one.step > 0 && one.isBegun);
  const nothing = isBegun ? "nothing found" : "not begun";
  return (
    <tr>
      <th scope="row">
        <Link to={designAddress(path)}>
          <b>{title}</b>
        </Link>
        {isTwice && <small className="q3">{path}</small>}
        {isUnread ? (
          <small>
            <span className="t-bad">
              <Words>{`cannot be read: ${first?.message ?? ""}`}</Words>
            </span>
          </small>
        ) : (
          <small>
            {errors > 0 ? (
              <span className="t-bad">
                {plural(errors, "error")}
                {loose > 0 && `, ${loose === errors ? "none in a step" : `${loose} of them in no step`}`}
              </span>
            ) : warnings > 0 ? (
              ""
            ) : (
              nothing
            )}
            {(errors > 0 || warnings === 0) && found.length > 0 ? ", " : ""}
            {found.join(", ")}
          </small>
        )}
      </th>
      {steps
        .filter(({ step }) => step > 0)
        .map((count) => (
          <StepCell key={count.step} {...count} isUnread={isUnread} />
        ))}
      <td className="run">
        <RunCell design={design} />
      </td>
      <td className="num wide q3">{when(changed)}</td>
    </tr>
  );
});

interface StepCellProps extends StepCount {
  readonly isUnread: boolean;
}

function StepCell({ step, errors, warnings, advice, isBegun, isUnread }: StepCellProps) {
  const [count, state, word]: [number, State, string] =
    errors > 0 ? [errors, "bad", "error"] : warnings > 0 ? [warnings, "open", "warning"] : [advice, "none", "advice"];
  if (count === 0)
    return (
      <td className="cell7">
        <span className="dot" aria-hidden="true">
          {isBegun && !isUnread ? "·" : ""}
        </span>
        <span className="vh">
          {NAMES[step]}: {isUnread ? "not read" : isBegun ? "nothing found" : "not begun"}
        </span>
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

function RunCell({ design: { path, run, cannotRun } }: { readonly design: ListedDesign }) {
  if (run === undefined) return <span className="q3">{cannotRun === undefined ? "not run" : "cannot be run"}</span>;
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
