import { expect, it } from "vitest";
import { z } from "zod";
import { isTransient } from "../../src/github/is-transient.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error("no"), { name, ...more });
const status = (status: number) => named("HttpError", { status });

it.each<[string, unknown, boolean]>([
  ["a server error", status(502), true],
  ["no connection, to which Octokit gives a status", status(500), true],
  ["a refused token", status(401), true],
  ["a permission that may come back", status(403), true],
  ["what is not there yet", status(404), true],
  ["an objection to what was sent", status(422), false],
  ["a malformed request", status(400), false],
  ["an error of GraphQL", named("GraphqlResponseError"), true],
  ["a call that took too long", named("TimeoutError"), true],
  ["an answer that is none of GitHub's", z.object({ id: z.number() }).safeParse({}).error, true],
  ["an error that wraps one of these", new Error("reading", { cause: status(503) }), true],
  ["an error of our own", new TypeError("x is undefined"), false],
  ["something that is no error", "text", false],
])("%s", (_, error, expected) => {
  expect(isTransient(error)).toBe(expected);
});
