import { dataName } from "../../pipeline/experiment/data-name.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { readPolicy } from "../git/local-policy.ts";
import { openRepository } from "../git/repository.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { prepareRevision } from "../prepare/prepare-revision.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { exitCodes } from "./exit-codes.ts";
import { plainText } from "./plain-text.ts";
import { print, tell } from "./print.ts";
import { showProblems } from "./show-problems.ts";
import { noExperiment, unknownRevision } from "./usage-problems.ts";

export interface ValidateOptions {
  repository: string;
  revision: string;
}

/** `modelsync validate`: reads the policy and every experiment of one revision. Answers the exit code. */
export async function validate(options: ValidateOptions): Promise<number> {
  const read = await readEverything(options);
  if (!read.ok) {
    tell(showProblems(read.problems));
    return exitCodes.cannotEvaluate;
  }
  print(read.value.join("\n"));
  return exitCodes.pass;
}

/** One line per file that is in order, or every problem in all of them. */
async function readEverything({ repository, revision }: ValidateOptions): Promise<Outcome<string[]>> {
  const opened = await openRepository(repository);
  if (!opened.ok) return opened;
  const commit = await opened.value.commit(revision);
  if (commit === null) return { ok: false, problems: [unknownRevision("--revision", revision)] };
  const snapshot = opened.value.snapshot(commit);
  const policy = await readPolicy(snapshot, revision, await loadChecks());
  if (!policy.ok) return policy;
  const lines = [`${policyPath}: ${countOf(policy.value.models.length)}`];
  const problems: Problem[] = [];
  for (const { id, experiment } of policy.value.models) {
    const prepared = await prepareRevision(snapshot, experiment, estimators);
    if (prepared.state === "problems") problems.push(...prepared.problems);
    else if (prepared.state === "absent") problems.push(noExperiment(id, experiment));
    else lines.push(`${plainText(experiment)}: model ${id}, data ${plainText(dataName(prepared.experiment))}`);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: lines, notes: [] };
}

function countOf(models: number): string {
  return models === 1 ? "1 model" : `${models} models`;
}
