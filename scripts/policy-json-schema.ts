import { z } from "zod";
import { type KnownChecks, policySchema } from "../src/policy/policy-schema.ts";

/** The JSON Schema (draft 2020-12) of policy files, with which editors complete and check them. */
export function policyJsonSchema(checks: KnownChecks): Record<string, unknown> {
  const { $schema, ...root } = z.toJSONSchema(policySchema(checks), { io: "input", unrepresentable: "any" });
  return { $schema, title: "ModelSync policy", ...root };
}
