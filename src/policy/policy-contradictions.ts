import type { YamlFile } from "../../pipeline/experiment/read-yaml.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { parseTeam } from "./group.ts";
import type { ParsedPolicy } from "./policy-schema.ts";

/** Mistakes that no single key shows: entries that are right alone and wrong together. */
export function policyContradictions(policy: ParsedPolicy, file: YamlFile, owner: string | null): Problem[] {
  return [
    ...duplicateModels(policy, file),
    ...emptyRanges(policy, file),
    ...unreachableLimits(policy, file),
    ...foreignTeams(policy, file, owner),
  ];
}

/** Only an organization's own teams can be asked for who is in them. */
function foreignTeams({ waivers }: ParsedPolicy, file: YamlFile, owner: string | null): Problem[] {
  if (owner === null) return [];
  return waivers.by.flatMap((written, index): Problem[] => {
    const team = parseTeam(written);
    if (team === null || team.organization.toLowerCase() === owner.toLowerCase()) return [];
    return [
      {
        code: "invalid-value",
        where: place(file, ["waivers", "by", index], `waivers.by[${index}]`),
        message: `${written} is a team of another organization than this repository's.`,
        written,
        allowed: `a team of ${owner}`,
        remedy: `Write "@${owner}/${team.slug}" if that is the team that is meant.`,
      },
    ];
  });
}

function duplicateModels(policy: ParsedPolicy, file: YamlFile): Problem[] {
  const first = new Map<string, number>();
  return policy.models.flatMap(({ id }, index): Problem[] => {
    // Compared without case: a reader could not tell two such models apart in a comment.
    const earlier = first.get(id.toLowerCase());
    if (earlier === undefined) {
      first.set(id.toLowerCase(), index);
      return [];
    }
    return [
      {
        code: "duplicate-model",
        where: place(file, ["models", index, "id"], `models[${index}].id`),
        message: `The models ${earlier + 1} and ${index + 1} of the list have the same id.`,
        written: id,
        allowed: "an id that no other model has",
        remedy: "Rename one of the two, or remove it.",
      },
    ];
  });
}

function emptyRanges(policy: ParsedPolicy, file: YamlFile): Problem[] {
  return policy.models.flatMap((model, index) =>
    Object.entries(model.metrics).flatMap(([metric, gate]): Problem[] => {
      if (gate === undefined || gate.min === null || gate.max === null || gate.min <= gate.max) return [];
      return [
        {
          code: "empty-range",
          where: place(file, ["models", index, "metrics", metric, "min"], `models[${index}].metrics.${metric}.min`),
          message: `No value of ${metric} can pass: min is over max.`,
          written: `min ${gate.min}, max ${gate.max}`,
          allowed: "a min that is not over max",
          remedy: "Swap the two limits, or remove one.",
        },
      ];
    }),
  );
}

/** A limit that no value reaches decides the same whatever the model is: most often it is written in percent. */
function unreachableLimits(policy: ParsedPolicy, file: YamlFile): Problem[] {
  return policy.models.flatMap((model, index) =>
    Object.entries(model.metrics).flatMap(([id, gate]): Problem[] => {
      const metric = metrics.get(id);
      if (gate === undefined || metric === undefined) return [];
      const [least, most] = metric.range;
      const allowed = { tolerance: [0, most - least], min: metric.range, max: metric.range } as const;
      return (["tolerance", "min", "max"] as const).flatMap((key): Problem[] => {
        const [from, to] = allowed[key];
        const written = gate[key];
        if (written === null || (written >= from && written <= to)) return [];
        return [
          {
            code: "unreachable-limit",
            where: place(file, ["models", index, "metrics", id, key], `models[${index}].metrics.${id}.${key}`),
            message:
              key === "tolerance"
                ? `No worsening of ${id} can be larger than ${to}, so this tolerance allows every one.`
                : `No value of ${id} can be ${written < from ? "as low" : "as high"} as this limit.`,
            written: String(written),
            allowed: numbersIn(from, to),
            remedy: `Write the limit in the unit of ${id}, not in percent, or remove it.`,
          },
        ];
      });
    }),
  );
}

function numbersIn(from: number, to: number): string {
  if (to === Number.POSITIVE_INFINITY) return `a number, at least ${from}`;
  return from === Number.NEGATIVE_INFINITY ? `a number, at most ${to}` : `a number from ${from} to ${to}`;
}

function place(file: YamlFile, keyPath: PropertyKey[], key: string): Problem["where"] {
  return { path: file.path, ...file.locate(keyPath), key };
}
