import { describe, expect, it } from "vitest";
import { heptadHere } from "../../test/heptad-here.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Command, type CommandInput, EXITS } from "./command.ts";
import { COMMANDS } from "./commands.gen.ts";
import { notWhere, notWith, onlyFor, onlyWith, refuseIgnored, watchedInput } from "./option-rules.ts";

const NOTE = `${process.cwd()}/designs/movie-recommendations.md`;

describe("an option that would change nothing", () => {
  it.each([
    [["experiment", "plan", "--baseline", "4%", "--effect", "2%", "--design", "cluster"], "--design", "interference"],
    [["experiment", "analyze", "rows.csv", "--design", "ab"], "--design", "interference"],
    [["experiment", "plan", "--mean", "4", "--effect", "2%"], "--mean", "--mean needs --sd"],
    [["bank", "check", "--area", "serving"], "--area", "check does not take --area"],
    [["bank", "list", "--variants", "3"], "--variants", "list does not take --variants"],
    [["bank", "list", "--seed", "3"], "--seed", "list does not take --seed"],
    [["bank", "import", "deck.csv", "--json"], "--json", "import does not take --json"],
    [["bank", "list", "embedding-table-size"], "WHAT", "list does not take WHAT"],
    [["book", NOTE, "--document", "design", "--title", "Mine"], "--title", "beside --document"],
    [["check", NOTE, "--json", "--format", "line"], "--json", "beside --format"],
    [["check", NOTE, "--format", "github", "--top", "3"], "--top", "only text is shortened"],
    [["check", NOTE, "--verbose", "--top", "3"], "--top", "beside --verbose"],
    [["compare", "a", "b", "--json", "--verbose"], "--verbose", "beside --json"],
    [["explain", "HP301", "--test"], "RULE", "beside --test"],
    [["estimate", NOTE, "--svg", "x.svg"], "--svg", "--svg needs --sweep"],
    [["estimate", "kv-cache", "--set", "a=1"], "--set", "takes no numbers"],
    [["interview", "feed-ranking", "sheet.yaml"], "SHEET", "SHEET needs --compare"],
    [["interview", "--list", "--minutes", "30"], "--minutes", "beside --list"],
    [["interview", "--resume", "--minutes", "30"], "--minutes", "beside --resume"],
    [["interview", "feed-ranking", "--sheet", "x.yaml", "--json"], "--json", "nothing is printed"],
    [["model", "list", NOTE, "abc"], "MODEL", "list does not take MODEL"],
    [["model", "rollback", NOTE, "--threads", "2"], "--threads", "rollback does not take --threads"],
    [["model", "list", NOTE, "--nats-creds", "x"], "--nats-creds", "needs --nats"],
    [["monitor", NOTE, "--write", "ops", "--once"], "--once", "beside --write"],
    [["new", "churn", "--label", "left"], "--label", "--label needs --data"],
    [["plan", "--hours", "4/week"], "--hours", "--hours needs --until"],
    [["practice", "--minutes", "3"], "--minutes", "--minutes needs --gauntlet"],
    [["practice", "embedding-table-size", "--area", "serving"], "--area", "beside QUESTION"],
    [["practice", "--challenge", "file.yaml", "--count", "3"], "--count", "beside --challenge"],
    [["reproduce", "--list", "--write"], "--write", "beside --list"],
    [["run", NOTE, "--plan", "--record"], "--record", "beside --plan"],
    [["run", NOTE, "--json", "--verbose"], "--verbose", "beside --json"],
    [["run", NOTE, "--url", "sc://x"], "--url", "--url needs --engine"],
    [["studio", "--export", "out", "--port", "9000"], "--port", "beside --export"],
    [["sweep", NOTE, "--set", "a=1", "--json", "--verbose"], "--verbose", "beside --json"],
  ])("is refused before anything is done: %j", async (words, where, message) => {
    const { status, stdout, stderr } = await heptadHere(temporaryFolder(), words);
    const said = `${stdout}${stderr}`;
    expect(status).toBe(2);
    expect(said).toContain(where);
    expect(said).toContain(message);
  });

  it("is named on standard error where the command never looked at it", async () => {
    const { status, stderr } = await heptadHere(temporaryFolder(), ["estimate", "1 + 1", "--verbose"]);
    expect(status).toBe(0);
    expect(stderr).toContain("--verbose changed nothing here");
    expect((await heptadHere(temporaryFolder(), ["estimate", "1 + 1", "--json"])).stderr).toBe("");
  });

  it("is decided by names that its command has", async () => {
    for (const { load } of COMMANDS) {
      const { name, options, rules = [], arguments: known } = await load();
      const names = new Set([...options, ...known].map((one) => one.name));
      const strangers = rules.flatMap(({ given, beside }) => [...given, ...beside]).filter((one) => !names.has(one));
      expect([name, strangers]).toEqual([name, []]);
    }
  });
});

describe("an action", () => {
  it.each([["bank"], ["model"], ["experiment"]])("is refused where there is none of that name: %s", async (name) => {
    const words = name === "model" ? [name, "lst", NOTE] : [name, "chek", "--folder", "x"].slice(0, 2);
    const { status, stderr } = await heptadHere(temporaryFolder(), words);
    expect(status).toBe(2);
    expect(stderr).toContain("is none of");
  });

  it("is refused before its options are", () => {
    expect(() => refuseIgnored(COMMAND, typed(["fel"], { a: true }))).toThrow("`fel` is none of feel, hear");
  });
});

const COMMAND: Command = {
  ...{ name: "x", summary: "", examples: [], exits: [EXITS.done], run: async () => 0 },
  arguments: [
    { name: "ACTION", description: "", actions: ["feel", "hear"] },
    { name: "FILE", description: "", optional: true },
  ],
  options: ["a", "b", "c"].map((name) => ({ name, description: "" })),
  rules: [
    onlyFor(["c"], "hear"),
    onlyWith(["a"], "b", "FILE"),
    notWith(["c"], "b"),
    notWhere(["b"], ({ arguments: [action] }) => action === "feel", "nothing is felt", "hear it"),
  ],
};

function typed(args: readonly string[], options: Readonly<Record<string, boolean>> = {}): CommandInput {
  return { arguments: args, has: (name) => options[name] === true, value: () => undefined, values: () => [] };
}

describe("the rules of a command", () => {
  it.each([
    [["feel"], {}, undefined],
    [["feel"], { c: true }, "feel does not take --c"],
    [["hear"], { c: true }, undefined],
    [["hear"], { a: true }, "--a needs --b or FILE"],
    [["hear", "x"], { a: true }, undefined],
    [["hear"], { a: true, b: true }, undefined],
    [["hear"], { b: true, c: true }, "--c would change nothing beside --b"],
    [["feel"], { b: true }, "nothing is felt"],
  ])("let pass what means something, and nothing else: %j %j", (args, options, message) => {
    const attempt = () => refuseIgnored(COMMAND, typed(args, options));
    if (message === undefined) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(message);
  });

  it("know what was given and never looked at", () => {
    const { input, unread } = watchedInput(COMMAND, typed([], { a: true, b: true }));
    input.has("a");
    input.value("c");
    expect(unread()).toEqual(["b"]);
    input.values("b");
    expect(unread()).toEqual([]);
  });
});
