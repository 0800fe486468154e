import { resolveObject } from "../git/repository.ts";
import type { Repository } from "../model.ts";
import { nodeId } from "../state.ts";
import { type Context, need } from "./context.ts";
import { showObject } from "./git-objects.ts";

/** A ref by its full name, or by that of a branch or a tag. */
export async function findRef(context: Context, repository: Repository, name: string) {
  if (name.startsWith("refs/")) return showRef(context, repository, name);
  return (
    (await showRef(context, repository, `refs/heads/${name}`)) ??
    (await showRef(context, repository, `refs/tags/${name}`))
  );
}

/** A branch or tag by its full name, or null when there is none. */
export async function showRef(context: Context, repository: Repository, ref: string) {
  need(context, repository, "contents");
  const oid = await resolveObject(repository.directory, ref);
  if (!oid) return null;
  const [, folder = "", ...rest] = ref.split("/");
  return {
    id: nodeId("REF", `${repository.id}:${ref}`),
    name: rest.join("/"),
    prefix: `refs/${folder}/`,
    repository: () => context.show.repository(repository),
    target: () => showObject(context, repository, oid),
  };
}
