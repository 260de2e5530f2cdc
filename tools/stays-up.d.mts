export interface Started {
  readonly args: readonly string[];
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function staysUp(started: Started): boolean;
