// Makes a living tree equal to a fresh one by the smallest changes, so that focus, scroll and half-typed words survive.

/** Makes `live`'s attributes and children equal to those of `fresh`. Fresh nodes may move into the living tree. */
export function morph(live: Element, fresh: Element): void {
  morphAttributes(live, fresh);
  const left = [...live.childNodes];
  for (const next of [...fresh.childNodes]) {
    const index = left.findIndex((node) => isSame(node, next));
    if (index < 0) {
      live.insertBefore(next, left[0] ?? null);
      continue;
    }
    // What stood before it is gone from the fresh tree: moving the found node instead would lose its focus.
    for (const gone of left.splice(0, index)) gone.remove();
    const same = left.shift();
    if (same instanceof Element) morph(same, next as Element);
    else if (same && same.nodeValue !== next.nodeValue) same.nodeValue = next.nodeValue;
  }
  for (const gone of left) gone.remove();
}

/** Elements are the same thing when tag and `data-key` agree; texts always. */
function isSame(live: Node, fresh: Node): boolean {
  if (live instanceof Element && fresh instanceof Element) {
    return live.tagName === fresh.tagName && live.getAttribute("data-key") === fresh.getAttribute("data-key");
  }
  return live.nodeType === fresh.nodeType;
}

function morphAttributes(live: Element, fresh: Element): void {
  for (const { name } of [...live.attributes]) if (!fresh.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  if (!(live instanceof HTMLInputElement && fresh instanceof HTMLInputElement)) return;
  if (live.type === "checkbox") live.checked = fresh.checked;
  // The snapshot echoes what was typed a moment ago: writing it into the field in use would eat the newest letter.
  else if (!live.matches(":focus") && fresh.hasAttribute("value")) live.value = fresh.value;
}
