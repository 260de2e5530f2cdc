/** The label by which the metrics of one note's service are told from those of others that the same Prometheus reads. */

/** On everything that the service counts, constant: it adds no series. */
export const NOTE_LABEL = "note";

/** A metric of the service, with the labels that are asked for: what stands within quotes may hold any brace. */
const SERIES = /\b(heptad_\w+)(?:\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\})?/gu;

/** An expression, or the name of a series, of this note's service alone. */
export function ofNote(expression: string, note: string): string {
  const own = `${NOTE_LABEL}=${JSON.stringify(note)}`;
  return expression.replace(
    SERIES,
    (_, name: string, labels: string | undefined) =>
      `${name}{${own}${labels === undefined || labels === "" ? "" : `,${labels}`}}`,
  );
}

/** Series of a service by their names, with their values in promtool's notation, of this note's service alone. */
export function seriesOfNote(series: Readonly<Record<string, string>>, note: string): Record<string, string> {
  return Object.fromEntries(Object.entries(series).map(([name, values]) => [ofNote(name, note), values]));
}
