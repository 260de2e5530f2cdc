/** A language server for notes: diagnostics, hover, completion and quick fixes over any connection of the protocol. */

import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  MarkupKind,
  type Range,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Severity } from "../core/finding.ts";
import type { Span } from "../core/span.ts";
import { type Completion, completionsAt } from "../note/complete.ts";
import { hoverAt } from "../note/hover.ts";
import { reviewText } from "../note/review-text.ts";
import type { Review, ReviewFinding, ReviewOptions } from "../review/review.ts";
import type { Design } from "../steps/design.ts";
import { createSettling } from "./settling.ts";

interface Read {
  readonly design: Design | undefined;
  readonly review: Review | undefined;
  readonly findings: readonly ReviewFinding[];
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  advice: DiagnosticSeverity.Information,
};

const KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  unit: CompletionItemKind.Unit,
};

/** Serves until the connection closes. `optionsOf` gives the project's settings of rules for the document at an address. */
export function serve(connection: Connection, optionsOf: (uri: string) => ReviewOptions = () => ({})): void {
  const documents = new TextDocuments(TextDocument);
  const reads = new Map<string, Read>();
  connection.onInitialize(() => ({
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      hoverProvider: true,
      completionProvider: { triggerCharacters: [" ", "{", ",", "\n"] },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    },
    serverInfo: { name: "heptad" },
  }));
  const review = (uri: string): void => {
    const document = documents.get(uri);
    if (document === undefined) return;
    const read = readDocument(document, optionsOf(uri));
    reads.set(uri, read);
    connection.sendDiagnostics({
      uri,
      version: document.version,
      diagnostics: read.findings.map((finding) => diagnosticOf(finding, uri)),
    });
  };
  const settling = createSettling(review);
  /** What the document says now, whatever is still to be reviewed. */
  const readNow = (uri: string): Read | undefined => {
    settling.settle(uri);
    return reads.get(uri);
  };
  documents.onDidChangeContent(({ document }) => settling.touch(document.uri));
  documents.onDidClose(({ document }) => {
    settling.forget(document.uri);
    reads.delete(document.uri);
    connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const read = readNow(textDocument.uri);
    if (document === undefined || read === undefined) return null;
    const value = hoverAt(read.design, read.review, document.offsetAt(position));
    return value === undefined ? null : { contents: { kind: MarkupKind.Markdown, value } };
  });
  connection.onCompletion(({ textDocument, position }): CompletionItem[] => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    return completionsAt(document.getText(), document.offsetAt(position)).map(({ label, insert, kind, detail }) => ({
      label,
      insertText: insert,
      kind: KINDS[kind],
      detail,
    }));
  });
  connection.onCodeAction(({ textDocument, range }): CodeAction[] =>
    (readNow(textDocument.uri)?.findings ?? [])
      .filter(({ edits, at }) => edits !== undefined && overlaps(rangeOf(at), range))
      .map((finding) => ({
        title: finding.fix ?? finding.message,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(finding, textDocument.uri)],
        edit: {
          changes: {
            [textDocument.uri]: (finding.edits ?? []).map((edit) => ({ range: rangeOf(edit.at), newText: edit.text })),
          },
        },
      })),
  );
  documents.listen(connection);
  connection.listen();
}

/** A Markdown file with neither facts nor the headings of a design is none of ours. */
function readDocument(document: TextDocument, options: ReviewOptions): Read {
  const read = reviewText(document.getText(), document.uri, options);
  return { design: read?.design, review: read?.review, findings: read?.review.findings ?? [] };
}

function diagnosticOf(finding: ReviewFinding, uri: string): Diagnostic {
  const { code, severity, message, at, related = [], why, fix } = finding;
  const text = [message, ...(why === undefined ? [] : [`why: ${why}`]), ...(fix === undefined ? [] : [`fix: ${fix}`])];
  return {
    range: rangeOf(at),
    severity: SEVERITIES[severity],
    code,
    source: "heptad",
    message: text.join("\n"),
    relatedInformation: related.map((one) => ({ location: { uri, range: rangeOf(one.at) }, message: one.message })),
  };
}

function rangeOf({ start, end }: Span): Range {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

function overlaps(a: Range, b: Range): boolean {
  const isBefore = (one: Range["start"], other: Range["start"]) =>
    one.line < other.line || (one.line === other.line && one.character <= other.character);
  return isBefore(a.start, b.end) && isBefore(b.start, a.end);
}
