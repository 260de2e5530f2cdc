// A bundler takes these for calls that do nothing but give a value, and drops one whose value is not used. Called for what they throw, they
// must give their value to something: `try { decodeURIComponent(text); return true; } catch { return false; }` said true of everything.
const TAKEN_FOR_PURE = [
  "decodeURI",
  "decodeURIComponent",
  "encodeURI",
  "encodeURIComponent",
  "String.fromCodePoint",
  "Symbol.for",
];
const BARE = new RegExp(
  String.raw`(?:[;}]|(?<!\$)\{)\s*((?:${TAKEN_FOR_PURE.join("|").replaceAll(".", "\\.")})\((?:[^()]|\([^()]*\))*\))\s*(?:[;}]|\n)`,
  "u",
);

/** The first call in a module's code that a bundler would drop, or undefined. */
export function bareCall(code) {
  return BARE.exec(code)?.[1];
}

/** Stops a bundle of code that would do something else once it is bundled. */
export function withoutBareCalls() {
  return {
    name: "without-bare-calls",
    transform(code, id) {
      const found = bareCall(code);
      if (found !== undefined)
        this.error(`${id}: \`${found}\` would be dropped, and what it throws with it: use its value`);
    },
  };
}
