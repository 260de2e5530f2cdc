/** Words of the data as a drafted note writes them: quoted where YAML asks for it, and as names of events. */

/** A text as YAML's inline maps take it. */
export function quoted(value: string): string {
  const isPlain =
    /^[\p{L}_./][\p{L}\p{N}_./ -]*$/u.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|~)$/iu.test(value) &&
    value.trim() === value;
  return isPlain ? value : JSON.stringify(value);
}

/** A value of a column as a name of the note's own. */
export function eventName(value: string): string {
  return (
    value
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/gu, "") || "other"
  );
}

/** A column in a mapping: by its name, or by its number where it has none. */
export function columnKey(name: string): string {
  return /^[1-9]\d{0,4}$/u.test(name) ? name : quoted(name);
}
