import { isDeepStrictEqual } from "node:util";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import { baseline } from "../models/baseline.ts";
import { estimators } from "../models/registry.ts";

export interface WrittenCandidate {
  title: string;
  model: ModelOptions;
  own: boolean;
  baseline: boolean;
}

/** The options of an estimator when an experiment names none. */
export function defaultModel(type: string): ModelOptions {
  const options = estimators.get(type)?.options.parse({}) as Record<string, unknown>;
  return { type, ...options };
}

/**
 * The models to compare: every estimator that can do the task, with its defaults, in the registry's order. The
 * experiment's own model stands beside its estimator's defaults when it differs from them.
 */
export function candidatesFor(task: Task, own: ModelOptions): WrittenCandidate[] {
  return [...estimators.values()]
    .filter(({ tasks }) => tasks.includes(task))
    .flatMap(({ type, title }): WrittenCandidate[] => {
      const model = defaultModel(type);
      const isBaseline = type === baseline.type;
      if (type !== own.type) return [{ title, model, own: false, baseline: isBaseline }];
      if (isDeepStrictEqual(model, { ...model, ...own })) return [{ title, model, own: true, baseline: isBaseline }];
      return [
        { title: `${title}, as written`, model: own, own: true, baseline: false },
        { title, model, own: false, baseline: isBaseline },
      ];
    });
}
