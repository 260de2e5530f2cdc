/** The four states as shapes: full disc, half disc, cross, broken circle. The word always stands beside. */

import type { State } from "../../system/run-summary.ts";

const SHAPES: Readonly<Record<State, string>> = {
  ok: '<circle cx="6" cy="6" r="5"/>',
  open: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor"/>',
  bad: '<path d="M1.8 1.8l8.4 8.4M10.2 1.8l-8.4 8.4" stroke="currentColor" stroke-width="2.4" fill="none"/>',
  none: '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2 1.9"/>',
};

export function stateMark(state: State): string {
  return `<svg class="mark m-${state}" viewBox="0 0 12 12" aria-hidden="true">${SHAPES[state]}</svg>`;
}
