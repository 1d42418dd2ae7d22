// A photo of the room as the shopper sees it: made here, kept here, and given only to whom the shopper gives it.

import type { Viewer } from "../boundary.js";
import { make } from "../panels/make.js";
import type { RoomWords } from "./room-words.js";
import { Sheet } from "./sheet.js";

/** What the photo needs of the element. */
export interface PhotoOwner {
  readonly words: RoomWords;
  viewer(): Viewer | undefined;
}

/** Shows the photo that was just taken, to be saved or shared. */
export class PhotoSheet {
  readonly sheet: Sheet;
  #address = "";

  constructor(readonly owner: PhotoOwner) {
    this.sheet = new Sheet(owner.words.photo, owner.words.close, "ar-photo");
  }

  /** Takes one now; says so where that does not go. */
  async take(): Promise<void> {
    const { words } = this.owner;
    try {
      const taken = await this.owner.viewer()!.photo();
      await this.#show(await fileOf(taken), taken.hasCamera);
    } catch {
      this.sheet.body.replaceChildren(make("p", { role: "alert" }, words.photoFailed));
    }
    this.sheet.open();
  }

  /** The photo of a session is forgotten with it. */
  forget(): void {
    URL.revokeObjectURL(this.#address);
    this.#address = "";
    this.sheet.body.replaceChildren();
    this.sheet.close();
  }

  async #show(file: File, hasCamera: boolean): Promise<void> {
    const { words } = this.owner;
    URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(file);
    const picture = make("img", { src: this.#address, alt: words.photoAlt, style: "max-height:38vh;max-width:100%;border-radius:12px;justify-self:center" });
    const save = make("a", { class: "pill", part: "ar-photo-save", href: this.#address, download: file.name }, words.photoSave);
    const canShare = navigator.canShare?.({ files: [file] }) ?? false;
    const share = canShare && make("button", { type: "button", class: "pill", part: "ar-photo-share", onclick: () => void this.#share(file) }, words.photoShare);
    const note = make("p", { class: "soft" }, hasCamera ? words.photoNote : words.photoAlone);
    this.sheet.body.replaceChildren(picture, note, make("div", { class: "line" }, save, share));
  }

  /** Somebody who thinks better of it has not failed. */
  async #share(file: File): Promise<void> {
    await navigator.share({ files: [file] }).catch(() => {});
  }
}

async function fileOf({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }): Promise<File> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")!.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  if (!blob) throw new Error("The browser makes no picture.");
  return new File([blob], "room.jpg", { type: blob.type });
}
