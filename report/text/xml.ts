/** Escapes text for XML reports and pictures. */
import { printable } from "./printable.ts";

/** Escapes `text` for an element or an attribute in double quotes. Input: only characters that XML allows. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Escapes any text, on one line. Characters that XML 1.0 does not allow are printed as escapes, as on a terminal. */
export function xmlText(text: string): string {
  return escapeXml(printable(text));
}
