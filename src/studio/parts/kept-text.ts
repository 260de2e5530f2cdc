/** What was typed and is not with the server yet: kept by the browser, so that no closed tab and no killed server takes it. */

const MARK = "heptad:";

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
