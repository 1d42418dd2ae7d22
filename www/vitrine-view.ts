// <vitrine-view>: the custom element. Thin: attributes and input go to the wasm viewer, its notices become what is seen and sent.

import { attributes, type AttributeProperties, defineProperties, takeEarlyProperties } from "./attributes.js";
import type { Viewer } from "./boundary.js";
import { type Animated, defineAnimation } from "./element/animation.js";
import { Curtain } from "./element/curtain.js";
import { Engine } from "./element/engine.js";
import type { ToBlobOptions } from "./element/picture.js";
import { type ErrorDetail, type LoadDetail, send, type VitrineEventMap } from "./events.js";
import { forwardInput, Wheel } from "./element/input.js";
import { Message } from "./element/message.js";
import { Parts } from "./element/parts.js";
import { Room } from "./element/room.js";
import { adoptStyle, buildShadow, dressStage, type Shadow } from "./element/shadow.js";
import { StoreCounter } from "./element/store-counter.js";
import { TryOnDoor } from "./element/try-on.js";
import { watchSurroundings } from "./element/surroundings.js";
import { VariantRow } from "./element/variant-row.js";
import type { CodedError } from "./loader.js";
import type { ItemOptions, RoomItem } from "./room-types.js";
import type { Model, Pick, Texture } from "./scene-graph.js";
import { type Camera, ViewingElement } from "./viewing-element.js";
import { type Words, words } from "./words.js";

export type * from "./events.js";
export type * from "./room-types.js";
export type * from "./scene-graph.js";
export type * from "./trackers/tracker.js";
export type * from "./values.js";

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

/**
 * A product to turn, to place in the room and to reserve in a store.
 *
 * @slot - Shown where there is no script.
 * @slot poster - Instead of the picture of the attribute `poster`.
 * @slot progress-bar - Instead of the element's own progress bar.
 * @slot ar-button - Instead of the button that leads into the room.
 * @slot try-on-button - Instead of the button that opens the mirror.
 * @slot exit-webxr-ar-button - Instead of the button that leaves the room.
 * @slot store-button - Instead of the button that opens the stores.
 * @csspart stage - What takes focus and input; holds the canvas.
 * @csspart canvas - The picture.
 * @csspart poster - The poster's picture.
 * @csspart controls - The row of buttons and variants.
 * @csspart default-start-button - Starts a view that waits for a press.
 * @csspart default-ar-button - Leads into the room.
 * @csspart default-try-on-button - Opens the mirror, whose parts are `try-on` and names such as `try-on-save-button`.
 * @csspart default-store-button - Opens the stores.
 * @csspart default-progress-bar - The progress bar.
 * @csspart default-progress-mask - Its filled part.
 * @csspart message - Words when something is wrong.
 * @csspart ar-overlay - Lies over the camera picture in the room.
 * @csspart variants - The chooser of variants.
 * @csspart variant - One variant; also `variant-` and its name, such as `variant-moss-green`.
 * @csspart swatch - Its patch of colour.
 * @cssprop --poster-color - Behind the poster.
 * @cssprop --progress-bar-color - Of the progress bar.
 * @cssprop --progress-bar-height - Of the progress bar.
 * @cssprop --ar-button-display - `none` hides the button into the room.
 * @cssprop --ar-button-scale - Its size.
 * @cssprop --accent-color - Of what stands out.
 * @cssprop --on-accent-color - Of words on it.
 * @cssprop --focus-color - Of the ring around what has the keyboard's focus.
 * @cssprop --panel-background - Of panels and buttons.
 * @cssprop --panel-color - Of words on them.
 * @cssprop --panel-radius - Of panels' corners.
 * @cssprop --swatch-display - `inline-block` shows the variants' patches of colour.
 */
export class VitrineView extends ViewingElement {
  /** Words shown and spoken; assign translations before the element is on the page. */
  static words: Words = words;
  /** Folder address of the wasm builds where they do not lie beside this script. */
  static moduleBase: string | undefined;
  /** Finds faces or hands for the mirror instead of MediaPipe. */
  static tracker: import("./trackers/tracker.js").TrackerMaker | undefined;
  static observedAttributes = attributes.map((row) => row.name);

