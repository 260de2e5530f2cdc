#!/usr/bin/env node
// The program as people call it: hands over to the built one, or says in one line why that is not there.
import { existsSync } from "node:fs";

const program = new URL("../dist/src/cli/main.js", import.meta.url);

if (existsSync(program)) await import(program);
else {
  process.stderr.write("heptad is not built: run `npm start` or `npm run build` in its folder first\n");
  process.exitCode = 1;
}
