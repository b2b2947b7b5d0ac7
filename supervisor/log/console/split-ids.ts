const IDS = /(?: (?:\w+_id|user|session)=\S+)+$/;

/** A message without the ids at its end, and these: they are there to be searched for rather than read. */
export function splitIds(message: string): { readonly text: string; readonly ids: string } {
  const end = IDS.exec(message)?.index ?? message.length;
  return { text: message.slice(0, end), ids: message.slice(end) };
}
