/**
 * The element of the page with this id.
 * @throws {Error} if there is none of this kind: the document and the code do not match
 */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is not in the page`);
  return found;
}

/** A new element with a class and content. Text is never read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  if (className) created.className = className;
  created.append(...content);
  return created;
}

export function button(text: string, onClick: () => void): HTMLButtonElement {
  const created = element('button', '', text);
  created.type = 'button';
  created.addEventListener('click', () => {
    if (created.ariaDisabled !== 'true') onClick();
  });
  return created;
}

/** A button that cannot be used now keeps the focus of the keyboard, which a disabled one would lose. */
export function setUsable(control: HTMLButtonElement, isUsable: boolean): void {
  control.ariaDisabled = isUsable ? null : 'true';
}

/** Changes text only where it differs: selections stay, and screen readers hear only news. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Keeps one child per key, in this order, which a function makes when the key is new. */
export function keepChildren<T extends HTMLElement>(
  parent: HTMLElement,
  known: Map<string, T>,
  keys: readonly string[],
  create: (key: string) => T,
): void {
  for (const [key, child] of known) {
    if (keys.includes(key)) continue;
    child.remove();
    known.delete(key);
  }
  for (const [index, key] of keys.entries()) {
    let child = known.get(key);
    if (!child) {
      child = create(key);
      known.set(key, child);
    }
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  }
}
