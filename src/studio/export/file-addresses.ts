/** Addresses of an export: a file a page, and behind the `#` what the studio has behind the `?`. */

import type { Addresses } from "../addresses.ts";

/** `own` is the place that this file shows, such as `/design?path=designs/feed.md`; `root` leads to the export's folder, such as `../../`. */
export function fileAddresses(own: string, root: string): Addresses {
  const href = (to: string): string | undefined => {
    const file = fileOf(to);
    return file === undefined ? undefined : root + file;
  };
  return {
    current() {
      const { pathname, searchParams } = new URL(own, "http://studio");
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) searchParams.set(name, value);
      return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
    },
    href,
    go(to, isReplaced) {
      const file = fileOf(to);
      if (file === undefined) return;
      const [name, fragment = ""] = file.split("#");
      const isHere = name === fileOf(own);
      const address = isHere ? `#${fragment}` : root + file;
      if (isReplaced) location.replace(address);
      else location.assign(address);
    },
  };
}

/** From the root of the export; undefined for a page that it does not have. */
export function fileOf(to: string): string | undefined {
  const { pathname, searchParams } = new URL(to, "http://studio");
  const note = searchParams.get("path") ?? "";
  searchParams.delete("path");
  const fragment = searchParams.size === 0 ? "" : `#${searchParams}`;
  const encoded = note
    .replace(/\.md$/u, "")
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");
  switch (pathname) {
    case "/":
      return "index.html";
    case "/library":
      return `library.html${fragment}`;
    case "/design":
      return `notes/${encoded}.html${fragment}`;
    case "/report":
      return `notes/${encoded}.report.html`;
    default:
      return undefined;
  }
}
