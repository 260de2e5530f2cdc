/** The library as the studio serves it: one search over everything, and the page of each thing as Markdown. */

import { FailureError } from "../../core/outcome.ts";
import { explainEstimate } from "../../estimate/explain.ts";
import { findInLibrary } from "../../library/find-in-library.ts";
import type { Library } from "../../library/library.ts";
import { type Entry, openSearch, type SearchIndex } from "../../library/search.ts";
import { libraryEntries } from "../../node/library-entries.ts";
import { readLibrary } from "../../node/library-files.ts";
import { readProblem } from "../../node/problem-files.ts";
import { ESTIMATES } from "../../note/estimates.gen.ts";
import { RULES } from "../../note/rules.gen.ts";
import { explainRule } from "../../review/explain.ts";
import { REFERENCES } from "../../steps/references.ts";

export type LibraryDesk = ReturnType<typeof openLibraryDesk>;

export function openLibraryDesk() {
  let read: Library | undefined;
  let once: Promise<{ entries: readonly Entry[]; index: SearchIndex }> | undefined;
  const library = () => {
    once ??= libraryEntries().then((entries) => ({ entries, index: openSearch(entries) }));
    return once;
  };
  return {
    async search(words: string, kind: string | undefined) {
      const { entries, index } = await library();
      return findInLibrary(entries, index, words, kind);
    },
    /** Everything, for a copy that needs no server. */
    entries: async () => (await library()).entries,
    async page(kind: string, name: string): Promise<{ title: string; markdown: string }> {
      const { entries } = await library();
      const entry = entries.find((one) => one.kind === kind && one.name === name);
      if (entry === undefined)
        throw new FailureError({
          code: "not-in-library",
          message: "the library has no such page",
          where: name.slice(0, 120),
        });
      read ??= readLibrary();
      return { title: entry.title, markdown: pageOf(entry, read) };
    },
  };
}

function pageOf({ kind, name, text, title }: Entry, { patterns, works }: Library): string {
  switch (kind) {
    case "rule": {
      const rule = RULES.find((one) => one.name === name);
      return rule === undefined ? text : explainRule(rule, REFERENCES);
    }
    case "pattern": {
      const pattern = patterns.find((one) => one.name === name);
      if (pattern === undefined) return text;
      return Object.entries(pattern.sections)
        .map(([heading, body]) => `## ${heading}\n\n${body}`)
        .join("\n\n");
    }
    case "work": {
      const work = works.find(({ id }) => id === name);
      if (work === undefined) return text;
      return `${work.authors}, ${work.year}. ${work.kind}.\n\n${work["good-for"]}`;
    }
    case "problem":
      return `> ${readProblem(name).prompt.trim()}\n\nThe facts behind it are told in the interview, when they are asked for.`;
    case "estimate": {
      const estimate = ESTIMATES.find((one) => one.name === name);
      return estimate === undefined ? title : explainEstimate(estimate);
    }
    case "question":
      return `${text}\n`;
    default:
      return text;
  }
}
