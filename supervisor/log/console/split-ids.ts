const IDS = /(?: (?:\w+_id|user|session)=\S+)+$/;

/** Separates a message from the ids at its end, which are searched for rather than read. */
export function splitIds(message: string): { readonly text: string; readonly ids: string } {
  const end = IDS.exec(message)?.index ?? message.length;
  return { text: message.slice(0, end), ids: message.slice(end) };
}
