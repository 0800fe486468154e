import type { Problem } from "../../pipeline/problem.ts";
import { policyPath } from "../policy/parse-policy.ts";

/** Mistakes in what a person asked a command for. */

export function noExperiment(model: string, path: string): Problem {
  return {
    code: "experiment-missing",
    where: { path: policyPath, key: `models.${model}.experiment` },
    message: "The experiment file does not exist in this revision.",
    written: path,
    allowed: "a path to an experiment file in the repository",
    remedy: `Commit ${path}, or correct the path.`,
  };
}

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
