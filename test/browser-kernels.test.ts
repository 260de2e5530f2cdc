import { build, type Rollup } from "vite";
import { expect, it } from "vitest";
import { CHROMIUM, launchBrowser } from "./browser.ts";
import { trainAndSearch } from "./fixtures/kernels-in-page.ts";

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      lib: { entry: "test/fixtures/kernels-in-page.ts", formats: ["iife"], name: "kernels" },
    },
  });
  const outputs: readonly (Rollup.RollupOutput | Rollup.RollupWatcher)[] = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((output) => ("output" in output ? output.output : []));
  return chunks.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("\n");
}

it.skipIf(CHROMIUM === undefined)(
  "kernels give Chromium the bits they give Node (skipped where no Chromium is installed: apt-get install chromium)",
  { timeout: 120_000 },
  async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: `${await bundle()}\nglobalThis.kernels = kernels;` });
      const there: Awaited<ReturnType<typeof trainAndSearch>> = await page.evaluate("kernels.trainAndSearch()");
      expect(there.path).toBe("simd simd");
      expect(there).toEqual(await trainAndSearch());
    } finally {
      await browser.close();
    }
  },
);
