import { closestName } from "../../pipeline/experiment/closest-name.ts";
import { maskMarkdown } from "../criteria/mask-markdown.ts";
import { type Command, type CommandName, commandNames, commandTable, type Mistake } from "./command.ts";

/** What is said at greater length belongs into the discussion; this much is kept. Counted in characters. */
export const longestReason = 500;

/** Nobody needs more at once, and each may cost a question to GitHub. */
const mostCommands = 10;

const start = /^ {0,3}\/modelsync(?=\s|$)/i;

/** Also in an item of a list. */
const quote = /^\s*(?:(?:[-+*]|\d{1,9}[.)])\s+)*>/;

/** What shows text as somebody else's, as code or as struck out. */
const [opened, closed] = [/<(?:blockquote|q|code|samp|del|s)\b/gi, /<\/(?:blockquote|q|code|samp|del|s)\b/gi];

/** A cheap look at a text before anything is asked for it: whether it may hold a command. Never a proof that it does. */
export function mayHoldCommands(text: string): boolean {
  return /^ {0,3}\/modelsync(?=\s|$)/im.test(text);
}

/**
 * The commands in a comment, in their order. A command is a line that starts with `/modelsync`. What a reader of the comment
 * does not read as the writer's own words is none: code, HTML comments, quotes, and lines that Markdown takes for the
 * continuation of a quote.
 *
 * @example parseCommands("/modelsync waive data-drift reason: new survey wave")
 *   // [{ name: "waive", target: "data-drift", reason: "new survey wave", until: null }]
 */
export function parseCommands(text: string): (Command | Mistake)[] {
  const lines = text.split("\n");
  const masked = maskMarkdown(text, { codeSpans: true, quotes: true, markup: false }).split("\n");
  const found: (Command | Mistake)[] = [];
  let quoted = false;
  let quotesInHtml = 0;
  for (const [index, line] of lines.entries()) {
    const seen = masked[index]!;
    quotesInHtml = Math.max(0, quotesInHtml + count(seen, opened) - count(seen, closed));
    quoted = line.trim() !== "" && (quoted || quote.test(line));
    const begin = start.exec(seen);
    if (begin === null || quoted || quotesInHtml > 0) continue;
    if (found.length === mostCommands) {
      found.push(mistake(line, `A comment may hold ${mostCommands} commands. Write the others in another one.`));
      break;
    }
    found.push(parseLine(line.replace(/\r$/, ""), seen.replace(/\r$/, ""), begin[0].length));
  }
  return found;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** @param seen the line with what is no prose masked; of the same length */
function parseLine(line: string, seen: string, from: number): Command | Mistake {
  const word = /^\s+(\S+)/.exec(seen.slice(from));
  if (word === null) return { name: "help" };
  const written = word[1]!;
  const name = commandNames.find((one) => one === written.toLowerCase());
  if (name === undefined) return unknownCommand(line, written);
  const at = from + word[0].length;
  const rest = { line: line.slice(at), seen: seen.slice(at) };
  if (name === "help" || name === "rerun" || name === "policy") {
    return rest.seen.trim() === "" ? { name } : mistake(line, `${name} takes nothing more. ${usage(name)}`);
  }
  const target = /^\s+(\S+)/.exec(rest.seen);
  if (target === null || /^(reason|until):/i.test(target[1]!)) {
    return mistake(line, `${name} needs the name of a check. ${usage(name)}`);
  }
  // Who reads the name of a check in code writes it so.
  const named = rest.line.slice(target[0].length - target[1]!.length, target[0].length).replace(/^`([^`]+)`$/, "$1");
  const said = { line: rest.line.slice(target[0].length), seen: rest.seen.slice(target[0].length) };
  if (name === "waive") return parseWaive(line, named, said);
  return said.seen.trim() === "" ? { name, target: named } : mistake(line, `${name} takes one check. ${usage(name)}`);
}

function unknownCommand(line: string, written: string): Mistake {
  const closest = closestName(written, commandNames);
  const known = `The commands are ${commandNames.join(", ")}.`;
  return mistake(line, `There is no such command. ${closest === null ? known : `Did you mean ${closest}?`}`);
}

const key = /(?:^|\s)(reason|until):/gi;

/** `reason:` and `until:` in either order; each goes on to the other one or to the end of the line. */
function parseWaive(whole: string, target: string, { line, seen }: { line: string; seen: string }): Command | Mistake {
  const keys = [...seen.matchAll(key)];
  const parts = keys.map((match, index) => ({
    key: match[1]!.toLowerCase(),
    value: line.slice(match.index + match[0].length, keys[index + 1]?.index ?? line.length).trim(),
  }));
  if (seen.slice(0, keys[0]?.index ?? seen.length).trim() !== "") {
    return mistake(whole, `waive takes one check, then its reason. ${usage("waive")}`);
  }
  for (const name of ["reason", "until"]) {
    if (parts.filter((part) => part.key === name).length > 1) return mistake(whole, `${name}: stands twice.`);
  }
  const reason = parts.find((part) => part.key === "reason")?.value ?? "";
  const until = parts.find((part) => part.key === "until")?.value ?? null;
  if (!isReason(reason)) return mistake(whole, `A waiver needs a reason. ${usage("waive")}`);
  if (until !== null && !isDay(until)) {
    return mistake(whole, `until: takes a day such as 2027-01-31, and nothing after it. ${usage("waive")}`);
  }
  return { name: "waive", target, reason: cutReason(reason), until };
}

/** Whether a text says anything. */
export function isReason(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** As much of a reason as is kept. */
export function cutReason(text: string): string {
  return cut(text, longestReason);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function usage(name: CommandName): string {
  return `Write ${commandTable[name].usage}`;
}

function mistake(written: string, message: string): Mistake {
  return { name: "mistake", written: cut(written.trim(), 100), message };
}

function cut(text: string, length: number): string {
  const characters = [
    ...text
      .slice(0, length * 4)
      .toWellFormed()
      .replaceAll("\0", ""),
  ];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}
