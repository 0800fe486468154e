import { describeSchemas, type JsonSchema, toJsonSchema } from "../pipeline/experiment/describe-schema.ts";
import { checkDefaults, defaultInWords } from "../src/policy/check-defaults.ts";
import { policyVersions } from "../src/policy/policy.ts";
import type { Check, CheckDefaults } from "../src/verdict/check.ts";

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
  return `${[intro(checks), ...parts].join("\n\n")}\n`;
}

const intro = (checks: ReadonlyMap<string, Check>) => `# Checks

<!-- Made from src/checks by scripts/generate-docs.ts. Change it there. -->

Each check has a level in the policy, under \`checks\`: \`block\` (a failure, or not being able to tell, blocks the merge),
\`warn\` (it is only shown) or \`off\`. A check that does not apply never blocks, and
one that a later version of ModelSync adds only warns until the policy says otherwise. What a check found can be
[waived](commands.md#waivers), unless its entry in the policy says \`waivable: false\`.

\`\`\`yaml
version: 2
checks:
  linked-issue: { level: block, minimum: 1 }
  data-leakage: { level: warn, also_block: [target-copy] }
\`\`\`

## Versions of the policy

The first key of a policy is the version of its format. Newer versions have stricter defaults: what a policy says itself counts
in every version, and a policy of version 1 keeps the defaults of version 1, so that no update turns a pull request red.

${versionTable([...checks.values()])}

Some kinds of finding can block where their check only warns: \`also_block\` lists them. Then the check also blocks when it
can't tell, because nobody knows whether one of them is there.

\`modelsync policy migrate\` rewrites \`.github/modelsync.yml\` in the newest version, writes the level of every check out and shows
what changes: [the command line](command-line.md#a-newer-version-of-the-policy). The fold of a comment and \`/modelsync policy\` say which values are defaults.`;

/** The checks whose defaults are not those of every version. */
function versionTable(checks: readonly Check[]): string {
  const words = ({ level, alsoBlock }: CheckDefaults) =>
    [`\`${level}\``, ...alsoBlock.map((kind) => `\`${kind}\` blocks`)].join(", ");
  const differing = checks.filter(({ defaultsSince }) => defaultsSince !== undefined);
  const rows = differing.map(
    (check) =>
      `| \`${check.id}\` | ${policyVersions.map((version) => words(checkDefaults(check, version))).join(" | ")} |`,
  );
  return [
    `| default of | ${policyVersions.map((version) => `version ${version}`).join(" | ")} |`,
    `|---|${"---|".repeat(policyVersions.length)}`,
    ...rows,
  ].join("\n");
}

function describeCheck(check: Check): string {
  const { summary, passes, fails, cannotTell } = check.docs;
  const options = Object.entries(toJsonSchema(check.options).properties ?? {});
  return [
    `### \`${check.id}\``,
    summary,
    [...levelLines(check), `- **Passes**: ${passes}`, `- **Fails**: ${fails}`, `- **Can't tell**: ${cannotTell}`].join(
      "\n",
    ),
    ...(options.length === 0 ? [] : [describeOptions(options)]),
  ].join("\n\n");
}

function levelLines(check: Check): string[] {
  const code = (word: string) => `\`${word}\``;
  const level = defaultInWords(check, ({ level }) => code(level));
  const kinds = defaultInWords(check, ({ alsoBlock }) => alsoBlock.map(code).join(", ") || "nothing");
  return [
    `- **Level** unless told otherwise: ${level}`,
    ...(check.kinds === undefined
      ? []
      : [
          `- **Blocks also where the level is \`warn\`** (\`also_block\`), of ${check.kinds.names.map(code).join(", ")}: ${kinds}`,
        ]),
  ];
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
