/** Two designs side by side: facts that were added, taken out or changed, and the answers of their estimates. */

import type { Design } from "../steps/design.ts";
import { estimateDesign, proposedBehind } from "./estimate-design.ts";

/** One side is undefined where the fact or the answer is not there. */
export interface Difference {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface DesignDifference {
  readonly facts: readonly Difference[];
  readonly estimate: readonly Difference[];
  /** What a side has written and cannot be read: a step for its whole block, else a fact. None of it is compared, and estimates only where both sides lack the same. */
  readonly unread: { readonly before: readonly string[]; readonly after: readonly string[] };
}

export function diffDesigns(before: Design, after: Design): DesignDifference {
  const unread = { before: unreadFacts(before), after: unreadFacts(after) };
  const left = [...unread.before, ...unread.after];
  return {
    facts: different(factsOf(before), factsOf(after)).filter(
      ({ key }) => !left.some((path) => isPartOf(key, path) || isPartOf(path, key)),
    ),
    estimate: lackTheSame(unread) ? different(answersOf(before), answersOf(after)) : [],
    unread,
  };
}

/** Whether both sides rest on the same facts for what cannot be read. */
export function lackTheSame({ before, after }: DesignDifference["unread"]): boolean {
  return before.length === after.length && before.every((path) => after.includes(path));
}

/** Paths of facts that are written and wrong, `1` for a whole block and `0` for the front matter; elements of a list by their names. */
export function unreadFacts(design: Design): readonly string[] {
  return design.refused.map((path) => named(path, design));
}

/** What is written there, for a sentence. */
export function unreadWords(path: string): string {
  if (path === "0") return "the front matter";
  return /^\d$/u.test(path) ? `the block of step ${path}` : `\`${path}\``;
}

function isPartOf(key: string, path: string): boolean {
  return key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`);
}

/** The written value of each fact by its path; elements of a list are called by their names where they have one. */
export function factsOf(design: Design): ReadonlyMap<string, string> {
  const parents = new Set<string>();
  for (const path of design.places.keys()) parents.add(path.replace(/(?:\.[^.[\]]+|\[\d+\])$/u, ""));
  const facts = new Map<string, string>();
  for (const [path, place] of design.places) {
    const written = design.text.slice(place.start, place.end).trim();
    // What holds other facts is told by them; a key with a point in it is no parent.
    if (parents.has(path) && !/^[^\s[{-]/u.test(written)) continue;
    if (parents.has(path) && written.includes(":")) continue;
    facts.set(named(path, design), written);
  }
  return facts;
}

function named(path: string, design: Design): string {
  return path.replaceAll(/\[(\d+)\]/gu, (index, _, at: number) => {
    const place = design.places.get(`${path.slice(0, at)}${index}.name`);
    return place === undefined ? index : `.${design.text.slice(place.start, place.end)}`;
  });
}

function answersOf(design: Design): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  const estimate = estimateDesign(design);
  for (const sheet of estimate.sheets) {
    const { title, subject, answer, isAlternative } = sheet;
    if (answer === undefined || isAlternative) continue;
    const mark = proposedBehind(sheet, estimate).length === 0 ? "" : " (from proposed facts)";
    answers.set(subject === "" ? title : `${title}, ${subject}`, `${answer.text}${mark}`);
  }
  return answers;
}

function different(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Difference[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .map((key) => ({ key, before: before.get(key), after: after.get(key) }))
    .filter((one) => one.before !== one.after);
}
