// Builds everything that is stale: dependencies, kernels, TypeScript. Plain JavaScript, because it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmCommand } from "./npm-command.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(root, "dist", "build-stamp.json");
const SOURCES = ["src", "tools", "bench"];

/** Installs and builds what changed since the last time. `quiet` prints only what takes long. */
export function ensureBuilt() {
  installIfStale();
  const fingerprint = fingerprintSources();
  if (existsSync(STAMP) && JSON.parse(readFileSync(STAMP, "utf8")).fingerprint === fingerprint) return;
  rmSync(STAMP, { force: true });
  if (existsSync(join(root, "tools", "build-kernels.mjs")))
    run("building kernels", process.execPath, ["tools/build-kernels.mjs"]);
  run("building", process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.node.json"]);
  run("bundling the review", process.execPath, ["tools/bundle.mjs"]);
  run("bundling the studio", process.execPath, ["tools/build-studio.mjs"]);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ fingerprint, code: fingerprintCode() }));
}

/** Runs a command in the repository root with its output shown; ends this process when it fails. */
export function run(what, command, args) {
  process.stderr.write(`${what} …\n`);
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) {
    process.stderr.write(`${what} failed (${command} ${args.join(" ")})\n`);
    process.exit(result.status ?? 1);
  }
}

/**
 * The compiler does all on one thread, where several would each read the types that they share, and ends before what it no longer
 * needs is worth looking for: half the processor time, and less memory than by its own choice.
 */
export const THRIFTY_TSC = { args: ["--singleThreaded"], env: { GOGC: "off" } };

/** The same beside others: settles with whether it succeeded, once it has ended. What it prints is shown where it failed. */
export function runBeside(what, command, args, env = {}) {
  process.stderr.write(`${what} …\n`);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(text));
    child.once("close", (status) => {
      if (status !== 0) process.stderr.write(`${Buffer.concat(said)}${what} failed (${command} ${args.join(" ")})\n`);
      resolve(status === 0);
    });
  });
}

function installIfStale() {
  // A linked folder belongs to another checkout: installing into it would empty it.
  const folder = join(root, "node_modules");
  if (existsSync(folder) && lstatSync(folder).isSymbolicLink()) return;
  const marker = join(folder, ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  if (existsSync(marker) && sameDependencies(marker, lock)) return;
  const [program, before] = npmCommand();
  run("installing dependencies", program, [...before, "ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** A fresh checkout gives the lock file a newer time than an install that is still good. */
function sameDependencies(marker, lock) {
  const installed = JSON.parse(readFileSync(marker, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || entry.link || installed[path]?.version === entry.version,
  );
}

function fingerprintSources() {
  const hash = createHash("sha256");
  for (const file of [
    ...SOURCES.flatMap(list),
    "package.json",
    "package-lock.json",
    "tsconfig.base.json",
    "tsconfig.node.json",
  ].sort()) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest("hex");
}

/** The version of the code that a run's cached results depend on: everything under src except the edges that only print. */
function fingerprintCode() {
  const hash = createHash("sha256");
  const files = list("src")
    .filter((file) => !/\.test\.ts$|^src\/(cli|studio|review|practice)\//.test(file))
    .sort();
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  // What a package computes is part of what a stage computes.
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const [path, { version, dev }] of Object.entries(packages))
    if (path !== "" && !dev) hash.update(`${path}@${version}\0`);
  return hash.digest("hex").slice(0, 16);
}

function list(folder) {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "work" || entry.name === "node_modules" ? [] : list(path);
    return [path];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // What is published holds nothing that an earlier build has left.
  if (process.argv.includes("--clean")) rmSync(join(root, "dist"), { recursive: true, force: true });
  ensureBuilt();
}
