/** The statements of a text that `heptad sql` prints, one by one, as a client hands them to an engine. */

/** Without the remarks; `last` is what shows the profile. */
export function sqlStatements(text: string): { readonly views: readonly string[]; readonly last: string } {
  const plain = text
    .split("\n")
    .filter((line) => !line.startsWith("--"))
    .join("\n");
  const statements = plain
    .split(/;\n/u)
    .map((one) => one.trim().replace(/;$/u, ""))
    .filter((one) => one !== "");
  return { views: statements.slice(0, -1), last: statements.at(-1) ?? "" };
}
