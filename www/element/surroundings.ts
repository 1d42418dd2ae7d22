// Watches what is around the element: its size, the screen's pixels, whether it is seen, and the wish for less motion.

/** Above this many device pixels per CSS pixel the eye gains nothing and the card pays fourfold. */
const MAX_PIXEL_RATIO = 2;
/** Loading starts when the element is this near to the visible part of the page. */
const NEAR = "400px";

/** What the element does when its surroundings change. */
export interface Surroundings {
  resized(width: number, height: number, pixelRatio: number): void;
  seen(isVisible: boolean): void;
  /** Called once, when the element comes near the visible part of the page. */
  near(): void;
  reducedMotion(isReduced: boolean): void;
}

/** Watches until the signal ends. Every listener and observer ends with it. */
export function watchSurroundings(element: HTMLElement, stage: HTMLElement, told: Surroundings, signal: AbortSignal): void {
  watchSize(stage, told, signal);
  watchSight(element, told, signal);
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => told.reducedMotion(motion.matches);
  motion.addEventListener("change", tell, { signal });
  tell();
}

function watchSize(stage: HTMLElement, told: Surroundings, signal: AbortSignal): void {
  const measure = () => {
    const { clientWidth, clientHeight } = stage;
    if (clientWidth && clientHeight) told.resized(clientWidth, clientHeight, Math.min(devicePixelRatio, MAX_PIXEL_RATIO));
  };
  const observer = new ResizeObserver(measure);
  observer.observe(stage);
  signal.addEventListener("abort", () => observer.disconnect());
  // A query for "the present ratio" tells of the first change only, so each change asks anew.
  const watchRatio = () => {
    if (signal.aborted) return;
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
      measure();
      watchRatio();
    }, { once: true, signal });
  };
  watchRatio();
}

function watchSight(element: HTMLElement, told: Surroundings, signal: AbortSignal): void {
  let inView = false;
  const tell = () => told.seen(inView && document.visibilityState === "visible");
  const sight = new IntersectionObserver((entries) => {
    inView = entries.at(-1)?.isIntersecting ?? false;
    tell();
  });
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    told.near();
  }, { rootMargin: NEAR });
  sight.observe(element);
  near.observe(element);
  document.addEventListener("visibilitychange", tell, { signal });
  signal.addEventListener("abort", () => {
    sight.disconnect();
    near.disconnect();
  });
}
