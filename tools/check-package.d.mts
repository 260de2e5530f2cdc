/** The types of the package's check, for its test. */

export declare function packageProblems(packed: {
  readonly files: readonly { readonly path: string }[];
  readonly size: number;
}): string[];
export declare function undeclaredImports(folder?: string): string[];
