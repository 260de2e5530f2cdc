// Bundles the studio's pages with Vite into dist/studio, each page, the editor and the worker as a file of its own, and the pages of an export as one script.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { thirdParty } from "./third-party.mjs";

const OUT = resolve("dist/studio");

/** The library's modules only define things: what a page does not use of them is left out. */
const treeshake = { moduleSideEffects: (id) => !/[/\\]src[/\\](?!studio[/\\])/.test(id) };

const common = {
  root: resolve("src/studio"),
  configFile: false,
  envDir: false,
  logLevel: "error",
};

const [licences, exportLicences] = [thirdParty(), thirdParty()];
rmSync(OUT, { recursive: true, force: true });
await build({
  ...common,
  base: "/",
  plugins: [react(), licences.plugin],
  worker: { format: "es", plugins: () => [licences.plugin], rolldownOptions: { treeshake } },
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
// A page of the file: scheme loads no module and starts no worker: one plain script.
await build({
  ...common,
  base: "./",
  plugins: [
    react(),
    exportLicences.plugin,
    {
      name: "answer-here",
      enforce: "pre",
      resolveId: (id, from) =>
        /(?:^|\/)ask-worker\.ts$/.test(id) && from !== undefined ? resolve("src/studio/export/answer-here.ts") : null,
    },
  ],
  build: {
    outDir: join(OUT, "export"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      treeshake,
      input: resolve("src/studio/export/main.tsx"),
      output: { format: "iife", entryFileNames: "heptad.js", assetFileNames: "heptad[extname]" },
    },
  },
});
// What shows the pages where the server is gone: it names all that the pages load, and is another with every build.
const assets = readdirSync(join(OUT, "assets"))
  .toSorted()
  .map((name) => `/assets/${name}`);
const content = createHash("sha256")
  .update(assets.join("\n"))
  .update(readFileSync(join(OUT, "index.html")))
  .digest("hex");
await build({
  ...common,
  define: { BUILD: JSON.stringify(`heptad-${content.slice(0, 12)}`), ASSETS: JSON.stringify(assets) },
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: "es2023",
    rolldownOptions: {
      input: resolve("src/studio/offline/service-worker.ts"),
      output: { format: "iife", entryFileNames: "offline.js" },
    },
  },
});
licences.write(join(OUT, "third-party-licences.txt"));
exportLicences.write(join(OUT, "export", "third-party-licences.txt"));
const page = join(OUT, "index.html");
if (!existsSync(page) || /<script(?![^>]*src=)/.test(readFileSync(page, "utf8"))) {
  process.stderr.write("the studio's page holds a script of its own, which its policy refuses\n");
  process.exit(1);
}
