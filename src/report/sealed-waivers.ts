import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { type Waiver, waiverSchema, withoutRowNames } from "../verdict/waiver.ts";
import { sizeOf } from "./fit-markdown.ts";

/** Which pull request a seal is for: one that was copied to another is worth nothing there. */
interface Place {
  repositoryId: number;
  number: number;
}

/** GitHub refuses a longer comment. */
const commentLimit = 65_536;
/** So few rows of a finding are a line of a kilobyte. */
const fewNames = 100;
/** Far beyond what a comment can hold; keeps a hostile line from filling the memory. */
const longestText = 4_000_000;

const line = /<!-- modelsync:waivers ([A-Za-z0-9+/=]+)\.([A-Za-z0-9+/=]+) -->/;

/** The key of seals, made from the App's private key, which no database holds. */
export function sealKeyOf(privateKey: string): Buffer {
  return Buffer.from(hkdfSync("sha256", privateKey.trim(), "", "modelsync waivers", 32));
}

/**
 * The comment with its waivers in a hidden line, so that an App without its database finds them again. The line is signed,
 * because everybody who may write to the repository may edit the App's comment. Where the comment has no room for the names of
 * all accepted rows, their digest stands for them; where it has none for that either, the line is left out.
 */
export function withSealedWaivers(comment: string, waivers: readonly Waiver[], place: Place, key: Buffer): string {
  if (waivers.length === 0) return comment;
  for (const mostNames of [Number.POSITIVE_INFINITY, fewNames, 0]) {
    const kept = waivers.map(({ findings, ...waiver }) => ({
      ...waiver,
      findings: findings.map((finding) => withoutRowNames(finding, mostNames)),
    }));
    const text = deflateRawSync(JSON.stringify(kept)).toString("base64");
    const sealed = `${comment}<!-- modelsync:waivers ${text}.${sign(text, place, key).toString("base64")} -->\n`;
    if (sizeOf(sealed) <= commentLimit) return sealed;
  }
  return comment;
}

/** The waivers of a comment of ours; empty when it has none, or when anybody else wrote that line. */
export function openSealedWaivers(comment: string, place: Place, key: Buffer): Waiver[] {
  const [, text, signature] = line.exec(comment) ?? [];
  if (text === undefined || signature === undefined) return [];
  const [given, own] = [Buffer.from(signature, "base64"), sign(text, place, key)];
  if (given.length !== own.length || !timingSafeEqual(given, own)) return [];
  const written = inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: longestText }).toString("utf8");
  // An older version may have written another form.
  const waivers = z.array(waiverSchema).safeParse(JSON.parse(written));
  return waivers.success ? waivers.data : [];
}

function sign(text: string, { repositoryId, number }: Place, key: Buffer): Buffer {
  return createHmac("sha256", key).update(`${repositoryId}#${number}.${text}`).digest();
}
