/** Messages as the log shows them: each with a key, by which it is drawn again in its place. */

const MOST_CHARACTERS = 2000; // as the server reads
const UNRATED = ["greeting", "told", "refused"]; // ids of what answers no question

/** Returns messages with keys by which they are drawn again in place, and whether each is rated. */
export function keyed(messages) {
  const counts = new Map();
  const all = messages.map((one) => {
    const base = `${one.from} ${one.id}`;
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    return { ...one, key: `${base} ${count}` };
  });
  return all.map((one, place) => ({ ...one, isRated: isRated(one, all[place + 1]) }));
}

/** An answer is rated once, after its last part. */
function isRated(message, next) {
  const isAnswer = message.from === "assistant" && !UNRATED.includes(message.id);
  return isAnswer && !(next?.from === "assistant" && next.id === message.id);
}

/** Returns a text, of a very long one both ends: the server looks at no more, and refuses most. */
export function ends(text) {
  const all = [...text]; // characters, as the server counts them: none is cut in two
  if (all.length <= 2 * MOST_CHARACTERS) return text;
  return `${all.slice(0, MOST_CHARACTERS).join("")} … ${all.slice(-MOST_CHARACTERS).join("")}`;
}

/** Returns an id that no other message has. Pages without TLS have no crypto.randomUUID. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) =>
    one.toString(16).padStart(2, "0"),
  ).join("");
}
