/** Which page is shown: the address says it, and nothing else does. */

import { type ReactNode, useSyncExternalStore } from "react";
import { type Addresses, SERVED } from "./addresses.ts";

export { addressOf, designAddress } from "./addresses.ts";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
    removeEventListener("hashchange", listener);
  };
}

let addresses: Addresses = SERVED;

export function addressBy(other: Addresses): void {
  addresses = other;
}

/** What a link to a place of the studio says; nothing where an export has no such page. */
export function hrefOf(to: string): string | undefined {
  return addresses.href(to);
}

export interface Place {
  readonly page: string;
  readonly query: URLSearchParams;
}

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, () => addresses.current());
  const url = new URL(address, "http://studio");
  return { page: url.pathname, query: url.searchParams };
}

/** Goes there without loading the page anew. */
export function go(address: string, isReplaced = false): void {
  addresses.go(address, isReplaced);
  for (const listener of listeners) listener();
  if (!isReplaced) scrollTo(0, 0);
}

export interface LinkProps {
  readonly to: string;
  readonly className?: string;
  readonly isCurrent?: boolean;
  readonly children: ReactNode;
}

export function Link({ to, className, isCurrent, children }: LinkProps) {
  return (
    <a
      href={hrefOf(to)}
      className={className}
      aria-current={isCurrent === true ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
