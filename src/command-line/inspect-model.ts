import type { SuperviseOptions } from "../../pipeline/child/protocol.ts";
import { superviseInspect } from "../../pipeline/child/supervise-inspect.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { parseExperiment, readableExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { absentColumns } from "../policy/absent-columns.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { findReference } from "../prepare/drift-reference.ts";
import { dataFetcher } from "../prepare/fetch-data.ts";
import { findData } from "../prepare/find-data.ts";
import { metricsOfAnotherTask, possibleTasks } from "../prepare/metrics-of-another-task.ts";
import { readExperimentText } from "../prepare/prepare-revision.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import { noExperiment } from "../prepare/try-policy.ts";
import { answerOf } from "./child-answer.ts";

/** What is wrong with a model at one revision, in its policy, its experiment and its data, before anything is trained. */
export interface ModelInspection {
  /** Null where it can't be read. */
  experiment: Experiment | null;
  problems: Problem[];
  /** What stops nothing. */
  notes: Problem[];
}

type InspectOptions = SuperviseOptions & { signal: AbortSignal };

/**
 * Looks at everything that a model names, the columns of its data included. Mistakes of the experiment file hide none of the names in it:
 * what can be read of it is looked up in the data.
 */
export async function inspectModel(
  model: ModelPolicy,
  snapshot: Snapshot,
  options: InspectOptions,
): Promise<ModelInspection> {
  const text = await readExperimentText(snapshot, model.experiment);
  const reference = await findReference(model, snapshot);
  const problems: Problem[] = reference?.state === "problems" ? reference.problems : [];
  if (text === null) return { experiment: null, problems: [noExperiment(model), ...problems], notes: [] };
  if (!text.ok) return { experiment: null, problems: [...text.problems, ...problems], notes: [] };
  const parsed = parseExperiment(text.value, model.experiment);
  if (!parsed.ok) problems.push(...parsed.problems);
  const experiment = parsed.ok ? parsed.value : readableExperiment(text.value, model.experiment);
  if (experiment === null) return { experiment, problems, notes: [] };
  const inData = await inspectData(model, experiment, snapshot, options);
  // What an experiment with mistakes does with the data says nothing, but for the names that are not there.
  problems.push(...inData.problems.filter(({ code }) => parsed.ok || code.endsWith("-absent")));
  return { experiment, problems, notes: parsed.ok ? inData.notes : [] };
}

async function inspectData(
  model: ModelPolicy,
  experiment: Experiment,
  snapshot: Snapshot,
  options: InspectOptions,
): Promise<Omit<ModelInspection, "experiment">> {
  const unread = (...problems: Problem[]) => ({
    problems: [...problems, ...metricsOfAnotherTask(model, possibleTasks(experiment))],
    notes: [],
  });
  const found = await findData(snapshot, experiment, model.experiment);
  if (Array.isArray(found)) return unread(...found);
  await using folder = await temporaryFolder("modelsync-data-");
  const data = await dataFetcher(folder.path)(snapshot, found);
  const outcome = await superviseInspect({ experiment, data }, options);
  const answer = answerOf(outcome, options.signal, model.experiment, "Reading the data");
  if (!answer.ok) return unread(...answer.problems);
  const { value, notes } = answer;
  const problems = [
    ...value.problems,
    ...metricsOfAnotherTask(model, value.task === null ? possibleTasks(experiment) : [value.task]),
    ...absentColumns(model, value.columns),
  ];
  return { problems, notes };
}
