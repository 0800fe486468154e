import { describeEntitled, describeGaps } from "../entitlement/describe-entitled.ts";
import { isAtLeast } from "../entitlement/role.ts";
import type { Policy } from "../policy/policy.ts";
import { countOf } from "../words/count-of.ts";
import { type Command, commandNames, commandTable, type Mistake } from "./command.ts";
import { type Conversation, type Result, refused, type SeenFinding } from "./conversation.ts";
import { describeEntry, describePolicy } from "./describe-policy.ts";
import { findTarget } from "./find-target.ts";
import { unwaive, waive } from "./waive.ts";

/** Decides what a command leads to. Pure: what it decides is done by who asks. */
export function perform(command: Command | Mistake, conversation: Conversation): Result {
  switch (command.name) {
    case "mistake":
      return refused(command.message);
    case "help":
      return {
        kind: "told",
        says: commandNames.map((name) => `\`${commandTable[name].usage}\` ${commandTable[name].does}`),
      };
    case "rerun":
      return mayRerun(conversation)
        ? { kind: "rerun" }
        : refused("Only the author and who may write here ask for this.");
    case "policy":
      return showPolicy(conversation);
    case "explain":
      return explain(command.target, conversation);
    case "waive":
      return waive(command, conversation);
    case "unwaive":
      return unwaive(command, conversation);
  }
}

function mayRerun({ person }: Conversation): boolean {
  return person.isAuthor || isAtLeast(person.role, "write");
}

function showPolicy({ policy, baseRef }: Conversation): Result {
  const branch = `\`${baseRef.replaceAll("`", "'")}\``;
  if (policy === null) return refused(`The branch ${branch} has no policy.`);
  if (!policy.ok) return refused(`The policy of ${branch} has mistakes; the report names them.`);
  return { kind: "told", says: describePolicy(policy.value, baseRef) };
}

const shownFindings = 20;

/** Who may accept what a check found here, and why that may be fewer people than it seems. */
function sayWhoWaives(
  check: string,
  { checks, waivers: { by, neverAuthor } }: Policy,
  found: readonly SeenFinding[],
  { standing }: Conversation,
): string[] {
  if (checks[check]?.waivable === false) return ["Nobody may waive what it finds (`waivable: false`)."];
  const paths = found.length === 0 ? null : [...new Set(found.flatMap((finding) => finding.paths ?? []))];
  const who = describeEntitled(by, standing, paths) ?? "nobody";
  const own = neverAuthor ? ", never on a pull request of their own" : "";
  return [`May be waived by ${who}${own}.`, ...describeGaps(by, standing, paths)];
}

function sayFinding({ fingerprint, title, rows, numbers = {}, remedy }: SeenFinding, isNamed: boolean): string {
  const measured = Object.entries(numbers).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  const about = [
    ...(rows === undefined ? [] : [countOf(rows.count, "row")]),
    ...measured,
    ...(isNamed ? ["named by a waiver"] : []),
  ];
  const shown = about.length === 0 ? "" : ` (${about.join(", ")})`;
  return `\`${fingerprint}\` ${plainText(title)}${shown}${remedy === undefined ? "" : `. ${plainText(remedy)}`}`;
}

/** Only sentences of ours have code between backticks. */
function plainText(text: string): string {
  return text.replaceAll("`", "'");
}

function explain(written: string, conversation: Conversation): Result {
  const { checks, seen, policy, waivers } = conversation;
  const target = findTarget(written, checks, seen?.findings ?? []);
  if (typeof target === "string") return refused(target);
  const { title, docs } = checks.get(target.check)!;
  const found = (seen?.findings ?? []).filter(({ check }) => check === target.check);
  const entry = policy?.ok && policy.value.checks[target.check] ? describeEntry(policy.value, target.check) : [];
  const named = new Set(
    waivers
      .filter(({ withdrawnBy }) => withdrawnBy === null)
      .flatMap(({ findings }) => findings.map((one) => one.fingerprint)),
  );
  return {
    kind: "told",
    says: [
      title,
      docs.summary,
      `Fails: ${docs.fails}`,
      ...(policy?.ok && entry.length > 0
        ? [`By \`checks.${target.check}\` in the policy, version ${policy.value.version}: ${entry.join(", ")}`]
        : []),
      ...(policy?.ok ? sayWhoWaives(target.check, policy.value, found, conversation) : []),
      ...(seen === null ? ["There is no verdict yet."] : []),
      ...(seen !== null && found.length === 0
        ? [
            `Found nothing on \`${seen.headSha.slice(0, 7)}\` that could be waived. What it can't tell, the report says.`,
          ]
        : []),
      ...found.slice(0, shownFindings).map((finding) => sayFinding(finding, named.has(finding.fingerprint))),
      ...(found.length > shownFindings ? [`and ${found.length - shownFindings} more`] : []),
    ],
  };
}
