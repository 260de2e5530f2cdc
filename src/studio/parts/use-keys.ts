/** Keys of a page: `Alt+m`, `Ctrl+k`, `f8`, or one sign where nothing is being typed. */

import { useEffect, useRef } from "react";

export type Keys = Readonly<Record<string, () => void>>;

export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const name = nameOf(event);
      const action = current.current[name];
      if (action === undefined || event.defaultPrevented) return;
      if (name.length === 1 && isTyping(event.target)) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function nameOf({ key, code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  // With Alt a layout may give another letter: the place of the key counts.
  if (altKey && /^Key[A-Z]$/u.test(code)) return `Alt+${code.slice(3).toLowerCase()}`;
  if (ctrlKey || metaKey) return `Ctrl+${key.toLowerCase()}`;
  const plain = /^F\d+$/u.test(key) ? key.toLowerCase() : key;
  return shiftKey && key.length > 1 ? `Shift+${plain}` : plain;
}

function isTyping(target: EventTarget | null): boolean {
  // What is ticked or dragged takes no signs.
  if (target instanceof HTMLInputElement) return !/^(?:radio|checkbox|range|button)$/u.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:TEXTAREA|SELECT)$/u.test(target.tagName));
}
