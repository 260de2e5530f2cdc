/** The key of an action, as it is printed in its button. */

import { ACTIONS, type ActionId, printedKey } from "../actions.ts";

export function KeyOf({ action }: { readonly action: ActionId }) {
  return (
    <>
      {(ACTIONS[action].keys ?? []).map((key) => (
        <kbd key={key}>{printedKey(key)}</kbd>
      ))}
    </>
  );
}
