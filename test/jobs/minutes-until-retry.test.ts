import { expect, it } from "vitest";
import { minutesUntilRetry } from "../../src/jobs/minutes-until-retry.ts";

it.each([
  ["outage", [0, 1, 2, 4, 8, 15, 15, 15, 15, 15]],
  ["refused", [0, 1, 2, 4, 8, 15, 15, 15, null, null]],
] as const)("waits longer each time after an %s", (why, expected) => {
  expect(expected.map((_, failures) => minutesUntilRetry(failures, why))).toEqual(expected);
});
