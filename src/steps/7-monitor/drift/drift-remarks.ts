/** What a run says of the drift that it measured: what moved most, and what moves whatever happens and can be written otherwise. */

import { formatNumber } from "../../../core/format-figure.ts";
import { movedMost } from "../../../core/moved-most.ts";
import type { Remark } from "../../../system/stage.ts";
import type { DriftWatch } from "./drift-alert.ts";

/** A signal as far as remarks speak of it. */
export interface RemarkedDrift {
  readonly name: string;
  readonly definition: string;
  readonly onlyGrows: boolean;
  readonly psi: number;
  readonly chance?: number;
}

/** The note has said what a feature is. */
export const AS_DECLARED = "the feature as declared in step 3, at the moment of an event";

export const NOTHING_TO_COMPARE = "there was nothing to compare: one of the windows is empty";

/** Advice is given only on what the note can change: a feature of its own, or an alert that names the signal. */
export function driftRemarks(measured: readonly RemarkedDrift[], watches: readonly Pick<DriftWatch, "of">[]): Remark[] {
  if (measured.length === 0) return [{ kind: "warning", text: NOTHING_TO_COMPARE }];
  const bySize = [...measured].sort((a, b) => b.psi - a.psi);
  const all = bySize.filter((one) => one.onlyGrows);
  const growing = all.map(({ name }) => `\`${name}\``);
  const changeable = all
    .filter(({ name, definition }) => definition === AS_DECLARED || watches.some(({ of }) => of === name))
    .map(({ name }) => `\`${name}\``);
  return [
    {
      kind: "answer",
      text: `${mostMoved(measured)}${growing.length === 0 ? "" : `What counts over all time moves whatever happens: ${growing.join(", ")}.`}`.trimEnd(),
    },
    ...(changeable.length === 0
      ? []
      : [
          {
            kind: "next" as const,
            rank: 18,
            short: "Count over a window, not all time",
            text: `${changeable.join(", ")} can only grow, so a threshold on ${changeable.length === 1 ? "it" : "them"} fires sooner or later whatever happens.`,
          },
        ]),
    ...measured
      .filter(({ definition }) => definition !== AS_DECLARED)
      .map(({ name, definition }): Remark => ({ kind: "assumption", text: `“${name}” is ${definition}` })),
  ];
}

function mostMoved(measured: readonly RemarkedDrift[]): string {
  const most = movedMost(measured);
  if (most === undefined) return "";
  const { signal, isBeyondChance } = most;
  const of = `**${signal.name}** (${signal.definition}), PSI ${formatNumber(signal.psi, 3)}`;
  return isBeyondChance
    ? `Most moved: ${of} between the training and the test window. `
    : `Nothing moved beyond chance between the training and the test window; most did ${of}, where chance alone stays below ${formatNumber(signal.chance ?? 0, 3)} 19 times in 20. `;
}
