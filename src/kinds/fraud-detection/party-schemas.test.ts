import { expect, it } from "vitest";
import { PartyIds } from "./party-ids.ts";
import { checkParties, partySchemas } from "./party-schemas.ts";

const plain = new PartyIds(["7", "card"]);
const odd = new PartyIds(["0042"]);

it("a number is refused where the data has an id that a number would not keep, and is asked for nowhere else", () => {
  for (const [name, parties] of [
    ["customer", { customers: odd, terminals: plain }],
    ["terminal", { customers: plain, terminals: odd }],
  ] as const) {
    const text = { customer: 7, terminal: 7, [name]: "7" };
    expect(() => checkParties(parties, text)).not.toThrow();
    expect(() => checkParties(parties, { ...text, [name]: 7 })).toThrow(
      `a number would be another one than \\"0042\\"`,
    );
    const { [name]: schema } = partySchemas(parties);
    expect([7, "7"].map((given) => schema.safeParse(given).success)).toEqual([false, true]);
  }
});

it("an id is a whole number or a text of 1 to 256 characters", () => {
  const { customer } = partySchemas({ customers: plain, terminals: plain });
  const given = [7, 7.5, null, "", "x".repeat(256), "x".repeat(257)];
  expect(given.map((one) => customer.safeParse(one).success)).toEqual([true, false, false, false, true, false]);
});
