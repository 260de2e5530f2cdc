/** How pages are addressed: by the server's own paths, or by files beside each other. */

export interface Addresses {
  /** Where the page is, as the studio names it: `/design?path=designs/feed.md&tab=run`. */
  current(): string;
  /** What a link to it says; undefined where there is no such page. */
  href(to: string): string | undefined;
  go(to: string, isReplaced: boolean): void;
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
