/** Findings as annotations of a GitHub workflow (workflow commands, https://docs.github.com/actions). */

import type { Severity } from "../../core/finding.ts";
import type { Review } from "../review.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", advice: "notice" };

/** One line per finding; a workflow shows each beside the line it speaks of. `nameOf` gives a file's path in the repository. */
export function renderGithub(reviews: readonly Review[], nameOf: (file: string) => string = (file) => file): string {
  // A note has many findings, and its name in the repository is asked of the disk.
  const names = new Map<string, string>();
  const named = (file: string): string => {
    const name = names.get(file) ?? nameOf(file);
    names.set(file, name);
    return name;
  };
  return reviews
    .flatMap((review) => review.findings)
    .map(({ code, name, severity, message, at, why, fix }) => {
      const sameLine = at.start.line === at.end.line;
      const properties = [
        `file=${escapeProperty(named(at.file))}`,
        `line=${at.start.line}`,
        `endLine=${at.end.line}`,
        ...(sameLine ? [`col=${at.start.column}`, `endColumn=${Math.max(at.start.column, at.end.column - 1)}`] : []),
        `title=${escapeProperty(`${code} ${name}`)}`,
      ];
      const text = [
        message,
        ...(why === undefined ? [] : [`why: ${why}`]),
        ...(fix === undefined ? [] : [`fix: ${fix}`]),
      ];
      return `::${COMMANDS[severity]} ${properties.join(",")}::${escapeData(text.join("\n"))}`;
    })
    .join("\n");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
