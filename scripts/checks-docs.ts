import { describeSchemas, type JsonSchema, toJsonSchema } from "../pipeline/experiment/describe-schema.ts";
import type { Check } from "../src/verdict/check.ts";

const groups = [
  ["model", "Model"],
  ["data", "Data"],
  ["collaboration", "Collaboration"],
] as const;

/** The page `docs/checks.md`: what each check asks, when it gives which answer, its options. Made from the checks. */
export function checksDocs(checks: ReadonlyMap<string, Check>): string {
  const parts = groups.flatMap(([group, title]) => {
    const members = [...checks.values()].filter((check) => check.group === group);
    return members.length === 0 ? [] : [`## ${title}`, ...members.map(describeCheck)];
  });
  return `${[intro, ...parts].join("\n\n")}\n`;
}

const intro = `# Checks

<!-- Made from src/checks by scripts/generate-docs.ts. Change it there. -->

Each check has a level in the policy, under \`checks\`: \`block\` (a failure, or not being able to tell, blocks the merge),
\`warn\` (it is only shown) or \`off\`. A check that does not apply never blocks, and
one that a later version adds only warns until the policy says otherwise. What a check found can be
[waived](commands.md#waivers), unless its entry in the policy says \`waivable: false\`.

\`\`\`yaml
checks:
  linked-issue: { level: block, minimum: 1 }
\`\`\``;

function describeCheck(check: Check): string {
  const { summary, passes, fails, cannotTell } = check.docs;
  const options = Object.entries(toJsonSchema(check.options).properties ?? {});
  return [
    `### \`${check.id}\``,
    summary,
    [
      `- **Level** unless told otherwise: \`${check.defaultLevel}\``,
      `- **Passes**: ${passes}`,
      `- **Fails**: ${fails}`,
      `- **Can't tell**: ${cannotTell}`,
    ].join("\n"),
    ...(options.length === 0 ? [] : [describeOptions(options)]),
  ].join("\n\n");
}

function describeOptions(options: [name: string, schema: JsonSchema & { default?: unknown }][]): string {
  const rows = options.map(
    ([name, schema]) =>
      `| \`${name}\` | ${cell(describeSchemas([schema]))} | \`${JSON.stringify(schema.default)}\` | ${cell(schema.description ?? "")} |`,
  );
  return ["| option | allowed | default | |", "|---|---|---|---|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
