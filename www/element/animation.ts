// Playing the product's animations: model-viewer's properties and methods, each answered by the viewer.

/** What `play` takes. */
export interface PlayOptions {
  /** How many times; Infinity when it is absent. */
  repetitions?: number;
  /** Every second time backwards. */
  pingpong?: boolean;
}

/** The viewer's answer to `animation`; times in seconds. */
interface Playing {
  names: string[];
  time: number;
  duration: number;
  paused: boolean;
  timeScale: number;
}

/** What the element has of animations. */
export interface Animated {
  /** Names of the product's animations; empty until loaded. */
  readonly availableAnimations: string[];
  /** Length of the present animation in seconds; 0 while none has been played. */
  readonly duration: number;
  /** True unless an animation plays. */
  readonly paused: boolean;
  /** Where in the animation the product is, in seconds. Writing it goes there. */
  currentTime: number;
  /** Speed; negative runs backwards. Kept until the next product. */
  timeScale: number;
  /** Plays `animation-name`, or the product's first animation. Not held back by reduced motion: the page asked for it. */
  play(options?: PlayOptions): void;
  /** Holds the animation where it is. */
  pause(): void;
}

/** What is asked of the element to do it. */
interface Asked extends HTMLElement {
  act(name: string, detail?: unknown): void;
  query(name: string): unknown;
}

const still: Playing = { names: [], time: 0, duration: 0, paused: true, timeScale: 1 };

function playing(element: Asked): Playing {
  return (element.query("animation") as Playing | null) ?? still;
}

/** Gives a class what `Animated` says. */
export function defineAnimation(prototype: Asked): void {
  const define = (name: keyof Animated, read: (now: Playing) => unknown, write?: (element: Asked, value: number) => void) =>
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: Asked) {
        return read(playing(this));
      },
      ...(write && { set(this: Asked, value: unknown) { write(this, Number(value)); } }),
    });
  define("availableAnimations", (now) => now.names);
  define("duration", (now) => now.duration);
  define("paused", (now) => now.paused);
  define("currentTime", (now) => now.time, (element, seconds) => element.act("seek", { seconds }));
  define("timeScale", (now) => now.timeScale, (element, factor) => element.act("time-scale", { factor }));
  Object.assign(prototype, {
    play(this: Asked, options: PlayOptions = {}) {
      this.act("play", options); // Infinity is null in JSON, which is without end too
    },
    pause(this: Asked) {
      this.act("pause");
    },
  });
}
