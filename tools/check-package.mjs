// Asks npm what it would publish, and holds it against what a stranger needs: everything that the program reads, nothing else, 12 MB at most.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./build.mjs";
import { npmCommand } from "./npm-command.mjs";

const MOST_BYTES = 12e6;

/** What has to be inside: each pattern matches a file. */
const NEEDED = [
  /^bin\/heptad\.js$/,
  /^dist\/build-stamp\.json$/,
  /^dist\/src\/cli\/main\.js$/,
  /^dist\/src\/program\/main\.js$/,
  /^dist\/src\/program\/third-party-licences\.txt$/,
  /^dist\/studio\/third-party-licences\.txt$/,
  /^dist\/studio\/export\/third-party-licences\.txt$/,
  /^dist\/src\/node\/check-notes\.cjs$/,
  /^dist\/src\/index\.d\.ts$/,
  /^dist\/src\/node\/index\.d\.ts$/,
  /^designs\/movie-recommendations\.md$/,
  /^library\/templates\/any-system\.md$/,
  /^fonts\/SourceSans3-Regular\.otf$/,
  /^fonts\/DejaVuSans\.ttf$/,
  /^library\/problems\/.+\.yaml$/,
  /^docs\/design-format\.md$/,
  /^docs\/run\.schema\.json$/,
  /^src\/steps\/1-clarify\/questions\/.+\.yaml$/,
  /^integrations\/github-action\/action\.yml$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
];

/** What has no business there. */
const STRAY = [
  /\.test\./,
  /^(bench|test|tools|coverage|node_modules)\//,
  /(^|\/)\.(heptad|env|git)/,
  /\.tmp$/,
  /^runs\//,
  /^history\//,
];

/** What is wrong with a package of these files and this size. */
export function packageProblems({ files, size }) {
  const paths = files.map(({ path }) => path);
  return [
    ...NEEDED.filter((needed) => !paths.some((path) => needed.test(path))).map(
      (needed) => `nothing matches ${needed.source}`,
    ),
    ...paths.filter((path) => STRAY.some((stray) => stray.test(path))).map((path) => `${path} does not belong in it`),
    ...(size > MOST_BYTES ? [`it has ${size} bytes, ${MOST_BYTES} are the most`] : []),
  ];
}

/** A link in Markdown, outside of code; what leads out of the package or into the same page is no path. */
const LINK = /\]\((?![a-z]+:|#)([^)\s#]+)[^)]*\)/g;

/** Links of the package's own pages that lead to nothing in it: who reads them has no repository. */
export function brokenLinks(paths, read) {
  const known = new Set(
    paths.flatMap((path) => path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"))),
  );
  return paths
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const text = read(path)
        .replaceAll(/^```[\s\S]*?^```/gm, "")
        .replaceAll(/`[^`\n]*`/g, "");
      return [...text.matchAll(LINK)]
        .map(([, to]) => [to, posix.normalize(posix.join(posix.dirname(path), decodeURI(to))).replace(/\/$/, "")])
        .filter(([, at]) => !known.has(at))
        .map(([to]) => `${path} links to ${to}, which is not in the package`);
    });
}

/** What keeps these fields of package.json from being published, with a statement of where the package was built. */
export function publishProblems({ private: isPrivate, license, publishConfig = {} }) {
  return [
    ...(isPrivate === true ? ["`private` forbids publishing"] : []),
    ...(license === undefined ? ["`license` is missing"] : []),
    ...(publishConfig.access === "public" ? [] : ["`publishConfig.access` is not `public`"]),
    ...(publishConfig.provenance === true ? [] : ["`publishConfig.provenance` is not `true`"]),
  ];
}

/** What a module of the compiler's making imports: `from "x"`, `import "x"` and `import("x")`. */
const IMPORTS = /^(?:import|export)[^"'`;]*?from "([^"\n]+)";?$|^import "([^"\n]+)";?$|\bimport\("([^"\n]+)"\)/gm;

/** Packages that the built program imports and that nobody who installs it gets. */
export function undeclaredImports(folder = join(root, "dist", "src")) {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const missing = new Set();
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.js$/.test(String(name))) continue;
    const text = readFileSync(join(folder, String(name)), "utf8");
    for (const [, stated, bare, asked] of text.matchAll(IMPORTS)) {
      const wanted = stated ?? bare ?? asked;
      if (/^[.#/]|^node:/.test(wanted) || builtinModules.includes(wanted)) continue;
      const [scope, rest] = wanted.split("/");
      const packageName = scope.startsWith("@") ? `${scope}/${rest}` : scope;
      if (!(packageName in dependencies) && !(packageName in optionalDependencies))
        missing.add(`${packageName} (${String(name)})`);
    }
  }
  return [...missing];
}

/** What npm would mend in package.json by itself: what it publishes shall be what stands there. */
export function correctionsOf(said) {
  const lines = said.split("\n").filter((line) => line.startsWith("npm warn publish "));
  return lines.map((line) => line.slice("npm warn publish ".length)).filter((line) => line.startsWith('"'));
}

function main() {
  const [program, before] = npmCommand();
  const args = [
    ...before,
    "publish",
    "--dry-run",
    "--json",
    "--ignore-scripts",
    "--provenance=false",
    "--loglevel=warn",
  ];
  const { stdout, stderr, status } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) {
    process.stderr.write(`npm publish --dry-run failed:\n${stderr}\n`);
    process.exit(1);
  }
  const told = JSON.parse(stdout.slice(stdout.indexOf("{")));
  const packed = told.files === undefined ? told.heptad : told;
  const described = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const problems = [
    ...publishProblems(described),
    ...packageProblems(packed),
    ...brokenLinks(
      packed.files.map(({ path }) => path),
      (path) => readFileSync(join(root, path), "utf8"),
    ),
    ...undeclaredImports().map((one) => `${one} is imported, not declared`),
    ...correctionsOf(stderr).map((one) => `npm would publish something else: ${one}`),
  ];
  for (const problem of problems) process.stderr.write(`package: ${problem}\n`);
  // The registry compares the repository with the one that the build is signed for: no address, no statement.
  if (described.repository === undefined)
    process.stdout.write("package: write the address of the repository into package.json before the first release\n");
  process.stdout.write(`package: ${packed.files.length} files, ${(packed.size / 1e6).toFixed(2)} MB packed\n`);
  process.exit(problems.length === 0 ? 0 : 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
