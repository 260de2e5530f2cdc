/** What an export answers in place of a server: what its data files brought, and the library's search over them. */

import { findInLibrary, type LibraryEntry, openSearch, type SearchIndex } from "../../index.ts";
import { type ExportedAnswers, RequestFailed } from "../api.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** `take` is what the data files call; `root` leads to the export's folder. */
export function openExportedAnswers(root: string): {
  readonly answers: ExportedAnswers;
  readonly take: (key: string, answer: unknown) => void;
} {
  const known = new Map<string, unknown>();
  const loading = new Map<string, Promise<void>>();
  let index: SearchIndex | undefined;
  /** A script beside the page: what the `file:` scheme lets a page load. */
  const load = (file: string): Promise<void> => {
    const before = loading.get(file);
    if (before !== undefined) return before;
    const loaded = new Promise<void>((done, failed) => {
      const script = document.createElement("script");
      script.src = `${root}data/${file}`;
      script.onload = () => done();
      script.onerror = () => failed(missing(file));
      document.head.append(script);
    });
    loading.set(file, loaded);
    return loaded;
  };
  const find = async (path: string, query: Query): Promise<unknown> => {
    if (path === "/api/library") {
      await load("library.js");
      // The export's own file: what it holds is what the server had.
      const entries = known.get(path) as readonly LibraryEntry[];
      index ??= openSearch(entries);
      return findInLibrary(entries, index, query.q ?? "", query.kind);
    }
    if (path === "/api/library/page") {
      const kind = query.kind ?? "";
      await load(`library-${kind}.js`);
      const pages = known.get(keyOf(path, { kind })) as Readonly<Record<string, unknown>>;
      return pages[query.name ?? ""];
    }
    return known.get(keyOf(path, query));
  };
  return {
    take: (key, answer) => known.set(key, answer),
    answers: {
      async get<T>(path: string, query: Query): Promise<T> {
        const answer = await find(path, query);
        if (answer === undefined) throw missing(path);
        // Written by the server whose answers the pages are typed by.
        return answer as T;
      },
    },
  };
}

function missing(what: string): RequestFailed {
  return new RequestFailed(
    {
      code: "not-exported",
      message: `this export does not hold ${what}`,
      fix: "make it again with `heptad studio --export`",
    },
    404,
  );
}

function keyOf(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const text = new URLSearchParams(given).toString();
  return text === "" ? path : `${path}?${text}`;
}