  readonly #shadow: Shadow;
  readonly #styles: string[] = [];
  readonly #engine: Engine;
  readonly #message: Message;
  readonly #parts: Parts;
  readonly #room: Room;
  readonly #tryOn: TryOnDoor;
  readonly #store: StoreCounter;
  readonly #curtain: Curtain;
  readonly #variants: VariantRow;
  /** Ends every listener and observer of this stay on the page. */
  #stay: AbortController | undefined;
  readonly #wheel: Wheel;
  #size: [number, number, number] | undefined;
  #isSeen = false;
  #isNear = false;
  #isLess = false;
  #load: LoadDetail | undefined;
  #camera: Partial<Camera> | null | undefined;

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
    const viewer = () => this.#engine.viewer;
    const later = () => this.#engine.later();
    this.#parts = new Parts(stage, viewer, later);
    this.#wheel = new Wheel(stage, viewer);
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
    this.#room = new Room(this, overlay, {
      words, act, addStyle, fail, chooseVariant, viewer, later, store: this.#store,
      variants: () => this.availableVariants, query: (name) => this.query(name), base: () => VitrineView.moduleBase, notice: (name, detail) => this.#notice(name, detail),
    });
    this.#tryOn = new TryOnDoor(this, this.#shadow, {
      words, viewer, later, addStyle, draw: () => this.#engine.draw(), openStore: () => this.openStore(), tracker: () => VitrineView.tracker,
    });
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
      this.#wheel.listen(false);
      this.#store.stop();
      this.#room.reset();
      this.#tryOn.close();
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
  override get loaded(): boolean {
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

  /** The product's parts and materials; `undefined` until the `load` event. */
  get model(): Model | undefined {
    return this.#load && this.#parts.model;
  }

  /** What is under a point of the window, such as a click's `clientX` and `clientY`; `null` where nothing is. */
  override pick(x: number, y: number): Pick | null {
    return this.#load ? this.#parts.pick(x, y) : null;
  }

  /** A texture for `setTexture`, of an address or of a picture that the page has. Rejects with a reason for people. */
  createTexture(source: string | URL | ImageBitmapSource, type = ""): Promise<Texture> {
    return this.#parts.createTexture(source, type);
  }

  /** The picture of this moment, with transparency, as a file. */
  async toBlob(options: ToBlobOptions = {}): Promise<Blob> {
    const { blobOf, idealAspect } = await import("./element/picture.js");
    return blobOf(this.#engine.draw(), options, idealAspect(this.getDimensions(), this.getFieldOfView()));
  }

  /** The picture of this moment as an address. */
  toDataURL(type?: string, encoderOptions?: number): string {
    return this.#engine.draw().toDataURL(type, encoderOptions);
  }

  /**
   * Brings one more product along into the room. Resolves when it is there; rejects with a reason for people when it
   * does not come. The list stays as long as the page.
   */
  async addItem(src: string, options?: ItemOptions): Promise<RoomItem> {
    this.#wake();
    return (await this.#room.tools()).list.add(src, options);
  }

  /** Takes one away again; false when there is no such item. */
  removeItem(id: number): boolean {
    return this.#room.here?.list.remove(id) ?? false;
  }

  /** What is brought along beside the element's own product. */
  get items(): RoomItem[] {
    return this.#room.here?.list.items ?? [];
  }

  /** Keeps on this device what stands where, without any picture of the room; false where the browser keeps nothing. */
  async saveRoom(): Promise<boolean> {
    return (await this.#room.tools()).keeper.save();
  }

  /** Brings a kept room back; false when there is none. */
  async restoreRoom(): Promise<boolean> {
    this.#wake();
    return (await this.#room.tools()).keeper.restore();
  }

  /** An address of this page that brings the room to whoever opens it, without any picture of it. */
  async shareRoom(): Promise<string> {
    return (await this.#room.tools()).keeper.link();
  }

  /** Begins a room session. Call it in a click: browsers allow it only there. */
  activateAR(): void {
    this.#room.enter();
  }

  /** Opens the mirror, once the product is there; it asks before the camera comes. */
  activateTryOn(): Promise<void> {
    return this.#tryOn.open();
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

  /** Tries again after an error. */
  retry(): void {
    this.#message.hide();
    this.#engine.forgive();
    if (this.#engine.viewer) this.act("reload");
    else this.#wake();
  }

  /** Does something by its name in the viewer (see boundary.ts); nothing while no viewer is open. */
  override act(name: string, detail?: unknown): void {
    this.#engine.viewer?.act(name, detail === undefined ? "" : JSON.stringify(detail));
  }

  /** Answers a question by its name (see boundary.ts); `null` while there is no answer. */
  override query(name: string): unknown {
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
    // After a loss the shopper sees the product from where it was seen.
    if (this.#camera) viewer.act("keep-view", JSON.stringify(this.#camera));
    this.#camera = undefined;
    viewer.set("reduced-motion", this.#isLess ? "" : undefined);
    if (this.#size) viewer.resize(...this.#size);
    viewer.visible(this.#isSeen);
    this.#parts.preload().catch(() => undefined); // asked for again when it is needed
    this.#room.here?.list.opened();
    if (this.src) viewer.set("src", this.src); // last: everything else is known when the file arrives
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
      case "mirror": return this.#tryOn.told(detail);
      case "ar-status": this.#room.status(detail.status, detail.reason); break;
      case "ar-tracking": this.#room.tracking(detail.status); break;
      case "ar-bridge-failed": return this.#useOtherBuild();
    }
    if (name === "ar-hint" || name.startsWith("room-")) return this.#room.here?.heard(name, detail);
    send(this, name as keyof VitrineEventMap, detail);
  }

  #loaded(detail: LoadDetail): void {
    this.#load = detail;
    for (const warning of detail.warnings) console.warn(`<vitrine-view>: ${warning}`);
    this.#showVariants(this.variantName);
    void this.#parts.loaded(() => {
      if (this.#load === detail) send(this, "load", detail);
    });
  }

  #drawn(): void {
    const isBack = this.#message.isRecovering;
    this.#curtain.isDrawn = true;
    this.#message.hide();
    this.#shadow.live.textContent = VitrineView.words.view.loaded;
    if (this.reveal !== "manual") this.#curtain.isRevealed = true;
    this.#dress();
    if (isBack) send(this, "context-restored", {});
    void this.#room.ask().then(() => this.#dress());
  }

  #cover(): void {
    this.#curtain.isDrawn = false;
    this.#curtain.isRevealed = false;
    this.#expect();
  }

  /** Another product is on its way; the old one stays in sight until it is there. */
  #expect(): void {
    this.#load = undefined;
    this.#parts.forget();
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
    this.#camera = this.#load && this.query("camera") as Partial<Camera> | null;
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
    this.#variants.show(this.#load?.variants ?? [], variant);
    this.#room.here?.changed();
  }

  /** Brings the visible state of the shadow tree in line with the attributes. */
  #dress(): void {
    const { stage, posterImage, arSlot, storeSlot } = this.#shadow;
    const canTurn = this.cameraControls;
    dressStage(stage, canTurn, this.alt || VitrineView.words.view.label, VitrineView.words.view.role);
    posterImage.hidden = this.poster === "";
    if (this.poster && posterImage.getAttribute("src") !== this.poster) posterImage.src = this.poster;
    arSlot.hidden = !this.canActivateAR;
    storeSlot.hidden = this.storeUrl === "" || this.itemId === "";
    this.#tryOn.dress(this.#curtain.isDrawn);
    this.#wheel.listen(canTurn && !this.disableZoom);
    this.#curtain.dress(this.reveal === "interaction" && !this.#engine.isStarted);
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
