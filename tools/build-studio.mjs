// Bundles the studio's pages with Vite into dist/studio, each page, the editor and the worker as a file of its own.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const OUT = resolve("dist/studio");

/** The library's modules only define things: what a page does not use of them is left out. */
const treeshake = { moduleSideEffects: (id) => !/[/\\]src[/\\](?!studio[/\\])/.test(id) };

rmSync(OUT, { recursive: true, force: true });
await build({
  root: resolve("src/studio"),
  base: "/",
  configFile: false,
  envDir: false,
  logLevel: "error",
  plugins: [react()],
  worker: { format: "es", rolldownOptions: { treeshake } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    // A data: address in a style sheet is none that the policy lets in.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { treeshake },
  },
});
const page = join(OUT, "index.html");
if (!existsSync(page) || /<script(?![^>]*src=)/.test(readFileSync(page, "utf8"))) {
  process.stderr.write("the studio's page holds a script of its own, which its policy refuses\n");
  process.exit(1);
}
