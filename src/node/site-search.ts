/** Adds search to a site on disk: an index beside the pages, read in pieces by the browser. */

import { join } from "node:path";
import type { Problem } from "../book/read-markdown.ts";

/** Undefined where it went well. A site without search is still a site: what is missing is said. */
export async function addSearch(folder: string): Promise<Problem | undefined> {
  let pagefind: typeof import("pagefind");
  try {
    pagefind = await import("pagefind");
  } catch {
    return {
      where: "search.html",
      message: "the site has no search: pagefind is not installed here",
      fix: "npm install pagefind@1.6.0, and make the site again",
    };
  }
  try {
    const { index, errors } = await pagefind.createIndex({ forceLanguage: "en" });
    if (index === undefined) return failed(errors);
    const added = await index.addDirectory({ path: folder });
    if (added.errors.length > 0) return failed(added.errors);
    const written = await index.writeFiles({ outputPath: join(folder, "pagefind") });
    return written.errors.length > 0 ? failed(written.errors) : undefined;
  } catch (error) {
    return failed([error instanceof Error ? error.message : String(error)]);
  } finally {
    await pagefind.close();
  }
}

function failed(errors: readonly string[]): Problem {
  return {
    where: "search.html",
    message: `the site has no search: ${errors.join("; ").slice(0, 200)}`,
    fix: "make the site again",
  };
}
