import { dataName } from "../../pipeline/experiment/data-name.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { metricsOfAnotherTask } from "../prepare/metrics-of-another-task.ts";
import { countOf } from "../words/count-of.ts";
import { answer } from "./answer.ts";
import { openRevision, prepareModel, type RevisionChoice } from "./open-revision.ts";
import { plainText } from "./plain-text.ts";

/** `modelsync validate`: reads the policy and every experiment of one revision. Answers the exit code. */
export async function validate(options: RevisionChoice): Promise<number> {
  return answer(await readEverything(options));
}

/** One line per file that is in order, or every problem in all of them. */
async function readEverything(options: RevisionChoice): Promise<Outcome<string>> {
  const opened = await openRevision(options);
  if (!opened.ok) return opened;
  const { snapshot, models } = opened.value;
  const lines = [`${policyPath}: ${countOf(models.length, "model")}`];
  const problems: Problem[] = [];
  for (const model of models) {
    const prepared = await prepareModel(snapshot, model);
    if (!prepared.ok) problems.push(...prepared.problems);
    else {
      const { experiment } = prepared.value;
      problems.push(...metricsOfAnotherTask(model, experiment));
      const gated = Object.keys(model.metrics).length > 0 ? "" : "; nothing is gated: name a metric under metrics";
      lines.push(`${plainText(model.experiment)}: model ${model.id}, data ${plainText(dataName(experiment))}${gated}`);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: lines.join("\n"), notes: [] };
}
