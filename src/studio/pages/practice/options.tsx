/** The options of a question to press: what is chosen stands in the field as its letters, which may be typed too. */

export interface Option {
  readonly letter: string;
  readonly text: string;
  /** As the terminal shows it. */
  readonly line: string;
}

/** Lines such as `  b) by time`. */
export function optionsOf(lines: readonly string[]): readonly Option[] {
  return lines.flatMap((line) => {
    const { letter, text } = /^ {2}(?<letter>[a-h])\) (?<text>.*)$/su.exec(line)?.groups ?? {};
    return letter === undefined || text === undefined ? [] : [{ letter, text, line }];
  });
}

interface OptionsProps {
  readonly options: readonly Option[];
  readonly isMany: boolean;
  readonly typed: string;
  readonly choose: (typed: string) => void;
}

export function Options({ options, isMany, typed, choose }: OptionsProps) {
  const chosen = new Set(typed.toLowerCase().match(/(?<![a-z])[a-h](?![a-z])/gu) ?? []);
  const press = (letter: string): void => {
    const others = isMany ? [...chosen].filter((one) => one !== letter) : [];
    const next = isMany && chosen.has(letter) ? others : [...others, letter];
    choose(next.toSorted().join(", "));
  };
  return (
    <fieldset className="choose">
      <legend className="vh">{isMany ? "Which of these hold?" : "Which of these?"}</legend>
      {options.map(({ letter, text }) => (
        <label key={letter}>
          <input
            type={isMany ? "checkbox" : "radio"}
            name="option"
            checked={chosen.has(letter)}
            onChange={() => press(letter)}
          />
          <span>
            <b>{letter}</b> {text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
