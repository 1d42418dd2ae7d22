// <vitrine-view>: the custom element. Thin: attributes and input go to the wasm viewer, its notices become what is seen and sent.

import { attributes, type AttributeProperties, defineProperties, takeEarlyProperties } from "./attributes.js";
import type { Viewer } from "./boundary.js";
import { type Animated, defineAnimation } from "./element/animation.js";
import { Curtain } from "./element/curtain.js";
import { Engine } from "./element/engine.js";
import { type ErrorDetail, type LoadDetail, type Metres, send, type VitrineEventMap } from "./events.js";
import { forwardInput, forwardWheel } from "./element/input.js";
import { Message } from "./element/message.js";
import { Room } from "./element/room.js";
import { adoptStyle, buildShadow, type Shadow } from "./element/shadow.js";
import { StoreCounter } from "./element/store-counter.js";
import { watchSurroundings } from "./element/surroundings.js";
import { VariantRow } from "./element/variant-row.js";
import type { CodedError } from "./loader.js";
import { words } from "./words.js";

export type * from "./events.js";

/** The table's properties, and HTML's own listener methods with our events' types. */
export interface VitrineView extends AttributeProperties, Animated {
  addEventListener<K extends keyof VitrineEventMap>(type: K, listener: (this: VitrineView, event: VitrineEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "vitrine-view": VitrineView;
  }
}

/** The viewer's answer to `camera`: angles in radians, lengths in metres. */
interface Camera {
  theta: number;
  phi: number;
  radius: number;
  target: Metres;
}

/** A product to turn, to place in the room and to reserve in a store. */
export class VitrineView extends HTMLElement {
  /** Words shown and spoken; assign translations before the element is on the page. */
  static words = words;
  /** Folder address of the wasm builds where they do not lie beside this script. */
  static moduleBase: string | undefined;
  static observedAttributes = attributes.map((row) => row.name);

