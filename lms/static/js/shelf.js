// What waits on this device: in IndexedDB, else in localStorage, else in this page alone.
// One device has one name and one count for all its tabs, so a later answer is a later number.
import { sturdy } from "./spare.js";
const NAME = "answers";
const DAY = 24 * 3600 * 1000, WEEK = 7 * DAY;
const newName = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function database() {
  const base = await new Promise((done, failed) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("events", { keyPath: "seq", autoIncrement: true });
      opening.result.createObjectStore("names", { keyPath: "id" });
    };
    opening.onsuccess = () => done(opening.result);
    opening.onerror = opening.onblocked = () => failed(opening.error);
  });
  const within = (store, work) => new Promise((done, failed) => {
    const change = base.transaction(store, "readwrite", { durability: "strict" });
    const request = work(change.objectStore(store));
    change.oncomplete = () => done(request.result);
    change.onerror = change.onabort = () => failed(change.error ?? request.error);
  });
  // "add" fails where another tab was faster; then its name is the name.
  await within("names", (names) => names.add({ id: "client", name: newName() })).catch(() => {});
  const { name } = await within("names", (names) => names.get("client"));
  return {
    kind: "database", client: name,
    put: (entry) => within("events", (events) => events.put(entry)),
    list: () => within("events", (events) => events.getAll()),
    remove: (seq) => within("events", (events) => events.delete(seq)),
  };
}

function drawer(kind, storage) {
  const read = () => JSON.parse(storage.getItem(NAME) ?? '{"count":0,"events":[]}');
  const write = (content) => storage.setItem(NAME, JSON.stringify(content));
  const first = read();
  first.client = first.client ?? newName();
  write(first);
  return {
    kind, client: first.client,
    async put(entry) {
      const content = read();
      const seq = entry.seq ?? ++content.count;
      write({ ...content, events: [
        ...content.events.filter((kept) => kept.seq !== seq), { ...entry, seq }] });
      return seq;
    },
    list: async () => read().events.sort((one, other) => one.seq - other.seq),
    async remove(seq) {
      const content = read();
      write({ ...content, events: content.events.filter((kept) => kept.seq !== seq) });
    },
  };
}

function memory() {
  const kept = {};
  return { getItem: (name) => kept[name], setItem: (name, text) => { kept[name] = text; } };
}

// The best place there is; what the server has held for a week is put away, and a day after the
// attempt was handed in.
export async function open() {
  let place;
  try { place = await database(); } catch {
    try { place = drawer("storage", localStorage); } catch { place = drawer("memory", memory()); }
  }
  navigator.storage?.persist?.().catch(() => {});
  for (const entry of await place.list()) {
    const past = Date.now() - (entry.done ?? entry.typed);
    if (entry.held && past > (entry.done ? DAY : WEEK)) await place.remove(entry.seq);
  }
  return sturdy(place, newName());
}
