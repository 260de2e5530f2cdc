export function npmCommand(at?: {
  readonly execPath?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isThere?: (path: string) => boolean;
}): [program: string, before: string[]];
