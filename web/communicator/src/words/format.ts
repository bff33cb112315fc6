/** `0:07`, `12:34`, `1:02:03` */
export function duration(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(Math.floor(seconds) % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** One or two letters for a name; the end of a number where there is none, or where it is all that tells one from another. */
export function initials(name: string, number: string): string {
  const words = name.split(/[^\p{L}]+/u).filter((word) => word !== '');
  if (words.length === 0 || (words.length === 1 && number !== '' && name.endsWith(number))) return number.slice(-2);
  const letters = words.length === 1 ? [words[0]] : [words[0], words.at(-1)];
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
}

/** The part of `user@domain` that people dial. */
export const userOf = (address: string): string => address.split('@')[0] ?? address;
