/** The name of a file or folder out of its path, whichever way the path is written. */

/** The last part that is not empty: `ml-100k` of `data/ml-100k/`. The path itself where it has no parts. */
export function fileName(path: string): string {
  return (
    path
      .split(/[\\/]/u)
      .filter((part) => part !== "")
      .at(-1) ?? path
  );
}

/** The names of files, each once: where several folders hold one of the same name, as the parts of a table do, with how many there are. */
export function namesOf(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(fileName(path), (counts.get(fileName(path)) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count} files)`));
}
