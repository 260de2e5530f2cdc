/** What the server answers of the library, as the pages read it. */

export interface LibraryHit {
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  readonly steps: readonly number[];
}

export interface LibraryAnswer {
  readonly total: number;
  readonly takenFor: readonly string[];
  readonly kinds: Readonly<Record<string, number>>;
  readonly hits: readonly LibraryHit[];
}
