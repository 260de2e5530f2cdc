import { stripVTControlCharacters, styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { printFailure } from "./print-failure.ts";
import { shownText } from "./shown-text.ts";
import { createTerminal, type Style } from "./terminal.ts";

const ESCAPE = "\u001b";

describe("text for a terminal", () => {
  it("shows the escapes of a title where the terminal obeyed them: clear, title, link, cursor, hidden text", () => {
    const hostile = ["[2J", "]0;owned\u0007", "]8;;http://x\u0007here", "[1A", "[8m", "c", "[5m"].map(
      (one) => ESCAPE + one,
    );
    for (const text of [...hostile, "\u009b2J", "a\rb", "a\u0008b", "a\u007fb"]) {
      const shown = shownText(`Feed ${text} end\n\tline`, true);
      expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u);
      expect(shown).toMatch(/^Feed .* end\n\tline$/u);
    }
  });

  it("keeps every style that commands paint with, and plain text as it is", () => {
    const styles: readonly Style[] = ["bold", "dim", "red", "yellow", "green", "cyan", "magenta", "underline"];
    for (const style of styles) {
      const painted = styleText(style, "text", { validateStream: false });
      expect(shownText(`${painted}${ESCAPE}[2J`, true)).toBe(`${painted}\u241b[2J`);
    }
    expect(shownText("größer\r\nals", true)).toBe("größer\nals");
    expect(shownText("größer als\n", true)).toBe("größer als\n");
  });

  it("lets no style of a note into a pipe: without colours of ours every escape is shown", () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    const terminal = createTerminal({ stdin: {}, stdout: stream, stderr: stream, env: {} });
    terminal.out(`Feed ${ESCAPE}[31mred${ESCAPE}[39m\r\nnext`);
    terminal.note(terminal.paint("red", `Feed ${ESCAPE}[1m`));
    expect(written).toEqual(["Feed \u241b[31mred\u241b[39m\nnext\n", "Feed \u241b[1m\n"]);
  });

  it("breaks a failure at words where a window reads it, colours aside, and leaves it whole for a program", () => {
    const failure = {
      code: "nothing-to-predict",
      message: "one two three four five six seven eight",
      fix: "name columns",
    };
    const said = (columns?: number): string => {
      const written: string[] = [];
      const stream = { isTTY: true, columns, write: (text: string) => written.push(text) };
      printFailure(
        failure,
        createTerminal({ stdin: {}, stdout: stream, stderr: stream, env: { FORCE_COLOR: "1" } }),
        false,
      );
      return stripVTControlCharacters(written.join(""));
    };
    expect(said(60)).toBe("error[nothing-to-predict] one two three four five six seven\neight\n  fix: name columns\n");
    expect(said()).toBe("error[nothing-to-predict] one two three four five six seven eight\n  fix: name columns\n");
  });

  it("passes whatever a command writes, on both streams and in the line of progress", () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 80, write: (text: string) => written.push(text) };
    const terminal = createTerminal({ stdin: {}, stdout: stream, stderr: stream, env: {} });
    terminal.out(`a${ESCAPE}[2Jb`);
    terminal.note(`a${ESCAPE}[2Jb`);
    terminal.progress(`a${ESCAPE}[2Jb`);
    expect(written.filter((text) => text.includes("a\u241b[2Jb"))).toHaveLength(3);
  });
});
