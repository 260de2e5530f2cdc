/** How pages are addressed: by the server's own paths, or by files beside each other. */

export interface Addresses {
  /** Where the page is, as the studio names it: `/design?path=designs/feed.md&tab=run`. */
  current(): string;
  /** What a link to it says; undefined where there is no such page. */
  href(to: string): string | undefined;
  go(to: string, isReplaced: boolean): void;
}

/** A page with what it shows: the one way to write an address, so that no name is read as a part of it. */
export function addressOf(page: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const said = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
  return said.size === 0 ? page : `${page}?${said}`;
}

/** Of a design. */
export function designAddress(path: string, tab?: string, line?: number): string {
  return addressOf("/design", { path, tab, line });
}

/** The server answers under these. */
export const SERVED: Addresses = {
  current: () => location.pathname + location.search,
  href: (to) => to,
  go(to, isReplaced) {
    if (isReplaced) history.replaceState(null, "", to);
    else history.pushState(null, "", to);
  },
};
