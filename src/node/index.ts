/** The door for programs on Node: what keeps its memory in files. The rest of the library is in `src/index.ts` and runs in a browser too. */

export { type DurableDecider, type DurableDeciderOptions, openDurableDecider } from "./durable-decider.ts";
