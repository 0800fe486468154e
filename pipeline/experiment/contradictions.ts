import type { Problem, ProblemCode } from "../problem.ts";
import { repeatedNames } from "../repeated-names.ts";
import { shortenText } from "../shorten-text.ts";
import type { Experiment } from "./experiment.ts";
import type { YamlFile } from "./read-yaml.ts";

/** Keys that are each allowed but do not go together. The file is only used for places. */
export function contradictions(experiment: Omit<Experiment, "model">, file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const report = (
    code: ProblemCode,
    keyPath: (string | number)[],
    message: string,
    remedy: string,
    written?: string,
  ) => {
    const position = file.locate(keyPath) ?? file.locate(keyPath.slice(0, 1)) ?? file.locate([]);
    problems.push({
      code,
      where: { path: file.path, ...position, key: keyPath.map(String).join(".") },
      message,
      ...(written === undefined ? {} : { written }),
      remedy,
    });
  };
  const { target, key, exclude, features, format } = experiment;

  if (key === target) {
    report("key-is-target", ["key"], "The key column is the target.", "Name another column, or remove key.", target);
  }
  if (exclude.includes(target)) {
    report("target-excluded", ["exclude"], "The target is listed in exclude.", "Remove it from exclude.", target);
  }
  if (features?.includes(target)) {
    report("target-is-feature", ["features"], "The target is listed in features.", "Remove it.", target);
  }
  if (key !== null && features?.includes(key)) {
    report("key-is-feature", ["features"], "The key column is listed in features.", "Remove it.", key);
  }
  const { split } = experiment;
  if (split.column === target) {
    report(
      "split-column-is-target",
      ["split", "column"],
      "The target splits the rows.",
      "Name another column.",
      target,
    );
  }
  if (split.by === "group" && features?.includes(split.column)) {
    const message = "The groups are a feature, but those of the hold-out never occur in training.";
    report("group-is-feature", ["features"], message, "Remove the column from features.", split.column);
  }
  const { time } = experiment;
  if (time === target) {
    report("time-is-target", ["time"], "The target is the time of the rows.", "Name another column.", target);
  }
  if (split.by === "time" && time !== undefined && time !== split.column) {
    const message = `The rows are split by another time, ${shortenText(split.column)}.`;
    report("time-is-not-split", ["time"], message, "Name one column in both, or remove time.", shortenText(time));
  }
  const joined = [experiment.labels?.key ?? []].flat();
  if (joined.includes(target)) {
    report("labels-key-is-target", ["labels", "key"], "The target finds the labels.", "Name other columns.", target);
  }
  const both = features?.filter((name) => exclude.includes(name)) ?? [];
  for (const name of both) {
    report("feature-excluded", ["features"], "A column is both a feature and excluded.", "Keep one of the two.", name);
  }
  for (const [list, names] of [
    ["features", features],
    ["exclude", exclude],
    ["names", format.names],
    ["key", joined],
  ] as const) {
    const keyPath = list === "names" ? ["format", "names"] : list === "key" ? ["labels", "key"] : [list];
    for (const name of repeatedNames(names ?? [])) {
      report("repeated-name", keyPath, "A column is listed twice.", "Remove one of the two.", name);
    }
  }
  if (!format.header && format.names === null) {
    report(
      "names-needed",
      ["format", "header"],
      "Without a header line the columns have no names.",
      "Add format.names with one name per column, in file order.",
    );
  }
  if (format.header && format.names !== null) {
    report(
      "names-unused",
      ["format", "names"],
      "Names are given although the file has a header line.",
      "Remove format.names, or write header: false.",
    );
  }
  if (format.decimal === "," && format.delimiter === ",") {
    report(
      "decimal-is-delimiter",
      ["format", "decimal"],
      "The comma cannot be both the decimal separator and the delimiter.",
      "Change one of the two.",
    );
  }
  return problems;
}
