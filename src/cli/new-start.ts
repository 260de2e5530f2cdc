/** The ways a design note can begin: the template, blank headings, a problem of the library, or a reference design. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import { problemNames, readProblem } from "../node/problem-files.ts";
import { STEPS } from "../steps/design.ts";

/** A text to begin with; its title, system and dates are filled in by who writes it. */
export interface NoteStart {
  readonly name: string;
  /** The system that the note is of, where the start decides it. */
  readonly system?: string;
  /** A title where none is given. */
  readonly title?: string;
  readonly text: string;
  /** What to do first. */
  readonly next: (path: string) => string;
}

/** The name of the one template. */
export const GENERAL = "any-system";

/** Designs that run as they are, on a simulated world. */
const RUNNABLE: Readonly<Record<string, string>> = {
  recommendation: "movie-recommendations",
  "fraud-detection": "card-fraud",
  "visual-search": "visual-search",
};
export const RUNNABLE_SYSTEMS: readonly string[] = Object.keys(RUNNABLE);

/** All sections with facts to change, of no system in particular. */
export function templateStart(): NoteStart {
  return {
    name: GENERAL,
    text: readShipped(`library/templates/${GENERAL}.md`),
    next: (path) => `heptad check ${shellWord(path)}`,
  };
}

/** Names of the reference designs, in the order of the alphabet. */
export function designNames(): readonly string[] {
  return readdirSync(shippedUrl("designs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -".md".length))
    .sort();
}

/** A copy of a reference design: reviewed and estimated, with numbers that fit together, to be changed. */
export function designStart(design: string): NoteStart {
  const names = designNames();
  if (!names.includes(design)) {
    const suggestion = nearest(design, names);
    throw new FailureError({
      code: "unknown-design",
      message: `there is no reference design \`${design.slice(0, 60)}\``,
      where: "--from",
      fix: suggestion === undefined ? `one of ${names.join(", ")}` : `did you mean \`${suggestion}\`?`,
    });
  }
  const text = readShipped(`designs/${design}.md`);
  const system = /^system: (?<name>[\w-]+)$/mu.exec(text)?.groups?.name;
  return { name: design, system, text, next: (path) => `heptad estimate ${shellWord(path)}` };
}

/** The reference design of a system, where there is one. */
export function designOfSystem(system: string): string | undefined {
  return designNames().find((name) => designStart(name).system === system);
}

/** The seven headings, each with its question in a comment; a draft, so that nothing is asked for before its time. */
export function blankStart(): NoteStart {
  return { name: "blank", text: draftOf(""), next: firstSection };
}

/** The vague prompt of a problem and the headings. The problem's facts stay with the interviewer. */
export function problemStart(id: string): NoteStart {
  if (!problemNames().includes(id)) {
    const suggestion = nearest(id, problemNames());
    throw new FailureError({
      code: "unknown-problem",
      message: `there is no problem \`${id.slice(0, 60)}\``,
      where: "--problem",
      fix: suggestion === undefined ? `one of ${problemNames().join(", ")}` : `did you mean \`${suggestion}\`?`,
    });
  }
  const { title, prompt } = readProblem(id);
  const quoted = prompt
    .trim()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  return { name: id, system: id, title, text: draftOf(`${quoted}\n\n`), next: firstSection };
}

/** A copy of a reference design, which runs on its simulated world as it stands. */
export function runnableStart(system: string): NoteStart {
  const design = RUNNABLE[system];
  if (design === undefined) {
    throw new FailureError({
      code: "not-runnable",
      message: `no design of \`${system.slice(0, 60)}\` comes with a simulated world`,
      where: "--runs",
      fix: `write --runs ${RUNNABLE_SYSTEMS.join(" or --runs ")}`,
    });
  }
  return {
    name: design,
    system,
    text: readShipped(`designs/${design}.md`),
    next: (path) => `heptad run ${shellWord(path)}`,
  };
}

/** Titles of the problems of the library, by their names. */
export function problemChoices(): readonly { readonly name: string; readonly label: string }[] {
  return problemNames().map((name) => ({ name, label: readProblem(name).title }));
}

/** What each section answers, for who has an empty page before him. */
const QUESTIONS = [
  "Who is it for, and which number should move? How much, how fast, how reliable? What is known of the truth, and when?",
  "What is one example, and when is it positive? Which rule would do without a model? What would count as success?",
  "What is logged, by whom, how long? What is known at the moment of a prediction? Where does the past end and the test begin?",
  "Which stages, from many items to few? What does each cost, and which is the simplest that could work?",
  "What is compared with what, on which days, for whom? How far must two models differ to be told apart?",
  "How many replicas, how fast, what if it fails? How is it rolled out, and which experiment decides?",
  "What fires when it breaks, drifts or gets worse? Who acts, and when is it trained anew?",
] as const;

function draftOf(opening: string): string {
  const sections = STEPS.map(({ number, title }) => `## ${number}. ${title}\n\n<!-- ${QUESTIONS[number - 1]} -->\n`);
  return `---\nheptad: 1\ntitle: Design\nsystem: a-system\nstatus: draft\ndate: 2026-01-01\n---\n\n# Design\n\n${opening}${sections.join("\n")}`;
}

function firstSection(path: string): string {
  return `fill in section 1 under a \`\`\`yaml line (heptad schema --step 1 lists its facts), then heptad check ${shellWord(path)}`;
}

function readShipped(path: string): string {
  return readFileSync(shippedUrl(path), "utf8");
}

function shippedUrl(path: string): string {
  const up = import.meta.url.includes("/dist/src/") ? "../../../" : "../../";
  return fileURLToPath(new URL(`${up}${path}`, import.meta.url));
}
