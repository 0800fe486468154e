import { expect, it } from "vitest";
import { z } from "zod";
import { readablePart } from "../../../pipeline/experiment/readable-part.ts";

const schema = z.strictObject({
  name: z.string(),
  size: z.number().default(1),
  of: z.strictObject({ kind: z.enum(["a", "b"]).default("a") }).prefault({}),
  items: z.array(z.strictObject({ id: z.string(), tags: z.array(z.string()).default([]) })).default([]),
});
const right = { name: "x", size: 1, of: { kind: "a" }, items: [] };

it.each<[string, unknown, unknown]>([
  [
    "what is right",
    { name: "x", size: 2, items: [{ id: "i" }] },
    { ...right, size: 2, items: [{ id: "i", tags: [] }] },
  ],
  ["all but a key that does not exist", { name: "x", nmae: "y" }, right],
  ["a default in place of a wrong value", { name: "x", size: "2" }, right],
  ["all but a wrong value further in", { name: "x", of: { kind: "c", knid: "a" } }, right],
  [
    "all but an item without what it needs",
    { name: "x", items: [{ tags: ["t"] }, { id: "i" }] },
    { ...right, items: [{ id: "i", tags: [] }] },
  ],
  [
    "the items around wrong ones",
    { name: "x", items: [{ id: "i", tags: ["s", 1, "t", 2] }] },
    { ...right, items: [{ id: "i", tags: ["s", "t"] }] },
  ],
  ["nothing without what the whole needs", { size: 2 }, null],
  ["nothing of what has another form", ["x"], null],
  ["nothing of nothing", null, null],
])("keeps %s", (_, value, expected) => {
  expect(readablePart(schema, value)).toEqual(expected);
});

it("keeps nothing when a key that it needs whole has a mistake", () => {
  const value = { name: "x", size: "2", of: { kind: "c" } };
  expect([readablePart(schema, value, ["items"]), readablePart(schema, value, ["of"])]).toEqual([right, null]);
});
