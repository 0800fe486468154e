import { type Override, overrideSchema } from "../verdict/override.ts";
import { openSeal, seal } from "./seal.ts";

/** Which check run a seal is for: that of one commit and one base branch. */
interface Place {
  repositoryId: number;
  headSha: string;
  baseRef: string;
}

/** The hidden line of the check run's text, from which an App reads the override back, with or without its database. */
export function sealOverride(override: Override, place: Place, key: Buffer): string {
  return seal("override", override, nameOf(place), key);
}

/** The override that a check run's text holds; null when it holds none, or when anybody else wrote that line. */
export function openSealedOverride(text: string, place: Place, key: Buffer): Override | null {
  const override = overrideSchema.safeParse(openSeal("override", text, nameOf(place), key));
  return override.success ? override.data : null;
}

function nameOf({ repositoryId, headSha, baseRef }: Place): string {
  return `override ${repositoryId} ${headSha} ${baseRef}`;
}
