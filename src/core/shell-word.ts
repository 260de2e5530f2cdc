/** A path as a shell takes it for itself, so that a command that is printed can be copied and run. */

/** As it is where no shell would read it otherwise; a control character is written by its number, in the quotes of bash and zsh. */
export function shellWord(path: string): string {
  if (/^[\w./~-]+$/u.test(path)) return path;
  if (!/\p{Cc}/u.test(path)) return `'${path.replaceAll("'", "'\\''")}'`;
  const escaped = path.replaceAll(/[\\']|\p{Cc}/gu, (sign) =>
    sign === "\\" || sign === "'" ? `\\${sign}` : `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `$'${escaped}'`;
}
