/** Text in XML, be it a report or a picture. */
import { printable } from "./printable.ts";

/** `text` within an element or an attribute in double quotes. It holds no character that XML cannot. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Any text on one line. Characters that XML 1.0 cannot hold are shown as escapes, as on a terminal. */
export function xmlText(text: string): string {
  return escapeXml(printable(text));
}
