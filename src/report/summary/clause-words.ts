/** What a clause of the note came to, in a few words, from its verdict and nothing else. */

import type { State } from "../../system/run-summary.ts";
import type { RunAlert } from "../figures.ts";
import { joined, pairOf, roughly, roughShare } from "../numbers.ts";

/** `kept`, `not settled`, `loses 12%`, `fires`. */
export function clauseVerdict({ verdict, measured, unit }: RunAlert): string {
  if (verdict !== "loses") return verdict;
  return measured === null || unit !== "share" ? verdict : `loses ${roughShare(measured)}`;
}

export function stateOfVerdict(verdict: RunAlert["verdict"]): State {
  switch (verdict) {
    case "kept":
    case "quiet":
      return "ok";
    case "not settled":
      return "open";
    case "loses":
    case "broken":
    case "fires":
      return "bad";
    case "not measured":
      return "none";
    default:
      return verdict satisfies never;
  }
}

/** `-0.4% [-6.1, 5.6], limit 1%`: what the verdict rests on. */
export function clauseFigures(alert: RunAlert): string {
  const { measured, interval, unit, condition } = alert;
  if (measured === null) return "";
  const written = { value: measured, interval, unit };
  const limit = limitOf(condition);
  // `5% [-10, 20], limit 5%` would hide on which side of the limit the estimate is.
  const looksEqual = pairOf(written).value === limit && measured !== limitValue(condition);
  return `${joined(pairOf(written, { more: looksEqual ? 1 : 0 }))}, limit ${limit}`;
}

/** `drop -0.4% [-6.1, 5.6], limit 1%`: with what was counted, so that nobody takes a negative drop for a loss. */
export function clauseWords(alert: RunAlert): string {
  const figures = clauseFigures(alert);
  const change = /\b(?:drop|rise)\b/u.exec(alert.condition)?.[0];
  return figures === "" || change === undefined ? figures : `${change} ${figures}`;
}

/** The limit as it is written: what stands behind the comparison. */
function limitOf(condition: string): string {
  return condition.replace(/^.*(?:<=|>=|<|>|=|≤|≥)\s*/u, "");
}

/** The limit as a number, where it is a plain number or a percentage. */
export function limitValue(condition: string): number | null {
  const match = /^(-?[\d.]+)\s*(%?)$/u.exec(limitOf(condition).trim());
  if (match === null) return null;
  return Number(match[1]) / (match[2] === "%" ? 100 : 1);
}

/** `about 9,200 test requests would settle it at power 0.8`; empty where nothing would, or where more than a hundred times as many were needed. */
export function whatSettles(
  { unitsToSettle, n }: Pick<RunAlert, "unitsToSettle" | "n">,
  unit: string,
  what = "it",
): string {
  if (unitsToSettle === null || n === null) return "";
  if (unitsToSettle > 100 * n) return `more than 100 times as many ${unit} would be needed to settle ${what}`;
  return `${roughly(unitsToSettle)} ${unit} would settle ${what} at power 0.8, not ${n.toLocaleString("en-US")}`;
}
