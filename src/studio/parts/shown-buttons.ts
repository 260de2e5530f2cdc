/** What can be pressed on the page at the moment: the palette finds each of them by its name, whoever wrote the page. */

export interface ShownButton {
  readonly name: string;
  press(): void;
}

/** Buttons, tabs and the links that look like buttons; each name once, the first of several. */
export function shownButtons(): readonly ShownButton[] {
  const found = new Map<string, ShownButton>();
  for (const element of document.querySelectorAll<HTMLElement>(PRESSED)) {
    const name = nameOf(element);
    if (name === "" || found.has(name) || !element.checkVisibility({ visibilityProperty: true })) continue;
    found.set(name, {
      name,
      press() {
        element.focus();
        element.click();
      },
    });
  }
  return [...found.values()];
}

const PRESSED = ["button:not(:disabled)", "a.btn", "summary"].map((one) => `main ${one}`).join(",");

/** As it is read: without the key that is printed in it, and not longer than a line. */
function nameOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-label");
  if (label !== null) return label;
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return "";
  for (const part of copy.querySelectorAll("kbd, [aria-hidden=true]")) part.remove();
  for (const part of copy.querySelectorAll("span, b, small, em")) part.append(" ");
  const text = (copy.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)} …` : text;
}

const MOST_LETTERS = 100;
