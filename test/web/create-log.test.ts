import { expect, it } from "vitest";
import { createLog, maskSecrets } from "../../src/web/create-log.ts";

it.each([
  ["ghs_16C7e42F292c6912E7710c838347Ae178B4a", "[secret]"],
  ["token ghs_1234_eyJhbGciOi.JSU-zI1_NiIs.x and more", "token [secret] and more"],
  ["github_pat_11ABC_def", "[secret]"],
  ["Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl", "Bearer [secret]"],
  ["-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----\\n", "[secret]\\n"],
  ["-----BEGIN PRIVATE KEY-----\nMIIE and cut off", "[secret]"],
  ["postgres://modelsync:hunter2@db/modelsync", "postgres://modelsync:[secret]@db/modelsync"],
  [`sha256=${"a1".repeat(32)}`, "[secret]"],
  ["nothing of that kind, ghost_writer, eyJ", "nothing of that kind, ghost_writer, eyJ"],
])("masks %s", (line, masked) => {
  expect(maskSecrets(line)).toBe(masked);
});

it("writes of an error only what is fit for a log", () => {
  const lines: string[] = [];
  const log = createLog("info", (line) => lines.push(line));
  const error = Object.assign(new Error("refused with ghp_0123456789abcdef"), {
    status: 403,
    request: { headers: { authorization: "token hidden" }, body: "hidden" },
    event: { payload: "hidden" },
    errors: [new TypeError("inner"), "text", { message: "named" }, 7],
  });
  log.error({ err: error }, "failed");
  log.debug("not asked for");
  const [written] = lines.map((line) => JSON.parse(line));
  expect(lines).toHaveLength(1);
  expect(written).toMatchObject({
    level: 50,
    msg: "failed",
    err: {
      name: "Error",
      message: "refused with [secret]",
      status: 403,
      errors: ["TypeError: inner", "text", "named", "7"],
    },
  });
  expect(lines[0]).not.toContain("hidden");
});
