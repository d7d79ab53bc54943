// A shelf on which there is no room left goes on in the memory of this page: what is answered is
// sent all the same.  What stands in memory has a name and a count of its own.
export function sturdy(place, own) {
  const spare = new Map();
  const name = ({ client, seq }) => `${client} ${seq}`;
  let count = 0;

  return {
    client: place.client,
    get kind() { return spare.size ? "full" : place.kind; },

    async put({ client = place.client, ...entry }) {
      const there = client === place.client
        && await place.put(entry).then(() => true, () => false);
      if (there) return spare.delete(name({ client, ...entry }));
      const kept = entry.seq ? { client, ...entry } : { ...entry, client: own, seq: ++count };
      return spare.set(name(kept), kept);
    },

    async list() {
      const all = (await place.list()).map((one) => ({ client: place.client, ...one }));
      return [...all.filter((one) => !spare.has(name(one))), ...spare.values()];
    },

    async remove(one) {
      spare.delete(name(one));
      if (one.client === place.client) await place.remove(one.seq);
    },
  };
}
