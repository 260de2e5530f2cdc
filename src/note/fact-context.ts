/** Where in the facts a cursor stands: step, path and whether a key or a value is being written. Works on text that is no YAML yet. */

export interface FactContext {
  /** 0 for the front matter, else the number of the section. */
  readonly step: number;
  /** The map or the list that holds the cursor. */
  readonly path: readonly (string | number)[];
  /** The key whose value is being written; undefined where a key is. */
  readonly key: string | undefined;
  /** What is written of the key or the value so far. */
  readonly written: string;
}

/** Undefined outside of facts. `offset` counts UTF-16 units. */
export function factContextAt(text: string, offset: number): FactContext | undefined {
  // A block read with the line endings of Windows would hide its keys behind their last sign.
  const before = text.slice(0, offset).replaceAll("\r\n", "\n");
  const block = openBlock(before);
  return block === undefined ? undefined : { step: block.step, ...contextIn(block.source) };
}

/** The facts that are open where the text ends: from the line after their fence on. */
function openBlock(before: string): { readonly step: number; readonly source: string } | undefined {
  let step: number | undefined;
  let open: { readonly from: number; readonly isFacts: boolean; readonly fence: string } | undefined;
  let at = 0;
  for (const line of before.split("\n")) {
    const from = at + line.length + 1;
    if (at === 0 && line.trimEnd() === "---") {
      open = { from, isFacts: true, fence: "---" };
      step = 0;
    } else if (open !== undefined) {
      if (line.trim().startsWith(open.fence) && from <= before.length) open = undefined;
    } else {
      const fence = /^\s{0,3}(?<mark>`{3,}|~{3,})\s*(?<language>\w*)/u.exec(line)?.groups;
      const heading = /^#{2,6}\s+(?:step\s+)?(?<number>[1-7])\b/iu.exec(line)?.groups;
      if (heading !== undefined) step = Number(heading.number);
      if (fence !== undefined) open = { from, isFacts: /^ya?ml$/u.test(fence.language), fence: fence.mark };
    }
    at = from;
  }
  if (open === undefined || !open.isFacts || step === undefined || open.from > before.length) return undefined;
  return { step, source: before.slice(open.from) };
}

interface BlockLevel {
  readonly indent: number;
  readonly part: string | number;
}

function contextIn(source: string): Omit<FactContext, "step"> {
  const levels: BlockLevel[] = [];
  const flow = createFlow();
  let key: string | undefined;
  let written = "";
  for (const line of source.split("\n")) {
    if (flow.isOpen()) {
      flow.read(line);
      continue;
    }
    let rest = line;
    let indent = line.length - line.trimStart().length;
    rest = rest.trimStart();
    key = undefined;
    while (/^-(?:\s|$)/u.test(rest)) {
      while (levels.length > 0 && levels[levels.length - 1].indent > indent) levels.pop();
      const last = levels.at(-1);
      const isNext = last !== undefined && last.indent === indent && typeof last.part === "number";
      if (isNext) levels.pop();
      levels.push({ indent, part: isNext && typeof last.part === "number" ? last.part + 1 : 0 });
      const inner = rest.slice(1).trimStart();
      indent += rest.length - inner.length;
      rest = inner;
    }
    while (
      levels.length > 0 &&
      levels[levels.length - 1].indent >= indent &&
      !(typeof levels[levels.length - 1].part === "number" && levels[levels.length - 1].indent < indent)
    )
      levels.pop();
    const pair = /^(?<key>[\w.-]+)\s*:(?:\s+(?<value>.*))?$/u.exec(rest)?.groups;
    written = rest;
    if (pair !== undefined) {
      levels.push({ indent, part: pair.key });
      key = pair.key;
      written = pair.value ?? "";
    }
    if (/^[[{]/u.test(written)) flow.read(written);
  }
  const path = levels.map(({ part }) => part);
  if (flow.isOpen()) {
    const inside = flow.state();
    return { path: [...path, ...inside.path], key: inside.key, written: inside.written };
  }
  return key === undefined ? { path, key, written } : { path: path.slice(0, -1), key, written };
}

interface FlowLevel {
  readonly isMap: boolean;
  key?: string;
  index: number;
}

/** Follows brackets over lines. */
function createFlow() {
  const open: FlowLevel[] = [];
  let token = "";
  let quote: string | undefined;
  const read = (line: string): void => {
    for (let i = 0; i < line.length; i++) {
      const character = line[i];
      const top = open.at(-1);
      if (quote !== undefined) {
        if (character === quote) quote = undefined;
        token += character;
      } else if (character === '"' || character === "'") {
        quote = character;
        token += character;
      } else if (character === "{" || character === "[") {
        open.push({ isMap: character === "{", index: 0 });
        token = "";
      } else if (character === "}" || character === "]") {
        open.pop();
        token = "";
      } else if (character === "," && top !== undefined) {
        top.key = undefined;
        top.index++;
        token = "";
      } else if (character === ":" && top?.isMap === true && top.key === undefined && /\s|$/u.test(line[i + 1] ?? "")) {
        top.key = token.trim();
        token = "";
      } else token += character;
    }
  };
  const state = () => {
    const top = open.at(-1);
    const path = open.slice(0, -1).map((level) => (level.isMap ? (level.key ?? "") : level.index));
    const own = top === undefined || top.isMap ? [] : [top.index];
    return { path: [...path, ...own], key: top?.key, written: token.trimStart() };
  };
  return { read, state, isOpen: () => open.length > 0 };
}
