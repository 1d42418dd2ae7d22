// A toolbar by keyboard, as the ARIA Authoring Practices have it: one stop for Tab, and from there the arrows, Home and End.

/** What can have the focus; what is hidden cannot. */
const STOPS = "button:not([hidden]),select:not([hidden]),input:not([hidden])";

/** Makes a toolbar's controls one stop: the one that had the focus last, or the first. */
export function oneStop(toolbar: HTMLElement): void {
  let stop: HTMLElement | undefined;
  const all = () => [...toolbar.querySelectorAll<HTMLElement>(STOPS)];
  const settle = () => {
    const stops = all();
    if (!stop || !stops.includes(stop)) stop = stops[0];
    for (const one of stops) one.tabIndex = one === stop ? 0 : -1;
  };
  toolbar.addEventListener("focusin", ({ target }) => {
    stop = target as HTMLElement;
    settle();
  });
  toolbar.addEventListener("keydown", (event) => {
    const stops = all();
    const at = stops.indexOf(event.target as HTMLElement);
    const onward = getComputedStyle(toolbar).direction === "rtl" ? -1 : 1;
    const ways: Record<string, number> = { ArrowRight: at + onward, ArrowLeft: at - onward, Home: 0, End: -1 };
    const to = ways[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops.at(to % stops.length)!.focus();
  });
  // Controls come and go.
  new MutationObserver(settle).observe(toolbar, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  settle();
}
