import type { Effect } from "./effect.ts";
import { installationPayload, installationRepositoriesPayload } from "./payloads.ts";

/** Translates `installation`: open pull requests get their check when the App arrives or comes back. */
export function installationEffect(payload: unknown): Effect | null {
  const parsed = installationPayload.safeParse(payload);
  if (!parsed.success) return null;
  const { action, installation, repositories } = parsed.data;
  const installationId = installation.id;
  if (action === "deleted" || action === "suspend") {
    return { kind: "installation", installationId, active: false, fanOut: null };
  }
  if (action !== "created" && action !== "unsuspend") return null;
  const listed = repositories?.map(toRepository) ?? null;
  const fanOut = { kind: "installation" as const, installationId, repositories: listed };
  return { kind: "installation", installationId, active: true, fanOut };
}

/** Translates `installation_repositories`: the same for repositories that were added later. */
export function installationRepositoriesEffect(payload: unknown): Effect | null {
  const parsed = installationRepositoriesPayload.safeParse(payload);
  if (!parsed.success || parsed.data.action !== "added") return null;
  const { installation, repositories_added } = parsed.data;
  if (repositories_added.length === 0) return null;
  const repositories = repositories_added.map(toRepository);
  return { kind: "fan-out", fanOut: { kind: "installation", installationId: installation.id, repositories } };
}

function toRepository({ id, full_name }: { id: number; full_name: string }): {
  id: number;
  owner: string;
  name: string;
} {
  const [owner = "", name = ""] = full_name.split("/");
  return { id, owner, name };
}
