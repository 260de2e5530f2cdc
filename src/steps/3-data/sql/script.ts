/** A script of SQL: statements that each leave a view behind, and what is said of them to whoever reads the text. */

import type { SqlDialect } from "./sql-dialect.ts";

/** One statement, without its semicolon. */
export interface Statement {
  /** The view that it makes. */
  readonly view: string;
  /** A sentence for the reader of the text: what a row of the view is. */
  readonly says: string;
  /** The query behind the view. */
  readonly query: string;
  /** Whether later views read it so often that its rows are kept. */
  readonly isKept?: boolean;
}

/** The statement as an engine takes it. */
export function createView({ view, query }: Statement): string {
  return `CREATE OR REPLACE TEMPORARY VIEW ${view} AS\n${query}`;
}

/** The whole text: a heading, the views in order, and statements that come last. Rows of views that are kept may lie in `folder`. */
export function scriptText(
  heading: readonly string[],
  statements: readonly Statement[],
  last: readonly string[],
  { keep }: Pick<SqlDialect, "keep">,
  folder: string,
): string {
  const lines = heading.map((line) => `-- ${line.replaceAll(/\s+/gu, " ")}`);
  const views = statements.map((one) =>
    [
      `-- ${one.says}\n${createView(one)};`,
      ...(one.isKept === true ? keep(one.view, folder).map((text) => `${text};`) : []),
    ].join("\n"),
  );
  return `${[lines.join("\n"), ...views, ...last.map((one) => `${one};`)].join("\n\n")}\n`;
}

/** `WITH a AS (…), b AS (…)` and a query after it; the query alone where there are no tables. */
export function withTables(tables: readonly (readonly [name: string, sql: string])[], query: string): string {
  if (tables.length === 0) return query;
  return `WITH ${tables.map(([name, sql]) => `${name} AS (\n  ${sql})`).join(",\n")}\n${query}`;
}
