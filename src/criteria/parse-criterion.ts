import type { Slice } from "../../pipeline/compare/comparison.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { resemblesMeasure } from "./measured-words.ts";
import { findMetric } from "./metric-names.ts";
import { plainCriterion } from "./plain-criterion.ts";
import { resemblesCriterion } from "./resembles-criterion.ts";

/** What a criterion asks of a measurement. */
export type Demand =
  | { kind: "limit"; operator: ">=" | ">" | "<=" | "<"; limit: number }
  | { kind: "not-worse" }
  | { kind: "improves"; by: number };

/** A criterion that is decided by measuring, not by a tick. */
export type MeasurableCriterion =
  /** `model` null: not named in the text. */
  | { kind: "metric"; model: string | null; metric: string; slice: Slice | null; demand: Demand }
  /** `column` null: none of the columns. */
  | { kind: "no-drift"; model: string | null; column: string | null };

/** `task`: an ordinary sentence. `almost`: clearly meant to be measured, but it can't be; says why. */
export type ParsedCriterion =
  | { kind: "measurable"; criterion: MeasurableCriterion }
  | { kind: "almost"; reason: string; remedy: string }
  | { kind: "task" };

const example = "Write it like `roc_auc >= 0.86`, `recall[sex=Female] not worse` or `income: f1 improves by 0.01`.";

const forPeople = "As a task for people, write it without the number.";

/** What is longer is not read, only looked at for what it resembles. */
const maxLength = 300;

/**
 * Reads one acceptance criterion: `roc_auc >= 0.86`, `accuracy > 90 %`, `recall[sex=Female] not worse`,
 * `f1 improves`, `roc_auc improves by 0.01`, `no drift`, `no drift in age`, each perhaps with a model in front:
 * `income: roc_auc >= 0.86`. A text that names a metric beside a number or a comparison is never an ordinary task.
 */
export function parseCriterion(written: string): ParsedCriterion {
  const plain = plainCriterion(written);
  const parsed = written.length > maxLength ? { kind: "task" as const } : parseStatement(written, plain);
  if (parsed.kind !== "task" || !resemblesCriterion(plain)) return parsed;
  const reason =
    written.length > maxLength
      ? `It has more than ${maxLength} characters and seems to ask for a measurement.`
      : "It seems to ask for a measurement, but not in a form that can be measured.";
  return { kind: "almost", reason, remedy: `${example} ${forPeople}` };
}

