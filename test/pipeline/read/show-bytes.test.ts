import { expect, it } from "vitest";
import { defaultReadLimits } from "../../../pipeline/read/read-limits.ts";
import { showBytes } from "../../../pipeline/read/show-bytes.ts";

it.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [1024, "1 KiB"],
  [1023 * 1024, "1023 KiB"],
  [1024 * 1024, "1 MiB"],
  [defaultReadLimits.bytes, "50 MiB"],
  [defaultReadLimits.bytes + 1, "50.1 MiB"],
  [62_000_000, "59.2 MiB"],
])("%i bytes are %s", (bytes, expected) => {
  expect(showBytes(bytes)).toBe(expected);
});
