/** A simulated world of cards and terminals: the embedded data of fraud detection, whose truth is known. Nothing in it was measured on people. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { Transactions } from "./transactions.ts";

/** Size of a world. */
export interface PaymentWorldOptions {
  /** Default 1,500. */
  readonly customers?: number;
  /** Default 3,000. */
  readonly terminals?: number;
  /** Days of history; default 150. */
  readonly days?: number;
}

/** People and terminals stand on a square of side 1; a person pays at terminals near home. */
interface Customer {
  readonly nearby: readonly number[];
  /** Payments a day. */
  readonly pace: number;
  readonly usualAmount: number;
  /** Day of the first payment. */
  readonly joins: number;
}

/** A time during which every payment of a customer or at a terminal may be a thief's. */
interface Compromise {
  readonly from: number;
  readonly until: number;
}

const START = Date.UTC(2018, 3, 1) / 1000;
const NEAR = 0.06;
/** Days that a compromised terminal, or card, stays so. */
const TERMINAL_DAYS = 28;
const CARD_DAYS = 14;
/** New compromises a day, per thousand terminals and cards. */
const TERMINAL_RATE = 0.2;
const CARD_RATE = 0.6;
/** Share of cards and of terminals that come during the history instead of being there from the start. */
const NEWCOMERS = 0.25;
/** A thief takes this many times what the holder spends. */
const GREED = 5;

/**
 * The payments of a world. Three kinds of fraud: at a compromised terminal half of the payments are, whatever their amount; of a
 * compromised card every third is, at five times the usual amount; and here and there a card is emptied at once. Same seed, same world.
 */
export function simulatePayments(options: PaymentWorldOptions, random: Random): Transactions {
  const { customers: customerCount = 1500, terminals: terminalCount = 3000, days = 150 } = options;
  const customers = createCustomers(customerCount, terminalCount, days, random.fork("people"));
  const broken = drawCompromises(terminalCount, days, TERMINAL_RATE, TERMINAL_DAYS, random.fork("terminals"));
  const stolen = drawCompromises(customerCount, days, CARD_RATE, CARD_DAYS, random.fork("cards"));
  const opens = Int32Array.from({ length: terminalCount }, () => firstDay(days, random));
  const rows: Payment[] = [];
  for (let customer = 0; customer < customerCount; customer++) {
    const draw = random.fork(`payments ${customer}`);
    for (let day = customers[customer].joins; day < days; day++) {
      const count = draw.poisson(customers[customer].pace);
      for (let i = 0; i < count; i++)
        rows.push(pay(customer, customers[customer], day, { broken, stolen, opens }, draw));
    }
  }
  rows.sort((a, b) => a.time - b.time || a.customer - b.customer);
  return {
    count: rows.length,
    time: Float64Array.from(rows, ({ time }) => START + time),
    customer: Int32Array.from(rows, ({ customer }) => customer),
    terminal: Int32Array.from(rows, ({ terminal }) => terminal),
    amount: Float64Array.from(rows, ({ amount }) => amount),
    fraud: Uint8Array.from(rows, ({ fraud }) => Number(fraud)),
    customers: customerCount,
    terminals: terminalCount,
    repairs: [],
    source: {
      format: "simulated",
      description:
        "a simulated world: cards that pay near home, and terminals and cards that are compromised for some weeks; no real person did any of this",
      simulated: true,
    },
  };
}

interface Payment {
  readonly time: number;
  readonly customer: number;
  readonly terminal: number;
  readonly amount: number;
  readonly fraud: boolean;
}

interface Places {
  /** Day on which each terminal takes its first payment. */
  readonly opens: Int32Array;
  readonly broken: ReadonlyMap<number, readonly Compromise[]>;
  readonly stolen: ReadonlyMap<number, readonly Compromise[]>;
}

/** How often a card is emptied at once, and what is taken. */
const EMPTIED_SHARE = 0.0006;
const EMPTIED_AMOUNT = 220;

function pay(
  customer: number,
  person: Customer,
  day: number,
  { broken, stolen, opens }: Places,
  random: Random,
): Payment {
  const { nearby, usualAmount } = person;
  const open = nearby.filter((one) => opens[one] <= day);
  const choices = open.length === 0 ? nearby : open;
  const terminal = choices[random.below(choices.length)];
  // Most is paid around one in the afternoon; draws that fall outside of the day are spread over all of it.
  const hour = 13 + 5 * random.normal();
  const second = hour >= 0 && hour < 24 ? hour * 3600 : random.uniform() * DAY;
  const usual = Math.max(0.5, usualAmount * (1 + 0.5 * random.normal()));
  const time = day * DAY + Math.floor(second);
  const [atTerminal, byCard, emptied] = [random.uniform() < 0.5, random.uniform() < 1 / 3, random.uniform()];
  const isStolen = byCard && isCompromised(stolen.get(customer), day);
  const isEmptied = emptied < EMPTIED_SHARE;
  const isSkimmed = atTerminal && isCompromised(broken.get(terminal), day);
  const amount = isEmptied ? EMPTIED_AMOUNT + 100 * random.exponential() : isStolen ? GREED * usual : usual;
  return {
    time,
    customer,
    terminal,
    amount: Math.round(amount * 100) / 100,
    fraud: isStolen || isEmptied || isSkimmed,
  };
}

function createCustomers(count: number, terminalCount: number, days: number, random: Random): readonly Customer[] {
  const place = () => ({ x: random.uniform(), y: random.uniform() });
  const terminals = Array.from({ length: terminalCount }, place);
  return Array.from({ length: count }, () => {
    const home = place();
    const distance = ({ x, y }: { x: number; y: number }): number => Math.hypot(x - home.x, y - home.y);
    const nearby = [...terminals.keys()].filter((terminal) => distance(terminals[terminal]) < NEAR);
    return {
      // Who lives far from everything orders by mail, from anywhere.
      nearby: nearby.length > 0 ? nearby : [...terminals.keys()],
      pace: 4 * random.uniform(),
      usualAmount: 5 + 95 * random.uniform(),
      joins: firstDay(days, random),
    };
  });
}

/** Day 0 for most; any day for a newcomer. */
function firstDay(days: number, random: Random): number {
  return random.uniform() < NEWCOMERS ? random.below(days) : 0;
}

/** Who is compromised when; `rate` is new compromises a day and thousand. */
function drawCompromises(
  count: number,
  days: number,
  rate: number,
  lasting: number,
  random: Random,
): ReadonlyMap<number, readonly Compromise[]> {
  const found = new Map<number, Compromise[]>();
  for (let day = 0; day < days; day++) {
    const struck = random.poisson((rate * count) / 1000);
    for (let i = 0; i < struck; i++) {
      const one = random.below(count);
      found.set(one, [...(found.get(one) ?? []), { from: day, until: day + lasting }]);
    }
  }
  return found;
}

function isCompromised(times: readonly Compromise[] | undefined, day: number): boolean {
  return times?.some(({ from, until }) => from <= day && day < until) ?? false;
}
