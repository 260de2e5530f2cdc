/** The interviewer's probes: first what the reviewer found in this very note, then what a good answer says and this one did not. */

import type { Finding } from "../../core/finding.ts";
import { isAboutAbsence } from "./absence.ts";
import type { InterviewState } from "./interview-event.ts";
import { pointsMet } from "./points-met.ts";
import type { Problem } from "./problem.ts";
import { unsaid } from "./said-in-prose.ts";

export interface Probe {
  /** The rule's name, or the dimension of a point that is missing. */
  readonly about: string;
  readonly question: string;
}

const MOST = 5;
const MOST_FROM_REVIEW = 3;
const SEVERITIES = ["error", "warning", "advice"];

/**
 * At most five: the gravest findings about what is written, then a point of each dimension that is missing, then facts that
 * are not stated. Probes that were answered are left out.
 */
export function nextProbes(problem: Problem, state: InterviewState, findings: readonly Finding[]): readonly Probe[] {
  const done = new Set(state.probes.map(({ finding }) => finding));
  const ranked = [...unsaid(findings, state)].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  const probes = ranked.map(probeOf);
  const written = probes.filter(({ about }) => !isAboutAbsence(about));
  const absent = probes.filter(({ about }) => isAboutAbsence(about));
  const spoken = new Set<string>();
  const fromPoints = pointsMet(problem, state).flatMap(({ dimension, point, quote }): Probe[] => {
    if (quote !== undefined || spoken.has(dimension)) return [];
    spoken.add(dimension);
    return [{ about: `${dimension}: ${point}`, question: `You have not spoken of this yet: ${point}. How would you?` }];
  });
  const seen = new Set<string>();
  const all = [...written.slice(0, MOST_FROM_REVIEW), ...fromPoints, ...absent].filter(({ about }) => {
    const isNew = !seen.has(about) && !done.has(about);
    seen.add(about);
    return isNew;
  });
  return all.slice(0, Math.max(0, MOST - state.probes.length));
}

function probeOf({ code, name, message, why }: Finding): Probe {
  const reason = why === undefined ? "" : ` Consider that ${why}.`;
  return { about: name, question: `In your section ${code[2]}: ${message}.${reason} What do you say?` };
}
