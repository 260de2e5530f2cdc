/** Compiles Typst to PDF with the compiler that is installed beside Heptad, where it is. */

import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { z } from "zod";
import type { SetPiece } from "../book/set-book.ts";
import { FailureError } from "../core/outcome.ts";
import { bookFonts } from "./book-fonts.ts";

export interface BookCompiler {
  /** Throws a `FailureError` that says what the compiler did not take. */
  set(source: string): SetPiece;
  /** Makes a picture known under a name; false where the compiler cannot read it. */
  addPicture(name: string, content: Buffer): boolean;
}

type Typst = typeof import("@myriaddreamin/typst-ts-node-compiler");

/** Throws a `FailureError` where the compiler is not installed. */
export async function openBookCompiler(): Promise<BookCompiler> {
  const { NodeCompiler } = await loadTypst();
  const compiler = NodeCompiler.create({ workspace: "/", fontArgs: [{ fontBlobs: bookFonts() }] });
  return {
    addPicture(name, content) {
      compiler.mapShadow(name, content);
      return !compiler.compile({ mainFileContent: `#image("${name}")` }).hasError();
    },
    set(mainFileContent) {
      // Asked for at once: a document that is handed out is held until its wrapper is collected, who knows when.
      const bytes = pdfOf(compiler, mainFileContent);
      const found = placesOf(compiler.query({ mainFileContent }, { selector: "<places>", field: "value" }));
      // What laying out has kept for a next time is as large as the piece; there is no next time.
      compiler.evictCache(0);
      return { bytes, places: found };
    },
  };
}

function pdfOf(compiler: NodeCompiler, mainFileContent: string): Uint8Array {
  try {
    return compiler.pdf({ mainFileContent }, { creationTimestamp: 0 });
  } catch (error) {
    const problem = compiler.compile({ mainFileContent }).takeDiagnostics();
    const words = problem === null ? String(error) : problem.shortDiagnostics.map(messageOf).join("; ");
    throw new FailureError({
      code: "book-not-compiled",
      message: `the book could not be set: ${words.slice(0, 300)}`,
      fix: "this is a fault of Heptad; --to md and --to site do not need the compiler",
    });
  }
}

/** What `places-here` of the style says: names with their page and how far down it they stand. */
function placesOf(found: unknown): SetPiece["places"] {
  return PLACES.parse(found).flatMap((list) => list.map(([name, page, below]) => ({ name, place: { page, below } })));
}

const PLACES = z.array(z.array(z.tuple([z.string(), z.number(), z.number()])));

export async function hasBookCompiler(): Promise<boolean> {
  try {
    await loadTypst();
    return true;
  } catch {
    return false;
  }
}

async function loadTypst(): Promise<Typst> {
  try {
    return await import("@myriaddreamin/typst-ts-node-compiler");
  } catch (error) {
    throw new FailureError({
      code: "no-typst",
      message: `a PDF needs the Typst compiler, which is not installed here (${error instanceof Error ? error.message.split("\n")[0].slice(0, 120) : String(error)})`,
      where: "--to pdf",
      fix: "npm install @myriaddreamin/typst-ts-node-compiler@0.7.0, or take --to site or --to md, which need nothing more",
    });
  }
}

function messageOf(diagnostic: unknown): string {
  return typeof diagnostic === "object" && diagnostic !== null && "message" in diagnostic
    ? String(diagnostic.message)
    : String(diagnostic);
}
