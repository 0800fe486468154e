import { type Problem, problemClass } from "../../pipeline/problem.ts";
import { unseen } from "./plain-text.ts";

/**
 * The answer of a command as versioned JSON. Every problem in it carries its class, so that no reader needs our list.
 * What a terminal would obey or hide is written as its number, which is the same JSON.
 */
export function jsonAnswer(format: string, answer: object): string {
  const json = JSON.stringify({ format, version: 1, ...answer }, withClasses, 2);
  return json.replace(unseen, (character) => character.split("").map(escaped).join(""));
}

/** A UTF-16 code unit as JSON may write it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function withClasses(key: string, value: unknown): unknown {
  if ((key !== "problems" && key !== "notes") || !Array.isArray(value)) return value;
  return value.map(({ code, ...rest }: Problem) => ({ code, class: problemClass(code), ...rest }));
}
