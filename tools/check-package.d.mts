/** The types of the package's check, for its test. */

export declare function packageProblems(packed: {
  readonly files: readonly { readonly path: string }[];
  readonly size: number;
}): string[];
export declare function undeclaredImports(folder?: string): string[];
/** What keeps these fields of package.json from being published. */
export declare function publishProblems(described: {
  readonly private?: boolean;
  readonly license?: string;
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
}): string[];
/** Links of the package's own pages that lead to nothing in it. */
export declare function brokenLinks(paths: readonly string[], read: (path: string) => string): string[];
/** What npm says that it would mend in package.json, from what it prints. */
export declare function correctionsOf(said: string): string[];
