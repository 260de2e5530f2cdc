/** Markdown of the library as elements: headings, paragraphs, lists, tables, code, links. No HTML in it is ever HTML here. */

import { type ReactNode, useMemo } from "react";

export function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => readBlocks(text), [text]);
  return (
    <div className="md">
      {blocks.map((block, i) => (
        <Block key={i} lines={block} />
      ))}
    </div>
  );
}

/** Parted by blank lines; a fence stays whole. */
function readBlocks(text: string): string[][] {
  const blocks: string[][] = [];
  let open: string[] = [];
  let isCode = false;
  const close = (): void => {
    if (open.length > 0) blocks.push(open);
    open = [];
  };
  for (const line of text.split("\n")) {
    const isFence = /^\s*```/u.test(line);
    if (isFence && !isCode) close();
    if (isFence) isCode = !isCode;
    if (isCode || isFence) {
      open.push(line);
      if (isFence && !isCode) close();
      continue;
    }
    if (line.trim() === "") close();
    else if (/^#{1,6}\s/u.test(line)) {
      close();
      blocks.push([line]);
    } else open.push(line);
  }
  close();
  return blocks;
}

function Block({ lines }: { readonly lines: readonly string[] }) {
  const [first] = lines;
  const heading = /^(?<level>#{1,6})\s+(?<words>.*)$/u.exec(first)?.groups;
  if (heading !== undefined)
    return heading.level.length <= 2 ? <h2>{inline(heading.words)}</h2> : <h3>{inline(heading.words)}</h3>;
  if (/^\s*```/u.test(first)) return <pre>{lines.filter((line) => !/^\s*```/u.test(line)).join("\n")}</pre>;
  if (/^\s*[-*]\s/u.test(first)) return <ul>{items(lines)}</ul>;
  if (/^\s*\d+\.\s/u.test(first)) return <ol>{items(lines)}</ol>;
  if (first.startsWith(">"))
    return <blockquote>{inline(lines.map((line) => line.replace(/^>\s?/u, "")).join(" "))}</blockquote>;
  if (first.startsWith("|")) return <TableBlock lines={lines} />;
  return <p>{inline(lines.join(" "))}</p>;
}

const ITEM = /^(?<indent>\s*)(?:[-*]|\d+\.)\s+/u;

/** Items that stand further in belong to the one before them. */
function items(lines: readonly string[]): ReactNode[] {
  const outer = indentOf(lines[0]) ?? 0;
  const found: { text: string; within: string[] }[] = [];
  for (const line of lines) {
    const indent = indentOf(line);
    const last = found.at(-1);
    if (indent !== undefined && (indent <= outer || last === undefined))
      found.push({ text: line.replace(ITEM, ""), within: [] });
    else if (last !== undefined && (indent !== undefined || last.within.length > 0)) last.within.push(line);
    else if (last !== undefined) last.text += ` ${line.trim()}`;
  }
  return found.map(({ text, within }) => (
    <li key={text}>
      {inline(text)}
      {within.length > 0 && <ul>{items(within)}</ul>}
    </li>
  ));
}

function indentOf(line: string): number | undefined {
  return ITEM.exec(line)?.groups?.indent.length;
}

function TableBlock({ lines }: { readonly lines: readonly string[] }) {
  const rows = lines
    .filter((line) => !/^\|[\s:|-]+\|?$/u.test(line))
    .map((line) => line.replaceAll(/^\||\|$/gu, "").split("|"));
  const [head, ...body] = rows;
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {inline(cell.trim())}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {body.map((row) => (
          <tr key={row.join("|")}>
            {row.map((cell, i) => (
              <td key={i}>{inline(cell.trim())}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const INLINE =
  /`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\*(?<emphasis>[^*\s](?:[^*]*[^*\s])?)\*|\[(?<words>[^\]]+)\]\((?<to>[^)\s]+)\)|(?<address>https?:\/\/[^\s)*]*[^\s)*.,;:])/gu;

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    const { code, bold, emphasis, words, to = "", address } = match.groups ?? {};
    if (code !== undefined) parts.push(<code key={match.index}>{code}</code>);
    else if (bold !== undefined) parts.push(<b key={match.index}>{bold}</b>);
    else if (emphasis !== undefined) parts.push(<em key={match.index}>{inline(emphasis)}</em>);
    else if (address !== undefined || /^https?:/u.test(to))
      parts.push(
        <a key={match.index} href={address ?? to} rel="noreferrer noopener" target="_blank">
          {address ?? words}
        </a>,
      );
    else parts.push(words);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}
