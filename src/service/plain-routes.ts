/** The routes of a service that are no system's own: health, metrics, the model, the experiment, and what describes them. */

import { z } from "zod";
import type { PlainRoute } from "./openapi.ts";

export type ModelWish =
  | { readonly promote: string }
  | { readonly rollback: true }
  /** It follows in the shadow from now on. */
  | { readonly shadow: string };

const statusSchema = z.strictObject({ status: z.string(), problem: z.string().nullable() });
export const wishSchema = z.union([
  z.strictObject({ promote: z.string().min(1).max(64) }),
  z.strictObject({ rollback: z.literal(true) }),
  z.strictObject({ shadow: z.string().min(1).max(64) }),
]);
const changedSchema = z.strictObject({ id: z.string() });
export const stopSchema = z.strictObject({ reason: z.string().max(200).optional() });

export const ROUTES: readonly PlainRoute[] = [
  {
    method: "get",
    path: "/health",
    summary: "Whether the process lives",
    contentType: "application/json",
    response: statusSchema,
  },
  {
    method: "get",
    path: "/ready",
    summary: "Whether it answers and remembers",
    contentType: "application/json",
    response: statusSchema,
    others: { "503": "It cannot remember at this moment; `problem` says why" },
  },
  {
    method: "get",
    path: "/metrics",
    summary: "Counts and times in the text format of Prometheus",
    contentType: "text/plain",
  },
  {
    method: "get",
    path: "/model",
    summary: "The model that serves, and what it holds",
    contentType: "application/json",
  },
  {
    method: "post",
    path: "/model",
    summary: "Promotes a model, goes back to the one before, or lets one follow in the shadow",
    contentType: "application/json",
    request: wishSchema,
    response: changedSchema,
    others: { "409": "That model is not there or does not load; the old one serves on" },
  },
  {
    method: "get",
    path: "/experiment",
    summary: "The experiment's arms and its state",
    contentType: "application/json",
  },
  {
    method: "post",
    path: "/experiment/stop",
    summary: "The kill switch: everybody gets the control from now on",
    contentType: "application/json",
    request: stopSchema,
    mayBeEmpty: true,
    others: { "409": "There is no experiment" },
  },
  { method: "get", path: "/openapi.json", summary: "This description", contentType: "application/json" },
  { method: "get", path: "/docs", summary: "The same for people", contentType: "text/html" },
];
