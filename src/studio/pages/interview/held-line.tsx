/** Asks what becomes of a line that was typed and not sent: nothing is made of it that nobody said. */

import { useEffect, useRef } from "react";

export interface Choice {
  readonly says: string;
  readonly act: () => void;
}

interface HeldLineProps {
  readonly text: string;
  readonly why: string;
  readonly choices: readonly Choice[];
  /** Where it can be left as it was. */
  readonly cancel?: () => void;
}

export function HeldLine({ text, why, choices, cancel }: HeldLineProps) {
  const first = useRef<HTMLButtonElement>(null);
  const isPressed = cancel !== undefined;
  // Whoever pressed a button is asked at once; whoever was overtaken may be typing.
  useEffect(() => {
    if (!isPressed) return;
    first.current?.focus();
    // All of it: the focus alone brings the first button into sight.
    first.current?.closest("fieldset")?.scrollIntoView({ block: "nearest" });
  }, [isPressed]);
  return (
    <fieldset
      className="held-line"
      aria-label={why}
      onKeyDown={(event) => {
        if (event.key === "Escape") cancel?.();
      }}
    >
      <p className="label" role="status">
        {why}
      </p>
      <p className="held-text">“{text.trim()}”</p>
      <p className="acts">
        {choices.map(({ says, act }, i) => (
          <button key={says} className="btn" type="button" onClick={act} ref={i === 0 ? first : undefined}>
            {says}
          </button>
        ))}
        {cancel !== undefined && (
          <button className="btn quiet" type="button" onClick={cancel}>
            Go on writing
          </button>
        )}
      </p>
    </fieldset>
  );
}
