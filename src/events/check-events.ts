import type { z } from "zod";
import { baseOfCheckRunName } from "../github/check-run-name.ts";
import type { Effect } from "./effect.ts";
import { checkRunPayload, checkSuitePayload } from "./payloads.ts";

/** Translates `check_run`: a person pressed "Re-run" on a check run of this App. All else is an echo of our own work. */
export function checkRunEffect(payload: unknown, appId: number): Effect | null {
  const parsed = checkRunPayload.safeParse(payload);
  if (!parsed.success || parsed.data.action !== "rerequested") return null;
  const { check_run } = parsed.data;
  const baseRef = baseOfCheckRunName(check_run.name);
  if (check_run.app.id !== appId || baseRef === null) return null;
  return rerun(parsed.data, check_run.head_sha, baseRef);
}

/** Translates `check_suite`: a person pressed "Re-run all checks". */
export function checkSuiteEffect(payload: unknown, appId: number): Effect | null {
  const parsed = checkSuitePayload.safeParse(payload);
  if (!parsed.success || parsed.data.action !== "rerequested") return null;
  const { check_suite } = parsed.data;
  if (check_suite.app.id !== appId) return null;
  return rerun(parsed.data, check_suite.head_sha, null);
}

type Source = Pick<z.infer<typeof checkSuitePayload>, "installation" | "repository">;

function rerun({ installation, repository }: Source, headSha: string, baseRef: string | null): Effect {
  const { id: repositoryId, name, owner } = repository;
  const fanOut = { kind: "rerun", installationId: installation.id, repositoryId, owner: owner.login, name } as const;
  return { kind: "fan-out", fanOut: { ...fanOut, headSha, baseRef } };
}
