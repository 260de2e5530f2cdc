/** What was typed and is not with the server yet: kept by the browser, so that no closed tab and no killed server takes it. */

const MARK = "heptad:";

/** Another one in each tab, and after a reload. */
const TAB = Math.random().toString(36).slice(2, 10);

export function keepText(name: string, text: string): void {
  try {
    localStorage.setItem(MARK + name, text);
  } catch {
    // A full or closed store: the text still stands in the field.
  }
}

export function keptText(name: string): string | undefined {
  try {
    return localStorage.getItem(MARK + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function dropText(name: string): void {
  try {
    localStorage.removeItem(MARK + name);
  } catch {
    // Nothing was kept either.
  }
}

/** What several tabs may write at once, each for itself. */
export function keepOfTab(name: string, text: string): void {
  keepText(ofTab(name, TAB), text);
}

/** All that tabs have kept under the name, this one's own first: those that are gone by now left it behind. */
export function keptOfTabs(name: string): { readonly tab: string; readonly text: string }[] {
  try {
    return Object.keys(localStorage)
      .flatMap((key) => {
        const tab = key.slice(`${MARK}${name}@`.length);
        // A tab's name holds no point: a file's name, that begins as this one, does.
        if (key !== MARK + ofTab(name, tab) || tab.includes(".")) return [];
        return [{ tab, text: localStorage.getItem(key) ?? "" }];
      })
      .sort((a, b) => Number(b.tab === TAB) - Number(a.tab === TAB));
  } catch {
    return [];
  }
}

export function dropOfTab(name: string, tab = TAB): void {
  dropText(ofTab(name, tab));
}

function ofTab(name: string, tab: string): string {
  return `${name}@${tab}`;
}
