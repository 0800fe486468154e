import type { ModelOptions } from "./experiment/experiment.ts";
import { countBinaryColumns } from "./models/count-binary-columns.ts";
import type { FitContext, FittedModel, TrainingSet } from "./models/estimator.ts";
import { estimators } from "./models/registry.ts";
import { type Outcome, type Problem, refused } from "./problem.ts";
import { formatCount } from "./words.ts";

/**
 * Fits the experiment's model. The same set, options and seed give the same model, byte for byte.
 *
 * @param model as parsed from the experiment; its options get their defaults here
 * @param path the experiment file, for the place of a problem
 * @returns the model, or every reason why this estimator cannot be fitted to this set
 */
export function train(
  set: TrainingSet,
  model: ModelOptions,
  context: FitContext & { path?: string },
): Outcome<FittedModel> {
  const problemAt = problemsAt(context.path ?? "experiment.yml");
  const { type, ...written } = model;
  const estimator = estimators.get(type);
  if (estimator === undefined) return refused(problemAt.unknownEstimator(type));

  const options = estimator.options.safeParse(written);
  const problems = options.success
    ? []
    : options.error.issues.map((issue) => problemAt.option(issue.path.join("."), issue.message));
  if (!estimator.tasks.includes(set.task)) problems.push(problemAt.task(type, set.task));
  if (set.features.rows === 0) problems.push(problemAt.noRows());
  if (!options.success || problems.length > 0) return refused(...problems);

  const tooMuch = estimator.refuse?.(sizeOf(set), options.data) ?? null;
  if (tooMuch !== null) return refused(problemAt.tooMuch(type, tooMuch));

  const fitted = estimator.fit(set, options.data, context);
  return { ok: true, value: fitted, notes: fitted.fit.converged ? [] : [problemAt.notConverged(fitted)] };
}

function sizeOf({ features, classes }: TrainingSet) {
  const { rows, columns } = features;
  return { rows, columns, classes, binaryColumns: countBinaryColumns(features) };
}

function problemsAt(path: string) {
  const types = [...estimators.keys()].join(", ");
  const fitting = (task: string) =>
    [...estimators.values()].filter((one) => one.tasks.some((allowed) => allowed === task)).map((one) => one.type);
  return {
    unknownEstimator: (type: string): Problem => ({
      code: "unknown-estimator",
      where: { path, key: "model.type" },
      message: "There is no estimator of this name.",
      written: type.slice(0, 80),
      allowed: types,
      remedy: "Use one of the allowed names.",
    }),
    option: (key: string, message: string): Problem => ({
      code: "invalid-model-option",
      where: { path, key: key === "" ? "model" : `model.${key}` },
      message: `An option of the model is not allowed: ${message.slice(0, 200)}.`,
      remedy: "Correct or remove the option.",
    }),
    task: (type: string, task: string): Problem => ({
      code: "estimator-does-not-fit-task",
      where: { path, key: "model.type" },
      message: `The estimator cannot learn this target: the task is ${task}.`,
      written: type,
      allowed: fitting(task).join(", "),
      remedy: "Use one of the allowed estimators, or another target.",
    }),
    noRows: (): Problem => ({
      code: "no-training-rows",
      where: { path, key: "split" },
      message: "There are no rows to train on.",
      remedy: "Add rows whose target is known, or hold out a smaller share.",
    }),
    tooMuch: (type: string, reason: string): Problem => ({
      code: "too-much-to-train",
      where: { path, key: "model.type" },
      message: reason,
      written: type,
      remedy: "Use fewer rows, columns or classes, or another estimator or solver.",
    }),
    notConverged: ({ fit }: FittedModel): Problem => ({
      code: "not-converged",
      where: { path, key: "model" },
      message: `The fit stopped after ${formatCount(fit.iterations)} iterations before it converged.`,
      remedy: "Raise max_iterations, or strengthen the regularization.",
    }),
  };
}
