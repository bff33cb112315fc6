/** The element of the page with this id. A missing one is our own mistake. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page lacks #${id}`);
  return found;
}

/** Shows a text, or hides the element when there is none. */
export function say(target: HTMLElement, text: string): void {
  target.textContent = text;
  target.hidden = text === '';
}

/** A new element with class and text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
