/** The page of keys: every action of the register by where it holds, with its key where it has one. */

import { useEffect } from "react";
import { type About, EVERYWHERE, IN_PRACTICE, OF_FIELDS, ON_A_DESIGN, printedKey } from "../actions.ts";

export function KeysPage() {
  useEffect(() => {
    document.title = "Keys · Heptad";
  }, []);
  return (
    <main className="plain-page page-keys">
      <h1>
        Everything has its place in <kbd>{printedKey(EVERYWHERE.search.keys[0])}</kbd>, and what is used often a key.
      </h1>
      <p className="q2 lede">
        Whatever can be pressed on a page is found there by its name, with the pages, the designs and the library.
      </p>
      <div className="keys">
        <Actions title="Everywhere" actions={EVERYWHERE} />
        <Actions title="On a design" actions={ON_A_DESIGN} />
        <div>
          <Actions title="In practice" actions={IN_PRACTICE} note="signs alone hold outside of a field" />
          <Keys title="Of fields and the browser" rows={OF_FIELDS.map(({ keys, name }) => [name, [keys]] as const)} />
        </div>
      </div>
    </main>
  );
}

interface ActionsProps {
  readonly title: string;
  readonly note?: string;
  readonly actions: Readonly<Record<string, About>>;
}

function Actions({ title, note, actions }: ActionsProps) {
  const rows = Object.values(actions).map(({ name, keys = [] }) => [name, keys.map(printedKey)] as const);
  return <Keys title={title} note={note} rows={rows} />;
}

interface KeysProps {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly (readonly [name: string, keys: readonly string[]])[];
}

function Keys({ title, note, rows }: KeysProps) {
  return (
    <section>
      <h2>
        {title} {note !== undefined && <span className="q3">{note}</span>}
      </h2>
      <table className="all">
        <tbody>
          {rows.map(([name, keys]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
