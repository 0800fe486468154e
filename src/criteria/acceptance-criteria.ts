import { type Heading, type ListItem, parseTasks } from "./parse-tasks.ts";
import { plainCriterion } from "./plain-criterion.ts";

/** One acceptance criterion of an issue, as written. */
export interface Criterion {
  text: string;
  /** Null: a list item without a box. It counts only when it can be measured. */
  ticked: boolean | null;
  waived: boolean;
  /** One-based line of the text. */
  line: number;
}

const sectionNames = new Set([
  "acceptance criteria",
  "acceptance criterion",
  "acceptance criterias",
  "definition of done",
  "dod",
  "done when",
]);

/** What stands between two names, or between a name and a remark. A hyphen within a word is none. */
const between = /[/&+,|:;]|\s-+\s|\s(?:and|or|aka)\s/i;

/**
 * Whether a title is one of the names, whatever is around it: emoji, numbers, remarks in brackets, markup, another name.
 *
 * @example isSection("2. ✅ <b>Acceptance-criteria</b> / DoD (required)"); // true
 */
function isSection(title: string): boolean {
  const parts = plainCriterion(title)
    .replace(/:[\w+-]{1,60}:/g, " ")
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, " ")
    .split(between);
  return parts.some((part) => {
    const words = part.toLowerCase().match(/\p{L}+/gu) ?? [];
    return sectionNames.has(words.join(" "));
  });
}

/**
 * The acceptance criteria in an issue's text: the list items of the section "Acceptance criteria" (or "Definition of
 * done", "Done when"), whatever its heading level. Without such a section, every task of the text, because a task in
 * an issue is something to be done before it closes; `outsideSection: false` leaves those alone.
 */
export function parseAcceptanceCriteria(body: string, outsideSection = true): Criterion[] {
  const { items, headings } = parseTasks(body);
  const sections = headings.filter(({ text }) => isSection(text));
  if (sections.length === 0) return outsideSection ? items.filter(({ ticked }) => ticked !== null) : [];
  return items.filter((item) => sections.some((section) => isInside(item, section, headings)));
}

function isInside(item: ListItem, section: Heading, headings: Heading[]): boolean {
  if (item.line < section.line) return false;
  const end = headings.find(({ line, level }) => line > section.line && level <= section.level)?.line;
  return end === undefined || item.line < end;
}
