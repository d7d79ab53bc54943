// What is answered lies sealed on this device (AES-GCM), by a key that comes with the paper and that
// no script can take out again: whoever signs in after it finds nothing to read.  A browser that has
// no such craft, as without HTTPS, keeps the answers open; so does it whatever cannot be sealed.
const CRAFT = "AES-GCM";
const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const letters = (content) => Array.from(
  new Uint8Array(content), (byte) => String.fromCharCode(byte)).join("");

export class Seal {
  constructor(secret) {
    this.key = Promise.resolve().then(() => crypto.subtle.importKey(
      "raw", bytes(atob(secret)), CRAFT, false, ["encrypt", "decrypt"])).catch(() => null);
  }

  // `entry` as it is kept: in the place of its fields what only the key opens.
  async close({ fields, locked, ...entry }) {
    const key = await this.key;
    if (!fields || !key) return { ...entry, ...(fields ? { fields } : {}) };
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const shut = await crypto.subtle.encrypt(
        { name: CRAFT, iv }, key, new TextEncoder().encode(JSON.stringify(fields)));
      return { ...entry, sealed: [letters(iv), letters(shut)] };
    } catch {
      return { ...entry, fields };
    }
  }

  // `entry` as it was given; where the key is another one it stays as it is, `locked`.
  async open(entry) {
    if (!entry.sealed) return entry;
    const { sealed: [iv, shut], ...rest } = entry;
    try {
      const text = await crypto.subtle.decrypt(
        { name: CRAFT, iv: bytes(iv) }, await this.key, bytes(shut));
      return { ...rest, fields: JSON.parse(new TextDecoder().decode(text)) };
    } catch {
      return { ...entry, locked: true };
    }
  }
}
