/** Offers actions while a part of a page is shown: their keys do them, and the palette lists them. */

import { useEffect, useRef } from "react";
import { ACTIONS, type ActionId } from "../actions.ts";

/** What an action does now; with a name of its own where the register's would be false at the moment. */
export type Doing = (() => void) | { readonly name: string; readonly act: () => void };
/** Undefined for what cannot be done at the moment. */
export type Offer = Readonly<Partial<Record<ActionId, Doing | undefined>>>;

/** The parts that are shown, the last one first asked. */
const offers = new Set<{ readonly current: Offer }>();

export interface OfferedAction {
  readonly id: ActionId;
  readonly name: string;
  readonly keys: readonly string[];
  readonly act: () => void;
}

/** What can be done now, in the order of the register. */
export function offeredActions(): readonly OfferedAction[] {
  const now = new Map<string, Doing>();
  for (const { current } of offers)
    for (const [id, doing] of Object.entries(current)) if (doing !== undefined) now.set(id, doing);
  return idsOf(ACTIONS).flatMap((id): OfferedAction[] => {
    const doing = now.get(id);
    if (doing === undefined) return [];
    const { name, keys = [] } = ACTIONS[id];
    return [typeof doing === "function" ? { id, name, keys, act: doing } : { id, keys, ...doing }];
  });
}

export function useActions(offer: Offer): void {
  const current = useRef(offer);
  current.current = offer;
  useEffect(() => {
    if (offers.size === 0) addEventListener("keydown", onKey);
    offers.add(current);
    return () => {
      offers.delete(current);
      if (offers.size === 0) removeEventListener("keydown", onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  const name = nameOf(event);
  // Over a dialog nothing is done of the page below it.
  if (event.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
  const action = offeredActions().find(({ keys }) => keys.includes(name));
  if (action === undefined || (name.length === 1 && isTyping(event.target))) return;
  event.preventDefault();
  action.act();
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

function idsOf(actions: Readonly<Record<ActionId, unknown>>): ActionId[] {
  return Object.keys(actions).filter((id): id is ActionId => Object.hasOwn(actions, id));
}
