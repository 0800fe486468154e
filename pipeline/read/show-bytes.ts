/**
 * A size for people, in the units that limits are set in. Rounded up to one decimal, so that what is just over a limit
 * never reads as being on it.
 *
 * @example showBytes(52_428_800); // "50 MiB"
 * @example showBytes(52_428_801); // "50.1 MiB"
 * @example showBytes(1023); // "1023 bytes"
 */
export function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes <= 1023 * 1024 ? [1024, "KiB"] : [1024 * 1024, "MiB"];
  return `${Math.ceil((bytes / (size as number)) * 10) / 10} ${unit}`;
}
