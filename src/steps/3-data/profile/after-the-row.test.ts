import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { speaksOfAfter } from "./after-the-row.ts";
import { draftNote } from "./draft-note.ts";
import { profileFiles } from "./files-profile.ts";
import { openQuestions } from "./open-questions.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const AFTER = [
  ...["refunded_amount", "chargeback_date", "cancelled_at", "closed_at", "resolved", "exit_reason", "returned"],
  ...["isReturned", "chargeBackAmount", "churn_reason", "Resolution Code", "dispute_opened", "unsubscribe_date"],
  ...[
    "first_reply_minutes",
    "firstResponseTime",
    "response_time",
    "responded_at",
    "replied",
    "answered_at",
    "handled_by",
  ],
  ...[
    "handling_minutes",
    "duration",
    "call_duration",
    "outcome",
    "refund",
    "delivered_at",
    "delivery_time",
    "final_price",
  ],
  ...["Final Status", "total_after_discount", "time_to_resolve", "days_to_ship", "completed_at", "finished", "solved"],
  ...["escalated_to", "reopened", "paid_at", "payout", "confirmed_fraud", "actual_arrival", "decision", "csat"],
];
const BEFORE = [
  ...["previous_cancellations", "returns_30d", "cancellation_policy", "refundable", "is_returning_customer"],
  ...["return_rate", "n_refunds", "num_disputes", "past_closures", "last_outcome", "amount", "tenure", "discount"],
  ...["exist", "closest_branch", "settings", "historical_returns"],
  ...[
    "reply_to",
    "avg_response_time",
    "response_rate",
    "prior_outcome",
    "last_response",
    "reply_count",
    "loan_duration",
  ],
  ...["duration_months", "Duration in month", "contractDuration", "delivery_address", "delivery_fee", "handling_fee"],
  ...[
    "finals",
    "finance",
    "afternoon",
    "time_to_work",
    "days_to_expiry",
    "responsible",
    "solver",
    "paid_search",
    "factual",
  ],
  ...[
    "completeness",
    "repayment_plan_length",
    "expected_duration",
    "planned_duration",
    "priority",
    "opened_at",
    "channel",
  ],
];

describe("a column's name", () => {
  it.each(AFTER)("speaks of what comes after the row: %s", (name) => expect(speaksOfAfter(name)).toBe(true));
  it.each(BEFORE)("says nothing of what comes after the row: %s", (name) => expect(speaksOfAfter(name)).toBe(false));
});

it("leaves a column out of a drafted classification and asks, where its name speaks of what comes after the row", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "orders.csv");
  const rows = Array.from({ length: 300 }, (_, at) =>
    [at % 40, at % 17, at % 5, ["late", "broken", "other"][at % 3], at % 7 === 0 ? 1 : 0].join(","),
  );
  writeFileSync(path, `amount,refunded_amount,previous_returns,exit_reason,default_flag\n${rows.join("\n")}\n`);
  const profile = await profileFiles({ sql, files: createInputFiles() }, [path]);
  const note = draftNote(profile, { title: "Orders", date: "2026-01-31", relative: () => "orders.csv" });
  expect(note).toContain("name: amount,");
  expect(note).toContain("name: previous_returns,");
  expect(note).not.toContain("name: refunded_amount");
  expect(note).not.toContain("name: exit_reason");
  expect(openQuestions(profile).join("\n")).toContain(
    "Are `refunded_amount`, `exit_reason` known when a row is scored, or only afterwards? Their names speak of what comes later",
  );
});
