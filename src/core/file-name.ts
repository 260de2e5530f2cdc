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
