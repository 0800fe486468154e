import { z } from "zod";
import type { Effect } from "./effect.ts";

export type Translate = (payload: unknown, appId: number) => Effect | null;

/** Translates the payloads of one event. One that lacks what is read asks for nothing. */
export function translator<Payload>(
  schema: z.ZodType<Payload>,
  translate: (payload: Payload, appId: number) => Effect | null,
): Translate {
  return (payload, appId) => {
    const parsed = schema.safeParse(payload);
    return parsed.success ? translate(parsed.data, appId) : null;
  };
}

const id = z.number().int().positive();
/** Counts within one repository; the database's columns for it end there. */
const number = id.max(2 ** 31 - 1);
/** Text that a database can hold. */
const holdable = z.string().refine((value) => !value.includes("\0") && value.isWellFormed());
const text = holdable.min(1);

const repository = z.object({ id, name: text, owner: z.object({ login: text }) });
const installation = z.object({ id });

/** The parts of each webhook that are read. Everything else in a payload is ignored. */
export const pullRequestPayload = z.object({
  action: text,
  installation,
  repository,
  pull_request: z.object({
    number,
    base: z.object({ ref: text }),
    head: z.object({ sha: text }),
    updated_at: holdable.default(""),
  }),
  changes: z
    .object({ base: z.unknown().optional(), title: z.unknown().optional(), body: z.unknown().optional() })
    .optional(),
});

export const issuePayload = z.object({
  action: text,
  installation,
  repository,
  issue: z.object({ number, pull_request: z.unknown().optional() }),
});

export const commentPayload = z.object({
  action: text,
  installation,
  repository,
  issue: z.object({ number, pull_request: z.unknown().optional() }),
  comment: z.object({
    id,
    node_id: z.string().optional(),
    body: z.string(),
    user: z.object({ id: id.optional() }).nullish(),
    performed_via_github_app: z.object({ id }).nullish(),
  }),
  sender: z.object({ id }).optional(),
});

export const checkRunPayload = z.object({
  action: text,
  installation,
  repository,
  check_run: z.object({ name: text, head_sha: text, external_id: holdable.nullish(), app: z.object({ id }) }),
});

export const checkSuitePayload = z.object({
  action: text,
  installation,
  repository,
  check_suite: z.object({ head_sha: text, app: z.object({ id }) }),
});

export const installationPayload = z.object({ action: text, installation });

const paths = z.array(z.string()).optional();

export const pushPayload = z.object({
  ref: text,
  after: text,
  forced: z.boolean(),
  created: z.boolean(),
  deleted: z.boolean(),
  installation,
  repository: z.object({ id, name: text, owner: z.object({ login: text.optional(), name: text.optional() }) }),
  commits: z.array(z.object({ id: text.optional(), added: paths, modified: paths, removed: paths })),
});
