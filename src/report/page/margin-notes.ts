/** What stands beside a step besides its doubts: what follows from the requirements, what no run measures, and which rules the note waives. */

import { capital } from "../../core/capital.ts";
import { formatShare } from "../../core/format-figure.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { plain } from "../numbers.ts";

/** What the note's own numbers come to, in a few sentences; empty where it states too little. */
export function followsFrom({ context: { stated, estimates } }: MeasuredRun): string {
  const line = (sheet: string, name: string): number | undefined =>
    estimates.find((one) => one.sheet === sheet && one.line === name)?.value;
  const daily = line("traffic", "daily");
  const down = line("error-budget", "budget");
  const monthly = line("traffic", "monthly");
  const perThousand = line("cost", "per_thousand");
  const allowed = stated.budgetPerMonth === null || !monthly ? undefined : (1000 * stated.budgetPerMonth) / monthly;
  const spent = perThousand === undefined ? "" : `; ${cents(perThousand)} is estimated`;
  return [
    ...(daily === undefined || !stated.users ? [] : [`${plain(daily / stated.users, "")} requests a person and day.`]),
    ...(down === undefined ? [] : [`${plain(Math.round(down / 60), "")} minutes a month may fail.`]),
    ...(allowed === undefined ? [] : [`${cents(allowed)} may be spent on a thousand requests${spent}.`]),
  ].join(" ");
}

/** What the note asks for and no run on recorded or simulated data can show. */
export function neverMeasured({ context: { stated } }: MeasuredRun): string[] {
  return [
    ...(stated.availability === null ? [] : [`availability ${formatShare(stated.availability, 6)}`]),
    ...(stated.peak === null ? [] : [`${plain(stated.peak, "")} requests/s at the peak`]),
  ];
}

/** The waived rules of a step with their reasons, as the note gives them. */
export function waivedAt({ waived }: Pick<MeasuredRun, "waived">, step: number): string {
  return waived
    .filter(({ code }) => code.startsWith(`HP${step}`))
    .map(({ name, reason }) => `${capital(name.replaceAll("-", " "))}: ${reason.trim().replace(/[.;]$/u, "")}.`)
    .join("\n\n");
}

/** Money below a dollar: two digits that count. */
function cents(dollars: number): string {
  return dollars >= 1 ? `$${dollars.toFixed(2)}` : `$${Number(dollars.toPrecision(2))}`;
}
