import { type Problem, problemClass } from "../../pipeline/problem.ts";

/** The answer of a command as versioned JSON. Every problem in it carries its class, so that no reader needs our list. */
export function jsonAnswer(format: string, answer: object): string {
  return JSON.stringify({ format, version: 1, ...answer }, withClasses, 2);
}

function withClasses(key: string, value: unknown): unknown {
  if ((key !== "problems" && key !== "notes") || !Array.isArray(value)) return value;
  return value.map(({ code, ...rest }: Problem) => ({ code, class: problemClass(code), ...rest }));
}
