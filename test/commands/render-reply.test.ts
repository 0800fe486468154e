import { expect, it } from "vitest";
import { renderReply } from "../../src/commands/render-reply.ts";

it("stays within what GitHub takes", () => {
  const sentence = "value `x` (default), ".repeat(200);
  const reply = renderReply([{ kind: "told", says: Array(100).fill(sentence) }])!;
  expect(Buffer.byteLength(reply)).toBeLessThanOrEqual(65_536);
  expect(reply).toMatch(/\n\n\(\d+ characters are left out here\.\)$/);
});
