// Every word of the element that a shopper reads, in one table; a page overrides any of them with `VitrineView.words`.

/** `{name}` in a text is replaced by the value of that name. */
export const words = {
  view: {
    label: "3D view of the product",
    role: "3D view",
    keys: "Arrow keys turn it, plus and minus zoom, Home puts it back.",
    start: "Show in 3D",
    loading: "Loading the 3D view",
    loaded: "The 3D view is ready.",
    retry: "Try again",
    close: "Close",
    recovering: "The graphics card was interrupted. The picture comes back in a moment.",
    tapAgain: "This device needs another way into the room. Please tap the button again.",
    variants: "Variant",
  },
  ar: {
    enter: "View in your space",
    exit: "Leave the room view",
    turnLeft: "Turn left",
    turnRight: "Turn right",
    nearer: "Bring nearer",
    farther: "Move away",
    left: "Move left",
    right: "Move right",
    place: "Place it here",
    remove: "Pick it up again",
    move: "Move and turn with buttons",
    store: "In store",
    lost: "Look at the floor and move slowly.",
  },
  store: {
    open: "Check stores near you",
    close: "Close",
    place: "Postcode or town",
    search: "Search",
    here: "Use my location",
    hereNote: "Rounded to about a kilometre before it is used.",
    locating: "Asking your device where you are…",
    code: "Your code",
    qr: "The code as a picture, for the store's scanner",
    shelf: "You find it here: {shelf}",
    optional: "optional",
    choose: "Choose",
    chooseAt: "Choose {store}",
  },
  /** The room's tools: those that the page says itself; see element/room-words.ts. */
  room: {} as Partial<import("./element/room-words.js").RoomWords>,
  /** The sizes in the store panel: those that the page says itself; see panels/sizes.ts. */
  sizes: {} as Partial<typeof import("./panels/sizes.js").sizeWords>,
  /** The store's texts by their `key` (see src/store/snapshot.md), for pages in other languages; English needs none. */
  storeTexts: {} as Record<string, string>,
  /** What went wrong and what to do, by the code of the `error` event. */
  errors: {
    "model-not-found": "The 3D model of this product could not be found. The picture is still here.",
    "not-gltf": "The 3D model of this product is not a glTF file. Please tell the shop.",
    "invalid-gltf": "The 3D model of this product has a mistake in it. Please tell the shop.",
    "truncated": "The 3D model arrived incomplete. Check the connection and try again.",
    "unpack-failed": "A part of the 3D model could not be unpacked. Please tell the shop.",
    "unsupported-extension": "The 3D model needs something this viewer does not know. Please tell the shop.",
    "network": "The connection failed while loading the 3D model. Check it and try again.",
    "module-failed": "The 3D viewer could not be loaded. Check the connection and try again.",
    "no-webgl": "This browser cannot draw in 3D: switch on hardware acceleration, or open the page in a current browser.",
    "context-lost": "The graphics card keeps failing. Close other tabs and try again.",
    "ar-not-supported": "This device or browser cannot place products in the room.",
    "ar-busy": "Another room view is still open. Close it and tap again.",
    "ar-bridge-failed": "This device could not show the product in the room. The 3D view here still works.",
    "card-refused": "The graphics card cannot take this product. The picture is still here.",
    "ar-refused": "The room view was not allowed. Allow the camera for this page and tap again.",
  } as Record<string, string>,
};

/** The shape of the table; the mirror's own words come with it (see mirror/words.ts). */
export type Words = typeof words & { mirror?: Partial<import("./mirror/words.js").MirrorWords> };

/** Puts values into a text: `fill("{count} left", { count: 3 })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
