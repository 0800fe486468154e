import type { Problem } from "../../pipeline/problem.ts";
import { policyPath } from "../policy/parse-policy.ts";

/** Mistakes in what a person asked a command for. */

export function noModel(written: string, models: readonly string[]): Problem {
  return {
    code: "unknown-model",
    where: { path: "--model" },
    message: models.length === 0 ? "The policy of this revision has no models." : "The policy has no model of this id.",
    ...(written === "" ? {} : { written }),
    ...(models.length === 0 ? {} : { allowed: models.join(", ") }),
    remedy:
      models.length === 0 ? `Add a model to ${policyPath}.` : "Name one of the allowed models, or leave --model out.",
  };
}
