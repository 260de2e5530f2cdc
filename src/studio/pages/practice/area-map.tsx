/** The areas by level: percent right and how many answers, pale where they are too few to say anything. */

import { formatShare } from "../../../index.ts";
import type { ProgressAnswer } from "../../answers/practice-answers.ts";
import { addressOf, Link } from "../../router.tsx";

/** Fewer say little, and are pale. */
export const FEW = 3;
const LEVELS = ["Recall", "Apply", "Analyse", "Diagnose", "Judge", "Architect"];
/** Shares from which a shade begins, as the terminal has them too. */
const SHADES = [0.4, 0.6, 0.8];

export function AreaMap({ areas }: { readonly areas: ProgressAnswer["areas"] }) {
  return (
    <div className="heat-box">
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">Area</th>
            {LEVELS.map((name, i) => (
              <th key={name} scope="col">
                <span className="only-wide">{name} </span>
                {i + 1}
              </th>
            ))}
            <th scope="col" className="num">
              level
            </th>
          </tr>
        </thead>
        <tbody>
          {areas.map(({ area, title, ability, uncertainty, cells }) => (
            <tr key={area}>
              <th scope="row">
                <Link to={addressOf("/practice", { area })}>{title}</Link>
              </th>
              {cells.map((cell, i) => (
                <Cell key={i} {...cell} />
              ))}
              <td className="num">
                {ability.toFixed(1)} <span className="bounds">± {uncertainty.toFixed(1)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small q3 key">
        <span className="hc h1">20</span> under 40 <span className="hc h2">50</span> to 60{" "}
        <span className="hc h3">70</span> to 80 <span className="hc h4">90</span> above: percent right, beside it the
        answers. <span className="hc few">50</span> fewer than three answers say little. · is not seen yet, which is not
        failed.
      </p>
    </div>
  );
}

function Cell({ answers, share = 0 }: ProgressAnswer["areas"][number]["cells"][number]) {
  if (answers === 0)
    return (
      <td className="hc unseen">
        <span aria-hidden="true">·</span>
        <span className="vh">not seen</span>
      </td>
    );
  const shade = 1 + SHADES.filter((from) => share >= from).length;
  return (
    <td className={`hc ${answers < FEW ? "few" : `h${shade}`}`}>
      {formatShare(share, 2).replace("%", "")}
      <small>{answers}</small>
    </td>
  );
}
