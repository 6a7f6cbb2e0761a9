/** The conversation as text and on paper. */

/**
 * Returns a conversation as plain text.
 * @param {{from: string, text: string}[]} messages
 * @param {(name: string) => string} say gives the widget's own words
 */
export function written(messages, say) {
  return messages
    .map(({ from, text }) => `${say(from === "patient" ? "you" : "assistant")}: ${text}`)
    .join("\n\n");
}

/**
 * Prints a conversation from a window of its own, which closes afterwards. Returns whether the
 * browser lets it have one.
 */
export function print(messages, say) {
  const sheet = window.open("", "_blank");
  if (!sheet) return false;
  const page = sheet.document;
  page.title = say("log");
  for (const paragraph of written(messages, say).split("\n\n")) {
    const line = page.createElement("p");
    line.textContent = paragraph;
    page.body.append(line);
  }
  sheet.addEventListener("afterprint", () => sheet.close());
  sheet.print();
  return true;
}
