import { installationPayload, installationRepositoriesPayload, translator } from "./payloads.ts";

/** Translates `installation`: open pull requests get their check when the App arrives or comes back. */
export const installationEffect = translator(installationPayload, ({ action, installation, repositories }) => {
  const installationId = installation.id;
  if (action === "deleted" || action === "suspend") {
    return { kind: "installation", installationId, active: false, fanOut: null };
  }
  if (action !== "created" && action !== "unsuspend") return null;
  const listed = repositories?.map(toRepository) ?? null;
  const fanOut = { kind: "installation" as const, installationId, repositories: listed };
  return { kind: "installation", installationId, active: true, fanOut };
});

/** Translates `installation_repositories`: the same for repositories that were added later. */
export const installationRepositoriesEffect = translator(
  installationRepositoriesPayload,
  ({ action, installation, repositories_added }) => {
    if (action !== "added" || repositories_added.length === 0) return null;
    const repositories = repositories_added.map(toRepository);
    return { kind: "fan-out", fanOut: { kind: "installation", installationId: installation.id, repositories } };
  },
);

function toRepository({ id, full_name }: { id: number; full_name: string }): {
  id: number;
  owner: string;
  name: string;
} {
  const [owner = "", name = ""] = full_name.split("/");
  return { id, owner, name };
}
