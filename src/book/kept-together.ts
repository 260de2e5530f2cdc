/** Which blocks of a book are read together, and so stand on one page. */

import { type Block, plainText } from "./document.ts";

/**
 * A line about a heading is not left at the foot of a page without what it speaks of. Before a heading of its own height it is all that
 * stands there: a page of such lines would hang together from top to foot, and then nothing holds any more.
 */
export function isAbout(blocks: readonly Block[], i: number): boolean {
  const [before, block, after] = [i === 0 ? undefined : blocks[i - 1], blocks[i], blocks.at(i + 1)];
  if (block.kind !== "paragraph" || after === undefined || plainText(block.of).length >= 200) return false;
  if (announces(block)) return !announces(after);
  if (before !== undefined && before.kind !== "heading") return false;
  return before === undefined || after.kind !== "heading" || after.depth > before.depth;
}

/** What a derivation assumes and where it comes from is read with its result. */
export function isOfDerivation(blocks: readonly Block[], i: number): boolean {
  if (!isSmall(blocks.at(i + 1))) return false;
  if (!isSmall(blocks[i])) return blocks[i].kind === "formula";
  return i > 0 && (blocks[i - 1].kind === "formula" || isOfDerivation(blocks, i - 1));
}

/** How a drawing is to be read: on the next page, or before a drawing that went there, it would speak of another. */
export function noteOf(blocks: readonly Block[], i: number): Block | undefined {
  const note = blocks.at(i + 1);
  return blocks[i].kind === "figure" && isSmall(note) ? note : undefined;
}

function isSmall(block: Block | undefined): boolean {
  return block?.kind === "paragraph" && block.of.length > 0 && block.of.every(({ kind }) => kind === "small");
}

/** A bold line is a heading in all but its signs, and a colon at the end opens what follows. */
function announces(block: Block): boolean {
  if (block.kind !== "paragraph") return false;
  const words = block.of.filter((one) => one.kind !== "text" || one.text.trim() !== "");
  return words.every((one) => one.kind === "strong") || /[:：]\s*$/u.test(plainText(block.of));
}
