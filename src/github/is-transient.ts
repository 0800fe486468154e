import { ZodError } from "zod";
import { isStatus } from "./is-status.ts";

/**
 * Whether an error is GitHub's, or of the way to it, so that trying again later may help: no answer, a status that is no
 * objection to what was sent, an error of GraphQL, an answer that is none of GitHub's. All else is an error of our own.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isStatus(error, 400, 422)) return false;
  if ("status" in error && typeof error.status === "number") return true;
  if (error instanceof ZodError || names.has(error.name)) return true;
  return isTransient(error.cause);
}

const names: ReadonlySet<string> = new Set(["GraphqlResponseError", "TimeoutError", "AbortError", "StaleRead"]);
