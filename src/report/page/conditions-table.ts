/** The note's conditions held against the run: what fires or is open comes forward, what is quiet or unmeasured is one line each. */

import { capital } from "../../core/capital.ts";
import type { State } from "../../system/run-summary.ts";
import type { RunAlert } from "../figures.ts";
import { pairOf, plain } from "../numbers.ts";
import { stateOfVerdict } from "../summary/clause-words.ts";
import { stateMark } from "./state-mark.ts";
import { inline, typeset } from "./typeset.ts";

export function conditionsTable(alerts: readonly RunAlert[], caption: string): string {
  if (alerts.length === 0) return "";
  const forward = alerts.filter(({ verdict }) => stateOfVerdict(verdict) === "bad" || verdict === "not settled");
  const quiet = alerts.filter(({ verdict }) => stateOfVerdict(verdict) === "ok");
  const unknown = alerts.filter(({ verdict }) => verdict === "not measured");
  const order = [...forward].sort((a, b) => Number(a.verdict === "not settled") - Number(b.verdict === "not settled"));
  // An alert and a trigger that watch the same are one row with two consequences.
  const isSame = (a: RunAlert, b: RunAlert): boolean =>
    a.metric === b.metric && a.condition === b.condition && a.verdict === b.verdict && a.note === b.note;
  const groups: RunAlert[][] = [];
  for (const alert of order) {
    const group = groups.find(([first]) => isSame(first, alert));
    if (group === undefined) groups.push([alert]);
    else group.push(alert);
  }
  const rows = [...groups.map(drawRow), summed(quiet, "ok"), summed(unknown, "none")];
  return `<figure><figcaption>${typeset(caption)}</figcaption><table class="lines alerts"><thead><tr><th scope="col">state</th><th scope="col">watched</th><th scope="col" class="num">measured</th><th scope="col" class="wide">what it rests on, and who does what</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></figure>`;
}

function drawRow(alerts: readonly RunAlert[]): string {
  const [{ metric, condition, measured, unit, verdict, interval, n, note }] = alerts;
  const state = stateOfVerdict(verdict);
  const pair = interval === null || measured === null ? undefined : pairOf({ value: measured, interval, unit });
  const value = measured === null ? "" : (pair?.value ?? plain(measured, unit));
  const bounds = pair === undefined ? "" : ` <span class="q3 nw">${typeset(pair.bounds)}</span>`;
  const count = n === null || note.includes(`${n} `) ? "" : `n ${n.toLocaleString("en-US")}; `;
  const said = alerts.map(({ owner, action }) => capital([owner, action].filter((one) => one !== "").join(": ")));
  const who = [...new Set(said)].filter((one) => one !== "").join(". ");
  const times = alerts.length === 1 ? "" : ` <span class="q3 nw">${alerts.length} conditions</span>`;
  return `<tr><td>${word(state, verdict)}</td><th scope="row">${typeset(metric)} <span class="q3 nw">${typeset(condition)}</span>${times}</th><td class="num">${typeset(value)}${bounds}</td><td class="wide">${typeset(count)}${inline(note)}${who === "" ? "" : `. ${inline(who)}`}</td></tr>`;
}

function summed(alerts: readonly RunAlert[], state: State): string {
  if (alerts.length === 0) return "";
  const names = [...new Set(alerts.map(({ metric }) => metric))].join(", ");
  const said = alerts.length === 1 ? "1 condition" : `${alerts.length} conditions`;
  return `<tr class="sum"><td>${word(state, alerts[0].verdict)}</td><th scope="row">${said}</th><td></td><td class="wide q3">${typeset(names)}</td></tr>`;
}

function word(state: State, verdict: string): string {
  return `<span class="st t-${state}">${stateMark(state)} ${typeset(verdict)}</span>`;
}
