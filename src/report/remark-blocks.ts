/** Splits a remark into prose and fenced blocks, which are shown as they are. */

export interface RemarkBlock {
  readonly kind: "prose" | "fenced";
  readonly text: string;
}

const FENCE = /\s*```\n([\s\S]*?)\n```\s*/u;

/** The blocks in their order; a remark without a fence is one block of prose. */
export function remarkBlocks(text: string): RemarkBlock[] {
  // A pattern with one group gives prose and fenced text in turn.
  return text
    .split(FENCE)
    .map((part, at): RemarkBlock => ({ kind: at % 2 === 1 ? "fenced" : "prose", text: part }))
    .filter(({ text: part }) => part !== "");
}