  readonly #shadow: Shadow;
  readonly #styles: string[] = [];
  readonly #engine: Engine;
  readonly #message: Message;
  readonly #room: Room;
  readonly #store: StoreCounter;
  readonly #curtain: Curtain;
  readonly #variants: VariantRow;
  /** Ends every listener and observer of this stay on the page. */
  #stay: AbortController | undefined;
  #wheel: AbortController | undefined;
  #size: [number, number, number] | undefined;
  #isSeen = false;
  #isNear = false;
  #isLess = false;
  #load: LoadDetail | undefined;
  #camera: Camera | null | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const { words } = VitrineView;
    this.#shadow = buildShadow(root, words);
    adoptStyle(root);
    const { stage, overlay } = this.#shadow;
    const act = (name: string, detail?: unknown) => this.act(name, detail);
    const addStyle = (text: string) => this.#addStyle(text);
    const fail = (code: string, message: string) => this.#fail(code, message);
    const chooseVariant = (name: string) => { this.variantName = name; };
    this.#curtain = new Curtain(this, this.#shadow);
    this.#variants = new VariantRow({ row: this.#shadow.row, label: words.view.variants, addStyle, choose: chooseVariant });
    this.#message = new Message(this.#shadow.message, words, () => this.retry());
    this.#engine = new Engine({
      stage,
      base: () => VitrineView.moduleBase,
      backend: () => this.backend,
      opened: (viewer) => this.#opened(viewer),
      notice: (name, detail) => this.#notice(name, detail),
      failed: (error: CodedError) => this.#fail(error.code, error.message),
    });
    this.#store = new StoreCounter(this, root, stage, {
      words, addStyle,
      base: () => VitrineView.moduleBase,
      notice: (name, detail) => this.#notice(name, detail),
      failed: (message) => this.#fail("module-failed", message),
    });
    this.#room = new Room(this, overlay, { words, act, addStyle, fail, chooseVariant, store: this.#store, viewer: () => this.#engine.viewer });
    this.#listenToButtons();
  }

  connectedCallback(): void {
    if (this.#stay) return; // moved within the page: everything still runs
    takeEarlyProperties(this);
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    const viewer = () => this.#engine.viewer;
    forwardInput(this.#shadow.stage, viewer, signal);
    watchSurroundings(this, this.#shadow.stage, {
      resized: (...size) => {
        this.#size = size;
        viewer()?.resize(...size);
      },
      seen: (isSeen) => {
        this.#isSeen = isSeen;
        viewer()?.visible(isSeen);
      },
      near: () => {
        this.#isNear = true;
        this.#start();
      },
      reducedMotion: (isLess) => {
        this.#isLess = isLess;
        viewer()?.set("reduced-motion", isLess ? "" : undefined);
      },
    }, signal);
    addEventListener("online", () => this.#store.online(), { signal });
    this.#dress();
    this.#store.resume();
    this.#isNear = this.loading === "eager";
    this.#start();
  }

  disconnectedCallback(): void {
    // Moving an element takes it out and puts it in: only one that stays out gives everything back.
    queueMicrotask(() => {
      if (this.isConnected || !this.#stay) return;
      this.#stay.abort();
      this.#stay = undefined;
      this.#wheel?.abort();
      this.#wheel = undefined;
      this.#store.stop();
      this.#room.reset();
      this.#engine.stop();
      this.#cover();
    });
  }

  adoptedCallback(): void {
    adoptStyle(this.shadowRoot!, ...this.#styles);
  }

  attributeChangedCallback(name: string, _old: string | null, value: string | null): void {
    const row = attributes.find((row) => row.name === name);
    if (row?.to === "viewer") this.#engine.viewer?.set(name, value ?? undefined);
    this.#store.set(name, value);
    if (!this.#stay) return;
    if (name === "src") {
      this.#expect();
      this.#start();
    }
    if (name === "backend" && this.#engine.isStarted) this.#engine.restart();
    if (name === "variant-name") this.#showVariants(value ?? "");
    this.#dress();
  }

  /** True once the product of the present `src` is there. */
  get loaded(): boolean {
    return this.#load !== undefined;
  }

  /** True while the product is uncovered and drawn. */
  get modelIsVisible(): boolean {
    return this.#curtain.isOpen;
  }

  /** Names of the product's variants; empty until loaded. */
  get availableVariants(): string[] {
    return [...(this.#load?.variants ?? [])];
  }

  /** True where `activateAR` can begin a room session. */
  get canActivateAR(): boolean {
    return this.ar && this.#room.isSupported;
  }

  /** Size of the product in metres; zero until loaded. */
  getDimensions(): Metres {
    return this.#load?.dimensions ?? { x: 0, y: 0, z: 0 };
  }

  /** Begins a room session. Call it in a click: browsers allow it only there. */
  activateAR(): void {
    this.#room.enter();
  }

  /** Opens the store panel; starts the view first when it waits. */
  openStore(): void {
    this.#wake();
    this.#store.open();
  }

  /** Uncovers the product. */
  dismissPoster(): void {
    this.#curtain.isRevealed = true;
    this.#wake();
    this.#dress();
  }

  /** Covers the product again. */
  showPoster(): void {
    this.#curtain.cover();
    this.#dress();
  }

  /** Puts the camera back to `camera-orbit`, `camera-target` and `field-of-view`. */
  resetView(): void {
    this.act("reset-view");
  }

  /** Tries again after an error. */
  retry(): void {
    this.#message.hide();
    this.#engine.forgive();
    if (this.#engine.viewer) this.act("reload");
    else this.#wake();
  }

  /** Does something by its name in the viewer (see boundary.ts); nothing while no viewer is open. */
  act(name: string, detail?: unknown): void {
    this.#engine.viewer?.act(name, detail === undefined ? "" : JSON.stringify(detail));
  }

  /** Answers a question by its name (see boundary.ts); `null` while there is no answer. */
  query(name: string): unknown {
    if (name === "store") return this.#store.shown;
    const viewer = this.#engine.viewer;
    return viewer ? JSON.parse(viewer.query(name)) : null;
  }

  /** Which build draws: `webgpu`, `webgl`, or undefined while none does. */
  get activeBackend(): string | undefined {
    return this.#engine.viewer && this.#engine.build;
  }

  /** Starts when there is something to show and the shopper is near it. */
  #start(): void {
    if (this.#isNear && this.src && this.reveal !== "interaction") this.#wake();
  }

  #wake(): void {
    if (!this.#stay || this.#engine.isStarted) return;
    this.#curtain.progress(0);
    this.#engine.start();
    this.#dress();
  }

  #opened(viewer: Viewer): void {
    for (const row of attributes) {
      const value = this.getAttribute(row.name);
      if (row.to === "viewer" && row.name !== "src" && value !== null) viewer.set(row.name, value);
    }
    this.#lookAsBefore(viewer);
    viewer.set("reduced-motion", this.#isLess ? "" : undefined);
    if (this.#size) viewer.resize(...this.#size);
    viewer.visible(this.#isSeen);
    if (this.src) viewer.set("src", this.src); // last: everything else is known when the file arrives
    void this.#room.ask().then(() => this.#dress());
  }

  /** After a loss the shopper sees the product from where it was seen. */
  #lookAsBefore(viewer: Viewer): void {
    if (!this.#camera) return;
    const { theta, phi, radius, target } = this.#camera;
    this.#camera = undefined;
    viewer.set("camera-orbit", `${theta}rad ${phi}rad ${radius}m`);
    viewer.set("camera-target", `${target.x}m ${target.y}m ${target.z}m`);
  }

  #notice(name: string, detail: any): void {
    switch (name) {
      case "progress": return this.#curtain.progress(detail.totalProgress, detail);
      case "load": return this.#loaded(detail);
      case "first-frame": return this.#drawn();
      case "error": return this.#fail(detail.code, detail.message);
      case "context-lost": return this.#lost(detail.message);
      case "announce": return void (this.#shadow.live.textContent = detail.text);
      case "warning": console.warn(`<vitrine-view>: ${detail.message} (${detail.code})`); break;
      case "variant-applied": this.#showVariants(detail.variant ?? ""); break;
      case "store": this.#store.render(detail); break;
      case "store-remember": return this.#store.remember(detail);
      case "store-forget": return this.#store.forget();
      case "ar-hint": return this.#room.hint(detail.text);
      case "ar-status": this.#room.status(detail.status, detail.reason); break;
      case "ar-tracking": this.#room.tracking(detail.status); break;
      case "ar-bridge-failed": return this.#useOtherBuild();
    }
    send(this, name as keyof VitrineEventMap, detail);
  }

  #loaded(detail: LoadDetail): void {
    this.#load = detail;
    for (const warning of detail.warnings) console.warn(`<vitrine-view>: ${warning}`);
    this.#showVariants(this.variantName);
    send(this, "load", detail);
  }

  #drawn(): void {
    const isBack = this.#message.isRecovering;
    this.#curtain.isDrawn = true;
    this.#curtain.progress(1);
    this.#message.hide();
    this.#shadow.live.textContent = VitrineView.words.view.loaded;
    if (this.reveal !== "manual") this.#curtain.isRevealed = true;
    this.#dress();
    if (isBack) send(this, "context-restored", {});
  }

  #cover(): void {
    this.#curtain.isDrawn = false;
    this.#curtain.isRevealed = false;
    this.#expect();
  }

  /** Another product is on its way; the old one stays in sight until it is there. */
  #expect(): void {
    this.#load = undefined;
    this.#message.hide();
  }

  #fail(code: string, message: string, recovering = false): void {
    const type: ErrorDetail["type"] = code === "context-lost" ? "webglcontextlost" : code.startsWith("ar-") ? "arfailure" : "loadfailure";
    this.#curtain.progress(1);
    if (send(this, "error", { code, message, type, recovering })) {
      if (recovering) this.#message.recovering();
      else this.#message.error(code, message, type !== "arfailure");
    }
    this.#dress();
  }

  #lost(message: string): void {
    this.#camera = this.#load && (this.query("camera") as Camera | null);
    this.#curtain.isDrawn = false;
    this.#room.reset();
    this.#fail("context-lost", message, this.#engine.recover(performance.now()));
  }

  #useOtherBuild(): void {
    this.#room.reset();
    this.#curtain.isDrawn = false;
    this.#engine.restart("webgl");
    this.#message.say(VitrineView.words.view.tapAgain);
    this.#dress();
  }

  #showVariants(variant: string): void {
    const names = this.#load?.variants ?? [];
    this.#room.variants(names, variant);
    this.#variants.show(names, variant);
  }

  /** Brings the visible state of the shadow tree in line with the attributes. */
  #dress(): void {
    const { stage, posterImage, arSlot, storeSlot } = this.#shadow;
    const canTurn = this.cameraControls;
    stage.setAttribute("role", canTurn ? "application" : "img");
    stage.setAttribute("aria-label", this.alt || VitrineView.words.view.label);
    stage.tabIndex = canTurn ? 0 : -1;
    stage.ariaRoleDescription = canTurn ? VitrineView.words.view.role : null;
    if (canTurn) stage.setAttribute("aria-describedby", "keys");
    else stage.removeAttribute("aria-describedby");
    posterImage.hidden = this.poster === "";
    if (this.poster && posterImage.getAttribute("src") !== this.poster) posterImage.src = this.poster;
    arSlot.hidden = !this.canActivateAR;
    storeSlot.hidden = this.storeUrl === "" || this.itemId === "";
    this.#listenToWheel(canTurn && !this.disableZoom);
    this.#curtain.dress(this.reveal === "interaction" && !this.#engine.isStarted);
  }

  #listenToWheel(listens: boolean): void {
    if (listens === (this.#wheel !== undefined)) return;
    this.#wheel?.abort();
    this.#wheel = listens ? new AbortController() : undefined;
    if (this.#wheel) forwardWheel(this.#shadow.stage, () => this.#engine.viewer, this.#wheel.signal);
  }

  #listenToButtons(): void {
    const { arSlot, storeSlot, startButton, poster } = this.#shadow;
    arSlot.addEventListener("click", () => this.activateAR());
    storeSlot.addEventListener("click", () => this.openStore());
    for (const button of [startButton, poster]) button.addEventListener("click", () => this.dismissPoster());
  }

  #addStyle(text: string): void {
    if (this.#styles.includes(text)) return;
    this.#styles.push(text);
    adoptStyle(this.shadowRoot!, ...this.#styles);
  }
}

defineProperties(VitrineView.prototype);
defineAnimation(VitrineView.prototype);
if (!customElements.get("vitrine-view")) customElements.define("vitrine-view", VitrineView);
