import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Far beyond what a comment can hold; keeps a hostile line from filling the memory. */
const longestText = 4_000_000;

/** The key of seals, made from the App's private key, which no database holds. */
export function sealKeyOf(privateKey: string): Buffer {
  return Buffer.from(hkdfSync("sha256", privateKey.trim(), "", "modelsync waivers", 32));
}

/**
 * Plain data as a hidden line of Markdown that only who holds the App's key can write.
 *
 * @param place what it is for: a line that was copied to another place is worth nothing there
 */
export function seal(kind: string, value: unknown, place: string, key: Buffer): string {
  const text = deflateRawSync(JSON.stringify(value)).toString("base64");
  return `<!-- modelsync:${kind} ${text}.${sign(text, place, key).toString("base64")} -->\n`;
}

/** The data of the first such line; null when there is none, or when anybody else wrote it. */
export function openSeal(kind: string, markdown: string, place: string, key: Buffer): unknown {
  const line = new RegExp(`<!-- modelsync:${kind} ([A-Za-z0-9+/=]+)\\.([A-Za-z0-9+/=]+) -->`);
  const [, text, signature] = line.exec(markdown) ?? [];
  if (text === undefined || signature === undefined) return null;
  const [given, own] = [Buffer.from(signature, "base64"), sign(text, place, key)];
  if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
  return JSON.parse(inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: longestText }).toString("utf8"));
}

function sign(text: string, place: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(`${place}.${text}`).digest();
}
