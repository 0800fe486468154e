import type { Problem, ProblemCode } from "../problem.ts";
import { repeatedNames } from "../repeated-names.ts";
import { shortenText } from "../words.ts";
import type { Experiment } from "./experiment.ts";
import type { YamlFile } from "./read-yaml.ts";

interface Contradiction {
  code: ProblemCode;
  /** The keys at which it stands. */
  at: readonly string[];
  message: string;
  remedy: string;
  written?: string | undefined;
}

/** Keys that are each allowed but do not go together. The file is only used for places. */
export function contradictions(experiment: Omit<Experiment, "model">, file: YamlFile): Problem[] {
  return [...aboutColumns(experiment), ...repeatedColumns(experiment), ...aboutFormat(experiment)].map(
    ({ code, at, message, remedy, written }) => ({
      code,
      where: {
        path: file.path,
        ...(file.locate(at) ?? file.locate(at.slice(0, 1)) ?? file.locate([])),
        key: at.join("."),
      },
      message,
      ...(written === undefined ? {} : { written }),
      remedy,
    }),
  );
}

/** A column that cannot be two things at once. */
function aboutColumns({
  target,
  key,
  exclude,
  features,
  split,
  time,
  labels,
}: Omit<Experiment, "model">): Contradiction[] {
  const found: (Contradiction | false | undefined)[] = [
    key === target && {
      code: "key-is-target",
      at: ["key"],
      message: "The key column is the target.",
      remedy: "Name another column, or remove key.",
      written: target,
    },
    exclude.includes(target) && {
      code: "target-excluded",
      at: ["exclude"],
      message: "The target is listed in exclude.",
      remedy: "Remove it from exclude.",
      written: target,
    },
    features?.includes(target) && {
      code: "target-is-feature",
      at: ["features"],
      message: "The target is listed in features.",
      remedy: "Remove it.",
      written: target,
    },
    key !== null &&
      features?.includes(key) && {
        code: "key-is-feature",
        at: ["features"],
        message: "The key column is listed in features.",
        remedy: "Remove it.",
        written: key,
      },
    split.column === target && {
      code: "split-column-is-target",
      at: ["split", "column"],
      message: "The target splits the rows.",
      remedy: "Name another column.",
      written: target,
    },
    split.by === "group" &&
      features?.includes(split.column) && {
        code: "group-is-feature",
        at: ["features"],
        message: "The groups are a feature, but those of the hold-out never occur in training.",
        remedy: "Remove the column from features.",
        written: split.column,
      },
    time === target && {
      code: "time-is-target",
      at: ["time"],
      message: "The target is the time of the rows.",
      remedy: "Name another column.",
      written: target,
    },
    split.by === "time" &&
      time !== undefined &&
      time !== split.column && {
        code: "time-is-not-split",
        at: ["time"],
        message: `The rows are split by another time, ${shortenText(split.column)}.`,
        remedy: "Name one column in both, or remove time.",
        written: shortenText(time),
      },
    [labels?.key ?? []].flat().includes(target) && {
      code: "labels-key-is-target",
      at: ["labels", "key"],
      message: "The target finds the labels.",
      remedy: "Name other columns.",
      written: target,
    },
  ];
  return found.filter((one) => one !== false && one !== undefined);
}

/** Columns that are listed twice, in one list or in two that exclude one another. */
function repeatedColumns({ exclude, features, format, labels }: Omit<Experiment, "model">): Contradiction[] {
  const lists: [at: string[], names: readonly string[] | null][] = [
    [["features"], features],
    [["exclude"], exclude],
    [["format", "names"], format.names],
    [["labels", "key"], [labels?.key ?? []].flat()],
  ];
  return [
    ...(features ?? [])
      .filter((name) => exclude.includes(name))
      .map((written): Contradiction => {
        const message = "A column is both a feature and excluded.";
        return { code: "feature-excluded", at: ["features"], message, remedy: "Keep one of the two.", written };
      }),
    ...lists.flatMap(([at, names]) =>
      repeatedNames(names ?? []).map((written): Contradiction => {
        const message = "A column is listed twice.";
        return { code: "repeated-name", at, message, remedy: "Remove one of the two.", written };
      }),
    ),
  ];
}

function aboutFormat({ format }: Omit<Experiment, "model">): Contradiction[] {
  const found: (Contradiction | false)[] = [
    !format.header &&
      format.names === null && {
        code: "names-needed",
        at: ["format", "header"],
        message: "Without a header line the columns have no names.",
        remedy: "Add format.names with one name per column, in file order.",
      },
    format.header &&
      format.names !== null && {
        code: "names-unused",
        at: ["format", "names"],
        message: "Names are given although the file has a header line.",
        remedy: "Remove format.names, or write header: false.",
      },
    format.decimal === "," &&
      format.delimiter === "," && {
        code: "decimal-is-delimiter",
        at: ["format", "decimal"],
        message: "The comma cannot be both the decimal separator and the delimiter.",
        remedy: "Change one of the two.",
      },
  ];
  return found.filter((one) => one !== false);
}
