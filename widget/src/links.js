/** Finds what can be tapped in a text: phone numbers, web addresses, e-mail addresses. */
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\b(?:1-)?\d{3}-\d{3}-\d{4}\b|\b(?:911|988)\b)/g;

/**
 * Returns the parts of a text in order: strings, and {text, href} for what can be tapped.
 * @param {string} text
 * @returns {(string | {text: string, href: string})[]}
 */
export function parts(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const [whole, url, mail] = match;
    if (match.index > end) found.push(text.slice(end, match.index));
    found.push({ text: whole, href: url ?? (mail ? `mailto:${mail}` : `tel:${dialled(whole)}`) });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}

/** Returns a number as a phone dials it: those of ten digits are of the US and Canada. */
function dialled(number) {
  const digits = number.replaceAll("-", "");
  return digits.length < 10 ? digits : `+1${digits.slice(-10)}`;
}
