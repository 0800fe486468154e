import { type Heading, type ListItem, parseTasks } from "./parse-tasks.ts";

/** One acceptance criterion of an issue, as written. */
export interface Criterion {
  text: string;
  /** Null: a list item without a box. It counts only when it can be measured. */
  ticked: boolean | null;
  waived: boolean;
  /** One-based line of the text. */
  line: number;
}

const sectionNames = new Set(["acceptance criteria", "acceptance criterion", "definition of done", "done when"]);

/**
 * The acceptance criteria in an issue's text: the list items of the section "Acceptance criteria" (or "Definition of
 * done", "Done when"), whatever its heading level. Without such a section, every task of the text, because a task in
 * an issue is something to be done before it closes; `outsideSection: false` leaves those alone.
 */
export function parseAcceptanceCriteria(body: string, outsideSection = true): Criterion[] {
  const { items, headings } = parseTasks(body);
  const sections = headings.filter(({ text }) => sectionNames.has(text.toLowerCase()));
  if (sections.length === 0) return outsideSection ? items.filter(({ ticked }) => ticked !== null) : [];
  return items.filter((item) => sections.some((section) => isInside(item, section, headings)));
}

function isInside(item: ListItem, section: Heading, headings: Heading[]): boolean {
  if (item.line < section.line) return false;
  const end = headings.find(({ line, level }) => line > section.line && level <= section.level)?.line;
  return end === undefined || item.line < end;
}
