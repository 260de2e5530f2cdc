import { expect, it } from "vitest";
import { bareCall } from "./bare-calls.mjs";

it.each([
  ["try {\n  decodeURIComponent(text);\n  return true;\n}", "decodeURIComponent(text)"],
  ["try{encodeURI(of(text))}catch{}", "encodeURI(of(text))"],
  ["let a = 1; String.fromCodePoint(code);", "String.fromCodePoint(code)"],
  ["if (a) { b(); }\nSymbol.for(name)\n", "Symbol.for(name)"],
])("finds the call in %j whose value nothing uses: a bundler drops it", (code, found) => {
  expect(bareCall(code)).toBe(found);
});

it.each([
  "return decodeURIComponent(text) !== text;",
  "const text = decodeURIComponent(raw);",
  "{ decodeURIComponent(text).split(','); }",
  "sort(\n  encodeURI(text),\n);",
  `\`a/\${encodeURIComponent(of(name))}.json\``,
  "try { new RegExp(text); } catch {}",
])("leaves %j", (code) => {
  expect(bareCall(code)).toBeUndefined();
});