/** A slice may hold any character, so the text is read as it was written first. */
function parseStatement(written: string, plain: string): ParsedCriterion {
  const text = written.replace(/[`*]/g, "").trim().replace(/[.;]$/, "").replace(/\s+/g, " ");
  const parsed = parsePlain(text);
  return parsed.kind === "measurable" || plain === text ? parsed : parsePlain(plain);
}

function parsePlain(text: string): ParsedCriterion {
  const prefix = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}):\s?(.+)$/.exec(text);
  // `roc-auc: >= 0.9` names a metric, not a model.
  const isMetric = prefix !== null && "id" in findMetric(prefix[1]!) && /^[-+.\d<>=≤≥]/.test(prefix[2]!);
  const model = isMetric ? null : (prefix?.[1] ?? null);
  const statement = isMetric ? `${prefix[1]} ${prefix[2]}` : (prefix?.[2] ?? text);
  const column = columnThatMayNotDrift(statement);
  if (column !== undefined) return { kind: "measurable", criterion: { kind: "no-drift", model, column } };
  const split = splitDemand(statement);
  if (split === null) return { kind: "task" };
  return readMetric(model, split.subject, split.demand);
}

const noDrift =
  /^(?:there (?:is|must be|should be) )?(?:no|zero|without) (?:(?:data|feature|column) )?drift(?: (?:in|of|for) (.+))?$/i;
const mustNotDrift = /^(.+) (?:does|do|must|should|may) not drift$/i;
const allColumns = /^(?:(?:the|any|all) )*(?:data|data ?set|columns?|features?)$/i;

/** Null: no column may drift. Undefined: the text is not about drift. */
function columnThatMayNotDrift(statement: string): string | null | undefined {
  const match = noDrift.exec(statement) ?? mustNotDrift.exec(statement);
  if (match === null) return undefined;
  const written = match[1]?.trim();
  if (written === undefined || allColumns.test(written)) return null;
  return unquote(written.replace(/^the /i, "").replace(/^(?:column|feature) | (?:column|feature)$/i, ""));
}

type Split = { subject: string; demand: (metric: string) => Demand | string };

const number = "([-+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:e[-+]?\\d{1,3})?)";
const operators: Record<string, ">=" | ">" | "<=" | "<"> = {
  ">=": ">=",
  "≥": ">=",
  "=>": ">=",
  ">": ">",
  "at least": ">=",
  over: ">",
  above: ">",
  "<=": "<=",
  "≤": "<=",
  "=<": "<=",
  "<": "<",
  "at most": "<=",
  under: "<",
  below: "<",
  "greater than": ">",
  "more than": ">",
  "higher than": ">",
  "larger than": ">",
  "less than": "<",
  "lower than": "<",
  "smaller than": "<",
  "no less than": ">=",
  "not less than": ">=",
  "not below": ">=",
  "not under": ">=",
  "no more than": "<=",
  "not more than": "<=",
  "not above": "<=",
  "not over": "<=",
};
const verb = "(?:is |are |stays |must be |should be |must stay )?";

const limitForm = new RegExp(`^(.+?) ?${verb}(>=|=>|<=|=<|≥|≤|>|<) ?(.+)$`, "i");
const wordOperators = Object.keys(operators).filter((name) => /^[a-z]/.test(name));
/** The longer ones first, so that "not below" is not read as "below". */
const wordOperator = wordOperators.toSorted((a, b) => b.length - a.length).join("|");
const wordLimitForm = new RegExp(`^(.+?) ${verb}(${wordOperator}) (.+)$`, "i");
const equalForm = /^(.+?) ?={1,3} ?(.+)$/;
const never =
  "(?:(?:is |does |do |must |should |may |can |will |shall )?(?:not|no|never)|(?:does|do|is|must|should|ca|wo)n['’]t|cannot)";
const before =
  "(?: (?:than|from|against|below|compared (?:to|with)|as (?:on|in)) (?:the )?(?:base|main|master|baseline|before))?";
const asGood =
  "(?:is |be |stays |must be |should be |must stay )?(?:at least )?as good as (?:the |on )?(?:base|main|master|baseline|before)";
const notWorseForm = new RegExp(
  `^(.+?) (?:${never} (?:be |get |become )?(?:worse|worsens?|regress|degrade|deteriorate)${before}|${asGood})$`,
  "i",
);
const noLossForm =
  /^(?:there (?:is|must be|should be) )?no (?:regression|degradation|deterioration|worsening) (?:in|of|for) (.+)$/i;
const improvesForm = new RegExp(`^(.+?) (?:must |should )?improves?(?: by (?:at least )?${number} ?(%)?)?$`, "i");

const down = "decreases?|drops?|falls?|declines?|goes down|go down";
const up = "increases?|rises?|grows?|goes up|go up";
const keepsForm = new RegExp(`^(.+?) ${never} (?:(${down})|${up})${before}$`, "i");
const noMoveForm =
  /^(?:there (?:is|must be|should be) )?no (?:(decrease|drop|fall|decline|reduction|loss)|increase|rise|growth) (?:in|of|for) (.+)$/i;
const movesForm = new RegExp(
  `^(.+?) (?:must |should |shall )?(?:(${down})|${up})(?: by (?:at least )?${number} ?(%)?)?$`,
  "i",
);
const exactNumber = new RegExp(`^${number} ?(%)?$`, "i");

function splitDemand(statement: string): Split | null {
  const notWorse = notWorseForm.exec(statement) ?? noLossForm.exec(statement);
  if (notWorse !== null) return { subject: notWorse[1]!, demand: () => ({ kind: "not-worse" }) };
  const improves = improvesForm.exec(statement);
  if (improves !== null) return { subject: improves[1]!, demand: () => improvesBy(improves[2], improves[3]) };
  const [, stays, stayingDown] = keepsForm.exec(statement) ?? [];
  if (stays !== undefined) return { subject: stays, demand: whereBad(stayingDown, { kind: "not-worse" }) };
  const [, movingDown, still] = noMoveForm.exec(statement) ?? [];
  if (still !== undefined) return { subject: still, demand: whereBad(movingDown, { kind: "not-worse" }) };
  const [, moves, downwards, by, percent] = movesForm.exec(statement) ?? [];
  if (moves !== undefined) return { subject: moves, demand: whereGood(downwards, improvesBy(by, percent)) };
  // The slice may hold any character, so operators are looked for after it.
  const bracket = statement.indexOf("]");
  const head = bracket === -1 ? "" : statement.slice(0, bracket + 1);
  const tail = bracket === -1 ? statement : `.${statement.slice(bracket + 1)}`;
  const limit = limitForm.exec(tail) ?? wordLimitForm.exec(tail);
  if (limit !== null) {
    const subject = bracket === -1 ? limit[1]! : head + limit[1]!.slice(1);
    return { subject, demand: (metric) => readLimit(operators[limit[2]!.toLowerCase()]!, limit[3]!, metric) };
  }
  const equal = equalForm.exec(tail);
  if (equal === null) return null;
  const subject = bracket === -1 ? equal[1]! : head + equal[1]!.slice(1);
  return { subject, demand: () => "A measured number is never exactly equal to another." };
}

function improvesBy(written: string | undefined, percent: string | undefined): Demand {
  const by = written === undefined ? 0 : Number(written) / (percent === undefined ? 1 : 100);
  return { kind: "improves", by: Math.abs(by) };
}

/** Less is worse in some metrics, and better in others. `down`: what stands for less, undefined for more. */
function whereBad(down: string | undefined, demand: Demand): Split["demand"] {
  return (metric) => ((betterWhen(metric) === "lower") === (down === undefined) ? demand : goodMove(metric));
}

function whereGood(down: string | undefined, demand: Demand): Split["demand"] {
  return (metric) => ((betterWhen(metric) === "lower") === (down !== undefined) ? demand : goodMove(metric));
}

const betterWhen = (metric: string) => metrics.get(metric)?.direction;
const goodMove = (metric: string) => `In ${metric}, ${betterWhen(metric) === "lower" ? "less" : "more"} is better.`;

function readLimit(operator: ">=" | ">" | "<=" | "<", written: string, metric: string): Demand | string {
  const parts = exactNumber.exec(written.trim());
  if (parts === null) return `There is no number after ${operator}.`;
  const limit = Number(parts[1]) / (parts[2] === undefined ? 1 : 100);
  const most = metrics.get(metric)?.range[1] ?? Number.POSITIVE_INFINITY;
  if (limit > most) return `${metric} is never over ${most}. For percent, write %.`;
  return { kind: "limit", operator, limit };
}

/** Words before a metric's name that change nothing. */
const article = /^(?:(?:the|our|model|model's|overall|hold-?out) )+/i;

function readMetric(model: string | null, subject: string, readDemand: Split["demand"]): ParsedCriterion {
  const parts = /^([^[\]]+?) ?(?:\[([^\]]*)\])?$/.exec(subject.trim());
  if (parts === null) return { kind: "task" };
  const found = findMetric(parts[1]!.replace(article, ""));
  if (!("id" in found)) {
    if (found.closest === null) {
      const hasSlice = parts[2] !== undefined && readSlice(parts[2]) !== "unreadable";
      if (!hasSlice && !resemblesMeasure(parts[1]!.replace(article, ""))) return { kind: "task" };
      return { kind: "almost", reason: `${parts[1]!.trim()} is not measured here.`, remedy: `${example} ${forPeople}` };
    }
    const reason = `There is no metric ${parts[1]!.trim()}.`;
    return { kind: "almost", reason, remedy: `Did you mean ${found.closest}?` };
  }
  const slice = parts[2] === undefined ? null : readSlice(parts[2]);
  if (slice === "unreadable") {
    const reason = `The slice [${parts[2]}] does not name one column and one value.`;
    return { kind: "almost", reason, remedy: "Write it like `recall[sex=Female]`." };
  }
  const demand = readDemand(found.id);
  if (typeof demand === "string") return { kind: "almost", reason: demand, remedy: example };
  return { kind: "measurable", criterion: { kind: "metric", model, metric: found.id, slice, demand } };
}

function readSlice(written: string): Slice | "unreadable" {
  const equals = written.indexOf("=");
  const column = written.slice(0, Math.max(equals, 0)).trim();
  // Values such as `<=50K` hold the sign themselves; `==` is how programmers write it.
  const value = unquote(
    written
      .slice(equals + 1)
      .replace(/^=/, "")
      .trim(),
  );
  return column === "" || value === "" ? "unreadable" : { column, value };
}

function unquote(value: string): string {
  const quoted = value.length > 1 && (value.startsWith('"') || value.startsWith("'")) && value.endsWith(value[0]!);
  return quoted ? value.slice(1, -1) : value;
}
