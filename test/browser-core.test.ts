import { readFileSync } from "node:fs";
import { build, type Rollup } from "vite";
import { describe, expect, it } from "vitest";
import type { DesignRead } from "../src/steps/design.ts";
import { CHROMIUM, launchBrowser } from "./browser.ts";

/** The public door as one script that leaves `heptad` in the page, with what the bundler warned of. */
async function bundle(): Promise<{ code: string; warnings: string[] }> {
  const warnings: string[] = [];
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      lib: { entry: "src/index.ts", formats: ["iife"], name: "heptad" },
      rollupOptions: { onwarn: ({ message }) => warnings.push(message) },
    },
  });
  const outputs: readonly (Rollup.RollupOutput | Rollup.RollupWatcher)[] = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((output) => ("output" in output ? output.output : []));
  return { code: chunks.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("\n"), warnings };
}

describe("the core in a page", () => {
  it.skipIf(CHROMIUM === undefined)(
    "reads a note in Chromium as it does in Node (skipped where no Chromium is installed: apt-get install chromium)",
    { timeout: 120_000 },
    async () => {
      const { code, warnings } = await bundle();
      expect(warnings.filter((message) => /node:|externalized/u.test(message))).toEqual([]);
      expect(code).not.toMatch(/require\("node:|from "node:/u);
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        const faults: string[] = [];
        page.on("pageerror", (error) => faults.push(error.message));
        await page.addScriptTag({ content: `${code}\nglobalThis.heptad = heptad;` });
        const note = readFileSync("test/notes/movies.md", "utf8").replace("p99: 100 ms", "p99: 100 mss");
        const script = `(() => { const { design, findings } = heptad.parseDesign(${JSON.stringify(note)}, "note.md"); return { design, findings }; })()`;
        const read = await page.evaluate<DesignRead>(script);
        expect(faults).toEqual([]);
        expect(read.design?.model.stages?.map((stage) => stage.name)).toEqual(["candidates", "ranking", "re-ranking"]);
        expect(read.findings.map((one) => [one.code, one.at.start.line, one.fix])).toEqual([
          ["HP012", 16, "did you mean `ms`?"],
        ]);
      } finally {
        await browser.close();
      }
    },
  );
});
