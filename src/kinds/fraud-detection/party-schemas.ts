/** How a request names the card and the terminal: by the ids of the team's own data, each as a number where none would be lost in it. */

import { z } from "zod";
import type { NamedDecider } from "./named-decider.ts";
import type { PartyId } from "./party-ids.ts";

export interface PartySchemas<Party extends z.ZodType<PartyId>> {
  readonly customer: Party;
  readonly terminal: Party;
}

const MOST_LETTERS = 256;

/** As it stands in a log. */
export const toldParty = z.custom<PartyId>((given) => typeof given === "number" || typeof given === "string");

/** As callers are asked for it. `odd` is an id of the data that a number would not keep. */
function askedParty(about: string, odd: string | undefined) {
  const text = z.string().min(1).max(MOST_LETTERS);
  const description = `${about} as the data writes it`;
  if (odd !== undefined)
    return text.meta({
      description: `${description}, in quotes: a number would be another one than ${JSON.stringify(odd)}`,
    });
  return z
    .union([text, z.int()])
    .meta({ description: `${description}, as a number or in quotes; one that was never met is new` });
}

/** Throws a `ZodError` for a number where the data has an id that a number would not keep. */
export function checkParties(
  { customers, terminals }: Pick<NamedDecider, "customers" | "terminals">,
  { customer, terminal }: { readonly customer: PartyId; readonly terminal: PartyId },
): void {
  if (typeof customer === "number" && customers.odd !== undefined) refuseNumber("customer", customer, customers.odd);
  if (typeof terminal === "number" && terminals.odd !== undefined) refuseNumber("terminal", terminal, terminals.odd);
}

function refuseNumber(name: string, given: number, odd: string): never {
  const message = `is ${given}, but must be a text in quotes, as the data writes it: a number would be another one than ${JSON.stringify(odd)}`;
  throw new z.ZodError([{ code: "custom", path: [name], message, input: given }]);
}

export function partySchemas({
  customers,
  terminals,
}: Pick<NamedDecider, "customers" | "terminals">): PartySchemas<z.ZodType<PartyId>> {
  return {
    customer: askedParty("Id of the card,", customers.odd),
    terminal: askedParty("Id of the terminal,", terminals.odd),
  };
}
