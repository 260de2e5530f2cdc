/** Which pages are open on a session, by the signs that they give: a page that crashed gives none. */

export interface TabsOpen {
  here(session: string, tab: string, at: number): void;
  /** How many are left of those that gave a sign lately. */
  left(session: string, tab: string, at: number): number;
}

export function openTabs(awayMs: number): TabsOpen {
  const sessions = new Map<string, Map<string, number>>();
  return {
    here(session, tab, at) {
      const tabs = sessions.get(session) ?? new Map<string, number>();
      sessions.set(session, tabs.set(tab, at));
    },
    left(session, tab, at) {
      const tabs = sessions.get(session);
      tabs?.delete(tab);
      for (const [one, last] of tabs ?? []) if (at - last > awayMs) tabs?.delete(one);
      if (tabs?.size === 0) sessions.delete(session);
      return tabs?.size ?? 0;
    },
  };
}
