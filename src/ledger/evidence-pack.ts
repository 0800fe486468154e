import { z } from "zod";
import { escapeCode, escapeMarkdown } from "../report/escape-markdown.ts";
import { countOf } from "../words/count-of.ts";
import type { LedgerRow } from "./row.ts";
import { isRowKind, rowKinds } from "./row-kinds.ts";

/** Most lines about one row; the JSON Lines hold the rest. */
const maxLines = 100;

/**
 * Rows for a person who wants to know what was decided, as Markdown: by pull request, in the order of their first row. What comes
 * from a pull request is shown as plain text.
 *
 * @param about what was asked for and how the chain was found, plain text, a line each
 */
export function evidencePack(rows: readonly LedgerRow[], about: readonly string[]): string {
  const groups = Map.groupBy(rows, placeOf);
  const parts = [
    "# Ledger",
    about.map((line) => `* ${line.startsWith("Head: ") ? headLine(line) : escapeMarkdown(line)}`).join("\n"),
    "Times are UTC. Long texts are cut; the export as JSON Lines holds all of each row.",
  ];
  for (const [place, own] of groups) parts.push(`## ${escapeMarkdown(place)}`, ...own.map(showRow));
  return `${parts.join("\n\n")}\n`;
}

/** The hash is to be compared, so it must survive being copied: as code nothing is put into it. */
function headLine(line: string): string {
  const [, words = "", hash = ""] = /^(.*, )([0-9a-f]{64})$/.exec(line) ?? [];
  return `${escapeMarkdown(words.trim())} ${escapeCode(hash)}`;
}

function placeOf({ repository, number }: LedgerRow): string {
  if (repository === null) return "The chain";
  return number === null ? repository.name : `${repository.name}#${number}`;
}

function showRow(row: LedgerRow): string {
  const { seq, time, kind, headSha, person, hash, data } = row;
  const facts = [
    ...(isRowKind(kind) ? [rowKinds[kind]] : []),
    ...(person === null ? [] : [`By ${escapeMarkdown(person)}.`]),
    ...(headSha === null ? [] : [`Head ${escapeCode(headSha)}.`]),
    `Hash ${escapeCode(hash)}.`,
  ];
  const verdict = kind === "verdict" ? verdictSchema.safeParse(data) : null;
  const content = verdict?.success ? showVerdict(verdict.data) : showData(data);
  return [`### Row ${seq}: ${escapeMarkdown(kind)}, ${time.slice(0, 19).replace("T", " ")}`, facts.join(" "), content]
    .filter((part) => part !== "")
    .join("\n\n");
}

const findingSchema = z.object({
  fingerprint: z.string(),
  title: z.string(),
  evidence: z.record(z.string(), z.json()),
});

const verdictSchema = z.object({
  conclusion: z.string(),
  title: z.string(),
  baseRef: z.string(),
  mergeBase: z.string().nullable(),
  policy: z.string().nullable(),
  engine: z.string(),
  checks: z.array(
    z.object({
      id: z.string(),
      level: z.string(),
      answer: z.string(),
      findings: z.array(findingSchema),
      findingsLeftOut: z.number().optional(),
      waived: z
        .array(
          z.object({
            finding: findingSchema,
            state: z.string(),
            by: z.string(),
            until: z.string(),
            reason: z.string(),
          }),
        )
        .optional(),
    }),
  ),
});

function showVerdict(verdict: z.infer<typeof verdictSchema>): string {
  const { conclusion, title, checks, baseRef, mergeBase, policy, engine } = verdict;
  const code = (text: string | null) => (text === null || text === "" ? "none" : escapeCode(text));
  const findings = checks.flatMap(({ id, findings, findingsLeftOut, waived = [] }) => [
    ...findings.map((finding) => `* ${showFinding(id, finding)}`),
    ...(findingsLeftOut ? [`* ${escapeMarkdown(id)}: ${countOf(findingsLeftOut, "more finding")}`] : []),
    ...waived.map(
      ({ finding, state, by, until, reason }) =>
        `* Waived by ${escapeMarkdown(by)} until ${escapeMarkdown(until)} (${escapeMarkdown(state)}), ` +
        `reason: ${escapeMarkdown(reason)}: ${showFinding(id, finding)}`,
    ),
  ]);
  const table = checks.map(
    ({ id, level, answer }) => `| ${escapeMarkdown(id)} | ${escapeMarkdown(level)} | ${escapeMarkdown(answer)} |`,
  );
  return [
    `**${escapeMarkdown(conclusion)}**: ${escapeMarkdown(title)}`,
    `Base ${code(baseRef)}, merge base ${code(mergeBase)}, policy ${code(policy)}, engine ${code(engine)}.`,
    table.length === 0 ? "" : ["| check | level | answer |", "|---|---|---|", ...table].join("\n"),
    atMost(findings),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function showFinding(check: string, { fingerprint, title, evidence }: z.infer<typeof findingSchema>): string {
  return `${escapeMarkdown(check)} ${escapeCode(fingerprint)}: ${escapeMarkdown(title)} (${showEvidence(evidence)})`;
}

function showEvidence(evidence: Record<string, unknown>): string {
  return escapeMarkdown(
    Object.entries(evidence)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(", "),
  );
}

/** Any data: a line per value, named by the way to it. Lists may be cut, so what is said once, such as a reason, stands first. */
function showData(data: unknown): string {
  const lines = [...values(data, "")].toSorted(([a], [b]) => Number(a.includes(".")) - Number(b.includes(".")));
  return atMost(lines.map(([name, value]) => `* ${escapeMarkdown(name)}: ${showValue(value)}`));
}

/** Markdown escapes would stand between the digits of a hash, and be copied with them. */
function showValue(value: string): string {
  return /^[0-9a-f]{16,64}$/.test(value) ? escapeCode(value) : escapeMarkdown(value);
}

function* values(data: unknown, name: string): Generator<[string, string]> {
  if (typeof data !== "object" || data === null) yield [name, String(data)];
  else for (const [key, value] of Object.entries(data)) yield* values(value, name === "" ? key : `${name}.${key}`);
}

function atMost(lines: readonly string[]): string {
  const rest = lines.length - maxLines;
  return (rest > 0 ? [...lines.slice(0, maxLines), `* ${countOf(rest, "more line")}`] : lines).join("\n");
}
