import { expect, it } from "vitest";
import { waitOf } from "../../src/github/rate-limited.ts";

const now = new Date("2026-03-01T12:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const at = (seconds: number) => String(inSeconds(seconds).getTime() / 1000);

function answer(status: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { status, response: { headers } });
}

it.each<[string, unknown, Date | null]>([
  [
    "a secondary limit that names the wait",
    answer(403, "You have exceeded a secondary rate limit", { "retry-after": "7" }),
    inSeconds(7),
  ],
  [
    "a secondary limit that names none",
    answer(403, "You have exceeded a secondary rate limit", { "x-ratelimit-remaining": "10" }),
    inSeconds(60),
  ],
  ["429", answer(429, "Too many requests", { "retry-after": "3" }), inSeconds(3)],
  ["429 without any header", answer(429, "Too many requests"), inSeconds(60)],
  [
    "the primary limit",
    answer(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(900) }),
    inSeconds(900),
  ],
  [
    "a reset in the past",
    answer(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(-5) }),
    inSeconds(60),
  ],
  [
    "a refused permission",
    answer(403, "Resource not accessible by integration", { "x-ratelimit-remaining": "4000" }),
    null,
  ],
  ["a server error", answer(502, "Bad gateway", { "retry-after": "7" }), null],
  [
    "GraphQL's own limit",
    Object.assign(new Error("limit"), {
      errors: [{ type: "RATE_LIMITED" }],
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(30) },
    }),
    inSeconds(30),
  ],
  [
    "GraphQL's secondary limit, which has no type",
    Object.assign(new Error("limit"), { errors: [{ message: "You have exceeded a secondary rate limit" }] }),
    inSeconds(60),
  ],
  ["another GraphQL error", Object.assign(new Error("no"), { errors: [{ type: "NOT_FOUND" }] }), null],
  ["no error at all", "text", null],
])("reads how long to wait from %s", (_, error, expected) => {
  expect(waitOf(error, now)).toEqual(expected);
});
