// Compiles src/kernels/assembly/*.ts to committed src/kernels/generated/*.wasm.gen.ts; skips every kernel whose sources are unchanged.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = "src/kernels/assembly";
const GENERATED = "src/kernels/generated";
const FLAGS =
  "-O3 --enable simd --runtime stub --noAssert --importMemory --initialMemory 1 --maximumMemory 65536 --use abort=";

/** The names of the kernels: every file of the sources' folder itself; what they share lies in `parts/`. */
export function kernelNames() {
  return readdirSync(join(root, SOURCES))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** The text of a kernel's generated file, compiled now. */
export async function generateKernel(name) {
  const plain = await compile(name, "");
  const shared = await compile(name, "--enable threads --sharedMemory");
  const differing = [...plain.keys()].filter((at) => plain[at] !== shared[at]);
  if (plain.length !== shared.length || differing.length !== 1) {
    throw new Error(`${name}: the shared variant differs in more than the memory's flag; kernels must not use atomics`);
  }
  return `/** The kernel \`${name}\`, compiled from assembly/${name}.ts by tools/build-kernels.mjs. */

import type { KernelBinary } from "../kernel.ts";

// sources ${fingerprint(name)}
export const ${identifier(name)}Kernel: KernelBinary = {
  name: "${name}",
  sharedFlagAt: ${differing[0]},
  base64:
    "${Buffer.from(plain).toString("base64")}",
};
`;
}

export function generatedPath(name) {
  return join(root, GENERATED, `${name}.wasm.gen.ts`);
}

async function compile(name, more) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(
    [`${SOURCES}/${name}.ts`, ...FLAGS.split(" "), ...more.split(" ").filter(Boolean), "-o", "kernel.wasm"],
    {
      readFile: (file, base) => (existsSync(join(base, file)) ? readFileSync(join(base, file), "utf8") : null),
      writeFile: (_file, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${SOURCES}/${name}.ts does not compile\n${stderr}`);
  return binary;
}

/** Of everything the bytes depend on: the kernel's source with the parts it imports, the compiler and its flags. */
export function fingerprint(name) {
  const hash = createHash("sha256").update(FLAGS);
  const compiler = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.assemblyscript;
  hash.update(`\0assemblyscript ${compiler}\0`);
  for (const file of [...sourcesOf(join(root, SOURCES, `${name}.ts`))].sort())
    hash.update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function sourcesOf(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/gu)) {
    sourcesOf(`${join(dirname(file), path)}.ts`, found);
  }
  return found;
}

function identifier(name) {
  return name.replace(/-(.)/gu, (_, letter) => letter.toUpperCase());
}

async function build() {
  mkdirSync(join(root, GENERATED), { recursive: true });
  for (const name of kernelNames()) {
    const path = generatedPath(name);
    if (existsSync(path) && readFileSync(path, "utf8").includes(`// sources ${fingerprint(name)}\n`)) continue;
    const text = await generateKernel(name);
    writeFileSync(path, text);
    process.stderr.write(`wrote ${GENERATED}/${name}.wasm.gen.ts\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(root);
  await build();
}
